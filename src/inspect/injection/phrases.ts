import { english } from './english.ts'
import { otherLanguages } from './other-languages.ts'
import type { Phrase } from './phrase.ts'
import { hashOfWord, type PlainWords } from './plain-words.ts'

export const phrases: readonly Phrase[] = [...english, ...otherLanguages]

/** What is looked for only where one of its first words stands. */
interface Sought {
  readonly begins: readonly string[]
  readonly pattern: RegExp
}

/** Gives each that is found with the place it has in what was read. Linear: every pattern is bounded. */
export function createPhraseFinder<T extends Sought>(
  sought: readonly T[],
): (words: PlainWords, found: (phrase: T, start: number, end: number) => void) => void {
  const byFirstWord = new Map<number, T[]>()
  /** One byte for the end of a hash says whether it can be a first word at all; most words are none. */
  const isFirst = new Uint8Array(8_192)
  for (const each of sought) {
    for (const hash of each.begins.map(hashOfWord)) {
      byFirstWord.set(hash, [...(byFirstWord.get(hash) ?? []), each])
      isFirst[hash & 8_191] = 1
    }
  }
  return (words, found) => {
    const { text, starts, hashes } = words
    for (let word = 0; word < hashes.length; word++) {
      const hash = hashes[word] as number
      if (isFirst[hash & 8_191] === 0) continue
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
