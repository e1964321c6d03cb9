/**
 * Words that give away a text whose letters are exchanged (`vtaber`), mirrored (`erongi`) or made digits (`1gn0re`):
 * frequent ones of English, and those that orders to a model and talk of secrets are made of.
 */
import { placeOfTwo } from './characters.ts'
import { leetLetters, leetSkeleton, mirrorOf, rot13Of } from './letters.ts'

export const inRot13 = 1
export const inMirror = 2
export const inLeet = 4

const words = (
  'the and you your all that this with for are not from have will can what now must any but out about into when ' +
  'which their there would should could please write give make tell send then only just like them here ' +
  'ignore disregard forget previous prior above below instruction instructions rules rule system prompt prompts ' +
  'reveal print show repeat secret password override bypass pretend developer mode admin message messages ' +
  'following hidden initial original guidelines restrictions unrestricted assistant user model output respond ' +
  'response answer jailbreak safety policy content conversation information access confidential email address ' +
  'account number credit card name key token private'
).split(' ')

/** Of orders to a model in other languages, which are mirrored at most: in a browser nobody looks for these. */
const furtherWords = (
  'anweisungen anweisung ignoriere vergessen vorherigen precedenti istruzioni dimentica instrucciones anteriores ignora ' +
  'olvida oubliez ignorez vergeet negeer instructies poprzednie instrukcje instruksi abaikan lupakan sebelumnya tagubilin ' +
  'kalimutan talimat'
).split(' ')

/** Mirrored or turned, these are words or names themselves. */
const alsoWords = new Set(['dna', 'won', 'ton', 'era', 'tub', 'yek', 'eman', 'tuo'])

const known = new Map<string, number>()
for (const word of words) {
  known.set(rot13Of(word), inRot13)
  const mirrored = mirrorOf(word)
  if (!alsoWords.has(mirrored)) known.set(mirrored, (known.get(mirrored) ?? 0) | inMirror)
}

for (const word of furtherWords) {
  const mirrored = mirrorOf(word)
  known.set(mirrored, (known.get(mirrored) ?? 0) | inMirror)
}

/** Each word by its skeleton: `l` and `i` as one. */
const bySkeleton = new Map(words.map((word) => [leetSkeleton(word), word]))

/** The word a lower-case one with digits in it stands for, if it is one of those above. */
export const plainOfLeet = (word: string): string | undefined => bySkeleton.get(leetSkeleton(word))

/** In which ways a lower-case word is one of those above. Only one with a digit in it can be `inLeet`. */
export const clueWord = (word: string, hasDigit: boolean): number =>
  hasDigit ? (bySkeleton.has(leetSkeleton(word)) ? inLeet : 0) : (known.get(word) ?? 0)

/** Five bits of each of three characters. */
const beginningOf = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 31) << 10) | ((text.charCodeAt(at + 1) & 31) << 5) | (text.charCodeAt(at + 2) & 31)

/** Whether a word with a digit in it may stand for one of those above, by its length, its first three characters and its last two. */
export const mayBeLeet = (text: string, start: number, end: number): boolean =>
  (((lengthsOfLeet[beginningOf(text, start)] as number) >>> (end - start)) & 1) === 1 &&
  (((lengthsByEnd[placeOfTwo(text, end - 2)] as number) >>> (end - start)) & 1) === 1

/** True for three letters, five bits of each, with which a word begins that may be one of those above, turned. */
export const beginsTurned = (letters: number): boolean => beginnings[letters] !== 0

/** For three letters with which some words begin, turned, the lengths of these, as bits. */
export function lengthsTurned(): Uint32Array {
  const lengths = new Uint32Array(1 << 15)
  for (const word of known.keys()) {
    const place = beginningOf(word, 0)
    lengths[place] = (lengths[place] as number) | (1 << word.length)
  }
  return lengths
}

const beginnings = lengthsTurned()

/** For three characters with which some of those words begin when digits stand in them, the lengths of these, as bits. */
const lengthsOfLeet = fillLengthsOfLeet()

function fillLengthsOfLeet(): Uint32Array {
  const lengths = new Uint32Array(1 << 15)
  for (const word of words)
    for (const written of leetForms(word.slice(0, 3))) {
      const place = beginningOf(written, 0)
      lengths[place] = (lengths[place] as number) | (1 << word.length)
    }
  return lengths
}

/** The same for the last two characters, of which either of `i` and `l` stands for both. */
const lengthsByEnd = fillLengthsByEnd()

function fillLengthsByEnd(): Uint32Array {
  const lengths = new Uint32Array(1 << 10)
  for (const word of words)
    for (const written of leetForms(word.slice(-2), ['i', 'l'])) {
      const place = placeOfTwo(written, 0)
      lengths[place] = (lengths[place] as number) | (1 << word.length)
    }
  return lengths
}

/** All ways to write a few letters with digits, and those of `alike` with each other. */
function leetForms(letters: string, alike: readonly string[] = []): readonly string[] {
  let forms = ['']
  for (const letter of letters) {
    const same = alike.includes(letter) ? alike : [letter]
    const ways = [...same, ...digitsFor(letter)]
    forms = forms.flatMap((form) => ways.map((way) => form + way))
  }
  return forms
}

function digitsFor(letter: string): readonly string[] {
  return [...leetLetters]
    .filter(
      ([written, stands]) => /\d/.test(written) && (stands === letter || (letter === 'l' && written === '1')),
    )
    .map(([written]) => written)
}
