/** Undoes what hides words only: letters set apart, exchanged, mirrored, or written as digits. */

import { isAlphanumeric, isLetter, isSignBeyondAscii } from './characters.ts'
import { plainOfLeet } from './clue-words.ts'
import type { Clues } from './clues.ts'
import { leetLetters, rot13Of } from './letters.ts'
import type { PatchWriter } from './patches.ts'
import { backwards, forwards, type Span } from './position-map.ts'

/** Units before and after the words that gave a text away which are read like them. */
const reach = 2_000

const around = (text: string, { start, end }: Span): Span => ({
  start: Math.max(0, start - reach),
  end: Math.min(text.length, end + reach),
})

export function patchRot13(patches: PatchWriter, text: string, { rot13 }: Clues): void {
  if (rot13 === undefined) return
  const { start, end } = around(text, rot13)
  for (const { 0: word, index } of text.slice(start, end).matchAll(/[a-z]+/gi))
    patches.text(rot13Of(word), start + index, start + index + word.length, forwards)
}

/** All of a text from its end; the words of a sentence come in the right order. */
export function patchMirrored(patches: PatchWriter, text: string, { mirror }: Clues): void {
  if (mirror === undefined) return
  const { start, end } = around(text, mirror)
  addMirrored(patches, text, start, end)
}

/** Each word by itself, in its place. */
export function patchMirroredWords(patches: PatchWriter, text: string, { mirror }: Clues): void {
  if (mirror === undefined) return
  const { start, end } = around(text, mirror)
  for (const { 0: word, index } of text.slice(start, end).matchAll(/\S{2,}/g))
    addMirrored(patches, text, start + index, start + index + word.length)
}

function addMirrored(patches: PatchWriter, text: string, start: number, end: number): void {
  let shown = ''
  for (let at = end - 1; at >= start; at--) shown += text.charAt(at)
  patches.text(shown, start, end, backwards)
}

/**
 * A word with letters and with digits or signs for some; what stands behind an apostrophe (`c4n'7`); and `1` for `I`
 * before a word with a letter in it.
 */
const leetWord = /[a-z0-9@$!|+€]{2,24}|(?<=[a-z0-9]['’])[57]|(?<![\w.,:#-])1(?= [a-z0-9@$!|+€]{0,23}[a-z])/gi

export function patchLeet(patches: PatchWriter, text: string, { leet }: Clues): void {
  if (leet === undefined) return
  const { start, end } = around(text, leet)
  for (const { 0: word, index } of text.slice(start, end).matchAll(leetWord)) {
    const shown = plainOf(word)
    const from = start + index
    if (shown !== word) patches.text(shown, from, from + word.length, forwards)
  }
}

function plainOf(word: string): string {
  if (word.length === 1) return leetLetters.get(word) ?? word
  const end = word.search(/[!|+]*$/)
  const known = plainOfLeet(word.slice(0, end).toLowerCase())
  if (known !== undefined) return known + word.slice(end)
  let shown = ''
  for (const character of word.slice(0, end)) shown += leetLetters.get(character) ?? character
  return shown + word.slice(end)
}

/** A row with fewer letters, or fewer separators, is a table or a formula. */
const fewest = 5

/**
 * `i g n o r e`, `i.g.n.o.r.e`: every second unit is the same separator and is left out. Wider spaces are the ones
 * between words.
 */
export function patchSpaced(patches: PatchWriter, text: string, { spaced }: Clues): void {
  let done = 0
  for (const row of spaced) {
    let start = Math.max(done, row.start)
    while (start < row.end && !isAlphanumeric(text.charCodeAt(start))) start++
    if (row.end <= done || !isSpaced(text, start, row.end)) continue
    const end = endOfRow(text, start, row.end)
    for (let at = start; at < end; at = afterOne(text, start, at, end))
      if (isSeparated(text, start, at, end)) patches.drop(at + 1, at + 2)
    done = end
  }
}

/** Clues know letters of ASCII: a row goes on over others (`i.n.s.t.r.u.ç.õ.e.s`). */
function endOfRow(text: string, start: number, end: number): number {
  const separator = text.charCodeAt(start + 1)
  let at = end
  while (text.charCodeAt(at) === separator && goesOn(text.charCodeAt(at + 1), at > end)) at += 2
  return at
}

const goesOn = (code: number, isBehindOther: boolean): boolean =>
  isSignBeyondAscii(code) ? false : code > 127 || (isBehindOther && isLetter(code))

function isSpaced(text: string, start: number, end: number): boolean {
  let letters = 0
  let separators = 0
  for (let at = start; at < end; at = afterOne(text, start, at, end)) {
    if (isLetter(text.charCodeAt(at))) letters++
    if (isSeparated(text, start, at, end)) separators++
    if (letters >= fewest && separators >= fewest) return true
  }
  return false
}

/** True when what stands behind a character is what stands behind the first one. */
const isSeparated = (text: string, start: number, at: number, end: number): boolean =>
  at + 1 < end && text.charCodeAt(at + 1) === text.charCodeAt(start + 1)

/** Where the character after one stands. */
function afterOne(text: string, start: number, at: number, end: number): number {
  const next = at + 1
  const separator = text.charCodeAt(next)
  if (!isSeparated(text, start, at, end)) return next < end && isSpace(separator) ? next + 1 : next
  // `e   a` joins to one space, which the second of the three is.
  const isWide =
    separator === 32 && text.charCodeAt(next + 1) === 32 && isAlphanumeric(text.charCodeAt(next + 2))
  return isWide ? next + 2 : next + 1
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13
