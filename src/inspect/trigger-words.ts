/** Triggers of words that mix letters and digits. A word is looked at once, from the first digit the scan meets in it. */
import { isAfterEscape, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import { isAlphanumeric, isDigit, isLetter } from './characters.ts'
import { type Detector, longestShortWord, type Wake } from './detector.ts'
import type { NamesBefore } from './trigger-names.ts'

/** The longest end of an escape that looks like the beginning of a word: the `u001b` of `\u001b`. */
const longestEscapeTail = 5

export interface WordTriggers {
  /** Wakes all that wait for the word around the digit at `index`; gives the position after the word. */
  readonly wakeWord: (text: string, index: number, wake: Wake) => number
  /** Whether that word, with what may be the end of an escape, has more than `longestShortWord` letters and digits. */
  readonly isLong: () => boolean
}

export function createWordTriggers(detectors: readonly Detector[], namesBefore: NamesBefore): WordTriggers {
  const byLength = indexByLength(detectors, namesBefore)
  const furthest = Math.max(byLength.length + longestEscapeTail, longestShortWord)
  let isLong = false

  const wakeWord = (text: string, index: number, wake: Wake): number => {
    const floor = Math.max(0, index - furthest)
    let before = index
    while (before > floor && isAlphanumeric(text.charCodeAt(before - 1))) before--
    let end = before
    let letters = 0
    let digits = 0
    // Without a decision at any unit: in keys and digests nobody can foretell which are digits.
    for (; end < text.length; end++) {
      const code = text.charCodeAt(end)
      const sort = code < 128 ? (sorts[code] as number) : 0
      if (sort === 0) break
      letters |= (sort & letter) << (end - before)
      digits |= (sort >> 1) << (end - before)
    }
    isLong = end - before > longestShortWord
    const start = afterEscape(text, before, end)
    const waiting = byLength[end - start]
    if (waiting === undefined) return end
    if (start > before) {
      letters = placesOf(text, start, end, isLetter)
      digits = placesOf(text, start, end, isDigit)
    }
    if (letters === 0 || digits === 0) return end
    let isAlone = false
    let isLooked = false
    for (let at = 0; at < waiting.length; at++) {
      const { detector, names, forms } = waiting[at] as Waiting
      if (forms !== undefined && !hasForm(forms, letters, digits, text, start, end)) continue
      if (!isAlone && !standsAlone(text, start, end)) return end
      isAlone = true
      if (names !== undefined && !isLooked) {
        namesBefore.look(text, start, start)
        isLooked = true
      }
      if (names === undefined || namesBefore.mayBegin(names)) wake(detector, start, end)
    }
    return end
  }
  return { wakeWord, isLong: () => isLong }
}

const letter = 1
const digit = 2

/** Of units of ASCII. */
const sorts = Uint8Array.from({ length: 128 }, (_, code) =>
  isLetter(code) ? letter : isDigit(code) ? digit : 0,
)

/** In `\nAB123456C` the word begins after the `n`. */
function afterEscape(text: string, start: number, end: number): number {
  const before = start === 0 ? 0 : text.charCodeAt(start - 1)
  if (before === backslash || before === percent) {
    const length = before === percent ? 2 : lengthOfEscape(text.charCodeAt(start))
    return length > 0 && start + length <= end && isAfterEscape(text, start + length) ? start + length : start
  }
  if (before !== bracket && before !== semicolon) return start
  const last = Math.min(end, start + longestEscapeTail)
  for (let index = start + 1; index <= last; index++) if (isAfterEscape(text, index)) return index
  return start
}

const semicolon = 59
const percent = 37
const bracket = 91
const backslash = 92

/** How many units follow the backslash, by the first of them: `\n`, `\x1b`, `\u001b`. */
function lengthOfEscape(code: number): number {
  const lower = String.fromCharCode(code | 0x20)
  if (lower === 'u') return 5
  if (lower === 'x') return 3
  return 'abefnrtv'.includes(lower) ? 1 : 0
}

const placesOf = (text: string, start: number, end: number, isOne: (code: number) => boolean): number => {
  let bits = 0
  for (let at = start; at < end; at++) if (isOne(text.charCodeAt(at))) bits |= bitOf(at - start)
  return bits
}

const standsAlone = (text: string, start: number, end: number): boolean =>
  !isInsideAtStart(text, start) && !isInsideAtEnd(text, end)

/** Of a word with a form no two places share a bit. */
const longestFormed = 31
const bitOf = (place: number): number => 1 << (place & 31)

/** How a word may look: bits of places where letters and digits stand, and units beside it; 0 where any may. */
interface WordForm {
  readonly letters: number
  readonly digits: number
  readonly before: number
  readonly after: number
}

function hasForm(
  forms: readonly WordForm[],
  letters: number,
  digits: number,
  text: string,
  start: number,
  end: number,
): boolean {
  for (let at = 0; at < forms.length; at++) {
    const form = forms[at] as WordForm
    if ((form.letters & digits) !== 0 || (form.digits & letters) !== 0) continue
    if (form.before !== 0 && text.charCodeAt(start - 1) !== form.before) continue
    if (form.after === 0 || text.charCodeAt(end) === form.after) return true
  }
  return false
}

/** Of those forms that words of a length have. */
function formsOfLength(forms: readonly string[], length: number): readonly WordForm[] {
  return forms.flatMap((form) => {
    const [, before = '', word = '', after = ''] = /^([^A-Za-z\d*]?)([A9*]+)([^A-Za-z\d*]?)$/.exec(form) ?? []
    if (word === '' || word.length > longestFormed) throw new Error(`no form of a word: ${form}`)
    if (word.length !== length) return []
    const bitsOf = (sign: string): number =>
      [...word].reduce((bits, each, place) => (each === sign ? bits | bitOf(place) : bits), 0)
    const codeOf = (sign: string): number => (sign === '' ? 0 : sign.charCodeAt(0))
    return [{ letters: bitsOf('A'), digits: bitsOf('9'), before: codeOf(before), after: codeOf(after) }]
  })
}

/** One that waits for words; with the forms it asks for, and the place of its names among all lists of them, if it needs one. */
interface Waiting {
  readonly detector: Detector
  readonly forms: readonly WordForm[] | undefined
  readonly names: number | undefined
}

/** For each length of a word those that wait for it. */
function indexByLength(
  detectors: readonly Detector[],
  namesBefore: NamesBefore,
): readonly (readonly Waiting[] | undefined)[] {
  const waiting = detectors.flatMap((detector) =>
    'mixed' in detector.trigger ? [{ detector, ...detector.trigger }] : [],
  )
  const furthest = Math.max(0, ...waiting.map(({ mixed }) => mixed.longest))
  return Array.from({ length: furthest + 1 }, (_, length) => {
    const those = waiting.filter(({ mixed }) => length >= mixed.shortest && length <= mixed.longest)
    const formed = those.map(({ detector, wordForms, needsName }) => ({
      detector,
      forms: wordForms && formsOfLength(wordForms, length),
      names: needsName?.lengths.includes(length) === true ? namesBefore.listOf(detector) : undefined,
    }))
    const asked = formed.filter(({ forms }) => forms === undefined || forms.length > 0)
    return asked.length === 0 ? undefined : asked
  })
}
