import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Detector, nothing, type Trigger } from './detector.ts'
import { detectors } from './detectors/index.ts'
import { createBeginsName, plainTriggers } from './test-plain-triggers.ts'
import { randomText, seeded } from './test-random.ts'
import { createTriggerScan } from './trigger-scan.ts'

const waiting = (type: string, trigger: Trigger): Detector => ({
  type,
  family: 'other',
  class: 'internal',
  label: type,
  trigger,
  examine: () => nothing,
  proof: '',
  finds: [],
  ignores: [],
  source: '',
})

/** What is woken by a text: `type:part of the text`. */
function woken(text: string, triggers: Readonly<Record<string, Trigger>>): readonly string[] {
  const found: string[] = []
  const list = Object.entries(triggers).map(([type, trigger]) => waiting(type, trigger))
  createTriggerScan(list)(text, ({ type }, start, end) => found.push(`${type}:${text.slice(start, end)}`))
  return found
}

test('a literal wakes wherever it stands, at the very start and end as well', () => {
  const triggers = { key: { literals: ['sk-'] } }
  assert.deepEqual(woken('sk-', triggers), ['key:sk-'])
  assert.deepEqual(woken('xsk-sk-', triggers), ['key:sk-', 'key:sk-'])
  assert.deepEqual(woken('s k-', triggers), [])
  assert.deepEqual(woken('', triggers), [])
})

test('upper and lower case count unless a literal is of any case', () => {
  assert.deepEqual(woken('SK- Sk- sk-', { key: { literals: ['sk-'] } }), ['key:sk-'])
  assert.deepEqual(woken('PWD Pwd pwd', { key: { literals: ['pwd'], isAnyCase: true } }), [
    'key:PWD',
    'key:Pwd',
    'key:pwd',
  ])
})

test('a literal of one character wakes after any other, and at the start', () => {
  assert.deepEqual(woken('@a@中@\ud83d@', { mail: { literals: ['@'] } }), Array(4).fill('mail:@'))
})

test('literals of one character and of more may share their ends', () => {
  const triggers = { at: { literals: ['@'] }, address: { literals: ['x@'] } }
  assert.deepEqual(woken('x@ y@', triggers).toSorted(), ['address:x@', 'at:@', 'at:@'])
})

test('a literal that holds digits wakes among digits', () => {
  const triggers = { key: { literals: ['sk_2x'] }, number: { digits: 3 } }
  assert.deepEqual(woken('123sk_2x456', triggers), ['number:123', 'key:sk_2x', 'number:456'])
})

test('a literal directly after a number or before one is not lost to it', () => {
  const triggers = { key: { literals: ['://', '-----BEGIN '] }, number: { digits: 2 } }
  assert.deepEqual(woken('12://34', triggers), ['number:12', 'key:://', 'number:34'])
  assert.deepEqual(woken('12 -----BEGIN 34', triggers), ['number:12', 'key:-----BEGIN ', 'number:34'])
})

const numbers: readonly (readonly [string, readonly string[]])[] = [
  ['1234567', ['1234567']],
  ['123456', []],
  ['123 4567', ['123 4567']],
  ['123-45-67', ['123-45-67']],
  ['(123) 4567', ['123) 4567']],
  ['12.34/5(6)7', ['12.34/5(6)7']],
  ['123  4567', ['123  4567']],
  ['123   4567890', ['4567890']],
  ['123,4567890', ['4567890']],
  ['123\n4567890', ['4567890']],
  ['123x4567890', ['4567890']],
  ['1234567 ', ['1234567']],
  ['1234567- ', ['1234567']],
  ['1234567 x 7654321', ['1234567', '7654321']],
]

for (const [text, wanted] of numbers) {
  test(`numbers of seven digits in ${JSON.stringify(text)}: ${wanted.length}`, () => {
    assert.deepEqual(
      woken(text, { number: { digits: 7 } }),
      wanted.map((each) => `number:${each}`),
    )
  })
}

test('each number wakes those it has enough digits for', () => {
  const triggers = { few: { digits: 3 }, many: { digits: 5 } }
  assert.deepEqual(woken('12 x 345 x 67890', triggers), ['few:345', 'few:67890', 'many:67890'])
})

