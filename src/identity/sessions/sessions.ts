import { createHmac, randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import type { Person } from '#/core/role.ts'
import { hashOf } from '../keys/key-text.ts'
import type { People } from '../people.ts'
import type { SessionRecord } from '../records.ts'
import type { IdentityStore } from '../store.ts'

const hourMs = 3_600_000

/** A working day: who comes back after lunch is still signed in, who comes back the next morning is not. */
export const idleMs = 8 * hourMs

/** After a week everybody shows the provider again that the account still exists. */
export const absoluteMs = 7 * 24 * hourMs

/** Browsers of one person; the one not seen for longest is signed out when there are more. */
const maxPerPerson = 20

/** Altogether; a session takes about 300 bytes. */
const maxSessions = 50_000

/** Being seen is stored this coarsely: exact to the minute in memory, a write per five minutes and browser on disk. */
const seenCoarseMs = 300_000

export interface Session {
  readonly hash: string
  readonly person: Person
  /** For `x-sallyport-csrf`. */
  readonly csrf: string
}

export interface Sessions {
  readonly find: (token: string) => Session | undefined
  /** Gives the token, which exists nowhere else. */
  readonly start: (personId: string) => Promise<string>
  readonly end: (token: string) => Promise<void>
  /** All of a person: an account that is given back later starts without any. */
  readonly forget: (personId: string) => Promise<void>
  /** When a browser of each person was seen last. */
  readonly seenAt: () => ReadonlyMap<string, number>
  readonly flush: () => Promise<void>
}

export interface SessionServices {
  readonly store: IdentityStore
  readonly people: People
  readonly clock: Clock
}

/** All living sessions in memory, in the order they were last seen; ending one takes effect before it is stored. */
export async function openSessions({ store, people, clock }: SessionServices): Promise<Sessions> {
  const living = new Map<string, SessionRecord>()
  const storedSeen = new Map<string, number>()
  const limits = () => ({ seenAt: clock.now() - idleMs, createdAt: clock.now() - absoluteMs })
  const hasEnded = (session: SessionRecord): boolean =>
    session.seenAt <= limits().seenAt || session.createdAt <= limits().createdAt

  const keep = (session: SessionRecord): void => {
    living.delete(session.hash)
    living.set(session.hash, session)
  }
  const forget = async (hashes: readonly string[]): Promise<void> => {
    for (const hash of hashes) {
      living.delete(hash)
      storedSeen.delete(hash)
    }
    await store.deleteSessions(hashes)
  }
  for (const session of await store.readSessions(limits())) {
    keep(session)
    storedSeen.set(session.hash, session.seenAt)
  }

  const find = (token: string): Session | undefined => {
    const hash = hashOf(token)
    const record = living.get(hash)
    if (record === undefined || hasEnded(record)) return undefined
    const person = people.findCurrent(record.personId)
    if (person === undefined) return undefined
    keep({ ...record, seenAt: clock.now() })
    return { hash, person, csrf: csrfOf(token) }
  }

  const start = async (personId: string): Promise<string> => {
    const token = randomBytes(32).toString('base64url')
    const now = clock.now()
    await forget(surplus(living, personId))
    const record = { hash: hashOf(token), personId, createdAt: now, seenAt: now }
    await store.insertSession(record)
    keep(record)
    storedSeen.set(record.hash, now)
    return token
  }

  const flush = async (): Promise<void> => {
    await forget([...living.values()].filter(hasEnded).map(({ hash }) => hash))
    const moved = [...living.values()].filter(
      ({ hash, seenAt }) => seenAt - (storedSeen.get(hash) ?? 0) >= seenCoarseMs,
    )
    await store.saveSeen(moved)
    for (const { hash, seenAt } of moved) if (living.has(hash)) storedSeen.set(hash, seenAt)
  }

  const forgetPerson = (personId: string): Promise<void> =>
    forget([...living.values()].filter((session) => session.personId === personId).map(({ hash }) => hash))

  return {
    find,
    start,
    flush,
    end: (token) => forget([hashOf(token)]),
    forget: forgetPerson,
    // In the order seen, so that the last one stays.
    seenAt: () => new Map([...living.values()].map(({ personId, seenAt }) => [personId, seenAt])),
  }
}

/** What has to go so that one more fits; `living` is in the order last seen. */
function surplus(living: ReadonlyMap<string, SessionRecord>, personId: string): string[] {
  const own = [...living.values()].filter((session) => session.personId === personId).map(({ hash }) => hash)
  const oldest = living.size >= maxSessions ? [living.keys().next().value as string] : []
  return [...new Set([...own.slice(0, Math.max(0, own.length - maxPerPerson + 1)), ...oldest])]
}

/**
 * The token a page sends back with every write. It is derived from the session's token, which only the browser
 * holds: a page elsewhere can neither read nor compute it, and a stolen copy of the store does not give it away.
 */
const csrfOf = (token: string): string =>
  createHmac('sha256', token).update('sallyport csrf').digest('base64url')
