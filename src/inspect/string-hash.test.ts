import assert from 'node:assert/strict'
import { test } from 'node:test'
import { stringHash } from './string-hash.ts'
import { randomText, seeded } from './test-random.ts'

test('a hash is 16 hexadecimal digits and always the same', () => {
  for (const text of ['', 'a', 'Sallyport', '\ud83d', 'x'.repeat(10_000)]) {
    assert.match(stringHash(text), /^[0-9a-f]{16}$/)
    assert.equal(stringHash(text), stringHash(text))
  }
})

test('texts that differ in one character, in order or in length have different hashes', () => {
  const texts = ['', '\u0000', '\u0000\u0000', 'a', 'b', 'ab', 'ba', 'aa', 'aaa', 'a ', ' a', 'A']
  assert.equal(new Set(texts.map(stringHash)).size, texts.length)
})

test('ten thousand different texts have ten thousand hashes', () => {
  const random = seeded(16)
  const texts = new Set<string>()
  while (texts.size < 5_000) texts.add(randomText(random, 12))
  for (let number = 0; number < 5_000; number++) texts.add(`term ${number}`)
  assert.equal(new Set([...texts].map(stringHash)).size, texts.size)
})

test('one unit changed anywhere in a long text changes the hash', () => {
  const text = 'The quick brown fox jumps over the lazy dog. '.repeat(20)
  const hashes = new Set([stringHash(text)])
  for (let place = 0; place < text.length; place++) {
    hashes.add(stringHash(`${text.slice(0, place)}#${text.slice(place + 1)}`))
  }
  assert.equal(hashes.size, text.length + 1)
})
