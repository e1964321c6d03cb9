/** Why an account is ended. A code and no text: it stands in the readable part of the log. */
export const endReasons = ['left', 'suspended', 'incident', 'mistake', 'other'] as const
export type EndReason = (typeof endReasons)[number]

/** Why an account is given back. */
export const restoreReasons = ['returned', 'cleared', 'mistake', 'other'] as const
export type RestoreReason = (typeof restoreReasons)[number]

/** `pending`: named, and never signed in. `former`: of a provider that is no longer configured. */
export const accountStates = ['active', 'pending', 'ended', 'former'] as const
export type AccountState = (typeof accountStates)[number]

/** A person as an owner or the security officer sees them. */
export interface AccountView {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly state: AccountState
  readonly roles: readonly string[]
  /** `id` is what mappings name; `name` is there for groups a directory has pushed. */
  readonly groups: readonly { readonly id: string; readonly name?: string }[]
  readonly createdAtMs: number
  readonly endedAtMs?: number
  /** The last time a browser of theirs was seen here, or they signed in. */
  readonly seenAtMs?: number
}

export interface AccountPage {
  /** How many fit the question, over all pages. */
  readonly total: number
  readonly people: readonly AccountView[]
}
