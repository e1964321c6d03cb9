import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '../index.ts'
import { seeded } from '../test-random.ts'
import { createPatternFinder, type Pattern } from './index.ts'
import { parsePattern } from './parse.ts'
import { compileProgram, findSpans } from './program.ts'

const spansOf = (pattern: string, text: string, isCaseSensitive = true) =>
  findSpans(compileProgram(parsePattern(pattern, isCaseSensitive)), text).map(({ start, end }) => [
    start,
    end,
  ])

const found = (pattern: string, text: string, isCaseSensitive = true) =>
  spansOf(pattern, text, isCaseSensitive).map(([start, end]) => text.slice(start, end))

test('patterns find what they say', () => {
  const cases: readonly (readonly [string, string, readonly string[]])[] = [
    ['EX-\\d{5}', 'EX-12345, EX-1234 and EX-123456', ['EX-12345', 'EX-12345']],
    ['\\bEX-\\d{5}\\b', 'EX-12345, EX-123456, AEX-12345', ['EX-12345']],
    ['(?:alpha|beta)-[a-f0-9]{2,4}', 'alpha-ab beta-abcdef gamma-ab', ['alpha-ab', 'beta-abcd']],
    ['a.c', 'abc a\nc', ['abc']],
    ['^id: \\w+$', 'id: one\nan id: two\nid: three', ['id: one', 'id: three']],
    ['x{2,}', 'x xx xxx', ['xx', 'xxx']],
    ['a(b|c)?d', 'ad abd acd abcd', ['ad', 'abd', 'acd']],
    ['[^,;]+;', 'ab;cd;', ['ab;', 'cd;']],
    ['[a-z\\-]+!', 'a-b!', ['a-b!']],
    ['[]x]+', ']x]', [']x]']],
    ['\\p{Lu}\\p{Ll}+-\\d', '\u00c4rger-1', ['\u00c4rger-1']],
    ['K\\.\\+\\\\', 'K.+\\', ['K.+\\']],
    ['a|', 'bab', ['a']],
  ]
  for (const [pattern, text, wanted] of cases) assert.deepEqual(found(pattern, text), wanted, pattern)
  assert.deepEqual(found('stra\u00dfe-[a-c]', 'STRA\u00dfE-B', false), ['STRA\u00dfE-B'])
  assert.deepEqual(found('ex-[a-c]', 'EX-B'), [])
})

test('what cannot be matched in one pass, or means nothing, is refused with its place', () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['a(?=b)', /look-around.*at character 2/],
    ['(?<n>a)', /named groups/],
    ['(a)\\1', /back to a group.*at character 4/],
    ['a**', /repeated already/],
    ['a+?', /lazy/],
    ['*a', /nothing before \*/],
    ['a{5,2}', /greater number/],
    ['a{999}', /at most 200 times/],
    ['[b-a]', /range/],
    ['[a', /\[ without its \]/],
    ['a)', /\) without its \(/],
    ['(a', /\( without its \)/],
    ['\\', /backslash stands at the end/],
    ['\\q', /means nothing here/],
    ['\\p{Greek}', /only \\p/],
    ['^*', /edge of a word or line/],
    ['('.repeat(60), /50 deep/],
  ]
  for (const [pattern, problem] of wrong) assert.throws(() => parsePattern(pattern, true), problem, pattern)
})

/** Random patterns both engines read. */
function randomPattern(random: (below: number) => number, depth = 0): string {
  const piece = (): string => {
    const kind = random(depth > 2 ? 4 : 7)
    if (kind < 2) return 'abc'.charAt(random(3))
    if (kind === 2) return '[ab]'
    if (kind === 3) return '\\b'
    const inside = randomPattern(random, depth + 1)
    if (kind === 4) return `(?:${inside}|${randomPattern(random, depth + 1)})`
    return `(?:${inside})${['?', '*', '+', '{2}', '{1,3}'][random(5)]}`
  }
  return Array.from({ length: 1 + random(3) }, piece).join('')
}

test('a pattern is found where the engine of the language finds it, and nowhere else', () => {
  const { below } = seeded(11)
  for (let round = 0; round < 3_000; round++) {
    const pattern = randomPattern(below)
    const text = Array.from({ length: below(12) }, () => 'abc -'.charAt(below(5))).join('')
    const spans = spansOf(pattern, text)
    // The earliest stretch that is not empty: the longest from the first place at which there is one.
    const wanted = firstOf(pattern, text)
    assert.deepEqual(spans[0], wanted, `${pattern} in ${JSON.stringify(text)}`)
  }
})

function firstOf(pattern: string, text: string): readonly number[] | undefined {
  // One for each end. Edges look at what stands around, so the text stays whole.
  const endingAt = Array.from(
    { length: text.length + 1 },
    (_, end) => new RegExp(`(?:${pattern})(?=[^]{${text.length - end}}$)`, 'y'),
  )
  for (let start = 0; start < text.length; start++) {
    for (let end = text.length; end > start; end--) {
      const ending = endingAt[end] as RegExp
      ending.lastIndex = start
      if (ending.exec(text)?.[0].length === end - start) return [start, end]
    }
  }
  return undefined
}

test('patterns that take other engines for ever take this one a pass', () => {
  const text = 'a'.repeat(20_000)
  for (const pattern of ['(a+)+b', '(a|a)*b', '(?:a*)*c', 'a{1,100}b', '(.*)(.*)(.*)x']) {
    // An engine that tracks back would not be done this year.
    assert.deepEqual(found(pattern, text), [])
  }
})

const staff: Pattern = {
  id: 'staff-number',
  label: 'staff number',
  pattern: '\\bEX-\\d{5}\\b',
  class: 'restricted',
  isCaseSensitive: false,
  examples: [],
  counterExamples: [],
}

test('an inspector finds them under their own kind, disguised and encoded as well', () => {
  const inspector = createInspector({ terms: [], patterns: createPatternFinder([staff]) })
  for (const text of [
    'ask EX-12345 about it',
    'ask ex\u201112345',
    'ask E\u200bX-12345',
    `ask ${btoa('number EX-12345 of staff')}`,
  ]) {
    const [finding, ...more] = inspector.inspect(text, 'user')
    assert.equal(finding?.type, 'own-staff-number', text)
    assert.equal(finding && inspector.classOf(finding), 'restricted')
    assert.match(finding?.why ?? '', /the form the company gave for: staff number/)
    assert.equal(more.length, 0)
  }
  assert.equal(inspector.kinds.find(({ type }) => type === 'own-staff-number')?.label, 'staff number')
  assert.notEqual(inspector.version, createInspector({ terms: [] }).version)
})
