/** A person as stored. Without a subject the person is pending: named by e-mail, never signed in. */
export interface PersonRecord {
  readonly id: string
  readonly issuer: string
  readonly subject: string | undefined
  /** Lower case. */
  readonly email: string
  readonly isEmailVerified: boolean
  readonly name: string
  readonly createdAt: number
  readonly boundAt: number | undefined
  /** Since when the address is theirs and verified; undefined: since they were bound. */
  readonly emailHeldAt?: number | undefined
  readonly signedInAt: number | undefined
  /** Since when the account is ended: nothing of this person works any more. */
  readonly endedAt: number | undefined
}

/** One membership of a person, as its source told it last. */
export interface GroupMembership {
  readonly personId: string
  /** Who told: the id of a sign-in provider or of a SCIM client. */
  readonly source: string
  readonly group: string
}

/** What changes of one person's groups at one source. */
export interface GroupChange {
  readonly personId: string
  readonly added: readonly string[]
  readonly removed: readonly string[]
}
