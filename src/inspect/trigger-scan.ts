/**
 * The one pass over a text. A table says for each code unit whether it is a digit, a disguise, or where it stands in
 * triples of characters; nearly every triple of ordinary prose begins no trigger and costs two look-ups.
 */
import { isDigit, isLetter } from './characters.ts'
import type { Detector, Wake } from './detector.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { createLiteralTriggers, nextTriple, placeOf } from './trigger-literals.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position. Stops and gives true as
 * soon as a disguised character stands in the text: such a text is to be scanned in its readings. Those, with
 * `isReading`, are scanned to their end. Linear in the length of the text.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean) => boolean

/** What is below is a place in triples. */
const digit = 32
const disguise = 33

const noPlace = placeOf(-1)
const digitPlace = placeOf(48)

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const { after, before, wakeAt } = createLiteralTriggers(detectors)
  const wakeNumber = createNumberTriggers(detectors)
  const wakeWord = createWordTriggers(detectors)

  return (text, wake, isReading) => {
    const { length } = text
    let wordEnd = 0
    let triple = nextTriple(31, 31)
    for (let index = 0; index < length; index++) {
      let role = 0
      // Nothing is called in here: most of a text is passed over at the speed of this loop.
      for (; index < length; index++) {
        role = roles[text.charCodeAt(index)] as number
        if (role >= digit) break
        const waiting = after[triple & 0x3ff] as number
        triple = nextTriple(triple, role)
        if (((waiting >>> role) & 1) === 1) break
      }
      if (index === length) break
      if (role < digit) {
        if ((((before[triple] as number) >>> placeAt(text, index - 3)) & 1) === 1)
          wakeAt(text, index, triple, wake)
      } else if (role === digit) {
        if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
        const end = wakeNumber(text, index, wake)
        if (end > wordEnd && isLetter(text.charCodeAt(end))) wordEnd = wakeWord(text, end - 1, wake)
        index = end - 1
        triple = nextTriple(placeAt(text, index - 1), placeAt(text, index))
      } else if (isReading !== true && isDisguiseAt(text, index)) return true
      else triple = nextTriple(triple, noPlace)
    }
    return false
  }
}

/** The place in triples of a unit; what stands before the text has that of the rarest. */
function placeAt(text: string, index: number): number {
  if (index < 0) return noPlace
  const role = roles[text.charCodeAt(index)] as number
  return role < digit ? role : role === digit ? digitPlace : noPlace
}

const roles = Uint8Array.from({ length: 65_536 }, (_, code) =>
  isDigit(code) ? digit : mayDisguise(code) ? disguise : placeOf(code),
)
