import assert from 'node:assert/strict'
import { test } from 'node:test'
import { windowBefore } from './context.ts'
import { companyWords, healthWords, personWords, socialWords, taxWords } from './id-words.ts'
import { seeded } from './test-random.ts'
import { createMayBegin, createMayStand } from './word-beginnings.ts'

const ask = (words: readonly string[], text: string): boolean => createMayStand(words)(text, 0, text.length)

test('a word is told by its first three letters, where a word begins', () => {
  assert.equal(ask(['patient'], 'the patient '), true)
  assert.equal(ask(['patient'], 'the PATH '), true)
  assert.equal(ask(['patient'], 'the compatible pan '), false)
  assert.equal(ask(['patient'], 'thePatient_x '), true)
  assert.equal(ask(['patient'], '"x\\npatient '), true)
})

test('asked for one position, only a word that begins there counts', () => {
  const mayBegin = createMayBegin(['street', 'st'])
  assert.equal(mayBegin('Main Street', 5), true)
  assert.equal(mayBegin('Main St.', 5), true)
  assert.equal(mayBegin('Main Street', 0), false)
  assert.equal(mayBegin('Main Road', 5), false)
  assert.equal(mayBegin('Main Stra\u00dfe', 5), true)
  assert.equal(createMayBegin(['street'])('the Str\u00e4nge', 5), true)
})

test('what an expression leaves open may be anything', () => {
  assert.equal(ask(['d.identit[eé]'], "carte d'id "), true)
  assert.equal(ask(['tax id', 'n[uú]mero'], 'no number'), true)
  assert.equal(ask(['n[uú]mero'], 'no name'), false)
  assert.equal(ask(['s?nummer'], 'nothing'), true)
  assert.equal(ask(['one|two'], 'three'), true)
  assert.equal(ask(['id nr'], 'idNr'), true)
})

test('other letters than those of ASCII are left to the expression', () => {
  assert.equal(ask(['ддс'], 'vat '), false)
  assert.equal(ask(['ддс'], 'ДДС '), true)
  assert.equal(ask(['patient'], 'naïve '), true)
})

test('it is never false where an expression of the words is found', () => {
  const random = seeded(41)
  const all = [taxWords, personWords, socialWords, companyWords, healthWords]
  const signs = [' ', '_', '-', '.', '\n', '\\n', '"', '1', 'x', 'Ab', 'the ', ': ']
  let found = 0
  for (let round = 0; round < 4_000; round++) {
    const words = random.pick(all)
    const pattern = new RegExp(
      `(?<![\\p{L}\\p{N}])(?:${words.map((word) => word.replaceAll(' ', '[\\s_.-]*')).join('|')})`,
      'iu',
    )
    const mayStand = createMayStand(words)
    const parts = Array.from({ length: 1 + random.below(6) }, () => {
      const word = random.pick(words).replace(/\[(.).*?\]/gu, '$1')
      const written =
        random.below(2) === 0 ? word : word.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase())
      return random.below(3) === 0 ? written : `${random.pick(signs)}${written.slice(random.below(3))}`
    })
    const text = parts.join(random.pick(signs))
    const from = random.below(4)
    const window = windowBefore(text.slice(from), text.length, text.length).replaceAll('\\n', '\n')
    if (!pattern.test(window)) continue
    found++
    assert.ok(mayStand(text, from, text.length), text.slice(from))
  }
  assert.ok(found > 1_000)
})
