import { hash } from 'node:crypto'

/** Where a piece of text lies: in what entry `entry` sealed, behind its list of parts. */
export interface PiecePlace {
  readonly entry: number
  readonly offset: number
}

/**
 * Pieces remembered at once: of 3 KB each, some 200 MB of text, a thousand conversations of 200 KB. They take 10 MB.
 * A piece that is forgotten is only sealed once more.
 */
const mostPieces = 65_536

type Generation = Map<string, Map<string, PiecePlace>>

/**
 * Which pieces of text lie in the log already, by their hash and by the data key they are sealed under: a text of
 * one person can never stand for a text of another, nor outlive the month it is kept for. Only hashes are kept, no
 * text. Two generations: what was not asked for while one filled goes with it.
 */
export class KnownPieces {
  readonly #generationMost: number
  #young: Generation = new Map()
  #old: Generation = new Map()
  #youngSize = 0

  constructor(most = mostPieces) {
    this.#generationMost = most / 2
  }

  find(commitment: string, sum: string): PiecePlace | undefined {
    const young = this.#young.get(commitment)?.get(sum)
    if (young !== undefined) return young
    const old = this.#old.get(commitment)?.get(sum)
    if (old !== undefined) this.add(commitment, sum, old)
    return old
  }

  add(commitment: string, sum: string, place: PiecePlace): void {
    if (this.#youngSize >= this.#generationMost) {
      this.#old = this.#young
      this.#young = new Map()
      this.#youngSize = 0
    }
    let pieces = this.#young.get(commitment)
    if (pieces === undefined) {
      pieces = new Map()
      this.#young.set(commitment, pieces)
    }
    if (!pieces.has(sum)) this.#youngSize++
    pieces.set(sum, place)
  }

  /** Whatever an entry holds is no longer referred to: it is about to be erased. */
  forget(entry: number): void {
    for (const pieces of [...this.#young.values(), ...this.#old.values()]) {
      for (const [sum, place] of pieces) if (place.entry === entry) pieces.delete(sum)
    }
  }
}

/** Who chooses the texts could choose two with one sum, were it a weak one. */
export const sumOf = (piece: Uint8Array): string => hash('sha256', piece, 'base64')
