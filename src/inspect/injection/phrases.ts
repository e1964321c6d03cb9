import { english } from './english.ts'
import { otherLanguages } from './other-languages.ts'
import type { Phrase } from './phrase.ts'
import { hashOfWord, type PlainWords } from './plain-words.ts'

export const phrases: readonly Phrase[] = [...english, ...otherLanguages]

const byFirstWord = new Map<number, Phrase[]>()
/** One bit of a hash says whether it can be a first word at all; most words are none. */
const isFirst = new Uint8Array(8_192)
for (const each of phrases) {
  for (const hash of each.begins.map(hashOfWord)) {
    byFirstWord.set(hash, [...(byFirstWord.get(hash) ?? []), each])
    isFirst[hash & 8_191] = 1
  }
}

/** Gives each phrase with the place it has in what was read. Looks only where one of its first words stands. */
export function findPhrases(
  { text, starts, origins, hashes }: PlainWords,
  found: (phrase: Phrase, start: number, end: number) => void,
): void {
  const count = hashes.length
  for (let word = 0; word < count; word++) {
    const hash = hashes[word] as number
    if (isFirst[hash & 8_191] === 0) continue
    const candidates = byFirstWord.get(hash)
    if (candidates === undefined) continue
    const start = starts[word] as number
    for (const each of candidates) {
      each.pattern.lastIndex = start
      if (!each.pattern.test(text)) continue
      // Words keep their length but for marks: the end is where the last word that was matched stands.
      const end = each.pattern.lastIndex
      let last = word
      while (last + 1 < count && (starts[last + 1] as number) < end) last++
      found(each, origins[word] as number, (origins[last] as number) + end - (starts[last] as number))
    }
  }
}
