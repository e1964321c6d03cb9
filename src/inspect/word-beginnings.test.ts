import assert from 'node:assert/strict'
import { test } from 'node:test'
import { windowBefore } from './context.ts'
import { foldCase, foldedExpression } from './fold-case.ts'
import { companyWords, healthWords, personWords, socialWords, taxWords } from './id-words.ts'
import { seeded } from './test-random.ts'
import {
  alternativesOf,
  createHoldsWordInTurn,
  createMayBegin,
  createMayBeginWith,
  createMayStand,
  createMayStandInTurn,
  spelledOut,
} from './word-beginnings.ts'

const ask = (words: readonly string[], text: string): boolean => createMayStand(words)(text, 0, text.length)

test('a word is told by its first three letters, where a word begins', () => {
  assert.equal(ask(['patient'], 'the patient '), true)
  assert.equal(ask(['patient'], 'the PATH '), true)
  assert.equal(ask(['patient'], 'the compatible pan '), false)
  assert.equal(ask(['patient'], 'thePatient_x '), true)
  assert.equal(ask(['patient'], '"x\\npatient '), true)
  assert.equal(ask(['patient'], 'an inpatient '), false)
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

test('other letters than those of ASCII are told as well, in any case and without spaces between words', () => {
  assert.equal(ask(['ддс'], 'vat '), false)
  assert.equal(ask(['ддс'], 'ДДС '), true)
  assert.equal(ask(['ддс'], 'номер '), false)
  assert.equal(ask(['patient'], 'naïve '), false)
  assert.equal(ask(['s[eé]curit'], 'SÉCURITÉ '), true)
  assert.equal(ask(['σελίδα'], 'ΣΕΛΙΔΑ '), true)
  assert.equal(ask(['護照'], '我的護照'), true)
  // Letters that are equal to those of ASCII without regard to case.
  assert.equal(ask(['skin'], '\u017f\u212ain '), true)
})

test('a short word may be said to end, before a quotation mark of any sort, too', () => {
  assert.equal(ask(['i\\b'], 'is it in '), false)
  for (const text of ['I am', "i'm", 'I’m', 'and I']) assert.equal(ask(['i\\b'], text), true, text)
})

test('alternatives are parted outside of brackets only', () => {
  assert.deepEqual(alternativesOf('a|b(?:c|(d|e))|f'), ['a', 'b(?:c|(d|e))', 'f'])
})

test('a piece is spelled out as all that it fits, and refused when that has no end', () => {
  assert.deepEqual(spelledOut('neighbou?r'), ['neighbor', 'neighbour'])
  assert.deepEqual(spelledOut('t[ií]a|zi[oa]'), ['tia', 'tía', 'zio', 'zia'])
  assert.deepEqual(spelledOut('co[ -]?pay(?:er(?:s)?)?'), [
    ...['copay', 'co pay', 'co-pay', 'copayer', 'copayers'],
    ...['co payer', 'co payers', 'co-payer', 'co-payers'],
  ])
  assert.throws(() => spelledOut('a+'), /cannot be spelled out: a\+/)
})

test('a whole word is told from one that begins like it', () => {
  const holds = (text: string): boolean =>
    createHoldsWordInTurn(['miss', 'candidat(?:e|in)', "j'", 'co-?worker', 'mère'])(text, 0, text.length)
  for (const text of [
    'miss ',
    'MISS',
    'Candidate:',
    'candidatin',
    "j'ai",
    'j’ai',
    'a coworker',
    'co-worker',
    'ma m\u00e8re',
    'x\nmiss.',
    'aMissNumber',
    'missNumber',
    'the candidaTE',
  ])
    assert.equal(holds(text), true, text)
  for (const text of [
    'miscarriage ',
    'missing',
    'candidates',
    'candid',
    'just',
    'cowork',
    'amiss',
    'aMISSing',
  ])
    assert.equal(holds(text), false, text)
})

test('asked in turn, a word is told as long as it stands in the piece, and not long after', () => {
  const random = seeded(8)
  const words = ['patient', 'i', 's[œo]eur']
  const pattern = /(?<![\p{L}\p{N}])(?:patient|i|s[œo]eur)(?![\p{L}\p{N}])/iu
  const inTurn = createHoldsWordInTurn(words)
  const pieces = ['the patient ', 'I am ', 'sœur', 'patience ', 'asthma ', 'hiv ', 'and so on, ', 'x']
  let rest = 0
  for (let round = 0; round < 400; round++) {
    const text = Array.from({ length: 30 }, () =>
      random.pick(random.below(2) === 0 ? pieces : ['asthma ']),
    ).join('')
    for (let end = 1; end < text.length; end += 1 + random.below(20)) {
      const told = inTurn(text, Math.max(0, end - 72), end)
      // A word that goes on behind the piece is none in the text.
      if (pattern.test(text.slice(Math.max(0, end - 72), end).replace(/[\p{L}]+$/u, '')))
        assert.ok(told, text.slice(0, end))
      else if (!told) rest++
      if (!/(?:patient|i|s[œo]eur)/i.test(text.slice(Math.max(0, end - 200), end + 8)))
        assert.ok(!told, text.slice(0, end))
    }
  }
  assert.ok(rest > 400)
})

test('asked in turn, a beginning is told wherever it is told at once', () => {
  const random = seeded(9)
  const inTurn = createMayStandInTurn(['patient', 'tax id'])
  const atOnce = createMayStand(['patient', 'tax id'])
  for (let round = 0; round < 200; round++) {
    const pieces = ['the patient ', 'taxId', 'asthma and more of it, ', 'x', 'é']
    const text = Array.from({ length: 20 }, () => random.pick(pieces)).join('')
    for (let end = 1; end < text.length; end += 1 + random.below(20)) {
      const from = Math.max(0, end - 32)
      assert.ok(inTurn(text, from, end) || !atOnce(text, from, end), text.slice(0, end))
    }
    assert.ok(!inTurn('asthma '.repeat(9), 0, 63))
  }
})

test('it is never false where an expression of the words is found', () => {
  const random = seeded(41)
  const further = ['ддс', 'код єдрпоу', 'ідентифікаційний', 'αφμ', '[àa]vs', 'č[ií]slo', 'łąka']
  const all = [taxWords, personWords, socialWords, companyWords, healthWords, further]
  const signs = [' ', '_', '-', '.', '\n', '\\n', '"', '1', 'x', 'Ab', 'the ', ': ', 'é', 'Ж', '€', '\u0301']
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
      const written = random.pick([
        word,
        word.toUpperCase(),
        word.replace(/ (\w)/g, (_, letter: string) => letter.toUpperCase()),
      ])
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

test('no unit with which a word begins is told from it, in any case', () => {
  const words = ['s[eé]curit', '[éè]t', 'kin', 'σελίδα', 'ддс|номер', '護照', 'ижд(?:ив)?', '手機']
  const begins = createMayBeginWith(words)
  const stands = foldedExpression(`^(?:${words.join('|')})`)
  const rest = words
    .join('|')
    .replace(/\[(.).*?\]|\(.*?\)\?/g, '$1')
    .split('|')
    .map((word) => word.slice(1))
  let others = 0
  for (let code = 128; code < 65_536; code++) {
    const unit = String.fromCharCode(code)
    if (rest.some((end) => stands.test(foldCase(unit + end)))) assert.ok(begins(code), unit)
    else if (!begins(code)) others++
  }
  assert.ok(others > 50_000)
  assert.ok(createMayBeginWith(['n?ombre'])(0x4e00))
})
