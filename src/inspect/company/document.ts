import type { DataClass } from '#/core/data-class.ts'
import { higherClass } from '#/core/data-class.ts'
import { foldedUnit } from '../characters.ts'
import type { KnownDocument, KnownMatch } from './api.ts'
import { companyDocument } from './kinds.ts'
import { type Words, wordsOf } from './words.ts'

/**
 * Fingerprints of documents by winnowing (Schleimer, Wilkerson and Aiken, 2003): of every `window` runs of `run`
 * words in a row the one of lowest hash is kept, so any pasted part of `run + window - 1` words holds one that is
 * known, and a document costs about a third of a number for each word. Case, punctuation and line ends do not matter.
 */
const run = 6
const window = 5
/** Known runs further apart than this belong to two pasted parts; a few changed words in between do not matter. */
const longestGap = 2 * (run + window)
/** Words that must be covered: less than a sentence and a half is how people talk anyway. */
const leastWords = 12

export const documentLimits = { words: 2_000_000 } as const

/** Throws an `Error` for a document too short to be told from any other text, or too long. */
export function buildDocument(name: string, dataClass: DataClass, text: string): KnownDocument {
  const words = wordsOf(text)
  if (words.count < run + window + leastWords)
    throw new Error(`a document has at least ${run + window + leastWords} words, this one has ${words.count}`)
  if (words.count > documentLimits.words)
    throw new Error(`a document has at most ${documentLimits.words} words, this one has ${words.count}`)
  const hashes = runHashes(words)
  const kept = new Set<number>()
  for (let first = 0; first + window <= hashes.length; first++) {
    let lowest = hashes[first] as number
    for (let next = first + 1; next < first + window; next++)
      lowest = Math.min(lowest, hashes[next] as number)
    kept.add(lowest)
  }
  return { name, class: dataClass, fingerprints: [...kept].sort((one, other) => one - other) }
}

export function createDocumentMatcher(
  documents: readonly KnownDocument[],
): (text: string) => readonly KnownMatch[] {
  // What two documents share is of the higher class.
  const owners = new Map<number, number>()
  for (const [index, { fingerprints, class: dataClass }] of documents.entries()) {
    for (const fingerprint of fingerprints) {
      const other = documents[owners.get(fingerprint) ?? -1]
      const isHigher = other === undefined || higherClass(other.class, dataClass) !== other.class
      if (isHigher) owners.set(fingerprint, index)
    }
  }
  return (text) => {
    const words = wordsOf(text)
    if (words.count < leastWords || owners.size === 0) return []
    const open = new Map<number, Pasted>()
    const matches: KnownMatch[] = []
    const close = (pasted: Pasted): void => {
      if (pasted.words >= leastWords && pasted.runs >= 2) matches.push(matchOf(words, pasted, documents))
    }
    for (const [first, hash] of runHashes(words).entries()) {
      const owner = owners.get(hash)
      if (owner === undefined) continue
      const pasted = open.get(owner)
      if (pasted !== undefined && first - pasted.last <= longestGap) {
        pasted.words += Math.min(run, first + run - 1 - pasted.last)
        pasted.runs++
        pasted.last = first + run - 1
        continue
      }
      if (pasted !== undefined) close(pasted)
      open.set(owner, { document: owner, first, last: first + run - 1, words: run, runs: 1 })
    }
    for (const pasted of open.values()) close(pasted)
    return matches.sort((one, other) => one.start - other.start)
  }
}

/** A part of a document under way; `first` and `last` are words of the text. */
interface Pasted {
  readonly document: number
  readonly first: number
  last: number
  words: number
  runs: number
}

/** Known runs may lie up to `window - 1` words inside of what was pasted: so much is covered with it. */
function matchOf(words: Words, pasted: Pasted, documents: readonly KnownDocument[]): KnownMatch {
  const { name, class: dataClass } = documents[pasted.document] as KnownDocument
  const first = Math.max(0, pasted.first - window + 1)
  const last = Math.min(words.count - 1, pasted.last + window - 1)
  return {
    start: words.starts[first] as number,
    end: words.ends[last] as number,
    kind: companyDocument,
    class: dataClass,
    score: 1,
    why: `repeats about ${pasted.words} words of the company's document ${name}`,
  }
}

/** 52 bits for every run of words, in order. */
function runHashes(words: Words): Float64Array {
  const count = Math.max(0, words.count - run + 1)
  const hashes = new Float64Array(count)
  const each = Uint32Array.from({ length: words.count }, (_, word) => wordHash(words, word))
  for (let first = 0; first < count; first++) {
    let one = 0x811c9dc5
    let other = 0x1000193b
    for (let word = first; word < first + run; word++) {
      one = mix(one ^ (each[word] as number))
      other = Math.imul(other ^ (each[word] as number), 0x85ebca6b)
      other ^= other >>> 15
    }
    hashes[first] = (one >>> 0) * 0x100000 + (mix(other) >>> 12)
  }
  return hashes
}

function wordHash({ text, starts, ends }: Words, word: number): number {
  let hash = 0x811c9dc5
  for (let index = starts[word] as number; index < (ends[word] as number); index++)
    hash = Math.imul(hash ^ foldedUnit(text.charCodeAt(index)), 0x01000193)
  return hash >>> 0
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
  let mixed = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}
