/**
 * For the page, in place of `trigger-scan.ts` and its tables (`web/stand-in.ts`): what wakes a detector, found
 * more plainly. A draft is short, and loading less is more to it than speed. The triggers are the same, of each detector
 * in order of position; all are known before the first one wakes anybody.
 */
import { isAfterAlphanumeric, isAfterEscape, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import type { Signs } from './clues.ts'
import type { Detector, Trigger } from './detector.ts'
import { hasDisguise } from './disguise.ts'
import { groupsOf, shapeOf } from './number-groups.ts'
import type { TriggerScan } from './trigger-scan.ts'

export { hasDisguise, placesIn } from './disguise.ts'

/** No form has more groups. */
const mostGroups = 9
/** No detector tells more digits apart. */
const mostDigits = 40
/** The longest end of an escape that looks like the beginning of a word. */
const longestEscapeTail = 5

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const waiting: Record<string, Detector[]> = {}
  const literals: Literal[][] = []
  for (const detector of detectors) {
    for (const sign of signsOf(detector.trigger)) waiting[sign] = [...(waiting[sign] ?? []), detector]
    for (const literal of literalsOf(detector))
      for (const place of placesOf(literal.text)) literals[place] = [...(literals[place] ?? []), literal]
  }
  return (text, wake, isReading, signs) => {
    if (isReading !== true && hasDisguise(text)) return true
    if (signs !== undefined) noteClues(text, signs)
    const found: (readonly [Detector, number, number])[] = []
    const add = (sign: string, start: number, end: number): void => {
      for (const detector of waiting[sign] ?? []) found.push([detector, start, end])
    }
    const lower = lowerOf(text)
    for (let at = 0; at < text.length; at++)
      for (const { text: literal, isAnyCase, isWordStart, detector } of literals[placeOf(lower, at)] ?? [])
        if (
          (isAnyCase ? lower : text).startsWith(literal, at) &&
          !(isWordStart && isAfterAlphanumeric(text, at))
        )
          found.push([detector, at, at + literal.length])
    for (const { index, 0: number } of text.matchAll(/\d(?:[-./ ()]{0,2}\d)*/g))
      addNumber(text, index, index + number.length, add)
    for (const { index, 0: word } of text.matchAll(/[a-z\d]+/gi))
      addWord(text, index, index + word.length, add)
    for (const each of found.sort((one, other) => one[1] - other[1])) wake(...each)
    return false
  }
}

/** Numbers, words of letters alone, and signs of escapes, in order of position. */
const clue = /\d(?:[-./ ()]{0,2}\d)*|(?<![a-z\d])[a-z]+(?![a-z\d])|[%&=\\]/gi

function noteClues(text: string, signs: Signs): void {
  for (const { index, 0: run } of text.matchAll(/[a-z\d+/_-]{16,}/gi)) signs.addRun(index, index + run.length)
  for (const { index, 0: found } of text.matchAll(clue)) {
    if (/^\d/.test(found)) signs.addNumber(index, index + found.length)
    else if (/^[a-f]{2}$/i.test(found)) signs.addPair(index)
    else if (found.length > 2) signs.addWord(index)
    else if (/[a-z]/i.test(found)) {
      if (found.length === 1) signs.addLetter(index)
    } else signs.addSign(index)
  }
}

/** What is looked up of a number or a word: its digits, its groups, its length, a country before it. */
function signsOf(trigger: Trigger): readonly string[] {
  if ('digits' in trigger) return numbered('digits', trigger.digits, trigger.most ?? mostDigits)
  const groups = 'groups' in trigger ? trigger.groups : []
  const mixed = 'mixed' in trigger ? numbered('mixed', trigger.mixed.shortest, trigger.mixed.longest) : []
  return 'countryCode' in trigger ? ['country'] : [...new Set(groups), ...mixed]
}

const numbered = (name: string, least: number, most: number): readonly string[] =>
  Array.from({ length: most - least + 1 }, (_, more) => `${name}${least + more}`)

interface Literal {
  readonly text: string
  readonly isAnyCase: boolean
  readonly isWordStart: boolean
  readonly detector: Detector
}

function literalsOf(detector: Detector): readonly Literal[] {
  const { trigger } = detector
  if (!('literals' in trigger)) return []
  return trigger.literals.map((text) => ({
    text,
    isAnyCase: trigger.isAnyCase === true,
    isWordStart: trigger.isWordStart === true && /^[a-z\d]/i.test(text),
    detector,
  }))
}

/** Of ASCII alone, so that no position changes. */
const lowerOf = (text: string): string => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())

/** Seven bits of each of two units. */
const placeOf = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 127) << 7) | (text.charCodeAt(at + 1) & 127)

/** Where a literal is looked up; whatever may follow one of a single unit. */
function placesOf(literal: string): readonly number[] {
  const place = placeOf(literal.toLowerCase(), 0)
  return literal.length > 1 ? [place] : Array.from({ length: 128 }, (_, next) => place + next)
}

type Add = (sign: string, start: number, end: number) => void

function addNumber(text: string, start: number, end: number, add: Add): void {
  const digits = text.slice(start, end).replace(/\D/g, '').length
  if (/^[a-z]{2}$/i.test(text.slice(start - 2, start)) && !isInsideAtStart(text, start - 2))
    add('country', start - 2, start)
  add(`digits${Math.min(digits, mostDigits)}`, start, end)
  const groups = groupsOf(text, start, end)
  for (const [first, { start: from }] of groups.entries())
    for (const [more, { end: to }] of groups.slice(first, first + mostGroups).entries())
      add(shapeOf(groups, first, first + more), from, to)
}

function addWord(text: string, from: number, end: number, add: Add): void {
  let start = from
  if (/[\\%[;]/.test(text.charAt(from - 1)))
    for (let at = Math.min(end, from + longestEscapeTail); at > from; at--)
      if (isAfterEscape(text, at)) start = at
  const word = text.slice(start, end)
  if (/\d/.test(word) && /\D/.test(word) && !isInsideAtStart(text, start) && !isInsideAtEnd(text, end))
    add(`mixed${end - start}`, start, end)
}
