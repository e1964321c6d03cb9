import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import type { Term } from './api.ts'
import { createTermMatcher, termLimits, termProblem } from './terms.ts'
import { seeded } from './test-random.ts'

const term = (text: string, more: Partial<Term> = {}): Term => ({
  term: text,
  label: 'codename',
  class: 'confidential',
  isCaseSensitive: false,
  ...more,
})

/** What is found of some terms, as written in the text. */
const found = (text: string, ...terms: (string | Term)[]): readonly string[] =>
  createTermMatcher(terms.map((each) => (typeof each === 'string' ? term(each) : each)))(text).map(
    ({ start, end }) => text.slice(start, end),
  )

test('a term is found wherever it stands', () => {
  assert.deepEqual(found('Falcon', 'Falcon'), ['Falcon'])
  assert.deepEqual(found('the Falcon flies', 'Falcon'), ['Falcon'])
  assert.deepEqual(found('Falcon Falcon', 'Falcon'), ['Falcon', 'Falcon'])
  assert.deepEqual(found('(Falcon)', 'Falcon'), ['Falcon'])
  assert.deepEqual(found('a_Falcon_b', 'Falcon'), ['Falcon'])
  assert.deepEqual(found("Falcon's", 'Falcon'), ['Falcon'])
  assert.deepEqual(found('', 'Falcon'), [])
  assert.deepEqual(found('Falco', 'Falcon'), [])
})

test('only whole words are terms', () => {
  for (const text of ['Falcons', 'aFalcon', 'Falcon7', '7Falcon', 'Falconé', 'éFalcon']) {
    assert.deepEqual(found(text, 'Falcon'), [], text)
  }
})

test('where words are not spaced, a term may stand inside a sentence', () => {
  assert.deepEqual(found('我们的猎鹰计划很好', '猎鹰计划'), ['猎鹰计划'])
  assert.deepEqual(found('プロジェクトハヤブサです', 'ハヤブサ'), ['ハヤブサ'])
  assert.deepEqual(found('โครงการเหยี่ยวดี', 'เหยี่ยว'), ['เหยี่ยว'])
})

test('case counts only where it is said to', () => {
  assert.deepEqual(found('FALCON falcon Falcon', 'Falcon'), ['FALCON', 'falcon', 'Falcon'])
  assert.deepEqual(found('FALCON falcon Falcon', term('Falcon', { isCaseSensitive: true })), ['Falcon'])
  assert.deepEqual(found('STRASSE Straße STRAßE', 'Straße'), ['Straße', 'STRAßE'])
  assert.deepEqual(found('ΟΔΟΣ οδος οδοσ', 'Οδος'), ['ΟΔΟΣ', 'οδος', 'οδοσ'])
  assert.deepEqual(found('ПРОЕКТ Проект', 'проект'), ['ПРОЕКТ', 'Проект'])
})

test('a typographic apostrophe, hyphen or space is the same as a plain one', () => {
  assert.deepEqual(found('O’Hara–Smith', "O'Hara-Smith"), ['O’Hara–Smith'])
  assert.deepEqual(found("O'Hara-Smith", 'O’Hara–Smith'), ["O'Hara-Smith"])
  assert.deepEqual(found('Project\u00a0Falcon', 'Project Falcon'), ['Project\u00a0Falcon'])
  assert.deepEqual(found('Project\nFalcon', 'Project Falcon'), ['Project\nFalcon'])
  assert.deepEqual(found('Project  Falcon', 'Project Falcon'), [])
})

test('a term may hold signs, and begin or end with one', () => {
  assert.deepEqual(found('we use .NET-X and C++7 here', '.NET-X', 'C++7'), ['.NET-X', 'C++7'])
  assert.deepEqual(found('x.NET-X', '.NET-X'), ['.NET-X'])
  assert.deepEqual(found('AT&T-7 and R&D', 'AT&T-7', 'R&D'), ['AT&T-7', 'R&D'])
})

