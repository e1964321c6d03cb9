/**
 * Words that are clues, by fours of places as literals are found: ends of words of one letter and of pairs of
 * hexadecimal letters, and the third letter of words that begin as some do that are exchanged or mirrored. Words with digits
 * are found with their numbers.
 */
import { isAlphanumeric, isLetter } from './characters.ts'
import { beginsTurned, lengthsTurned } from './clue-words.ts'
import type { Signs } from './clues.ts'
import { anyUnit, noUnit, type Waiting } from './trigger-literals.ts'

/** Places of `placeOf` (trigger-literals.ts): letters are those from 1 to 26, and all but 27 of the others none. */
const isLetterPlace = (place: number): boolean => place > 0 && place < 27
const isApartPlace = (place: number): boolean => place === 0 || place > 27
const isHexadecimalPlace = (place: number): boolean => place > 0 && place < 7
/** A bit for each of those apart. */
const apartPlaces = Array.from({ length: 32 }, (_, place) => (isApartPlace(place) ? 1 << place : 0)).reduce(
  (all, bit) => all | bit,
)

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

/** Adds what `noteClue` wants to be told of to what a scan waits for. */
export function addClues({ firsts, ends }: Waiting): void {
  for (const [triple, kind] of kinds.entries()) {
    if (kind === nothing) continue
    firsts[triple] = kind === oneLetter ? -1 : (firsts[triple] as number) | apartPlaces
    if (ends[triple] !== noUnit) ends[triple] = anyUnit
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
