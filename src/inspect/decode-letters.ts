/** Undoes what hides words only: letters set apart, exchanged, mirrored, or written as digits. */

import { isAlphanumeric, isLetter } from './characters.ts'
import { plainOfLeet } from './clue-words.ts'
import { leetLetters, rot13Of } from './letters.ts'
import type { Patch } from './patches.ts'
import { whole } from './patches.ts'
import type { Span } from './position-map.ts'

/** Units before and after the words that gave a text away which are read like them. */
const reach = 2_000

const around = (text: string, { start, end }: Span): Span => ({
  start: Math.max(0, start - reach),
  end: Math.min(text.length, end + reach),
})

export function rot13Patches(text: string, clue: Span): readonly Patch[] {
  const { start, end } = around(text, clue)
  const patches: Patch[] = []
  for (const { 0: word, index } of text.slice(start, end).matchAll(/[a-z]+/gi)) {
    const from = start + index
    patches.push({ start: from, end: from + word.length, text: rot13Of(word), way: 'same' })
  }
  return patches
}

/** All of a text from its end; the words of a sentence come in the right order. */
export function mirrorPatches(text: string, clue: Span): readonly Patch[] {
  const { start, end } = around(text, clue)
  return [mirrored(text, start, end)]
}

/** Each word by itself, in its place. */
export function mirrorWordPatches(text: string, clue: Span): readonly Patch[] {
  const { start, end } = around(text, clue)
  const patches: Patch[] = []
  for (const { 0: word, index } of text.slice(start, end).matchAll(/\S{2,}/g)) {
    patches.push(mirrored(text, start + index, start + index + word.length))
  }
  return patches
}

function mirrored(text: string, start: number, end: number): Patch {
  let shown = ''
  for (let at = end - 1; at >= start; at--) shown += text.charAt(at)
  return { start, end, text: shown, way: 'mirrored' }
}

/**
 * A word with letters and with digits or signs for some; what stands behind an apostrophe (`c4n'7`); and `1` for `I`
 * before a word with a letter in it.
 */
const leetWord = /[a-z0-9@$!|+€]{2,24}|(?<=[a-z0-9]['’])[57]|(?<![\w.,:#-])1(?= [a-z0-9@$!|+€]{0,23}[a-z])/gi

export function leetPatches(text: string, clue: Span): readonly Patch[] {
  const { start, end } = around(text, clue)
  const patches: Patch[] = []
  for (const { 0: word, index } of text.slice(start, end).matchAll(leetWord)) {
    const shown = plainOf(word)
    const from = start + index
    if (shown !== word) patches.push({ start: from, end: from + word.length, text: shown, way: 'same' })
  }
  return patches
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

/** A row with fewer letters is a table or a formula. */
const fewestLetters = 5

/**
 * `i g n o r e`, `i.g.n.o.r.e`: every second unit is the same separator and is left out. Wider spaces are the ones
 * between words.
 */
export function spacedPatches(text: string, rows: readonly Span[]): readonly Patch[] {
  const patches: Patch[] = []
  let done = 0
  for (const row of rows) {
    if (row.end <= done) continue
    const found = joinedFrom(text, Math.max(done, row.start), row.end)
    if (found === undefined) continue
    for (const patch of found.patches) patches.push(patch)
    done = found.end
  }
  return patches
}

function joinedFrom(
  text: string,
  start: number,
  end: number,
): { patches: readonly Patch[]; end: number } | undefined {
  const separator = text.charCodeAt(start + 1)
  const patches: Patch[] = []
  let letters = 0
  let at = start
  while (at < end) {
    if (isLetter(text.charCodeAt(at))) letters++
    const next = at + 1
    if (text.charCodeAt(next) === separator && next < end) {
      const isWide = separator === 32 && text.charCodeAt(next + 1) === 32
      // `e   a` joins to one space, which the second of the three is.
      patches.push(whole(next, next + 1, ''))
      at = isWide && isAlphanumeric(text.charCodeAt(next + 2)) ? next + 2 : next + 1
    } else if (next < end && isSpace(text.charCodeAt(next))) at = next + 1
    else at = next
  }
  return letters >= fewestLetters && patches.length >= fewestLetters ? { patches, end } : undefined
}

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13
