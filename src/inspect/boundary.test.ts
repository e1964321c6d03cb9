import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  isAfterAlphanumeric,
  isAfterEscape,
  isAmountUntil,
  isInsideAtEnd,
  isInsideAtStart,
} from './boundary.ts'
import { seeded } from './test-random.ts'

/** A text with its position marked by `|`. */
const at = (marked: string): [text: string, position: number] => {
  const position = marked.indexOf('|')
  return [marked.slice(0, position) + marked.slice(position + 1), position]
}

const escapes = [
  '\\n|4111',
  '\\r|4111',
  '\\t|4111',
  'a\\n|4111',
  '\\\\n|4111',
  '\\u003d|4111',
  '\\u003D|4111',
  '\\x3d|4111',
  '%3D|4111',
  '%3d|4111',
  'value%20|4111',
  '\u001b[31m|4111',
  '\u001b[1;38;5;196m|4111',
  '\u001b[m|4111',
  '\\u001b[0m|4111',
  '\\x1b[32m|4111',
  '\\033[32m|4111',
  '\\e[32m|4111',
]

const ordinary = [
  '|4111',
  'n|4111',
  '/n|4111',
  '\\q|4111',
  '\\u03d|4111',
  '%3|4111',
  '%3G|4111',
  '3D|4111',
  '[31m|4111',
  'array[31m|4111',
  ' |4111',
  'xyz|4111',
]

for (const marked of escapes) {
  test(`an escape ends where the value begins: ${JSON.stringify(marked)}`, () => {
    assert.equal(isAfterEscape(...at(marked)), true)
    assert.equal(isAfterAlphanumeric(...at(marked)), false)
    assert.equal(isInsideAtStart(...at(marked)), false)
  })
}

test('every letter and digit behind a backslash is told as by an expression for all escapes', () => {
  const ends = /(?:\\[abefnrtv]|\\u[\da-f]{4}|\\x[\da-f]{2})$/i
  const random = seeded(11)
  for (let round = 0; round < 5_000; round++) {
    let text = ''
    for (let left = random.below(9); left >= 0; left--) text += random.pick([...'\\\\\\uUxXnNqfF04'])
    if (/[\da-z]$/i.test(text)) assert.equal(isAfterEscape(text, text.length), ends.test(text), text)
  }
})

for (const marked of ordinary) {
  test(`no escape ends where the value begins: ${JSON.stringify(marked)}`, () => {
    assert.equal(isAfterEscape(...at(marked)), false)
  })
}

test('a letter or a digit before a value glues it, a sign does not', () => {
  for (const marked of ['x|4111', '7|4111', 'Z|4111']) assert.equal(isAfterAlphanumeric(...at(marked)), true)
  for (const marked of ['|4111', ' |4111', '-|4111', '_|4111', 'é|4111', '中|4111', '=|4111']) {
    assert.equal(isAfterAlphanumeric(...at(marked)), false, marked)
  }
})

test('an underscore glues a value to an identifier and is emphasis beside nothing', () => {
  for (const marked of ['ref_|4111', 'r_|4111', '7__|4111', 'x|4111']) {
    assert.equal(isInsideAtStart(...at(marked)), true, marked)
  }
  for (const marked of ['_|4111', ' _|4111', '__|4111', '(__|4111', ' |4111', '|4111', '*|4111']) {
    assert.equal(isInsideAtStart(...at(marked)), false, marked)
  }
})

test('the same holds after a value', () => {
  for (const marked of ['4111|x', '4111|7', '4111|_x', '4111|__x']) {
    assert.equal(isInsideAtEnd(...at(marked)), true, marked)
  }
  for (const marked of ['4111|', '4111|_', '4111|_ ', '4111|__', '4111| x', '4111|.', '4111|é', '4111|\\n']) {
    assert.equal(isInsideAtEnd(...at(marked)), false, marked)
  }
})

test('a long row of underscores costs no more than a short one and glues nothing', () => {
  const row = '_'.repeat(100_000)
  assert.equal(isInsideAtStart(`a${row}4111`, row.length + 1), false)
  assert.equal(isInsideAtEnd(`4111${row}a`, 4), false)
})

test('a number is an amount with a sign behind it, but for the `%` of an escape', () => {
  for (const marked of ['12|%', '12|% of', '12|%4g', '12|%%41', '12|@', '12|$', '12|€'])
    assert.equal(isAmountUntil(...at(marked)), true, marked)
  for (const marked of ['12|', '12|%41', '12|%c3%a9', '12| %', '12|-', '12|x'])
    assert.equal(isAmountUntil(...at(marked)), false, marked)
})
