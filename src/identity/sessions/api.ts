/** `GET /api/sessions`. */
export interface SessionsView {
  readonly sessions: readonly SessionView[]
  /** The name of the provider at which signing out everywhere can sign out, too. */
  readonly signOutAt: string | null
}

/** A browser somebody is signed in with. */
export interface SessionView {
  readonly id: string
  /** `Firefox on Linux`. */
  readonly browser: string
  /** `192.0.2.0/24`. */
  readonly network: string
  readonly signedInAt: string
  readonly seenAt: string
  /** How the person showed who they are, where the provider says: `pwd`, `mfa`. */
  readonly methods: readonly string[]
  /** The one that asks. */
  readonly isCurrent: boolean
}
