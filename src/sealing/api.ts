/** Sealing, as the rooms that keep texts see it. */
import type { KeyObject } from 'node:crypto'

/** The key to seal one record with. */
export interface SealingKey {
  /** Stands for the person in this month; says nothing to whoever has no keys. */
  readonly alias: string
  /** Names the key and commits to it: a hash, which may be public. */
  readonly commitment: string
  readonly key: KeyObject
}

export interface SealingKeys {
  /** The key to seal one record with, now. The first call for a person in a month writes to disk. */
  readonly sealing: (person: string, month: string) => SealingKey
  /** Undefined when the key was destroyed. */
  readonly opening: (commitment: string) => KeyObject | undefined
  readonly personOf: (alias: string) => string | undefined
  readonly aliasesOf: (person: string) => readonly string[]
  readonly close: () => void
}
