/** Shapes of what the page asks the gateway. */

import type { DataClass } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'

export interface ModelChoice {
  readonly id: string
  readonly title: string
  readonly processor: string
  readonly region: string
  readonly retentionDays: number | null
  readonly trains: string
  readonly ceiling: DataClass
  readonly ceilingReasons: readonly string[]
}

export interface UseCaseChoice {
  readonly id: string
  readonly title: string
  readonly purpose: string
  readonly highestClass: DataClass
  /** Shown before something is sent. */
  readonly notice: string | null
  /** Whether a person must check each answer before it is used. */
  readonly needsReview: boolean
  /** Whether the log keeps what is entered and answered. */
  readonly keepsContent: boolean
}

/** `GET /api/models`: what this person may use. */
export interface Choices {
  readonly models: readonly ModelChoice[]
  readonly useCases: readonly UseCaseChoice[]
}

export interface Destination {
  readonly id: string
  readonly title: string
  readonly processor: string
  readonly region: string
  readonly retentionDays: number | null
  readonly trains: string
  readonly ceiling: DataClass
}

/** `GET /api/exchanges/:index`: everything about one own exchange, as it was known when it happened. */
export interface ExchangeDetails {
  readonly receipt: string
  readonly requestId: string
  /** Milliseconds since 1970, UTC. */
  readonly atMs: number
  /** `open` until the outcome is written; then `answered`, `client-gone`, `refused` or the code of what went wrong. */
  readonly status: string
  /** The code of a refusal. */
  readonly code: string | null
  readonly class: DataClass | null
  readonly leavesAs: DataClass | null
  readonly useCase: { readonly id: string; readonly title: string } | null
  readonly offering: Destination | null
  readonly model: string | null
  readonly reasons: readonly string[]
  /** Why it may go, as the caller wrote it for a rule that asks. */
  readonly justification: string | null
  readonly findings: readonly {
    readonly type: string
    readonly label: string
    readonly action: string
    readonly channel: string
    readonly count: number
  }[]
  readonly replaced: readonly { readonly token: string; readonly original: string }[]
  /** `not-kept`: the use case keeps nothing that is entered or answered, so that the next three are null. */
  readonly content: 'kept' | 'not-kept'
  /** The body as it was entered, and as it left; `sent` is null when nothing left. */
  readonly typed: unknown
  readonly sent: unknown
  /** The moderation model, and what came of asking it; null where there is none. `wasShown`: what people wrote went there. */
  readonly moderation: { readonly offering: string; readonly how: string; readonly wasShown: boolean } | null
  /** What the provider sent, before anything was put back. */
  readonly answer: string | null
  readonly finish: string | null
  readonly usage: { readonly inputTokens: number; readonly outputTokens: number } | null
  readonly timingsMs: Readonly<Record<string, number>>
  readonly rules: readonly string[]
  readonly snapshot: string | null
  readonly proof: {
    readonly origin: string
    readonly index: number
    readonly logSize: number
    /** The newest signed checkpoint, as a signed note. */
    readonly checkpoint: string | null
  }
}

/** `POST /api/inspect`, "may I paste this?": what would be found and done, with nothing sent and nothing kept. */
export interface Inspection {
  readonly class: DataClass
  readonly findings: readonly {
    readonly start: number
    readonly end: number
    readonly type: string
    readonly label: string
    readonly action: Action
    /** How sure it is, from 0 to 1, and what makes it so: a checksum, a word beside it. Never what was found. */
    readonly score: number
    readonly why: string
    /** It goes on from an earlier one, and is not counted again. */
    readonly isContinued?: boolean
  }[]
  /** Offerings that may carry the text as it is. */
  readonly models: readonly string[]
  /** The use case it was looked at for; null when none was named and the usual one is not open to this person. */
  readonly useCase: string | null
  /** The offerings of the use case: whether the text may go there, changed as the rules say, and why. */
  readonly offerings: readonly {
    readonly id: string
    readonly title: string
    readonly isAllowed: boolean
    readonly reason: string
  }[]
}
