import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomText, seeded } from '../test-random.ts'
import { stretch } from '../text-units.ts'
import { hashOfWord, readWords } from './plain-words.ts'

const plain = (text: string): string => readWords(text).text

test('a text is read in lower case, Latin letters without their marks', () => {
  assert.equal(plain('Zażółć GĘŚLĄ Jaźń'), 'zazolc gesla jazn')
  assert.equal(plain('Ünïcödé ÉTÉ'), 'unicode ete')
  assert.equal(plain('e\u0301te\u0301'), 'ete')
  assert.equal(plain('İstanbul ılık'), 'istanbul ilik')
  assert.equal(plain('Всё Й'), 'все й')
})

test('whitespace, quotes, emphasis and commas are one space', () => {
  assert.equal(plain('  one, “two”\n\n**three**\t`four`'), 'one two three four ')
})

test('an apostrophe between letters stays, another one is a quote', () => {
  assert.equal(plain("don't 'quote' it’s"), "don't quote it's")
})

test('each word is told with its place in both texts and its hash', () => {
  const { text, starts, origins, hashes } = readWords('Äb,  cd! 中文x')
  assert.deepEqual(
    starts.map((start, word) => text.slice(start, starts[word + 1])),
    ['ab ', 'cd! ', '中', '文', 'x'],
  )
  assert.deepEqual(origins, [0, 5, 9, 10, 11])
  assert.deepEqual(hashes, ['ab', 'cd', '中', '文', 'x'].map(hashOfWord))
})

test('units a mark may begin with are told', () => {
  assert.deepEqual(readWords('a <b> [c]').wakes, [2, 6])
})

test('a text is read alike wherever it is cut to be copied', () => {
  const tail = "Caf\u00e9\u2019s \u0301e\u0301te\u0301 ,,  <b>'\u4e2d\u6587x don't"
  const alone = readWords(tail)
  const shifted = (places: readonly number[], by: number) => places.map((place) => place + by)
  for (const before of [stretch, 2 * stretch]) {
    for (let length = before - tail.length - 1; length <= before + 1; length++) {
      const dots = '.'.repeat(length)
      assert.deepEqual(readWords(dots + tail), {
        text: dots + alone.text,
        length: length + alone.length,
        starts: shifted(alone.starts, length),
        origins: shifted(alone.origins, length),
        hashes: alone.hashes,
        wakes: shifted(alone.wakes, length),
      })
    }
  }
})

test('a stretch of words of one letter is read to its end where a word from before ends in it', () => {
  const { hashes, origins } = readWords(`${'.'.repeat(stretch - 1)}x${'\u4e2d'.repeat(stretch)}y`)
  assert.deepEqual(
    origins,
    [...Array(stretch + 2).keys()].map((place) => stretch - 1 + place),
  )
  assert.deepEqual(hashes.slice(-3), ['\u4e2d', '\u4e2d', 'y'].map(hashOfWord))
})

test('no text makes it throw, and places are those of the words', () => {
  const random = seeded(77)
  for (let round = 0; round < 2_000; round++) {
    const text = randomText(random, 30)
    const { text: read, length, starts, origins, hashes } = readWords(text)
    assert.equal(length, text.length)
    assert.ok(starts.length === origins.length && starts.length === hashes.length)
    for (const [word, start] of starts.entries()) {
      assert.ok(start < read.length && (origins[word] as number) < text.length)
      assert.ok(word === 0 || start > (starts[word - 1] as number))
    }
  }
})
