import { endOfPiece } from './cut.ts'
import { type KnownPieces, type PiecePlace, sumOf } from './known-pieces.ts'
import { mostParts, type Part, writeParts } from './parts.ts'

/** What is sealed for an entry, and what can be referred to once its place in the log is certain. */
export interface Composed {
  /** The list of parts and the new text; the text itself, as it was, when nothing of it is known. */
  readonly sealed: readonly Uint8Array[]
  readonly isInParts: boolean
  readonly added: ReadonlyMap<string, PiecePlace>
}

/** Shorter texts are sealed as they are, at no cost but this comparison. */
export const composedFromUnits = 4_096
/** A shorter end of a text is not worth a reference, nor remembering. */
const leastKnownBytes = 256

/** Takes out of a text what an earlier entry under the same key already holds. */
export function compose(text: Uint8Array, index: number, commitment: string, known: KnownPieces): Composed {
  const composing = new Composing(text, index)
  for (let from = 0; from < text.length; ) {
    const end = endOfPiece(text, from)
    composing.take(from, end, (sum) => known.find(commitment, sum))
    from = end
  }
  return composing.composed()
}

class Composing {
  readonly #text: Uint8Array
  readonly #index: number
  readonly #parts: Part[] = []
  readonly #added = new Map<string, PiecePlace>()
  readonly #sums: { readonly sum: string; readonly from: number }[] = []
  /** New text: where it starts and ends in the whole. */
  readonly #fresh: { readonly from: number; end: number }[] = []
  #freshBytes = 0

  constructor(text: Uint8Array, index: number) {
    this.#text = text
    this.#index = index
  }

  take(from: number, end: number, find: (sum: string) => PiecePlace | undefined): void {
    if (end - from < leastKnownBytes) {
      this.#addFresh(from, end)
      return
    }
    const sum = sumOf(this.#text.subarray(from, end))
    this.#sums.push({ sum, from })
    const place = find(sum) ?? this.#added.get(sum)
    if (place === undefined) {
      this.#added.set(sum, { entry: this.#index, offset: this.#freshBytes })
      this.#addFresh(from, end)
    } else {
      this.#addPart(this.#index - place.entry, place.offset, end - from)
    }
  }

  composed(): Composed {
    const isWhole = this.#freshBytes === this.#text.length
    if (!isWhole && this.#parts.length <= mostParts) {
      const fresh = this.#fresh.map(({ from, end }) => this.#text.subarray(from, end))
      return { sealed: [writeParts(this.#parts), ...fresh], isInParts: true, added: this.#added }
    }
    const places = this.#sums.map(({ sum, from }) => [sum, { entry: this.#index, offset: from }] as const)
    return { sealed: [this.#text], isInParts: false, added: new Map(places) }
  }

  #addFresh(from: number, end: number): void {
    const last = this.#fresh.at(-1)
    if (last?.end === from) last.end = end
    else this.#fresh.push({ from, end })
    this.#addPart(0, this.#freshBytes, end - from)
    this.#freshBytes += end - from
  }

  /** What goes on where the part before it ends is one part with it. */
  #addPart(back: number, offset: number, length: number): void {
    const last = this.#parts.at(-1)
    if (last?.back === back && last.offset + last.length === offset) {
      this.#parts[this.#parts.length - 1] = { back, offset: last.offset, length: last.length + length }
    } else this.#parts.push({ back, offset, length })
  }
}
