import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  foldedUnit,
  isAlphanumeric,
  isDigit,
  isIdentifier,
  isLetter,
  isLower,
  isTokenPart,
  isUnspacedUnit,
  isUpper,
  isWordUnit,
  placeOfTwo,
  plainUnit,
} from './characters.ts'

const code = (character: string): number => character.charCodeAt(0)

/** What an expression says of the same unit. */
const agree = (ask: (code: number) => boolean, pattern: RegExp): void => {
  for (let unit = 0; unit < 65_536; unit++) {
    const text = String.fromCharCode(unit)
    assert.equal(ask(unit), pattern.test(text), `U+${unit.toString(16)}`)
  }
}

test('questions about ASCII agree with an expression for every unit', () => {
  agree(isDigit, /^[0-9]$/)
  agree(isUpper, /^[A-Z]$/)
  agree(isLower, /^[a-z]$/)
  agree(isLetter, /^[A-Za-z]$/)
  agree(isAlphanumeric, /^[A-Za-z0-9]$/)
  agree(isIdentifier, /^[A-Za-z0-9_]$/)
  agree(isTokenPart, /^[A-Za-z0-9_-]$/)
})

test('what is beyond the end of a text is no character of any kind', () => {
  for (const ask of [
    isDigit,
    isLetter,
    isAlphanumeric,
    isIdentifier,
    isTokenPart,
    isWordUnit,
    isUnspacedUnit,
  ]) {
    assert.equal(ask(''.charCodeAt(0)), false)
  }
})

test('letters, marks and digits of scripts with spaces are parts of words', () => {
  for (const character of ['a', 'Z', '5', 'é', 'ß', 'Ж', 'λ', 'ع', 'א', 'क', '한', '\u0301', '٣']) {
    assert.equal(isWordUnit(code(character)), true, character)
  }
})

test('signs, spaces, half pairs and scripts without spaces are no parts of words', () => {
  for (const character of ['-', '_', ' ', '.', '中', 'か', 'カ', 'ก', '\ud83d', '\ude00', '\u200b', '“']) {
    assert.equal(isWordUnit(code(character)), false, character)
  }
})

test('a letter is of a script with spaces or of one without, never of both', () => {
  for (let unit = 0; unit < 65_536; unit++) {
    assert.ok(!(isWordUnit(unit) && isUnspacedUnit(unit)), `U+${unit.toString(16)}`)
  }
  for (const character of ['中', 'か', 'カ', 'ก', 'ລ', 'ខ', 'က']) assert.ok(isUnspacedUnit(code(character)))
  for (const character of ['a', 'é', '。', '」', '-', ' ']) assert.ok(!isUnspacedUnit(code(character)))
})

test('typographic spaces, hyphens and quotes read as those of ASCII', () => {
  const plain = (character: string): string => String.fromCharCode(plainUnit(code(character)))
  for (const space of [' ', '\n', '\t', '\u00a0', '\u2009', '\u3000']) assert.equal(plain(space), ' ')
  for (const hyphen of ['-', '\u2010', '\u2011', '–', '—', '\u2212']) assert.equal(plain(hyphen), '-')
  for (const quote of ["'", '‘', '’']) assert.equal(plain(quote), "'")
  for (const quote of ['"', '“', '”']) assert.equal(plain(quote), '"')
  for (const other of ['a', 'A', 'é', '中', '\ud83d', '«']) assert.equal(plain(other), other)
})

test('lower case is one unit for one unit', () => {
  const folded = (character: string): string => String.fromCharCode(foldedUnit(code(character)))
  assert.equal(folded('A'), 'a')
  assert.equal(folded('É'), 'é')
  assert.equal(folded('Ж'), 'ж')
  assert.equal(folded('\u00a0'), ' ')
  assert.equal(folded('ß'), 'ß')
  // Its lower case has two units.
  assert.equal(folded('İ'), 'İ')
  assert.equal(folded('\ud801'), '\ud801')
})

test('both lower-case forms of sigma are the same', () => {
  assert.equal(foldedUnit(code('ς')), foldedUnit(code('Σ')))
  assert.equal(foldedUnit(code('σ')), foldedUnit(code('Σ')))
})

test('folding again changes nothing, for every unit', () => {
  for (let unit = 0; unit < 65_536; unit++) {
    assert.equal(foldedUnit(foldedUnit(unit)), foldedUnit(unit), `U+${unit.toString(16)}`)
    assert.equal(plainUnit(plainUnit(unit)), plainUnit(unit), `U+${unit.toString(16)}`)
  }
})

test('two letters have a place of their own, in any case', () => {
  assert.equal(placeOfTwo('xde', 1), placeOfTwo('DE', 0))
  const all = [...'abcdefghijklmnopqrstuvwxyz']
  const places = all.flatMap((one) => all.map((other) => placeOfTwo(one + other, 0)))
  assert.equal(new Set(places).size, all.length ** 2)
})
