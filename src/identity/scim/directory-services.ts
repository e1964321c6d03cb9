import type { Clock } from '#/core/clock.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { ClientPeople } from './client-people.ts'
import type { ScimClient } from './clients.ts'
import type { Pause } from './pause.ts'
import type { ScimStore } from './store.ts'

/** What the changes of one directory stand on. */
export interface DirectoryServices {
  readonly client: ScimClient
  readonly state: ClientPeople
  readonly store: ScimStore
  readonly people: People
  readonly pause: Pause
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  /** Whether a denial stands on this group, `SOURCE:ID`. */
  readonly isDenied: (group: string) => boolean
  /** Runs one change at a time, over all directories: two of them may mean the same person. */
  readonly alone: <T>(work: () => Promise<T>) => Promise<T>
  /** Whether any directory says that this person is not active. */
  readonly isInactiveSomewhere: (personId: string) => boolean
  /** Whether a user other than this one is this person. */
  readonly isNamedElsewhere: (personId: string, userId: string) => boolean
}
