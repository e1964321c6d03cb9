/**
 * The one pass over a text. A table says for each code unit whether it is a digit, a disguise, or where it stands in
 * fours of characters; nearly every four of ordinary prose belongs to no trigger and costs two look-ups.
 */
import { isDigit, isLetter } from './characters.ts'
import type { Detector, Wake } from './detector.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { createLiteralTriggers, nextFour, placeOf } from './trigger-literals.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position. Stops and gives true as
 * soon as a disguised character stands in the text: such a text is to be scanned in its readings. Those, with
 * `isReading`, are scanned to their end. Linear in the length of the text.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean) => boolean

/** What is below is a place; see `placeOf`. */
const digit = 32
const disguise = 33

const noPlace = placeOf(-1)
const digitPlace = placeOf(48)

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const { fours, wakeAt } = createLiteralTriggers(detectors)
  const wakeNumber = createNumberTriggers(detectors)
  const wakeWord = createWordTriggers(detectors)

  return (text, wake, isReading) => {
    const { length } = text
    let wordEnd = 0
    let four = fourAt(text, -1)
    for (let index = 0; index < length; index++) {
      let role = 0
      // Nothing is called in here: most of a text is passed over at the speed of this loop.
      for (; index < length; index++) {
        role = roles[text.charCodeAt(index)] as number
        if (role >= digit) break
        four = nextFour(four, role)
        if ((((fours[four >>> 3] as number) >>> (four & 7)) & 1) === 1) break
      }
      if (index === length) break
      if (role < digit) {
        wakeAt(text, index, four, wake)
      } else if (role === digit) {
        if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
        const end = wakeNumber(text, index, wake)
        if (end > wordEnd && isLetter(text.charCodeAt(end))) wordEnd = wakeWord(text, end - 1, wake)
        index = end - 1
        four = fourAt(text, index)
      } else if (isReading !== true && isDisguiseAt(text, index)) return true
      else four = nextFour(four, noPlace)
    }
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
function placeAt(text: string, index: number): number {
  if (index < 0) return noPlace
  const role = roles[text.charCodeAt(index)] as number
  return role < digit ? role : role === digit ? digitPlace : noPlace
}

const roles = Uint8Array.from({ length: 65_536 }, (_, code) =>
  isDigit(code) ? digit : mayDisguise(code) ? disguise : placeOf(code),
)
