/** What is known of single words and of pairs of words: bits by hash, in a table of open addressing. */

export const bits = {
  given: 1,
  surname: 2,
  place: 4,
  organisation: 8,
  /** Stands in ordinary text as no part of a name. */
  ordinary: 16,
  /** Of its uses in names most are of this type. */
  mostlyPerson: 32,
  mostlyPlace: 64,
  mostlyOrganisation: 128,
} as const

/** A noun of German, which has a capital wherever it stands there: stored as two bits that no word has together. */
export const germanNoun = bits.mostlyPerson | bits.mostlyPlace

/** In a German text such a noun is an ordinary word; in another it says nothing ('Art', 'Tag'). */
export function bitsAt(stored: number, isGerman: boolean): number {
  if ((stored & germanNoun) !== germanNoun) return stored
  return (stored & ~germanNoun) | (isGerman ? bits.ordinary : 0)
}

export interface WordList {
  /** 0 for a word that is not known. */
  readonly bitsOf: (hash: number) => number
}

/** Hashes and their bits, at the same index. */
export function createWordList(hashes: ArrayLike<number>, values: ArrayLike<number>): WordList {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, hashes.length * 2)))
  const keys = new Int32Array(size)
  const found = new Uint8Array(size)
  for (let index = 0; index < hashes.length; index++) {
    const hash = (hashes[index] as number) | 0
    let place = spread(hash) & (size - 1)
    while (found[place] !== 0 && keys[place] !== hash) place = (place + 1) & (size - 1)
    keys[place] = hash
    found[place] = values[index] as number
  }
  return {
    bitsOf: (hash) => {
      for (let place = spread(hash) & (size - 1); found[place] !== 0; place = (place + 1) & (size - 1)) {
        if (keys[place] === hash) return found[place] as number
      }
      return 0
    },
  }
}

const spread = (hash: number): number => Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d) >>> 7

/** The hash of two words one after the other. */
export const pairHash = (one: number, other: number): number => (Math.imul(one, 0x5bd1e995) + other) | 0
