import { foldedUnit, isUnspacedUnit } from '../characters.ts'
import { markBegins } from './structure.ts'

/**
 * What a unit is to words: an entry holds in its lower sixteen bits the unit that stands for it in plain text, and above
 * them what it is.
 */
export const bits = {
  letter: 1 << 16,
  /** Whitespace, quotes, emphasis and commas: several are one. */
  space: 1 << 17,
  /** A letter of a script that puts no space between words: each is a word of its own. */
  single: 1 << 18,
  /** Shows nothing by itself: marks that stand over the letter before. */
  gone: 1 << 19,
  /** Between letters it is one of them. */
  apostrophe: 1 << 20,
  /** A mark of structure may begin with it. */
  wake: 1 << 21,
} as const

export const blank = 32
export const apostrophe = 39

const spaces = /[\s"“”„«»*_,`]/
const marks = /\p{Mn}/u
const letters = /[\p{L}\p{N}]/u
const latin = /^[a-z]$/

/** Latin letters that Unicode does not take apart. */
const undivided: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ё: 'е' }

/** Entries of all units; zeros until they are filled, so that loading stays cheap. */
export const wordUnits = new Int32Array(65_536)
let isFilled = false

/** Takes some milliseconds, once. */
export function fillWordUnits(): void {
  if (isFilled) return
  isFilled = true
  for (let code = 0; code < wordUnits.length; code++) wordUnits[code] = entryOf(code)
  for (let at = 0; at < markBegins.length; at++) {
    const code = markBegins.charCodeAt(at)
    wordUnits[code] = (wordUnits[code] as number) | bits.wake
  }
}

function entryOf(code: number): number {
  const unit = String.fromCharCode(code)
  const folded = foldedUnit(code)
  if (code === apostrophe) return blank | bits.space | bits.apostrophe
  if (spaces.test(unit)) return blank | bits.space
  if (marks.test(unit)) return folded | bits.gone
  if (isUnspacedUnit(code)) return folded | bits.single
  if (letters.test(unit)) return withoutMarks(String.fromCharCode(folded)).charCodeAt(0) | bits.letter
  return folded === apostrophe ? folded | bits.apostrophe : folded
}

function withoutMarks(character: string): string {
  const base = undivided[character] ?? character.normalize('NFD').charAt(0).toLowerCase()
  return latin.test(base) || character in undivided ? base : character
}
