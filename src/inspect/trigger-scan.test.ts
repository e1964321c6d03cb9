import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Detector, nothing, type Trigger } from './detector.ts'
import { detectors } from './detectors/index.ts'
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

test('a disguise stops the scan and is reported', () => {
  const scan = createTriggerScan([waiting('mail', { literals: ['@'] })])
  const places: number[] = []
  assert.equal(
    scan('@ \u200b @', (_, start) => places.push(start)),
    true,
  )
  assert.deepEqual(places, [0])
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

/** What the one pass must give, by looking for each literal at each position. */
function literalsIn(text: string): readonly string[] {
  const found: string[] = []
  for (const { type, trigger } of detectors) {
    if (!('literals' in trigger)) continue
    const read = trigger.isAnyCase === true ? text.toLowerCase() : text
    if (read.length !== text.length) continue
    for (const literal of trigger.literals) {
      for (let at = read.indexOf(literal); at !== -1; at = read.indexOf(literal, at + 1)) {
        found.push(`${type} ${at} ${at + literal.length}`)
      }
    }
  }
  return found.toSorted()
}

const disguised = /[\u0301\u00a0\u00ad\u200b\u2011\ufeff\uff14\u0661\udb40İ]/

for (let seed = 1; seed <= 20; seed++) {
  test(`every literal of every detector wakes it, whatever stands around (${seed})`, () => {
    const random = seeded(seed)
    const literals = detectors.flatMap(({ trigger }) => ('literals' in trigger ? trigger.literals : []))
    const scan = createTriggerScan(detectors)
    for (let round = 0; round < 100; round++) {
      let text = ''
      for (let left = random.below(12); left > 0; left--) {
        text += random.below(2) === 0 ? random.pick(literals) : randomText(random, 2).replace(disguised, '')
      }
      if (disguised.test(text)) continue
      const found: string[] = []
      scan(text, ({ type, trigger }, start, end) => {
        if ('literals' in trigger) found.push(`${type} ${start} ${end}`)
      })
      assert.deepEqual(found.toSorted(), literalsIn(text), JSON.stringify(text))
    }
  })
}
