/** What a key-encryption key looks like once a guard has sealed it: only the same guard opens it. */
export interface SealedKek {
  /** The guard's own form, as text. */
  readonly sealed: string
  /** Which of the guard's own keys opens it: a version or a name. Empty when it has none. */
  readonly holder: string
}

export interface OpenedKek {
  /** 32 bytes. The caller overwrites them once it has made a key of them. */
  readonly bytes: Buffer
  /** It opened, but should be sealed anew: with a former passphrase. */
  readonly isStale: boolean
}

/** Who keeps the key-encryption key closed while it lies on disk. */
export interface KeyGuard {
  readonly name: string
  /** Elsewhere: what it opened is used for a minute at most, unless it opens it again. */
  readonly isRemote: boolean
  /** Rejects with an `Error` that says what to do, as all of these. */
  readonly seal: (kek: Buffer, version: number) => Promise<SealedKek>
  readonly open: (sealed: SealedKek, version: number) => Promise<OpenedKek>
  /** The guard has a newer key of its own than the one that sealed this: it should be sealed anew. */
  readonly isBehind?: (sealed: SealedKek) => Promise<boolean>
  /** Before a new version of the key-encryption key is sealed: the guard takes a new key of its own. */
  readonly advance: () => Promise<void>
  /** Makes everything sealed by this holder unreadable for ever, also in copies; `current` stays. Says what was done. */
  readonly destroy: (holder: string, current: string) => Promise<string>
}

export interface KeyGuards {
  /** Seals from now on. */
  readonly current: KeyGuard
  /** Every guard that may have to open what an earlier setting sealed, by name; `current` among them. */
  readonly all: ReadonlyMap<string, KeyGuard>
}
