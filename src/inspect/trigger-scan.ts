/**
 * The one pass over a text. A table says for each code unit whether it is a digit, the sign of an escape, or where it
 * stands in fours of characters; nearly every four of ordinary prose belongs to no trigger and costs two look-ups.
 */

import { isDigit, isLetter, isUpper } from './characters.ts'
import { addClues, noteClue, noteLastClue } from './clue-triggers.ts'
import { escapeSigns, isInRun, type Signs, shortestRun } from './clues.ts'
import type { Detector, Wake } from './detector.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { lowestDisguise } from './disguise-table.ts'
import { copyStretch, isBeyondAscii, stretch, units } from './text-units.ts'
import { anyUnit, capital, createLiteralTriggers, placeOf } from './trigger-literals.ts'
import { createNamesBefore } from './trigger-names.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position, and notes in `signs` what may
 * be written in another way. Gives true at once when a disguised character stands in the text: such a text is to be
 * scanned in its readings. Those, with `isReading`, are not asked for any. Linear in the length of the text. What is
 * woken scans nothing itself.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean, signs?: Signs) => boolean

/** The lower five bits are a place; see `placeOf`. What has the other needs more than a look at its four. */
const special = 32
const escapes = special | placeOf(-1)
const digit = special | placeOf(48)

/** Of all scans together, so that the loop below knows where they are: who waits for a four is looked up in a scan's own. */
const fours = new Uint8Array(2 ** 20 / 8)
const lastFour = 0xfffff
const lastThree = 0x7fff

/** Places of a stretch that need a closer look: the four up to it in the lower twenty bits, where it is in the others. */
const marks = new Int32Array(stretch + 1)

const roles = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (isDigit(code)) return digit
  return escapeSigns.includes(code) ? escapes : placeOf(code)
})

/** Where a text begins it is as if the rarest units stood before it. */
const fourBefore = [0, 5, 10, 15].reduce((four, bits) => four | (placeOf(-1) << bits), 0)

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const { wakeAt, ends, ...own } = createLiteralTriggers(detectors)
  addClues(fours)
  for (const [at, bits] of own.fours.entries()) fours[at] = (fours[at] as number) | bits
  const names = createNamesBefore(detectors)
  const wakeNumber = createNumberTriggers(detectors, names)
  const wakeWord = createWordTriggers(detectors, names)

  return (text, wake, isReading, signs) => {
    if (isReading !== true && holdsDisguise(text)) return true
    names.begin()
    let wordEnd = 0
    let numberEnd = 0
    let four = fourBefore
    let runBits = 0
    for (let from = 0; from < text.length; from += stretch) {
      const length = copyStretch(text, from)
      if (signs !== undefined) runBits = noteRuns(signs, text, from, length, runBits)
      const count = markStretch(length, four)
      four = (marks[count] as number) & lastFour
      for (let marked = 0; marked < count; marked++) {
        const mark = marks[marked] as number
        const index = from + (mark >>> 20)
        if (index < numberEnd) continue
        const role = roles[units[mark >>> 20] as number] as number
        if (role === digit) {
          if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
          numberEnd = wakeNumber(text, index, wake)
          if (numberEnd > wordEnd && isLetter(text.charCodeAt(numberEnd)))
            wordEnd = wakeWord(text, numberEnd - 1, wake)
          signs?.addNumber(index, numberEnd)
          continue
        }
        if (role === escapes) signs?.addSign(index)
        const end = ends[mark & lastThree] as number
        if (end === anyUnit || (end === capital && isUpper(units[mark >>> 20] as number)))
          wakeAt(text, index, mark & lastFour, wake)
        if (signs !== undefined) noteClue(signs, text, index, mark & lastFour)
      }
    }
    if (signs !== undefined) noteLastClue(signs, text, four)
    return false
  }
}

/**
 * Marks places of a stretch, and behind them the last one; gives how many there are. Nothing is called or decided in
 * here: all of a text is passed over at the speed of this loop.
 */
function markStretch(length: number, fourUpTo: number): number {
  let count = 0
  let four = fourUpTo
  for (let at = 0; at < length; at++) {
    const role = roles[units[at] as number] as number
    four = (four << 5) | (role & 31)
    marks[count] = (at << 20) | (four & lastFour)
    count += (((fours[(four & lastFour) >>> 3] as number) >>> (four & 7)) | (role >>> 5)) & 1
  }
  marks[count] = four & lastFour
  return count
}

const runUnits = Uint8Array.from({ length: 65_536 }, (_, code) => Number(isInRun(code)))

/**
 * Notes the runs a stretch shows. `bitsBefore` tells of the units before it whether they may stand in one, the last in the lowest bit;
 * gives the same for its end. Nothing is decided but after each sixteen units, the length of the shortest run.
 */
function noteRuns(signs: Signs, text: string, from: number, length: number, bitsBefore: number): number {
  let bits = bitsBefore
  let at = 0
  for (let end = shortestRun; end <= length; end += shortestRun) {
    for (; at < end; at += 4)
      bits =
        (bits << 4) |
        ((runUnits[units[at] as number] as number) << 3) |
        ((runUnits[units[at + 1] as number] as number) << 2) |
        ((runUnits[units[at + 2] as number] as number) << 1) |
        (runUnits[units[at + 3] as number] as number)
    if (holdsRun(bits)) noteWithin(signs, text, from + at)
  }
  for (; at < length; at++) bits = (bits << 1) | (runUnits[units[at] as number] as number)
  if (holdsRun(bits)) noteWithin(signs, text, from + at)
  return bits
}

/** True when sixteen bits in a row are set. */
function holdsRun(bits: number): boolean {
  const two = bits & (bits >>> 1)
  const four = two & (two >>> 2)
  const eight = four & (four >>> 4)
  return (eight & (eight >>> 8)) !== 0
}

/** Notes runs of which sixteen units stand in the 32 before `until`, to their ends, unless they are noted. */
function noteWithin(signs: Signs, text: string, until: number): void {
  let start = Math.max(signs.runsUntil, until - 2 * shortestRun)
  while (start + shortestRun <= until) {
    let end = start
    while (end < text.length && runUnits[text.charCodeAt(end)] === 1) end++
    if (end - start >= shortestRun) signs.addRun(start, end)
    start = end + 1
  }
}

function holdsDisguise(text: string): boolean {
  for (let from = 0; from < text.length; from += stretch) {
    const length = copyStretch(text, from)
    for (let at = placeFrom(0, length); at < length; at = placeFrom(at + 1, length))
      if (isDisguiseAt(text, from + at)) return true
  }
  return false
}

/** `placesIn` of `disguise.ts`, in a tenth of the time. */
export function placesIn(text: string): readonly number[] {
  const places: number[] = []
  for (let from = 0; from < text.length; from += stretch) {
    const length = copyStretch(text, from)
    for (let at = placeFrom(0, length); at < length; at = placeFrom(at + 1, length)) places.push(from + at)
  }
  return places
}

/** The first place of the stretch from `from` on whose unit may disguise; one from `length` on when there is none. */
function placeFrom(from: number, length: number): number {
  let at = from
  while (at < length) {
    if ((at & 7) === 0 && !isBeyondAscii(at)) at += 8
    else {
      const code = units[at] as number
      if (code >= lowestDisguise && mayDisguise(code)) return at
      at++
    }
  }
  return at
}
