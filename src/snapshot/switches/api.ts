/** Switches, as the other rooms, the page and the command line see them. */
import type { Author } from '#/register/api.ts'

export const switchScopes = ['all', 'offering', 'use-case', 'person', 'tool', 'key'] as const

export type SwitchScope = (typeof switchScopes)[number]

/** A decision with the verdict `stop`: it holds until it is released, or until its moment. */
export interface Switch {
  readonly id: string
  readonly scope: SwitchScope
  /** Id of the offering, the use case, the person or the key, or the name of the tool; empty for `all`. */
  readonly target: string
  readonly reason: string
  readonly by: Author
  readonly atMs: number
  /** The moment it is over by itself; undefined when it has none. */
  readonly untilMs: number | undefined
  /** Measures what it would stop, and stops nothing. */
  readonly isDrill: boolean
}

/** What an exchange goes by: what switches are compared with. */
export interface Subject {
  readonly personId: string
  readonly keyId: string | undefined
  /** Undefined until it is known. */
  readonly useCase: string | undefined
  readonly offering: string | undefined
  /** Names of tools the request offers; only asked for when one is stopped. */
  readonly tools: () => readonly string[]
}

/** What the word of a switch met among the exchanges under way. */
export interface Reached {
  readonly exchanges: number
  readonly people: ReadonlySet<string>
  /** From the word until the last of them had it, in milliseconds. */
  readonly slowestMs: number
}

/** What a drill showed. */
export interface DrillReport {
  /** Exchanges under way that would have been cut. */
  readonly cut: number
  /** From the word until the last of them would have been cut. */
  readonly slowestMs: number
  /** New exchanges that would have been refused, or have gone elsewhere. */
  readonly refused: number
  /** How many people would have been told, in a refusal or in the middle of an answer. */
  readonly people: number
  /** Whom they would have been told to ask. */
  readonly asks: readonly string[]
  /** Sallyport ended before the drill did: the numbers are lost. */
  readonly isInterrupted: boolean
}

export interface Release {
  readonly by: Author
  readonly atMs: number
  readonly reason: string
}

// --- Answers of /api/switches ----------------------------------------------------------------------------

export interface SwitchView {
  readonly id: string
  readonly scope: SwitchScope
  readonly target: string
  /** As people call it: an e-mail address where it is a person. */
  readonly name: string
  readonly reason: string
  readonly by: string
  readonly at: string
  readonly until: string | null
  readonly isDrill: boolean
  readonly state: 'stopped' | 'drill' | 'released' | 'over'
  /** False while the entry is not in the log: it holds, and is written when it is asked for again. */
  readonly isWritten: boolean
  readonly released: { readonly by: string; readonly at: string; readonly reason: string } | null
  /** Of a drill: so far, or at its end. */
  readonly report: DrillReport | null
  /** Why whoever asks may not release it, as a sentence; null when they may. */
  readonly mayNotRelease: string | null
}

export interface SwitchPage {
  /** Stopped now, newest first. */
  readonly standing: readonly SwitchView[]
  /** What is over, newest first; the last fifty. */
  readonly past: readonly SwitchView[]
  /** What whoever asks may stop. */
  readonly mayStop: readonly SwitchScope[]
  /** What there is to stop, for those scopes; people, tools and keys are typed. */
  readonly offerings: readonly string[]
  readonly useCases: readonly string[]
}
