/**
 * The one pass over a text: what was marked in it (`text-marks.ts`) wakes the detectors that wait for it, and is noted
 * where it may be written in another way.
 */

import { isLetter } from './characters.ts'
import { addClues, noteClue, noteLastClue } from './clue-triggers.ts'
import type { Signs } from './clues.ts'
import type { Detector, Wake } from './detector.ts'
import {
  addThirds,
  bitsOfMark,
  isEscapeSign,
  lastPlaces,
  lastThree,
  markPassage,
  marks,
  noteRuns,
  passage,
} from './text-marks.ts'
import { createLiteralTriggers, digitPlace, escapePlace, lastOf, noUnit } from './trigger-literals.ts'
import { createNamesBefore } from './trigger-names.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

export { hasDisguise, placesIn } from './text-marks.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position, and notes in `signs` what may
 * be written in another way. Gives true at once when a disguised character stands in the text: such a text is to be
 * scanned in its readings. Those, with `isReading`, are not asked for any. Linear in the length of the text. What is
 * woken scans nothing itself.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean, signs?: Signs) => boolean

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const literals = createLiteralTriggers(detectors)
  const { wakeAt, ends } = literals
  addClues(literals)
  addThirds(literals)
  const names = createNamesBefore(detectors)
  const wakeNumber = createNumberTriggers(detectors, names)
  const { wakeWord, isLong } = createWordTriggers(detectors, names)

  return (text, wake, isReading, signs) => {
    names.begin()
    let wordEnd = 0
    let numberEnd = 0
    for (let from = 0; from < text.length; from += passage) {
      const count = markPassage(text, from, isReading === true, literals)
      if (count < 0) return true
      if (signs !== undefined) noteRuns(signs, text, from)
      for (let marked = 0; marked < count; marked++) {
        const mark = marks[marked] as number
        const index = from + (mark >>> bitsOfMark)
        if (index < numberEnd) continue
        const last = lastOf(mark)
        if (last === digitPlace) {
          if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
          numberEnd = wakeNumber(text, index, index < wordEnd && isLong(), wake)
          if (numberEnd > wordEnd && isLetter(text.charCodeAt(numberEnd)))
            wordEnd = wakeWord(text, numberEnd - 1, wake)
          signs?.addNumber(index, numberEnd)
          continue
        }
        if (last === escapePlace && signs !== undefined && isEscapeSign(text.charCodeAt(index)))
          signs.addSign(index)
        const triple = mark & lastThree
        if (ends[triple] !== noUnit) wakeAt(text, index, triple, wake)
        if (signs !== undefined) noteClue(signs, text, index, triple)
      }
    }
    if (signs !== undefined) noteLastClue(signs, text, lastPlaces())
    return false
  }
}
