/** What a session has at the provider it came from, as it is stored. Times in ms since 1970. */
export interface ProviderSession {
  /** The id of our session. */
  readonly session: string
  readonly personId: string
  /** The id of the provider. */
  readonly provider: string
  /** `iss`, `sub` and `sid` of the ID token, as the provider writes them. */
  readonly issuer: string
  readonly subject: string
  readonly sid: string | undefined
  /** Whether its secrets hold a refresh token. */
  readonly isRenewable: boolean
  /** The refresh token was sent and no answer came: the provider may have taken it, and then calls it used the next time. */
  readonly isInDoubt: boolean
  /** When the provider was last asked, the sign-in included. */
  readonly askedAt: number
}

/** Sealed together, under a key of the person; never in memory for longer than they are needed. */
export interface ProviderSecretsOfSession {
  readonly refreshToken: string | undefined
  /** To sign out at the provider with (`id_token_hint`). */
  readonly idToken: string | undefined
}
