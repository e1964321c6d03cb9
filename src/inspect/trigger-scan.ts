/**
 * The one pass over a text. A table says for each code unit whether it is a digit, a disguise, the sign of an escape, or
 * where it stands in fours of characters; nearly every four of ordinary prose belongs to no trigger and costs two look-ups.
 */
import { isDigit, isLetter } from './characters.ts'
import { addClues, noteClue, noteLastClue } from './clue-triggers.ts'
import { escapeSigns, type Signs } from './clues.ts'
import type { Detector, Wake } from './detector.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { createLiteralTriggers, nextFour, placeOf } from './trigger-literals.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position, and notes in `signs` what may
 * be written in another way. Stops and gives true as soon as a disguised character stands in the text: such a text is
 * to be scanned in its readings. Those, with `isReading`, are scanned to their end. Linear in the length of the text.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean, signs?: Signs) => boolean

/** The lower five bits are a place; see `placeOf`. What has one of the others needs more than a look at its four. */
const special = 32
const disguise = 32 | placeOf(-1)
const escapes = 64 | placeOf(-1)
const digit = 128 | placeOf(48)

const noPlace = placeOf(-1)

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const { fours, wakeAt } = createLiteralTriggers(detectors)
  addClues(fours)
  const wakeNumber = createNumberTriggers(detectors)
  const wakeWord = createWordTriggers(detectors)

  return (text, wake, isReading, signs) => {
    const { length } = text
    let wordEnd = 0
    let four = fourAt(text, -1)
    for (let index = 0; index < length; index++) {
      let role = 0
      // Nothing is called in here: most of a text is passed over at the speed of this loop.
      for (; index < length; index++) {
        role = roles[text.charCodeAt(index)] as number
        if (role >= special) break
        four = nextFour(four, role)
        if ((((fours[four >>> 3] as number) >>> (four & 7)) & 1) === 1) break
      }
      if (index === length) break
      if (role === digit) {
        if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
        const end = wakeNumber(text, index, wake)
        if (end > wordEnd && isLetter(text.charCodeAt(end))) wordEnd = wakeWord(text, end - 1, wake)
        signs?.addNumber(index, end)
        index = end - 1
        four = fourAt(text, index)
        continue
      }
      if (role >= special) {
        if (role === escapes) signs?.addSign(index)
        else if (isReading !== true && isDisguiseAt(text, index)) return true
        four = nextFour(four, noPlace)
        if ((((fours[four >>> 3] as number) >>> (four & 7)) & 1) === 0) continue
      }
      wakeAt(text, index, four, wake)
      if (signs !== undefined) noteClue(signs, index, four)
    }
    if (signs !== undefined) noteLastClue(signs, length, four)
    return false
  }
}

/** Places of the four units up to `index`. */
const fourAt = (text: string, index: number): number =>
  nextFour(
    nextFour(nextFour(placeAt(text, index - 3), placeAt(text, index - 2)), placeAt(text, index - 1)),
    placeAt(text, index),
  )

/** The place of a unit; what stands before the text has that of the rarest. */
const placeAt = (text: string, index: number): number =>
  index < 0 ? noPlace : (roles[text.charCodeAt(index)] as number) & 31

const roles = Uint8Array.from({ length: 65_536 }, (_, code) => {
  if (isDigit(code)) return digit
  if (escapeSigns.includes(code)) return escapes
  return mayDisguise(code) ? disguise : placeOf(code)
})
