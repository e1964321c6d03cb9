import { textMemory, textOf } from '../text-memory.ts'
import { copyStretch, stretch, units } from '../text-units.ts'
import { apostrophe, bits, blank, fillWordUnits, wordUnits } from './word-units.ts'

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
  space: spaceBit,
  single: singleBit,
  gone: goneBit,
  apostrophe: apostropheBit,
  wake: wakeBit,
} = bits
const spaceAlone = blank | spaceBit
const read = units
const memory = textMemory(stretch)
const plain = memory.units
/** Of the words of a stretch, relative to it: each takes a unit at least, but one that has only its end there. */
const mostWords = stretch + 1
const wordStarts = new Int32Array(mostWords)
const wordOrigins = new Int32Array(mostWords)
const wordHashes = new Int32Array(mostWords)

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
  /** The stretch ends in a word. */
  isInWord: boolean
  /** What was written last is a space; a text begins with none. */
  isBehindSpace: boolean
}

/**
 * One pass over the text: every loop over it costs as much as a search for all secrets. It goes over units that were
 * taken out of the text before: asking a text for one unit asks each time what kind of text it is. Linear; never throws.
 */
export function readWords(text: string): PlainWords {
  fillWordUnits()
  const wakes: number[] = []
  const passed: Passed = { length: 0, count: 0, all: 0, hash: hashSeed, isInWord: false, isBehindSpace: true }
  let read = 0
  let written = 0
  let plainly = ''
  let words: Words | undefined
  while (read < text.length) {
    const length = copyStretch(text, read)
    pass(text, read, length, passed, wakes)
    const isLast = read + length === text.length
    const count = isLast ? passed.count + Number(passed.isInWord) : passed.count
    words = addWords(words, count, read, written)
    plainly += textOf(memory, passed.length, passed.all < 0x80)
    if (passed.isInWord) {
      // It began before the next stretch.
      wordStarts[0] = (wordStarts[passed.count] as number) - passed.length
      wordOrigins[0] = (wordOrigins[passed.count] as number) - length
    }
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

/** Of the stretch that begins at `from`, `end` units long. The word it ends in goes on from what `passed` tells. */
function pass(text: string, from: number, end: number, passed: Passed, wakes: number[]): void {
  let { hash, isInWord, isBehindSpace } = passed
  let length = 0
  let count = 0
  let all = 0
  let index = 0
  while (index < end) {
    let entry = entries[read[index] as number] as number
    if ((entry & letterBit) !== 0) {
      if (!isInWord) {
        wordStarts[count] = length
        wordOrigins[count] = index
        hash = hashSeed
        isInWord = true
      }
      // What stands behind a stretch is no letter; small letters stand for themselves.
      let unit = entry & 0xffff
      do {
        all |= unit
        do {
          hash = Math.imul(hash ^ unit, hashPrime)
          plain[length++] = unit
          unit = read[++index] as number
        } while (unit >= 97 && unit <= 122)
        entry = entries[unit] as number
        unit = entry & 0xffff
      } while ((entry & letterBit) !== 0)
      isBehindSpace = false
      if (index >= end) break
      // What most words end with.
      if (entry === spaceAlone) {
        wordHashes[count++] = hash
        isInWord = false
        plain[length++] = unit
        isBehindSpace = true
        index++
        continue
      }
    }
    // Neither a mark nor an apostrophe before a letter ends a word.
    if ((entry & goneBit) !== 0) {
      index++
      continue
    }
    if (isInWord) {
      if ((entry & apostropheBit) !== 0 && isLetterAt(text, from + index + 1)) {
        hash = Math.imul(hash ^ apostrophe, hashPrime)
        plain[length++] = apostrophe
        index++
        continue
      }
      wordHashes[count++] = hash
      isInWord = false
    }
    if ((entry & wakeBit) !== 0) wakes.push(from + index)
    const unit = entry & 0xffff
    if ((entry & spaceBit) === 0) {
      all |= unit
      isBehindSpace = false
      if ((entry & singleBit) !== 0) {
        wordStarts[count] = length
        wordOrigins[count] = index
        wordHashes[count++] = Math.imul(hashSeed ^ unit, hashPrime)
      }
      plain[length++] = unit
    } else if (!isBehindSpace) {
      plain[length++] = unit
      isBehindSpace = true
    }
    index++
  }
  if (isInWord) wordHashes[count] = hash
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
