/** A session as stored: SHA-256 of its tokens, never a token. Times in ms since 1970. */
export interface SessionRecord {
  readonly id: string
  readonly personId: string
  readonly hash: string
  /** Of the token that was given out to replace it, until the browser has come with it. */
  readonly nextHash: string | undefined
  /** Of the token before. */
  readonly previousHash: string | undefined
  /** When a token was last replaced. */
  readonly renewedAt: number
  /** For `x-sallyport-csrf`. Of no use without the cookie, so it is stored as it is. */
  readonly csrf: string
  readonly createdAt: number
  /** When its provider last said that the person is still there: from then on its longest life is counted. */
  readonly confirmedAt: number
  readonly seenAt: number
  readonly signedIn: SignedIn
  readonly from: CameFrom
}

/** What the provider said of the sign-in. */
export interface SignedIn {
  /** When the person last showed who they are (`auth_time`); undefined when the provider does not say. */
  readonly atMs: number | undefined
  readonly acr: string | undefined
  /** How: `pwd`, `mfa`, `hwk`; RFC 8176. */
  readonly amr: readonly string[]
}

/** Enough for a person to tell one browser from another; nothing that would follow anybody around. */
export interface CameFrom {
  /** `Firefox on Linux`. */
  readonly browser: string
  /** `192.0.2.0/24`. */
  readonly network: string
}