test('who waits for what touches a number is woken only there, or by a longer number of several groups', () => {
  const triggers: Record<string, Trigger> = {
    mark: { digits: 1, touching: { before: ':a', after: ':a' } },
    long: { digits: 1, touching: { before: ':', after: ':', upTo: 4 } },
    any: { digits: 1 },
  }
  const others = (text: string): readonly string[] =>
    woken(text, triggers).filter((each) => !each.startsWith('any:'))
  for (const text of [' 12', ' 12 ', 'b12b', ' 12A']) assert.deepEqual(others(text), [], text)
  for (const text of ['12', '\u013a12', ' 12\u0161', ':12', ' 12:'])
    assert.deepEqual(others(text), ['mark:12', 'long:12'], text)
  assert.deepEqual(others('a12'), ['mark:12'])
  assert.deepEqual(others('x 1234 y'), [])
  assert.deepEqual(others('x 12345 y'), [])
  assert.deepEqual(others('x 12.45 y'), ['long:12.45'])
  assert.deepEqual(woken('x 12', triggers), ['any:12'])
})

test('where a space touches a number, what is beyond it counts, and signs beyond ASCII do not unless they are named', () => {
  const triggers: Record<string, Trigger> = {
    mark: { digits: 1, touching: { before: ' ', beforeSpace: 'a’', after: ' |', afterSpace: 'b' } },
  }
  for (const text of ['a 12', 'x 12 b', '12', 'ž 12', '’ 12', 'x 12|', '=12 ž'])
    assert.deepEqual(woken(text, triggers), ['mark:12'], text)
  for (const text of [' 12', 'x 12', 'x 12 ', 'x 12 a', '“ 12', '”12”', '±12', 'a12b', '=12 ≥'])
    assert.deepEqual(woken(text, triggers), [], text)
})

test('who looks for short words alone is not woken behind a letter of a long one, unless the number goes on over signs', () => {
  const triggers: Record<string, Trigger> = {
    mark: { digits: 1, touching: { before: 'a', after: 'a', isInShortWord: true } },
  }
  const others = 'xy'.repeat(9)
  assert.deepEqual(woken(`${others}a1`, triggers), ['mark:1'])
  assert.deepEqual(woken(`${others}_xa1a2`, triggers), ['mark:1', 'mark:2'])
  assert.deepEqual(woken(`${others}a1a`, triggers), [])
  assert.deepEqual(woken(`_1a2${others}`, triggers), ['mark:1'])
  assert.deepEqual(woken(`${others}a1 2a`, triggers), ['mark:1 2'])
})

test('units on both sides of a number count together, and those before longer numbers for these alone', () => {
  const triggers: Record<string, Trigger> = {
    mark: {
      digits: 1,
      touching: { before: '', after: '', bothSides: 'ab', longer: { digits: 3, before: '=' } },
    },
  }
  for (const text of ['xa12b', 'xb12b', '=123', '=1 23', 'xa12é'])
    assert.deepEqual(woken(text, triggers).length, 1, text)
  for (const text of ['xa12', 'xa12c', 'x 12b', '=12', 'x123=', 'x=x123'])
    assert.deepEqual(woken(text, triggers), [], text)
})

test('who looks into runs of hexadecimal digits is woken by one group in a short one, beside which its sign stands', () => {
  const triggers: Record<string, Trigger> = {
    mark: { digits: 1, touching: { before: 'a', after: 'a', inRun: { longest: 4, beside: ':-' } } },
  }
  for (const text of [' a1:', '-1a ', ':fa1f ', 'x-a12f'])
    assert.deepEqual(woken(text, triggers).length, 1, text)
  for (const text of [' a1 ', 'a1', '1a', ':cfa1f ', '%a1%', ':xa1', ' 12:'])
    assert.deepEqual(woken(text, triggers), [], text)
  assert.deepEqual(woken('xa1 2a ', triggers), ['mark:1 2'])
})

test('a number of one group wakes those that wait for a longer one only when it has as many digits as they say', () => {
  const woke = (text: string): readonly string[] => woken(text, { mark: { digits: 3, inOneGroup: 4 } })
  assert.deepEqual(woke('123, 1234, 12345, 12 3, 12-345'), ['mark:1234', 'mark:12 3', 'mark:12-345'])
})

