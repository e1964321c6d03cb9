import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asciiOf, bytesPerUnit, textOf, writeUnits } from './units.ts'

/** What an earlier text has left behind the bytes of a later one is none of it. */
const unitsOf = (text: string): Uint16Array => {
  const units = new Uint16Array(text.length)
  writeUnits(text, units, new Uint8Array((text.length + 1) * bytesPerUnit).fill(0x78))
  return units
}

const plainly = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))

test('the units of a text are those charCodeAt gives, with halves of pairs as they stand', () => {
  const texts = [
    '',
    'Plain.\n',
    'café',
    'ł and 日本',
    '\ufeffmark',
    '\u{1f513}'.repeat(3),
    'a\ud83d b\udd13 \ufffd',
  ]
  for (const text of texts) {
    assert.deepEqual([...unitsOf(text)], plainly(text), text)
    assert.equal(textOf(unitsOf(text), text.length), text)
  }
})

test('a text is put together from its units, whatever its length', () => {
  const long = 'a text of some length, '.repeat(1_000)
  assert.equal(asciiOf(unitsOf(long), long.length, new Uint8Array(long.length)), long)
  assert.equal(asciiOf(unitsOf(long), 6, new Uint8Array(long.length)), 'a text')
  const wide = 'ein längerer Text, ł'.repeat(1_000)
  assert.equal(textOf(unitsOf(wide), wide.length), wide)
})
