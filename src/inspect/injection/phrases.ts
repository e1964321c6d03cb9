import { english } from './english.ts'
import { furtherLanguages } from './further-languages.ts'
import { otherLanguages } from './other-languages.ts'
import type { Phrase } from './phrase.ts'
import { hashOfWord, type PlainWords } from './plain-words.ts'

export const phrases: readonly Phrase[] = [...english, ...otherLanguages, ...furtherLanguages]

/** What is looked for only where one of its first words stands. */
interface Sought {
  readonly begins: readonly string[]
  readonly pattern: RegExp
}

/** Few enough to stay near the processor, many enough that one word in a hundred is taken for a first one. */
const firstBits = 65_536
const byteOf = (hash: number): number => (hash & (firstBits - 1)) >>> 3
const bitOf = (hash: number): number => 1 << (hash & 7)

/** Gives each that is found with the place it has in what was read. Linear: every pattern is bounded. */
export function createPhraseFinder<T extends Sought>(
  sought: readonly T[],
): (words: PlainWords, found: (phrase: T, start: number, end: number) => void) => void {
  const byFirstWord = new Map<number, T[]>()
  /** One bit for the end of a hash says whether it can be a first word at all; most words are none. */
  const firsts = new Uint8Array(firstBits / 8)
  for (const each of sought) {
    for (const hash of each.begins.map(hashOfWord)) {
      byFirstWord.set(hash, [...(byFirstWord.get(hash) ?? []), each])
      firsts[byteOf(hash)] = (firsts[byteOf(hash)] as number) | bitOf(hash)
    }
  }
  return (words, found) => {
    const { text, starts, hashes } = words
    for (let word = 0; word < hashes.length; word++) {
      const hash = hashes[word] as number
      if (((firsts[byteOf(hash)] as number) & bitOf(hash)) === 0) continue
      const candidates = byFirstWord.get(hash)
      if (candidates === undefined) continue
      for (const each of candidates) {
        each.pattern.lastIndex = starts[word] as number
        if (each.pattern.test(text)) {
          found(each, words.origins[word] as number, endOf(words, word, each.pattern.lastIndex))
        }
      }
    }
  }
}

/** Words keep their length but for marks, so that an end is as far behind its last word in both texts. */
function endOf({ starts, origins }: PlainWords, first: number, end: number): number {
  let last = first
  while (last + 1 < starts.length && (starts[last + 1] as number) < end) last++
  return (origins[last] as number) + end - (starts[last] as number)
}

export const findPhrases = createPhraseFinder(phrases)
