/** Triggers of words that mix letters and digits. A word is looked at once, from the first digit the scan meets in it. */
import { isAfterEscape, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import { isAlphanumeric, isDigit } from './characters.ts'
import type { Detector, Wake } from './detector.ts'

/** The longest end of an escape that looks like the beginning of a word: the `u001b` of `\u001b`. */
const longestEscapeTail = 5

/** Wakes all that wait for the word around the digit at `index`; gives the position after the word. */
export type WakeWord = (text: string, index: number, wake: Wake) => number

export function createWordTriggers(detectors: readonly Detector[]): WakeWord {
  const byLength = indexByLength(detectors)
  const furthest = byLength.length + longestEscapeTail

  return (text, index, wake) => {
    const floor = Math.max(0, index - furthest)
    let before = index
    while (before > floor && isAlphanumeric(text.charCodeAt(before - 1))) before--
    let end = index + 1
    while (end < text.length && isAlphanumeric(text.charCodeAt(end))) end++
    const start = afterEscape(text, before, end)
    const waiting = byLength[end - start]
    if (waiting !== undefined && isMixed(text, start, end) && standsAlone(text, start, end)) {
      for (const detector of waiting) wake(detector, start, end)
    }
    return end
  }
}

/** In `\nAB123456C` the word begins after the `n`. */
function afterEscape(text: string, start: number, end: number): number {
  if (start === 0 || !mayEndBeginning(text.charCodeAt(start - 1))) return start
  const last = Math.min(end, start + longestEscapeTail)
  for (let index = start + 1; index <= last; index++) if (isAfterEscape(text, index)) return index
  return start
}

/** `\`, `%`, `[` and `;`: what stands before the letters or digits of an escape. */
const mayEndBeginning = (code: number): boolean => code === 92 || code === 37 || code === 91 || code === 59

function isMixed(text: string, start: number, end: number): boolean {
  let digits = 0
  for (let index = start; index < end; index++) if (isDigit(text.charCodeAt(index))) digits++
  return digits > 0 && digits < end - start
}

const standsAlone = (text: string, start: number, end: number): boolean =>
  !isInsideAtStart(text, start) && !isInsideAtEnd(text, end)

/** For each length of a word those that wait for it. */
function indexByLength(detectors: readonly Detector[]): readonly (readonly Detector[] | undefined)[] {
  const waiting = detectors.flatMap((detector) =>
    'mixed' in detector.trigger ? [{ detector, ...detector.trigger.mixed }] : [],
  )
  const furthest = Math.max(0, ...waiting.map(({ longest }) => longest))
  return Array.from({ length: furthest + 1 }, (_, length) => {
    const those = waiting.filter(({ shortest, longest }) => length >= shortest && length <= longest)
    return those.length === 0 ? undefined : those.map(({ detector }) => detector)
  })
}
