import type { JsonObject } from '#/core/json.ts'

/** A person as one directory tells it. */
export interface ScimUser {
  readonly id: string
  /** The SCIM client that told it: each sees only its own. */
  readonly client: string
  readonly personId: string
  /** What the directory said: `userName`, `externalId`, `active` and the rest, under the names of the schema. */
  readonly body: JsonObject
  readonly version: number
  readonly createdAt: number
  readonly changedAt: number
  /** The person's account was ended because of this: only then does the directory give it back. */
  readonly isEndedHere: boolean
  readonly deactivatedAt: number | undefined
  /** Kept after a DELETE, unseen: whoever comes back is known again. */
  readonly deletedAt: number | undefined
}

export interface ScimGroup {
  readonly id: string
  readonly client: string
  readonly displayName: string
  readonly externalId: string | undefined
  /** Ids of `ScimUser`. */
  readonly members: ReadonlySet<string>
  readonly version: number
  readonly createdAt: number
  readonly changedAt: number
}

/** Whether deactivations of a client wait, and until when none does. */
export interface PauseRecord {
  readonly client: string
  readonly pausedAt: number | undefined
  readonly openUntil: number
}

export const userNameOf = ({ body }: Pick<ScimUser, 'body'>): string => String(body['userName'])
export const externalIdOf = ({ body }: Pick<ScimUser, 'body'>): string | undefined =>
  typeof body['externalId'] === 'string' ? body['externalId'] : undefined
export const isActive = ({ body }: Pick<ScimUser, 'body'>): boolean => body['active'] !== false

/** What a mapping of groups to roles names: the directory's own id when it has one, which no renaming changes. */
export const groupKey = ({ id, externalId }: Pick<ScimGroup, 'id' | 'externalId'>): string => externalId ?? id
