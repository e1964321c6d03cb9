import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dataClasses } from '#/core/data-class.ts'
import { families } from '#/core/finding.ts'
import type { Detector } from '../detector.ts'
import { createInspector } from '../inspector.ts'
import { exampleOf, foundIn } from '../test-found.ts'
import { detectors } from './index.ts'

for (const detector of detectors) {
  test(`${detector.type}: finds what its examples mark, and nothing else of its kind`, () => {
    assert.ok(detector.finds.length > 0, 'there is no example')
    for (const marked of detector.finds) {
      const { text, wanted } = exampleOf(marked)
      assert.ok(wanted.length > 0, `nothing is marked in ${marked}`)
      assert.deepEqual(foundIn(text, detector.type), wanted, marked)
    }
  })

  test(`${detector.type}: finds nothing in what it ignores`, () => {
    assert.ok(detector.ignores.length > 0, 'there is no example')
    for (const text of detector.ignores) assert.deepEqual(foundIn(text, detector.type), [], text)
  })
}

/** A value of each kind as it stands by itself, without words that are needed before it. */
const values: ReadonlyMap<string, string> = new Map(
  detectors.map((detector): [string, string] => [detector.type, bareValueOf(detector)]),
)

function bareValueOf({ type, finds }: Detector): string {
  for (const marked of finds) {
    const [value] = exampleOf(marked).wanted
    if (value !== undefined && foundIn(value, type)[0] === value) return value
  }
  return ''
}

/** Kinds that are only found beside a name or inside an address. */
const namedOnly = new Set([
  ...['aws-secret-key', 'url-credentials', 'password'],
  ...detectors.flatMap(({ type, isNamedOnly }) => (isNamedOnly === true ? [type] : [])),
])

test('every kind but those that need a name is found when a text holds nothing else', () => {
  const missing = [...values].filter(([, value]) => value === '').map(([type]) => type)
  assert.deepEqual(new Set(missing), namedOnly)
})

/** Places a value stands in: what is before it and what is after it. */
const surroundings: readonly (readonly [string, string])[] = [
  ['', ' and more'],
  ['it is ', ''],
  ['it is ', '.'],
  ['it is ', ', so'],
  ['(', ')'],
  ['"', '"'],
  ["'", "'"],
  ['`', '`'],
  ['“', '”'],
  ['**', '**'],
  ['| ', ' |'],
  ['|', '|'],
  ['- ', '\n'],
  ['> ', '\n'],
  ['\n', '\n'],
  ['\r\n', '\r\n'],
  ['\t', '\t'],
  ['x;', ';y'],
  ['<td>', '</td>'],
  ['{"value":"', '"}'],
  ['{\\"value\\":\\"', '\\"}'],
  ['"line\\n', '\\n"'],
  ['"line\\t', '\\t"'],
  ['value: ', '\n'],
  ['?value=', '&next=1'],
  ['?value%3D', '&next=1'],
  ['\u001b[31m', '\u001b[0m'],
  ['😀', '😀'],
  ['中文 ', ' 中文'],
  ['中文：', '。'],
]

for (const [before, after] of surroundings) {
  test(`every value is found, whole, between ${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
    for (const [type, value] of values) {
      if (value === '') continue
      const found = foundIn(`${before}${value}${after}`, type)
      assert.deepEqual(found, [value], `${type} in ${JSON.stringify(before + value + after)}`)
    }
  })
}

test('positions are UTF-16 offsets, whatever stands before', () => {
  const before = '😀 𝒜𝓃𝓃𝒶 🏴󠁧󠁢󠁥󠁮󠁧󠁿 é 中 '
  for (const [type, value] of values) {
    if (value !== '') assert.deepEqual(foundIn(before + value, type), [value], type)
  }
})

test('a value glued to letters or digits before it is none', () => {
  for (const [type, value] of values) {
    // A telephone number and the header of a private key begin with signs: nothing can be glued to them.
    if (value === '' || !/^[A-Za-z0-9]/.test(value) || type === 'email') continue
    assert.deepEqual(foundIn(`b7${value}`, type), [], `${type}: b7${value}`)
  }
})

test('an invisible character inside a value does not hide it', () => {
  for (const [type, value] of values) {
    if (value === '') continue
    for (const invisible of ['\u200b', '\u00ad', '\u2060', '\ufeff', '\u{E0041}']) {
      for (const at of [1, Math.floor(value.length / 2), value.length - 1]) {
        const text = `see ${value.slice(0, at)}${invisible}${value.slice(at)} here`
        const found = foundIn(text, type)
        assert.equal(found.length, 1, `${type}: ${JSON.stringify(text)}`)
        assert.ok(found[0]?.startsWith(value.slice(0, at)), `${type} is covered from its start`)
        assert.ok(found[0]?.endsWith(value.slice(at)), `${type} is covered to its end`)
      }
    }
  }
})

test('an invisible character before a value does not glue it to a word', () => {
  for (const [type, value] of values) {
    // A word and an address may be one longer address, which then covers both.
    if (value !== '' && type !== 'email')
      assert.deepEqual(foundIn(`key\u200b${value}\u200b.`, type), [value], type)
  }
})

test('a value in full-width characters is found', () => {
  const wide = (text: string): string =>
    text.replace(/[!-~]/g, (character) => String.fromCharCode(character.charCodeAt(0) + 0xfee0))
  for (const [type, value] of values) {
    if (value !== '') assert.deepEqual(foundIn(`　${wide(value)}　`, type), [wide(value)], type)
  }
})

test('what a finding says of itself never repeats what was found', () => {
  const inspector = createInspector({ terms: [] })
  for (const { finds } of detectors) {
    for (const marked of finds) {
      const { text } = exampleOf(marked)
      for (const { start, end, why, score } of inspector.inspect(text, 'user')) {
        const value = text.slice(start, end)
        assert.ok(!why.includes(value), `${why} repeats ${value}`)
        assert.match(why, /^[a-z0-9].*[^.]$/, 'a sentence without capital and full stop')
        assert.ok(score >= 0.5 && score <= 1, `${score} for ${value}`)
      }
    }
  }
})

test('each kind has a name of its own, a family, a class, a label, a proof and a source', () => {
  assert.equal(new Set(detectors.map(({ type }) => type)).size, detectors.length)
  assert.equal(new Set(detectors.map(({ label }) => label)).size, detectors.length)
  for (const { type, family, class: dataClass, label, proof, source } of detectors) {
    assert.match(type, /^[a-z]+(?:-[a-z]+)*$/)
    assert.ok(families.includes(family), type)
    assert.ok(dataClasses.includes(dataClass) && dataClass !== 'public', type)
    assert.ok(label.length > 2 && proof.length > 2 && source.length > 2, type)
  }
})

test('every secret is restricted', () => {
  for (const { type, family, class: dataClass } of detectors) {
    if (family === 'secret') assert.equal(dataClass, 'restricted', type)
  }
})
