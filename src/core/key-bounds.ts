import type { DataClass } from './data-class.ts'

/**
 * What a key may be used for, beyond what its holder may: each bound only ever narrows. What is left out does not
 * bound. A bound that is here is enforced in every exchange, or the key could not have been made.
 */
export interface KeyBounds {
  /** The only use case it serves. */
  readonly useCase?: string | undefined
  /** What leaves is at most of this class. */
  readonly highestClass?: DataClass | undefined
  /** Ids of the only offerings it reaches. */
  readonly offerings?: readonly string[] | undefined
  /** CIDR: the only addresses it is taken from. */
  readonly networks?: readonly string[] | undefined
  /** Exchanges in a minute of the clock. */
  readonly requestsPerMinute?: number | undefined
  /** Exchanges in a day (UTC). */
  readonly requestsPerDay?: number | undefined
  /** Tokens in and out in a day (UTC). The exchange that passes it is finished; the next one is refused. */
  readonly tokensPerDay?: number | undefined
}

/** An application a key was made for. Its owner is the person of the caller. */
export interface ServiceName {
  readonly id: string
  readonly label: string
}
