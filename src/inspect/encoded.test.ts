import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Action, Finding } from '#/core/finding.ts'
import type { Term } from './api.ts'
import { createInspector } from './inspector.ts'
import { createPseudonyms } from './pseudonyms.ts'
import { createRestorer } from './restore.ts'
import { type Random, randomText, seeded } from './test-random.ts'
import { transformText } from './transform.ts'

const base64 = (text: string): string => btoa(text)
const hex = (text: string): string =>
  Array.from(text, (character) => character.charCodeAt(0).toString(16).padStart(2, '0')).join('')

const term = (text: string, more: Partial<Term> = {}): Term => ({
  term: text,
  label: 'codename',
  class: 'confidential',
  isCaseSensitive: false,
  ...more,
})

const inspector = createInspector({ terms: [term('Blue Heron', { class: 'restricted' })] })

const found = (text: string): readonly string[] =>
  inspector.inspect(text, 'user').map(({ type, start, end }) => `${type}: ${text.slice(start, end)}`)

const key = `AKIA${'QW3RT7YU2OP4ASD6'}`

test('a value in an encoded piece is reported over all of the piece, and the reason says how it was written', () => {
  const piece = base64('write to anna@example.com')
  const text = `Decode ${piece} please.`
  const [finding, ...others] = inspector.inspect(text, 'user')
  assert.deepEqual(others, [])
  assert.equal(text.slice(finding?.start, finding?.end), piece)
  assert.equal(finding?.why, 'has the form of an e-mail address with a possible domain, inside Base64')
})

test('among many lines of Base64 that are no text, one that is text is found wherever it stands', () => {
  const random = seeded(7)
  const line = (): string =>
    btoa(String.fromCharCode(...Array.from({ length: 48 }, () => 128 + random.below(64))))
  const text = btoa(`write to anna@example.com today`.padEnd(48, '.'))
  for (const at of [0, 1, 300, 598, 599]) {
    const lines = Array.from({ length: 600 }, (_, index) => (index === at ? text : line()))
    assert.deepEqual(
      inspector.inspect(lines.join('\n'), 'user').map(({ type }) => type),
      ['email'],
      `${at}`,
    )
  }
  const short = [...Array.from({ length: 600 }, line), btoa('a@b.example.com')].join('\n')
  assert.deepEqual(
    inspector.inspect(short, 'user').map(({ type }) => type),
    ['email'],
  )
})

test('encodings inside encodings are named from the inside out', () => {
  const [finding] = inspector.inspect(hex(base64('pay 4111 1111 1111 1111 now')), 'user')
  assert.equal(
    finding?.why,
    '16 digits in the range of Visa with a valid Luhn sum, inside Base64 inside hexadecimal',
  )
})

test('escaped characters are part of the value they stand in, and nothing else is', () => {
  assert.deepEqual(found('see ?to=anna%40example.com&x=1'), ['email: anna%40example.com'])
  assert.deepEqual(found('{"to":"anna\\u0040example.com"}'), ['email: anna\\u0040example.com'])
  assert.deepEqual(found('<p>anna&#64;example.com</p>'), ['email: anna&#64;example.com'])
  assert.deepEqual(found('4111&nbsp;1111&nbsp;1111&nbsp;1111'), [
    'payment-card: 4111&nbsp;1111&nbsp;1111&nbsp;1111',
  ])
})

test('keys and company terms are found in every encoding', () => {
  for (const value of [key, 'project Blue Heron']) {
    for (const written of [
      base64(`the value is ${value}.`),
      hex(`the value is ${value}.`),
      Array.from(value, (character) => `\\x${hex(character)}`).join(''),
      Array.from(value, (character) => `&#${character.charCodeAt(0)};`).join(''),
      [...value].join(' '),
      [...value].join('-'),
    ]) {
      assert.equal(inspector.inspect(`note: ${written} end`, 'user').length, 1, written)
    }
  }
})

test('of what stands in one encoded piece the one of the highest class is reported', () => {
  assert.deepEqual(
    inspector
      .inspect(base64('Blue Heron: anna@example.com, bob@example.org'), 'user')
      .map(({ type }) => type),
    ['company-term'],
  )
})

test('a plain value beside an encoded one is reported once, as plain', () => {
  const piece = base64('nothing to see in here, really')
  const findings = inspector.inspect(`anna@example.com ${piece} bob@example.org`, 'user')
  assert.deepEqual(
    findings.map(({ why }) => why.includes('inside')),
    [false, false],
  )
})

