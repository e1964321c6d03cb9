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

/** What to destroy the keys of. Months are `yyyy-mm`; `beforeMonth` itself stays. */
export type DestroyScope =
  | { readonly person: string }
  | { readonly month: string }
  | { readonly beforeMonth: string }

export interface DestroyOptions {
  /** Headers can still be told apart by person; what was sealed is noise all the same. */
  readonly keepAliases?: boolean
  /** Ids of people whose keys stay, whatever the scope says: those under a legal hold. */
  readonly exceptPeople?: ReadonlySet<string>
}

/** What is gone: names of keys, and aliases that stood for somebody. */
export interface Destroyed {
  readonly commitments: readonly string[]
  readonly aliases: readonly string[]
}

export interface KeyInventory {
  /** Where the key-encryption key comes from, as `keys.source` of the settings says it. */
  readonly source: string
  /** Of the key-encryption key; rises by one with each rotation. */
  readonly version: number
  readonly madeAtMs: number
  /** Ascending. `people` leaves out what is sealed for nobody; `keys` are living data keys. */
  readonly months: readonly { readonly month: string; readonly people: number; readonly keys: number }[]
}

/** A data key whose wrapped bytes were changed: what was sealed with it opens with a sound copy of them alone. */
export interface DamagedKey {
  readonly commitment: string
  /** Undefined when whose it is is not known any more. */
  readonly month: string | undefined
}

/** What `keys status` shows. */
export interface KeyStatus extends KeyInventory {
  /** Who keeps the key-encryption key closed on disk: `nobody`, `passphrase`, `vault` or `aws-kms`. */
  readonly guard: string
  readonly isRemote: boolean
  readonly isOpen: boolean
  readonly rotateEveryDays: number
  readonly nextRotationMs: number
  /** Versions that are out of use and wait for their guard to destroy them. */
  readonly notYetDestroyed: readonly number[]
  /** Found when all keys were last wrapped anew; as long as there are some, the version that opens their sound copies stays. */
  readonly damaged: readonly DamagedKey[]
  /** What failed and is tried again. */
  readonly problems: readonly string[]
}

export interface SealingKeys {
  /** The key to seal one record with, now. The first call for a person in a month writes to disk. */
  readonly sealing: (person: string, month: string) => SealingKey
  /** False when a key must be made before anything can be sealed for the person. */
  readonly hasKey: (person: string, month: string) => boolean
  /** Makes what several people will be sealed with, where it is not there yet, with one write to disk for all of them. */
  readonly prepare: (people: ReadonlySet<string>, month: string) => void
  /** Undefined when the key was destroyed. */
  readonly opening: (commitment: string) => KeyObject | undefined
  readonly personOf: (alias: string) => string | undefined
  readonly aliasesOf: (person: string) => readonly string[]
  /**
   * Destroys data keys, and the aliases with them unless `keepAliases`. No key of these seals or opens anything
   * from the moment it is called; the bytes are gone from the file when it resolves. The next sealing for a
   * person makes a new key, and a new alias where the old one is gone.
   */
  readonly destroy: (scope: DestroyScope, options?: DestroyOptions) => Promise<Destroyed>
  readonly inventory: () => KeyInventory
  /** False while whoever guards the key-encryption key has not opened it lately; nothing is sealed or opened then. */
  readonly isOpen: () => boolean
  readonly close: () => void
}
