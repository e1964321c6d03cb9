import type { Role } from '#/core/role.ts'

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
  readonly signedInAt: number | undefined
}

export interface RoleGrant {
  readonly personId: string
  readonly role: Role
  readonly by: string
  readonly at: number
}

/** A session as stored: the SHA-256 of its token, never the token. */
export interface SessionRecord {
  readonly hash: string
  readonly personId: string
  readonly createdAt: number
  readonly seenAt: number
}