test('terms of several words, of emoji and of letters beyond the first plane are found', () => {
  assert.deepEqual(found('Operation Blue Heron starts', 'Blue Heron'), ['Blue Heron'])
  assert.deepEqual(found('go 🚀X1 go', '🚀X1'), ['🚀X1'])
  assert.deepEqual(found('see 𐌰𐌽𐌽𐌰 there', '𐌰𐌽𐌽𐌰'), ['𐌰𐌽𐌽𐌰'])
})

test('a term inside another, and one that begins inside another, are both given', () => {
  assert.deepEqual(found('Blue Heron Two', 'Blue Heron Two', 'Heron'), ['Heron', 'Blue Heron Two'])
  assert.deepEqual(found('Blue Heron Two', 'Blue Heron', 'Heron Two'), ['Blue Heron', 'Heron Two'])
  assert.deepEqual(found('Blue Heron', 'Blue Heron', 'Heron'), ['Blue Heron', 'Heron'])
})

test('a beginning that leads nowhere does not hide a term in it', () => {
  assert.deepEqual(found('Blue Blue Heron', 'Blue Heron'), ['Blue Heron'])
  assert.deepEqual(found('Blue Hero Heron', 'Blue Heron', 'Heron'), ['Heron'])
  assert.deepEqual(found('ababac', 'ababac', 'bac'), ['ababac'])
})

test('a term that is listed with invisible or full-width characters is found as texts are read', () => {
  assert.deepEqual(found('NTT-7', 'ＮＴＴ－７'), ['NTT-7'])
  assert.deepEqual(found('Falcon', 'Fal\u00adcon'), ['Falcon'])
  assert.deepEqual(found('Anna', '𝒜𝓃𝓃𝒶'), ['Anna'])
})

test('each match carries the label and the class of its own term', () => {
  const match = createTermMatcher([
    term('Falcon', { label: 'codename', class: 'internal' }),
    term('Heron', { label: 'customer', class: 'restricted' }),
  ])
  assert.deepEqual(match('Heron, Falcon'), [
    { start: 0, end: 5, label: 'customer', class: 'restricted' },
    { start: 7, end: 13, label: 'codename', class: 'internal' },
  ])
})

test('of terms that are the same the highest class counts, whatever their order', () => {
  const low = term('Falcon', { class: 'internal', label: 'low' })
  const high = term('FALCON', { class: 'restricted', label: 'high' })
  const exact = term('Falcon', { class: 'confidential', label: 'exact', isCaseSensitive: true })
  for (const terms of [
    [low, high, exact],
    [exact, high, low],
    [high, exact, low],
  ]) {
    const [match, ...others] = createTermMatcher(terms)('Falcon')
    assert.equal(match?.label, 'high')
    assert.deepEqual(others, [])
  }
  assert.equal(createTermMatcher([low, exact])('Falcon')[0]?.label, 'exact')
  assert.equal(createTermMatcher([low, exact])('FALCON')[0]?.label, 'low')
})

test('the same term twenty thousand times is found once at each place', () => {
  const terms = Array.from({ length: termLimits.most }, () => term('Falcon'))
  assert.equal(createTermMatcher(terms)('Falcon and Falcon').length, 2)
})

test('of many terms that end alike the longest eight are given', () => {
  const terms = Array.from({ length: 50 }, (_, index) => '鹰'.repeat(index + 3))
  const matches = createTermMatcher(terms.map((each) => term(each)))('鹰'.repeat(60))
  assert.ok(matches.length <= 60 * 8)
  assert.equal(Math.max(...matches.map(({ start, end }) => end - start)), 52)
})

const problems: readonly (readonly [string, RegExp])[] = [
  ['', /at least 3/],
  ['ab', /at least 3/],
  ['a\u200bb', /at least 3/],
  [' Falcon', /no space/],
  ['Falcon\n', /no space/],
  ['x'.repeat(121), /at most 120/],
  ['---', /letter or a digit/],
  ['🚀🚀', /letter or a digit/],
]

