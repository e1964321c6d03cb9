/**
 * What the other rooms use of inspection. Pure: no Node types, no clock, no network, no randomness; the hash is
 * a parameter. The same code runs in the gateway, in the browser and on the command line.
 */
import type { DataClass } from '#/core/data-class.ts'
import type { Action, Family, Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'

/** A company's own word. `class` is its data class, confidential unless said. */
export interface Term {
  readonly term: string
  /** Shown in findings instead of the term itself: 'codename', 'customer'. */
  readonly label: string
  readonly class: DataClass
  readonly isCaseSensitive: boolean
}

/** A kind of finding: its name for rules, its family and the class a text that holds it gets. */
export interface Kind {
  readonly type: string
  readonly family: Family
  readonly class: DataClass
  /** For people: 'payment card number'. */
  readonly label: string
}

export interface Inspector {
  /** Changes whenever a detector or a term does: verdict caches are keyed by it. */
  readonly version: string
  readonly kinds: readonly Kind[]
  /** Findings in order of position, not overlapping. Never throws on any string. Linear in the length of the text. */
  readonly inspect: (text: string, channel: Channel) => readonly Finding[]
  /** The class a finding gives its text: the kind's, or the term's own. */
  readonly classOf: (finding: Finding) => DataClass
}

/** A name in a text. UTF-16 offsets, end exclusive; `why` never repeats the text. */
export interface FoundName {
  readonly start: number
  readonly end: number
  readonly kind: Kind
  readonly score: number
  readonly why: string
}

export interface NameFinder {
  /** Changes with the weights. */
  readonly version: string
  /** In order of position, not overlapping. Never throws on any string; linear in its length. */
  readonly find: (text: string) => readonly FoundName[]
}

/** `general` reads every text; `clinical`, when given, Spanish clinical notes. */
export interface NameWeights {
  readonly general: Uint8Array
  readonly clinical?: Uint8Array
}

/** A finding with what was decided to be done with it. */
export interface Treated {
  readonly finding: Finding
  readonly action: Action
}

/** Tokens given out in one exchange. `issued` maps each token to the original it stands for. */
export interface Pseudonyms {
  readonly tokenFor: (type: string, original: string) => string
  readonly issued: ReadonlyMap<string, string>
}

/** Puts originals back into one text that arrives in pieces. */
export interface Restorer {
  /** What of the text so far may be released: all of it but a tail that could still become a token. */
  readonly push: (piece: string) => string
  /** The rest. */
  readonly end: () => string
  /** How many tokens were put back so far. */
  readonly restored: () => number
}