test('groups that follow letters wake near the last one before their number only', () => {
  const woke = (text: string): readonly string[] =>
    woken(text, { mark: { groups: ['3', '4'], isNearStart: true } })
  assert.deepEqual(woke('a123, b  =_1234, c12 123, "1234", c:   "123, d12 34 567'), [
    'mark:123',
    'mark:1234',
    'mark:123',
  ])
})

test('groups that stand alone wake nobody where a digit stands beyond a sign beside them', () => {
  const woke = (text: string): readonly string[] =>
    woken(text, { mark: { groups: ['4', '3-3'], alone: ['4', '3-3'] } }).map((each) => each.slice(5))
  assert.deepEqual(woke('1234-5, 5-1234, 5.1234, 1234/5, 5-123-456, 123 456/5, 12 123 456, 123 456 1'), [])
  assert.deepEqual(woke('12 1234 (5), a-1234-a, 12 123-456 78, 1) 123 456 (1'), [
    ...['1234', '1234'],
    ...['123-456', '123 456'],
  ])
})

test('a literal that begins a word is woken there only, and behind an escape', () => {
  const triggers: Record<string, Trigger> = { key: { literals: ['NT', 'fo1_', '-x'], isWordStart: true } }
  for (const text of ['NT', ' NT', '"NT', '_NT', '\\nNT', '%3dNT', '\\u000aNT', '\u001b[0mNT', '\u001b[mNT'])
    assert.deepEqual(woken(text, triggers), ['key:NT'], text)
  for (const text of ['aNT', '1NT', 'cdNT', 'x3dNT', 'nNT', 'nt', 'xfo1_', '0mNT'])
    assert.deepEqual(woken(text, triggers), [], text)
  assert.deepEqual(woken('fo1_ a-x', triggers), ['key:fo1_', 'key:-x'])
})

const countries: readonly (readonly [string, readonly string[]])[] = [
  ['DE89', ['DE']],
  ['de89', ['de']],
  [' GB82 FR14', ['GB', 'FR']],
  ['ADE89', []],
  ['7DE89', []],
  ['x_DE89', []],
  ['_DE89_', ['DE']],
  ['-DE89', ['DE']],
  ['\\nDE89', ['DE']],
  ['E89', []],
  ['DE 89', []],
  ['ÄE89', []],
]

for (const [text, wanted] of countries) {
  test(`country codes in ${text}: ${wanted.join(' and ') || 'none'}`, () => {
    assert.deepEqual(
      woken(text, { account: { countryCode: true } }),
      wanted.map((each) => `account:${each}`),
    )
  })
}

test('a disguise is reported before anything is woken', () => {
  const scan = createTriggerScan([waiting('mail', { literals: ['@'] })])
  const places: number[] = []
  assert.equal(
    scan('@ \u200b @', (_, start) => places.push(start)),
    true,
  )
  assert.deepEqual(places, [])
  assert.equal(
    scan('@ é 中 😀 @', () => undefined),
    false,
  )
})

test('a literal that cannot be found is refused when the scan is made', () => {
  const make = (trigger: Trigger) => () => createTriggerScan([waiting('x', trigger)])
  assert.throws(make({ literals: ['é'] }), /printable ASCII/)
  assert.throws(make({ literals: [''] }), /printable ASCII/)
  assert.throws(make({ literals: [' x'] }), /printable ASCII/)
  assert.throws(make({ literals: ['Pwd'], isAnyCase: true }), /lower case/)
  assert.throws(make({ literals: ['a1'] }), /follows no digit/)
})

test('a number wakes those that wait for at most so many digits, and not for fewer', () => {
  const triggers = { nine: { digits: 9, most: 9 }, some: { digits: 3, most: 5 }, many: { digits: 5 } }
  assert.deepEqual(woken('12 x 345 x 67890 x 123456 x 123 456 789 x 1234567890', triggers), [
    'some:345',
    'some:67890',
    'many:67890',
    'many:123456',
    'nine:123 456 789',
    'many:123 456 789',
    'many:1234567890',
  ])
})