for (const [text, problem] of problems) {
  test(`a term that is refused: ${JSON.stringify(text.slice(0, 12))}`, () => {
    const sentence = termProblem({ term: text })
    assert.match(sentence ?? '', problem)
    if (text.length > 2) assert.ok(!sentence?.includes(text), 'the term is not repeated')
    assert.throws(() => createTermMatcher([term('Falcon'), term(text)]), /^Error: term 2 of the list: /)
  })
}

test('terms that are accepted', () => {
  for (const text of ['abc', '中文字', 'x'.repeat(120), 'C++7', '007', '🚀X1', 'a b', 'Falcon, Inc.']) {
    assert.equal(termProblem({ term: text }), undefined, text)
  }
})

test('more terms, or more characters, than there may be are refused with their number', () => {
  const many = Array.from({ length: termLimits.most + 1 }, (_, index) => term(`term ${index}`))
  assert.throws(() => createTermMatcher(many), /100001 terms; at most 100000/)
  const long = Array.from({ length: 20_000 }, (_, index) => term(`${'x'.repeat(100)}${index}`))
  assert.throws(() => createTermMatcher(long), /characters together; at most 2000000/)
})

test('a hundred thousand terms are as quick to look for as one, but for a small factor', () => {
  const words = Array.from({ length: termLimits.most }, (_, index) =>
    term(`Project ${index.toString(36)} Heron`),
  )
  const text = 'The project plan says who does what until when, and Project 7ps Heron is part of it. '.repeat(
    400,
  )
  const msFor = (terms: readonly Term[]): number => {
    const match = createTermMatcher(terms)
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < 5; round++) {
      const start = processorMs()
      assert.equal(match(text).length, 400)
      best = Math.min(best, processorMs() - start)
    }
    return best
  }
  const one = msFor([term('Project 7ps Heron')])
  assert.ok(msFor(words) < 20 * one + 20)
})

test('a list at its limits is built in bounded time', () => {
  const terms = Array.from({ length: 16_000 }, (_, index) =>
    term(`${'ab'.repeat(57)}${index.toString().padStart(6, '0')}`),
  )
  const start = processorMs()
  assert.equal(createTermMatcher(terms)(`${'ab'.repeat(57)}000042`).length, 1)
  assert.ok(processorMs() - start < 10_000)
})

/** By looking at every position for every term. */
function slowly(text: string, terms: readonly string[]): readonly string[] {
  const found: string[] = []
  const isWord = (character: string | undefined): boolean => /^[\p{L}\p{N}\p{M}]$/u.test(character ?? '')
  for (const each of terms) {
    for (let at = text.indexOf(each); at !== -1; at = text.indexOf(each, at + 1)) {
      const end = at + each.length
      if (isWord(text[at]) && isWord(text[at - 1])) continue
      if (isWord(text[end - 1]) && isWord(text[end])) continue
      found.push(`${at} ${each}`)
    }
  }
  return found.toSorted()
}

for (let seed = 1; seed <= 20; seed++) {
  test(`the same is found as by looking at every position (${seed})`, () => {
    const random = seeded(seed)
    const piece = (): string => random.pick(['a', 'b', 'ab', ' ', '-', 'aa', 'é'])
    const some = (most: number): string => Array.from({ length: random.below(most) + 1 }, piece).join('')
    const terms = [...new Set(Array.from({ length: 60 }, () => some(5).trim()))].filter(
      (each) => termProblem({ term: each }) === undefined,
    )
    const match = createTermMatcher(terms.map((each) => term(each)))
    for (let round = 0; round < 30; round++) {
      const text = some(60)
      const matches = match(text).map(({ start, end }) => `${start} ${text.slice(start, end)}`)
      assert.deepEqual(matches.toSorted(), slowly(text, terms), text)
    }
  })
}
