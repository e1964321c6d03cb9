import type { Kind } from './api.ts'

/**
 * What a detector waits for. One pass over the text finds all triggers of all detectors.
 * - `literals`: one of these texts. A literal that is chosen well is rare in prose. Woken with its position.
 * - `digits`: a number of at least so many digits; spaces, hyphens, dots, slashes and brackets may stand in it, at
 *   most two in a row. Woken with the position from its first to its last digit.
 * - `countryCode`: two letters at the start of a word, then a digit. Woken with the position of the letters.
 */
export type Trigger =
  | { readonly literals: readonly string[]; readonly isAnyCase?: boolean }
  | { readonly digits: number }
  | { readonly countryCode: true }

/** One find. UTF-16 offsets, end exclusive; `score` from 0 to 1; `why` never repeats the text. */
export interface Match {
  readonly start: number
  readonly end: number
  readonly score: number
  readonly why: string
  /** A checksum or a structure that chance does not produce settles it. */
  readonly isProved?: boolean
}

/**
 * A kind of thing and how to find it. Adding one is a file and a line in `detectors/index.ts`.
 * Pure data in, data out: no detector reads the whole text, keeps state or throws.
 */
export interface Detector extends Kind {
  readonly trigger: Trigger
  /**
   * Looks at a bounded window around a trigger. In order of position, not overlapping; scores below 0.5 are not
   * given at all.
   */
  readonly examine: (text: string, start: number, end: number) => readonly Match[]
  /** What makes a find sure, for people: 'Luhn sum and issuer range'. */
  readonly proof: string
  /** Texts in which exactly the parts between « and » are found. */
  readonly finds: readonly string[]
  /** Texts in which nothing of this kind is found. */
  readonly ignores: readonly string[]
  /** Where format and check come from. */
  readonly source: string
}

export const nothing: readonly Match[] = []