const groups: readonly (readonly [string, readonly string[]])[] = [
  ['123456789', ['123456789']],
  ['1234567890', []],
  ['123-45-6789', ['123-45-6789']],
  ['123-45-6789 123 45 6789', ['123-45-6789', '123 45 6789']],
  ['123456789 123456789', ['123456789', '123456789']],
  ['1 123456789 1', ['123456789']],
  ['1/123-45-6789-1', ['123-45-6789']],
  ['123-123-45-6789', ['123-45-6789']],
  ['123-456-789', []],
  ['123-45', []],
  ['x123456789y', ['123456789']],
  ['123,45,6789', []],
]

for (const [text, wanted] of groups) {
  test(`groups of nine, or three, two and four, in ${text}: ${wanted.length}`, () => {
    assert.deepEqual(
      woken(text, { number: { groups: ['9', '3-2-4'] } }),
      wanted.map((each) => `number:${each}`),
    )
  })
}

test('groups that stand apart wake nobody right behind a letter, but for one that ends an escape', () => {
  const woke = (text: string): readonly string[] =>
    woken(text, { apart: { groups: ['3', '4'], apart: ['3', '4'] } })
  assert.deepEqual(woke('x123 (123) _123 123x'), ['apart:123', 'apart:123', 'apart:123'])
  assert.deepEqual(woke('x123 4567'), ['apart:4567'])
  assert.deepEqual(woke('\\n123'), ['apart:123'])
  assert.deepEqual(woke('123'), ['apart:123'])
  assert.deepEqual(woken('x123 x4567', { some: { groups: ['3', '4'], apart: ['4'] } }), ['some:123'])
})

test('a number that stands apart wakes nobody as one group right behind a letter', () => {
  const woke = (text: string): readonly string[] => woken(text, { apart: { digits: 3, isApart: true } })
  assert.deepEqual(woke('x123 x, _1234 n5678'), ['apart:1234'])
  assert.deepEqual(woke('x123 45, \\n123'), ['apart:123 45', 'apart:123'])
  assert.deepEqual(woke(`x${'1'.repeat(60)}, x${'1'.repeat(60)}-1`), [`apart:${'1'.repeat(60)}-1`])
})

const words: readonly (readonly [string, readonly string[]])[] = [
  ['A1B2', ['A1B2']],
  ['ab12', ['ab12']],
  ['12ab', ['12ab']],
  ['1a34, abc4', ['1a34', 'abc4']],
  ['abcd', []],
  ['1234', []],
  ['A1B', []],
  ['A1B2C3', []],
  ['A1B2 34CD', ['A1B2', '34CD']],
  ['AB12 34 56CD', ['AB12', '56CD']],
  ['(A1B2)', ['A1B2']],
  ['A1-B2C3', ['B2C3']],
  ['_A1B2_', ['A1B2']],
  ['x_A1B2', []],
  ['A1B2_x', []],
  ['\\nA1B2', ['A1B2']],
  ['\\u000aA1B2', ['A1B2']],
  ['%3DA1B2', ['A1B2']],
  ['\u001b[31mA1B2', ['A1B2']],
  ['\u001b[38;5;196mA1B2', ['A1B2']],
  ['\\n1234', []],
  ['ÄA1B2', ['A1B2']],
  [`${'a'.repeat(100)}1B2`, []],
]

for (const [text, wanted] of words) {
  test(`words of four letters and digits in ${JSON.stringify(text)}: ${wanted.join(' and ') || 'none'}`, () => {
    assert.deepEqual(
      woken(text, { word: { mixed: { shortest: 4, longest: 4 } } }),
      wanted.map((each) => `word:${each}`),
    )
  })
}

test('a word wakes those that wait for its length, and one that waits for groups as well for both', () => {
  const trigger = { mixed: { shortest: 3, longest: 5 }, groups: ['3'] }
  assert.deepEqual(
    woken('A1 A12 A1234 123 A12345', { both: trigger, long: { mixed: { shortest: 5, longest: 6 } } }),
    ['both:A12', 'both:A1234', 'long:A1234', 'both:123', 'long:A12345'],
  )
})

