import { copyStretch, stretch, textMemory, textOf, units } from '../text-units.ts'
import { apostrophe, bits, fillWordUnits, wordUnits } from './word-units.ts'

/**
 * A text as the grammar and the model read it: lower case, Latin letters without their marks, whitespace, quotes,
 * emphasis and commas as one space. One pass; the words are hashed on the way.
 */

export interface PlainWords {
  readonly text: string
  /** Of the text that was read, in UTF-16 units. */
  readonly length: number
  /** Where each word starts in `text`. */
  readonly starts: readonly number[]
  /** Where it starts in the text that was read. */
  readonly origins: readonly number[]
  readonly hashes: readonly number[]
  /** Where, in the text that was read, a mark of structure may begin. */
  readonly wakes: readonly number[]
}

/*
 * What the pass reads and writes belongs to all texts together and has a name in this file: then it is known where it is
 * when the loop is compiled. Handed over or imported it is looked up, and its bounds, for each unit.
 */
const entries = wordUnits
const {
  letter: letterBit,
  rare: rareBit,
  single: singleBit,
  gone: goneBit,
  apostrophe: apostropheBit,
  wake: wakeBit,
} = bits
const read = units
const memory = textMemory(stretch)
const plain = memory.units
/** Of the words of a stretch, relative to it. What is not a word yet is written behind the last one. */
const wordStarts = new Int32Array(stretch + 2)
const wordOrigins = new Int32Array(stretch + 2)
const wordHashes = new Int32Array(stretch + 2)

/** What one stretch leaves to the next. */
interface Passed {
  /** Units of the plain text of the stretch. */
  length: number
  /** Words that have ended in it. */
  count: number
  /** All units of the plain text, one bit over the other. */
  all: number
  /** Of the word the stretch ends in. */
  hash: number
  /** One where the last unit is a letter, and one where the last one written is a space; nothing begins with one. */
  isInWord: number
  isBehindSpace: number
}

/**
 * One pass over the text: every loop over it costs as much as a search for all secrets. It goes over units that were
 * taken out of the text before: asking a text for one unit asks each time what kind of text it is. Linear; never throws.
 */
export function readWords(text: string): PlainWords {
  fillWordUnits()
  const wakes: number[] = []
  const passed: Passed = { length: 0, count: 0, all: 0, hash: hashSeed, isInWord: 0, isBehindSpace: 1 }
  wordStarts[0] = 0
  wordOrigins[0] = 0
  let read = 0
  let written = 0
  let plainly = ''
  let words: Words | undefined
  while (read < text.length) {
    const length = copyStretch(text, read)
    pass(text, read, length, passed, wakes)
    const isLast = read + length === text.length
    const count = isLast ? passed.count + passed.isInWord : passed.count
    words = addWords(words, count, read, written)
    plainly += textOf(memory, passed.length, passed.all < 0x80)
    wordStarts[0] = (wordStarts[passed.count] as number) - passed.length
    wordOrigins[0] = (wordOrigins[passed.count] as number) - length
    wordHashes[0] = passed.hash
    read += length
    written += passed.length
  }
  return { text: plainly, length: text.length, ...(words ?? addWords(undefined, 0, 0, 0)), wakes }
}

type Words = Record<'starts' | 'origins' | 'hashes', number[]>

/** Most texts have one stretch: then the arrays have the right length from the beginning. */
function addWords(before: Words | undefined, count: number, read: number, written: number): Words {
  const words = before ?? { starts: new Array(count), origins: new Array(count), hashes: new Array(count) }
  const { starts, origins, hashes } = words
  const done = before === undefined ? 0 : starts.length
  for (let word = 0; word < count; word++) {
    starts[done + word] = written + (wordStarts[word] as number)
    origins[done + word] = read + (wordOrigins[word] as number)
    hashes[done + word] = mixed(wordHashes[word] as number)
  }
  return words
}

/**
 * Where a word ends is what a processor cannot guess, so that nothing is decided there: each unit is written as the next
 * one of the plain text, as the last one of the word and as the place before a word, and what was not is overwritten.
 */
function pass(text: string, from: number, end: number, passed: Passed, wakes: number[]): void {
  let { hash, isInWord, isBehindSpace } = passed
  let length = 0
  let count = 0
  let all = 0
  for (let index = 0; index < end; index++) {
    const entry = entries[read[index] as number] as number
    let unit = entry & 0xffff
    let isLetter = (entry >>> 16) & 1
    let isSpace = (entry >>> 17) & 1
    if ((entry & rareBit) !== 0) {
      if ((entry & goneBit) !== 0) {
        if (isInWord === 0) wordOrigins[count] = index + 1
        continue
      }
      if ((entry & wakeBit) !== 0) wakes.push(from + index)
      else if ((entry & apostropheBit) !== 0) {
        if (isInWord === 1 && isLetterAt(text, from + index + 1)) {
          unit = apostrophe
          isLetter = 1
          isSpace = 0
        }
      } else if ((entry & singleBit) !== 0) {
        count += isInWord
        wordStarts[count] = length
        wordOrigins[count] = index
        wordHashes[count++] = Math.imul(hashSeed ^ unit, hashPrime)
        isInWord = 0
      }
    }
    all |= unit
    plain[length] = unit
    length += 1 - (isSpace & isBehindSpace)
    isBehindSpace = isSpace
    count += isInWord & ~isLetter
    isInWord = isLetter
    // Of the word up to a letter; anew behind everything else.
    hash = hashSeed ^ ((Math.imul(hash ^ unit, hashPrime) ^ hashSeed) & -isLetter)
    wordHashes[count] = hash
    // Within a word it is the next one that may begin here.
    const next = count + isLetter
    wordStarts[next] = length
    wordOrigins[next] = index + 1
  }
  passed.length = length
  passed.count = count
  passed.all = all
  passed.hash = hash
  passed.isInWord = isInWord
  passed.isBehindSpace = isBehindSpace
}

const isLetterAt = (text: string, at: number): boolean =>
  at < text.length && ((entries[text.charCodeAt(at)] as number) & letterBit) !== 0

/** The hash under which `readWords` gives a word that is already plain. */
export function hashOfWord(word: string): number {
  let hash = hashSeed
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), hashPrime)
  }
  return mixed(hash)
}

/** FNV-1a over UTF-16 units, then the last step of MurmurHash3: the low bits alone pick a place in a table. */
const hashSeed = 0x811c9dc5 | 0
const hashPrime = 0x01000193

function mixed(hash: number): number {
  let mixing = hash ^ (hash >>> 16)
  mixing = Math.imul(mixing, 0x85ebca6b)
  mixing ^= mixing >>> 13
  mixing = Math.imul(mixing, 0xc2b2ae35)
  return mixing ^ (mixing >>> 16)
}
