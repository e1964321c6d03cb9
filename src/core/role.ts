import type { KeyBounds, ServiceName } from './key-bounds.ts'

/** The roles of a person at work; `employee` is everyone who signed in. */
export const roles = [
  'employee',
  'reviewer',
  'security',
  'legal',
  'engineering',
  'product',
  'auditor',
  'operator',
  'owner',
] as const

export type Role = (typeof roles)[number]

export const isRole = (value: unknown): value is Role =>
  typeof value === 'string' && (roles as readonly string[]).includes(value)

/** Who may call a route: anyone, any signed-in person, a person with one of these roles, or a caller with a key. */
export type Need = 'anyone' | 'person' | 'caller' | readonly [Role, ...Role[]]

/** A signed-in person. Identity is the pair of issuer and subject; the e-mail is for display and binding only. */
export interface Person {
  readonly id: string
  readonly issuer: string
  readonly subject: string
  readonly email: string
  readonly name: string
  readonly roles: readonly Role[]
  /** Groups of the directory, by `SOURCE:ID` where the id is one that never changes: `oidc:7a31...`, `scim:...`. */
  readonly groups: readonly string[]
}

/** Who asks in an exchange: a person through the page, or through a key bound to that person. */
export interface Caller {
  readonly person: Person
  /** Absent when the person came with a session of the page. */
  readonly keyId?: string
  /** The session of the page the person came with. */
  readonly sessionId?: string
  /** The use case the key is bound to. */
  readonly useCase?: string
  /** What else the key is bound to. */
  readonly bounds?: KeyBounds
  /** The application the key is for; `person` is its owner. */
  readonly service?: ServiceName
}