test('a word that must have a form wakes nobody without it, nor without the signs beside it', () => {
  const mixed = { shortest: 2, longest: 5 }
  const triggers: Record<string, Trigger> = { word: { mixed, wordForms: ['A9*', '/99AA-'] } }
  assert.deepEqual(woken('A12 b2c 12a A1 A123 Ab1', triggers), ['word:A12', 'word:b2c'])
  assert.deepEqual(woken('/12ab- 12ab- /12ab /12ab. /12AB-', triggers), ['word:12ab', 'word:12AB'])
  for (const form of ['', '-', 'A--', 'AZ', 'A'.repeat(32)])
    assert.throws(() => woken('', { word: { mixed, wordForms: [form] } }), /form of a word/)
})

test('lengths of groups that cannot be are refused when the scan is made', () => {
  for (const shape of ['', '0', '3-', '3-0', '100', 'x']) {
    assert.throws(() => createTriggerScan([waiting('x', { groups: [shape] })]), /lengths of groups/)
  }
})

const disguised = /[\u0301\u00a0\u00ad\u200b\u2011\ufeff\uff14\u0661\udb40İ]/

/** One of each form, beside those that detectors wait for. */
const invented: readonly Detector[] = [
  waiting('few', { digits: 2, most: 3 }),
  waiting('some', { digits: 4, most: 20 }),
  waiting('apart', { digits: 2, isApart: true }),
  waiting('grouped', { groups: ['1', '2', '4', '2-2', '4-4', '4-4-4-4', '3-2-4', '1-1-1-1-1-1-1-1-1'] }),
  waiting('short', { mixed: { shortest: 2, longest: 5 } }),
  waiting('formed', {
    mixed: { shortest: 2, longest: 5 },
    wordForms: ['A9', '9A', '**99*', '-A99', '.A***-'],
  }),
  waiting('long', { mixed: { shortest: 5, longest: 24 }, groups: ['8', '2-4'] }),
  waiting('country', { countryCode: true }),
]

for (let seed = 1; seed <= 20; seed++) {
  test(`the one pass wakes whom a plain search for each detector wakes, whatever the text (${seed})`, () => {
    const random = seeded(seed)
    const everybody = [...detectors, ...invented]
    const scan = createTriggerScan(everybody)
    const beginsName = createBeginsName(everybody)
    const literals = everybody.flatMap(({ trigger }) => ('literals' in trigger ? trigger.literals : []))
    const pieces = [
      '1',
      '12',
      '123',
      '1234',
      '123456789',
      'a',
      'B',
      'AB',
      ' ',
      '-',
      '.',
      '/',
      '_',
      '\\n',
      '\\u0041',
      '[',
    ]
    for (let round = 0; round < 100; round++) {
      let text = ''
      for (let left = random.below(16); left > 0; left--) {
        const kind = random.below(4)
        if (kind === 0) text += random.pick(literals)
        else text += kind === 1 ? randomText(random, 2).replace(disguised, '') : random.pick(pieces)
      }
      if (disguised.test(text)) continue
      const found = new Map(everybody.map((detector): [Detector, string[]] => [detector, []]))
      scan(text, (detector, start, end) => found.get(detector)?.push(`${start}-${end}`))
      for (const [detector, places] of found) {
        const wanted = plainTriggers(detector, text, beginsName)
        assert.deepEqual(places.toSorted(), wanted, `${detector.type}: ${JSON.stringify(text)}`)
      }
    }
  })
}

test('each detector is woken in order of position', () => {
  const random = seeded(5)
  const scan = createTriggerScan([...detectors, ...invented])
  for (let round = 0; round < 500; round++) {
    const reached = new Map<Detector, number>()
    scan(randomText(random, 12), (detector, start) => {
      assert.ok(start >= (reached.get(detector) ?? 0), detector.type)
      // Two literals of one detector may lie within each other.
      if (!('literals' in detector.trigger)) reached.set(detector, start)
    })
  }
})

test('groups that are no amount wake where no sign of one stands behind them', () => {
  const triggers = { id: { groups: ['5', '2-3'], isNoAmount: true }, any: { groups: ['5'] } } as const
  assert.deepEqual(woken('x 12345% 12-345€', triggers), ['any:12345'])
  assert.deepEqual(woken('x 12345 %', triggers), ['id:12345', 'any:12345'])
  assert.deepEqual(woken('x 12345%41', triggers), ['id:12345', 'any:12345'])
  assert.deepEqual(woken('x 12-345-6%', triggers), ['id:12-345'])
})
