/** Triggers of words that mix letters and digits. A word is looked at once, from the first digit the scan meets in it. */
import { isAfterEscape, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import { isAlphanumeric, isDigit } from './characters.ts'
import type { Detector, Wake } from './detector.ts'
import type { NamesBefore } from './trigger-names.ts'

/** The longest end of an escape that looks like the beginning of a word: the `u001b` of `\u001b`. */
const longestEscapeTail = 5

/** Wakes all that wait for the word around the digit at `index`; gives the position after the word. */
export type WakeWord = (text: string, index: number, wake: Wake) => number

export function createWordTriggers(detectors: readonly Detector[], namesBefore: NamesBefore): WakeWord {
  const byLength = indexByLength(detectors, namesBefore)
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
      if (waiting.isNamed) namesBefore.look(text, start, start)
      for (let at = 0; at < waiting.those.length; at++) {
        const { detector, names } = waiting.those[at] as Waiting
        if (names === undefined || namesBefore.mayBegin(names)) wake(detector, start, end)
      }
    }
    return end
  }
}

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

function isMixed(text: string, start: number, end: number): boolean {
  let digits = 0
  for (let index = start; index < end; index++) if (isDigit(text.charCodeAt(index))) digits++
  return digits > 0 && digits < end - start
}

const standsAlone = (text: string, start: number, end: number): boolean =>
  !isInsideAtStart(text, start) && !isInsideAtEnd(text, end)

/** One that waits for words; with the place of its names among all lists of them, if it needs one. */
interface Waiting {
  readonly detector: Detector
  readonly names: number | undefined
}

interface WaitingForLength {
  readonly those: readonly Waiting[]
  /** One of them needs its name. */
  readonly isNamed: boolean
}

/** For each length of a word those that wait for it. */
function indexByLength(
  detectors: readonly Detector[],
  namesBefore: NamesBefore,
): readonly (WaitingForLength | undefined)[] {
  const waiting = detectors.flatMap((detector) =>
    'mixed' in detector.trigger ? [{ detector, ...detector.trigger }] : [],
  )
  const furthest = Math.max(0, ...waiting.map(({ mixed }) => mixed.longest))
  return Array.from({ length: furthest + 1 }, (_, length) => {
    const those = waiting.filter(({ mixed }) => length >= mixed.shortest && length <= mixed.longest)
    if (those.length === 0) return undefined
    const named = those.map(({ detector, needsName }) => ({
      detector,
      names: needsName?.lengths.includes(length) === true ? namesBefore.listOf(detector) : undefined,
    }))
    return { those: named, isNamed: named.some(({ names }) => names !== undefined) }
  })
}
