import type { KeyBounds } from '#/core/key-bounds.ts'

/** A key as stored: the SHA-256 of its text, never the text. */
export interface KeyRecord {
  readonly id: string
  readonly hash: string
  /** Whose it is; of the key of a service, who made it count: its owner at any moment is the service's. */
  readonly personId: string
  readonly serviceId: string | undefined
  readonly bounds: KeyBounds
  readonly label: string | undefined
  /** The key it was made with: it ends with that one. */
  readonly parentId: string | undefined
  /** Under which name its budget is counted: a key and what replaces it share one. */
  readonly budgetId: string
  /** The key that took its place; this one works until `expiresAt`. */
  readonly replacedBy: string | undefined
  /** The entry of `identity.workloads` it was made by. */
  readonly workload: string | undefined
  readonly createdBy: string
  readonly createdAt: number
  readonly expiresAt: number
  readonly revokedAt: number | undefined
  readonly revokedReason: string | undefined
}

/** What a key was used for so far. */
export interface KeyUse {
  readonly lastUsedAt: number | undefined
  readonly uses: number
  /** The machines it came from last, with the time of the last use; the newest last. */
  readonly machines: readonly (readonly [machine: string, at: number])[]
}

export const unused: KeyUse = { lastUsedAt: undefined, uses: 0, machines: [] }

/** An application that has keys, and the person who answers for it. */
export interface ServiceRecord {
  readonly id: string
  readonly label: string
  readonly ownerId: string
  readonly createdBy: string
  readonly createdAt: number
}

/** What was spent of a budget on one day (UTC), counted in days since 1970. */
export interface SpentRecord {
  readonly budgetId: string
  readonly day: number
  readonly requests: number
  readonly tokens: number
}
