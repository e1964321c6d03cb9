import type { DataClass } from '#/core/data-class.ts'
import type { Kind } from '../api.ts'

/**
 * What a company knows to be its own, as it is kept: salted hashes and no clear text. Whoever holds it can still try
 * values one by one, so it is as secret as a list of password hashes, and never reaches a browser.
 */
export interface Knowledge {
  readonly tables: readonly KnownTable[]
  readonly documents: readonly KnownDocument[]
  /** Undefined: source code is no concern. */
  readonly sourceCode?: KnownCode
}

/** Rows of a table: customers, employees, patients. */
export interface KnownTable {
  /** Shown in findings. */
  readonly name: string
  readonly class: DataClass
  readonly salt: string
  /** The column whose value starts a match comes first. */
  readonly columns: readonly string[]
  /** How many other values of the row must stand within 300 characters. */
  readonly leastFields: number
  /** For each row its cells, `cellDigits` hexadecimal digits each; zeros for an empty or a weak one. */
  readonly rows: readonly string[]
  /** Length and alphabet of the values of the first column: everything else need not be hashed. */
  readonly shapes: readonly string[]
}

/** A contract, a plan, a price list: found when a part of it is pasted. */
export interface KnownDocument {
  readonly name: string
  readonly class: DataClass
  /** Chosen hashes of runs of words (winnowing), ascending. */
  readonly fingerprints: readonly number[]
}

export interface KnownCode {
  /** Beginnings of names of packages only the company has: `@acme/`, `com.acme.`. */
  readonly packages: readonly string[]
  readonly class: DataClass
}

/** Hexadecimal digits of a keyed hash, `cellDigits` at least. HMAC-SHA-256 where there is `node:crypto`. */
export type KeyedHash = (key: string, text: string) => string

/** A place where something the company knows stands. */
export interface KnownMatch {
  readonly start: number
  readonly end: number
  readonly kind: Kind
  readonly class: DataClass
  readonly score: number
  readonly why: string
}

/** Finds what a company knows. In order of position for each piece of knowledge; may overlap. Never throws. */
export interface KnowledgeMatcher {
  /** Changes with what is known. */
  readonly version: string
  /** Of all there is: what a finding counts as that has lost its own class. */
  readonly highestClass: DataClass
  readonly find: (text: string) => readonly KnownMatch[]
}
