/** The index of the log and its questions, as the rest of the server sees them. */
import type { EntryFacts, EntryKind } from '../api.ts'

/** What a question asks of entries that is a name, and where the index keeps it. */
export const nameColumns = ['use-case', 'offering', 'class', 'finding', 'decision', 'code', 'key'] as const

export type NameColumn = (typeof nameColumns)[number]

export const numberColumns = ['cost', 'tokens', 'status'] as const

export type NumberColumn = (typeof numberColumns)[number]

export type Comparison = '<' | '<=' | '=' | '>=' | '>'

/** One word of a question: holds when any of its values does; with `isNot` when none does. */
export type Condition = { readonly isNot: boolean } & (
  | { readonly on: NameColumn; readonly values: readonly string[] }
  /** E-mail addresses or ids as they were asked for; aliases once it is known whose they are. */
  | { readonly on: 'person' | 'alias'; readonly values: readonly string[] }
  | { readonly on: 'kind'; readonly values: readonly EntryKind[] }
  /** Money in millionths of a US dollar. */
  | { readonly on: NumberColumn; readonly compare: Comparison; readonly values: readonly number[] }
  /** Ids of requests, as errors and `x-request-id` tell them. */
  | { readonly on: 'request'; readonly values: readonly string[] }
  /** Indexes of entries or of the outcomes in their rows. */
  | { readonly on: 'receipt'; readonly values: readonly number[] }
)

/** A question that was read: every condition must hold. */
export interface LogQuestion {
  readonly conditions: readonly Condition[]
  /** Inclusive. */
  readonly sinceMs: number | undefined
  /** Exclusive. */
  readonly untilMs: number | undefined
}

/** What a table of counts may have its lines by. */
export const countedBy = ['person', 'use-case', 'offering', 'class', 'finding', 'day'] as const

export type CountedBy = (typeof countedBy)[number]

/** One row of the index, read from the log itself: an exchange is one row, its outcome in it. */
export interface FoundRow {
  readonly index: number
  readonly atMs: number
  readonly kind: EntryKind
  readonly alias: string | undefined
  readonly facts: EntryFacts
  readonly outcome: { readonly index: number; readonly atMs: number; readonly facts: EntryFacts } | undefined
}

/** One line of a table. */
export interface CountLine {
  /** Undefined for entries that have none. A day is `yyyy-mm-dd` in UTC, a person an alias. */
  readonly value: string | undefined
  readonly entries: number
  readonly costMicroUsd: number
  readonly tokens: number
  /** Exchanges without a known cost: never counted as costing nothing. */
  readonly withoutCost: number
}

export interface IndexState {
  /** Entries the index has come to, of those that are durable. */
  readonly indexed: number
  readonly entries: number
  /** Why it does not go on, as a sentence; undefined when all is well. */
  readonly problem: string | undefined
}