const treat = (text: string, action: Action): string => {
  const pseudonyms = createPseudonyms({ mac: (value) => hex(value).padEnd(16, '0').slice(-40) })
  const treated = inspector.inspect(text, 'user').map((finding: Finding) => ({ finding, action }))
  const changed = transformText(text, treated, pseudonyms).text
  if (action === 'mask') return changed
  const restorer = createRestorer(pseudonyms.issued)
  assert.equal(restorer.push(changed) + restorer.end(), text)
  return changed
}

test('a mask takes the place of the whole encoded piece', () => {
  const piece = base64('write to anna@example.com')
  assert.equal(treat(`Decode ${piece} please.`, 'mask'), 'Decode [EMAIL] please.')
  assert.equal(treat('to=anna%40example.com', 'mask'), 'to=[EMAIL]')
  assert.equal(treat('a n n a @ e x a m p l e . c o m', 'mask'), '[EMAIL]')
})

test('a token stands for the whole encoded piece and is put back as it was written', () => {
  const piece = base64('write to anna@example.com')
  assert.match(treat(`Decode ${piece} please.`, 'pseudonymise'), /^Decode EMAIL_[a-z0-9]+ please\.$/)
})

/** Ways to disguise a value that leave it one value. */
const disguises: readonly ((value: string, random: Random) => string)[] = [
  (value, random) => sprinkled(value, random, ['\u200b', '\u00ad', '\u2060', '\ufe0f', '\u{E0041}']),
  (value, random) => sprinkled(value, random, ['\u0335', '\u0489\u0336', '\u0316']),
  (value) => value.replace(/[!-~]/g, (unit) => String.fromCharCode(unit.charCodeAt(0) + 0xfee0)),
  (value) => value.replace(/[a-z]/g, (letter) => String.fromCodePoint(0x1d41a + letter.charCodeAt(0) - 97)),
  (value) => value.replace(/[0-9]/g, (digit) => String.fromCodePoint(0x1d7ce + digit.charCodeAt(0) - 48)),
  (value) => value.replace(/a/g, 'а').replace(/e/g, 'е').replace(/o/g, 'о'),
  (value) =>
    value.replace(/[A-Za-z]/g, (letter) =>
      String.fromCodePoint(
        letter < 'a' ? 0x24b6 + letter.charCodeAt(0) - 65 : 0x24d0 + letter.charCodeAt(0) - 97,
      ),
    ),
]

const sprinkled = (value: string, random: Random, marks: readonly string[]): string =>
  Array.from(value, (unit, at) =>
    at === value.length - 1 || random.below(2) === 0 ? unit : unit + random.pick(marks),
  ).join('')

const plainWords = ['Anna', ' is ', '中文 ', '😀 ', 'and\n', 'é ', 'ещё ', '\u200b']

for (let seed = 1; seed <= 20; seed++) {
  test(`a value in any disguise is found where it stands, all of it (${seed})`, () => {
    const random = seeded(seed)
    for (let round = 0; round < 30; round++) {
      const value = random.pick(['anna@example.com', '4111111111111111', key])
      const written = random.pick(disguises)(value, random)
      const before = `${random.pick(plainWords)}${random.pick(plainWords)} `
      const text = `${before}${written} ${random.pick(plainWords)}`
      const covering = inspector
        .inspect(text, 'user')
        .filter(({ start, end }) => start <= before.length && end >= before.length + written.length)
      assert.equal(covering.length, 1, JSON.stringify(text))
    }
  })
}

for (let seed = 1; seed <= 5; seed++) {
  test(`no decoded text makes inspection throw, and findings stay apart and inside (${seed})`, () => {
    const random = seeded(100 + seed)
    for (let round = 0; round < 60; round++) {
      const inner = randomText(random, 20)
      const text = `${randomText(random, 6)} ${random.pick([
        base64(unescape(encodeURIComponent(inner.toWellFormed()))),
        encodeURIComponent(inner.toWellFormed()),
        [...inner].join(' '),
        [...inner].reverse().join(''),
        JSON.stringify(inner),
      ])}`
      let last = 0
      for (const { start, end } of inspector.inspect(text, 'user')) {
        assert.ok(start >= last && end > start && end <= text.length, JSON.stringify(text))
        last = end
      }
    }
  })
}
