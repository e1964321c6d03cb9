/**
 * Words that are clues, by fours of places as literals are found: ends of words of one letter and of pairs of
 * hexadecimal letters, and the third letter of words that begin as some do that are exchanged or mirrored. Words with digits
 * are found with their numbers.
 */
import { isAlphanumeric, isLetter } from './characters.ts'
import { beginsTurned, lengthsTurned } from './clue-words.ts'
import type { Signs } from './clues.ts'

/** Places of `placeOf` (trigger-literals.ts): letters are those from 1 to 26, and all but 27 of the others none. */
const isLetterPlace = (place: number): boolean => place > 0 && place < 27
const isApartPlace = (place: number): boolean => place === 0 || place > 27
const isHexadecimalPlace = (place: number): boolean => place > 0 && place < 7

const nothing = 0
const oneLetter = 1
const pair = 2
const beginning = 3

/** For each three places what they may be the end of. */
const kinds = Uint8Array.from({ length: 1 << 15 }, (_, triple) => {
  const [one, two, three] = [triple >>> 10, (triple >>> 5) & 31, triple & 31]
  if (isApartPlace(three)) {
    if (isApartPlace(one) && isLetterPlace(two)) return oneLetter
    return isHexadecimalPlace(one) && isHexadecimalPlace(two) ? pair : nothing
  }
  const isWord = isLetterPlace(one) && isLetterPlace(two) && isLetterPlace(three)
  return isWord && beginsTurned(triple) ? beginning : nothing
})

/** Sets the bits of the fours that `noteClue` wants to be told of. */
export function addClues(fours: Uint8Array): void {
  for (let four = 0; four < fours.length * 8; four++) {
    const kind = kinds[four & 0x7fff]
    if (kind === oneLetter || (kind !== nothing && isApartPlace(four >>> 15)))
      fours[four >>> 3] = (fours[four >>> 3] as number) | (1 << (four & 7))
  }
}

const lengths = lengthsTurned()

/** Notes what ends with the unit at a position, by the places of the three up to it. */
export function noteClue(signs: Signs, text: string, index: number, triple: number): void {
  const kind = kinds[triple]
  if (kind === oneLetter) signs.addLetter(index - 1)
  else if (kind === nothing || (index > 2 && isAlphanumeric(text.charCodeAt(index - 3)))) return
  else if (kind === pair) signs.addPair(index - 2)
  else if (hasLength(text, index, lengths[triple] as number)) signs.addWord(index - 2)
}

/** True when the word whose third letter is at `index` has one of the lengths: nearly all that begin so have none of them. */
function hasLength(text: string, index: number, lengthsOfWord: number): boolean {
  let end = index + 1
  while (isLetter(text.charCodeAt(end)) && end - index < 30) end++
  return ((lengthsOfWord >>> (end - index + 2)) & 1) === 1
}

/** Notes a word of one letter or pair that the text ends with: nothing stands behind it that would have told. */
export function noteLastClue(signs: Signs, text: string, triple: number): void {
  // As if a space followed.
  noteClue(signs, text, text.length, (triple << 5) & 0x7fff)
}
