/** Keys as people see them: no text of a key, and no hash. */
import type { KeyBounds, ServiceName } from '#/core/key-bounds.ts'

export interface KeyView {
  readonly id: string
  readonly label: string | null
  readonly person: { readonly id: string; readonly email: string }
  readonly service: ServiceName | null
  readonly bounds: KeyBounds
  /** The key it was made with. */
  readonly parent: string | null
  /** The workload it was handed to. */
  readonly workload: string | null
  readonly createdBy: string
  /** ISO 8601, as the others. */
  readonly createdAt: string
  readonly expiresAt: string
  /** `replaced`: it still works, until `expiresAt`. */
  readonly state: 'works' | 'replaced' | 'expired' | 'revoked'
  /** Why it was revoked, where it was. */
  readonly endedWhy: string | null
  /** It was seen in a text: whoever wrote it down there should know. */
  readonly isLeaked: boolean
  readonly replacedBy: string | null
  readonly lastUsedAt: string | null
  readonly uses: number
  /** Addresses it came from last, the newest first; the oldest are forgotten. */
  readonly machines: readonly { readonly address: string; readonly at: string }[]
}

/** A key that was just made. */
export interface MadeKey {
  readonly id: string
  /** Shown once: never stored, never shown again. */
  readonly key: string
  readonly expiresAtMs: number
}
