import { randomBytes } from 'node:crypto'
import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { SessionSettings } from '#/settings/api.ts'
import type { WriteEntry } from '../entry.ts'
import { hashOf } from '../keys/key-text.ts'
import type { People } from '../people.ts'
import { ageOf, type Moment, momentNow } from './age.ts'
import { SessionBook } from './book.ts'
import { type Held, heldOf, idOf } from './held.ts'
import type { CameFrom, SessionRecord, SignedIn } from './record.ts'
import type { SessionStore } from './store.ts'

/** Browsers of one person; the one not seen for longest is signed out when there are more. */
const maxPerPerson = 20

/** Altogether; a session takes about 800 bytes. */
const maxSessions = 50_000

/** Being seen is stored this coarsely: exact in memory, a write per five minutes and browser on disk. */
const seenCoarseMs = 300_000

/** A copied cookie is of use for this long, as long as its owner goes on. */
export const renewEveryMs = 900_000

/** Requests that were on their way with the token before still count. */
export const overlapMs = 60_000

export interface Session {
  readonly id: string
  readonly person: Person
  /** For `x-sallyport-csrf`; the same as long as the session lasts, so that other tabs go on. */
  readonly csrf: string
  /** When it ends if nothing more is done with it. */
  readonly endsInMs: number
  readonly signedIn: SignedIn
}

/** A session as its person sees it in the list. */
export interface ListedSession extends CameFrom {
  readonly id: string
  readonly createdAt: number
  readonly seenAt: number
  readonly signedIn: SignedIn
}

/** Why a session is ended; stands in the log. */
export type EndReason =
  | 'by-person'
  | 'everywhere'
  | 'by-office'
  | 'token-reused'
  | 'too-many'
  | 'replaced'
  | 'provider-sign-out'
  | 'provider-refused'

export interface Ending {
  /** Who ends it: a person's id, or `sallyport`. */
  readonly by: string
  readonly reason: EndReason
}

export interface Sessions {
  /** Finds and counts as use. A token that was replaced a while ago ends the session: somebody has a copy of it. */
  readonly find: (token: string) => Session | undefined
  /** Finds without counting as use. */
  readonly look: (token: string) => Session | undefined
  /** By its id, for an exchange under way: counts as use, since somebody reads the answer. */
  readonly isLiving: (id: string) => boolean
  /** Gives the token, which exists nowhere else. Throws `account-ended` when it ended meanwhile. */
  readonly start: (personId: string, signedIn: SignedIn, from: CameFrom) => Promise<string>
  /** A new sign-in of the same person: the session goes on under a new token, and the old one is no good at once. */
  readonly signInAgain: (id: string, signedIn: SignedIn, from: CameFrom) => Promise<string>
  /** A new token when it is time for one. The old one counts until the browser has come with the new one. */
  readonly renew: (token: string) => Promise<string | undefined>
  /**
   * Its provider has just said that the person is still there: its longest life begins anew, once that is in the log, and
   * only when a quarter of it is over. Proves no fresh sign-in.
   */
  readonly confirm: (id: string, provider: string) => Promise<void>
  readonly has: (id: string) => boolean
  /** How long ago the person last showed who they are; undefined when nobody says. */
  readonly signedInAgoMs: (id: string) => number | undefined
  readonly list: (personId: string) => readonly ListedSession[]
  /** Its own sign-out: no entry of its own. */
  readonly signOut: (id: string) => Promise<void>
  /** Gives how many there were. */
  readonly end: (ids: readonly string[], ending: Ending) => Promise<number>
  readonly endAllOf: (personId: string, ending: Ending) => Promise<number>
  /** When a browser of each person was seen last. */
  readonly seenAt: () => ReadonlyMap<string, number>
  readonly flush: () => Promise<void>
}

export interface SessionServices {
  readonly store: SessionStore
  readonly people: People
  readonly clock: Clock
  readonly settings: SessionSettings
  readonly writeEntry: WriteEntry
  readonly onError: (error: unknown) => void
  /** Told what is used, whenever it is. */
  readonly onUsed?: (id: string) => void
  /** Told what is gone, the moment it is. */
  readonly onGone?: (id: string) => void
}

/** All living sessions in memory; ending one takes effect before it is stored. */
export async function openSessions(services: SessionServices): Promise<Sessions> {
  const { store, people, clock, settings, writeEntry, onError } = services
  const { onUsed = () => undefined, onGone = () => undefined } = services
  const [idleMs, absoluteMs] = [settings.idleMinutes * 60_000, settings.absoluteHours * 3_600_000]
  const book = new SessionBook()
  // What is gone here and still stands in the store: nobody may come back to it after a restart.
  const toRemove = new Set<string>()

  const endsInMs = ({ confirmed, seen }: Held, now: Moment): number =>
    Math.min(idleMs - ageOf(seen, now), absoluteMs - ageOf(confirmed, now))
  const hasEnded = (held: Held): boolean => endsInMs(held, momentNow(clock)) <= 0

  const removeStored = async (): Promise<void> => {
    const ids = [...toRemove]
    await store.remove(ids)
    for (const id of ids) toRemove.delete(id)
  }
  const forget = async (ids: readonly string[]): Promise<void> => {
    for (const id of ids) {
      if (!book.remove(id)) continue
      toRemove.add(id)
      onGone(id)
    }
    await removeStored()
  }

  const opened = momentNow(clock)
  for (const record of await store.read()) {
    book.keep(heldOf(record, opened, overlapMs))
    if (people.isEnded(record.personId)) {
      book.remove(record.id)
      toRemove.add(record.id)
    }
  }
  await forget(book.all().filter(hasEnded).map(idOf))
  people.onEnded((personId) => void forget(book.of(personId).map(idOf)).catch(onError))

  const living = (held: Held | undefined): Session | undefined => {
    if (held === undefined) return undefined
    const left = endsInMs(held, momentNow(clock))
    const person = left <= 0 ? undefined : people.findCurrent(held.record.personId)
    if (person === undefined) return undefined
    const { id, csrf, signedIn } = held.record
    return { id, person, csrf, endsInMs: left, signedIn }
  }
  const touch = (held: Held): Held => book.keep({ ...held, seen: momentNow(clock) })

  /** Whose token this is now: one that was replaced counts a little longer, and is a theft after that. */
  const heldBy = (token: string): Held | undefined => {
    const hash = hashOf(token)
    const held = book.byHash(hash)
    if (held === undefined || held.record.hash === hash) return held
    if (held.record.nextHash === hash) {
      const { record } = held
      const moved = { ...record, hash, nextHash: undefined, previousHash: record.hash }
      store.save(moved).catch(onError)
      return book.keep({ ...held, record: moved, replaced: momentNow(clock), countsMs: overlapMs })
    }
    const retiredMs = ageOf(held.replaced, momentNow(clock))
    if (retiredMs < held.countsMs) return held
    if (retiredMs >= overlapMs)
      end([held.record.id], { by: 'sallyport', reason: 'token-reused' }).catch(onError)
    return undefined
  }

  const start: Sessions['start'] = async (personId, signedIn, from) => {
    await end(surplus(book, personId), { by: 'sallyport', reason: 'too-many' })
    if (people.isEnded(personId)) throw new Refusal('account-ended')
    const token = newToken()
    const moment = momentNow(clock)
    const record: SessionRecord = {
      id: `session_${randomId(16)}`,
      personId,
      hash: hashOf(token),
      nextHash: undefined,
      previousHash: undefined,
      renewedAt: moment.wallMs,
      csrf: newToken(),
      createdAt: moment.wallMs,
      confirmedAt: moment.wallMs,
      seenAt: moment.wallMs,
      signedIn,
      from,
    }
    // Kept before it is stored, so that what ends its person meanwhile ends it, too. Nobody has the token yet.
    book.keep(heldOf(record, moment, overlapMs))
    try {
      await store.save(record)
    } catch (error) {
      book.remove(record.id)
      throw error
    }
    if (book.find(record.id) !== undefined) return token
    toRemove.add(record.id)
    await removeStored()
    throw new Refusal('account-ended')
  }

  const signInAgain: Sessions['signInAgain'] = async (id, signedIn, from) => {
    const held = book.find(id)
    if (held === undefined) throw new Error(`the session ${id} ended while its person signed in again`)
    const token = newToken()
    const moment = momentNow(clock)
    const record: SessionRecord = {
      ...held.record,
      hash: hashOf(token),
      nextHash: undefined,
      previousHash: held.record.hash,
      renewedAt: moment.wallMs,
      createdAt: moment.wallMs,
      confirmedAt: moment.wallMs,
      seenAt: moment.wallMs,
      signedIn,
      from,
    }
    // At once: whoever put a session into this browser must not share the one that comes out.
    book.keep(heldOf(record, moment, 0))
    await store.save(record)
    return token
  }

  const renew: Sessions['renew'] = async (token) => {
    const held = book.byHash(hashOf(token))
    const isCurrent = held !== undefined && held.record.hash === hashOf(token)
    if (!isCurrent || hasEnded(held) || ageOf(held.renewed, momentNow(clock)) < renewEveryMs) return undefined
    const next = newToken()
    const renewed = momentNow(clock)
    const record = { ...held.record, nextHash: hashOf(next), renewedAt: renewed.wallMs }
    // Kept before it is stored: of two tabs that ask at once, one gets a token.
    book.keep({ ...held, record, renewed })
    await store.save(record)
    return next
  }

  const confirm: Sessions['confirm'] = async (id, provider) => {
    const asked = book.find(id)
    if (asked === undefined || hasEnded(asked)) return
    if (ageOf(asked.confirmed, momentNow(clock)) < absoluteMs / 4) return
    const { personId } = asked.record
    await writeEntry({ kind: 'session-renewed', subject: personId, facts: { about: provider } })
    const held = book.find(id)
    if (held === undefined || hasEnded(held)) return
    const confirmed = momentNow(clock)
    const record = { ...held.record, confirmedAt: confirmed.wallMs }
    book.replace({ ...held, record, confirmed })
    await store.save(record)
  }

  const end: Sessions['end'] = async (ids, { by, reason }) => {
    const ended = ids.flatMap((id) => book.find(id) ?? [])
    await forget(ended.map(idOf))
    for (const { record } of ended)
      await writeEntry({ kind: 'session-ended', subject: record.personId, facts: { about: by, reason } })
    return ended.length
  }

  const flush = async (): Promise<void> => {
    await forget(book.all().filter(hasEnded).map(idOf))
    const moved = book
      .all()
      .filter(({ record, seen }) => seen.wallMs - record.seenAt >= seenCoarseMs)
      .map((held) => ({ ...held, record: { ...held.record, seenAt: held.seen.wallMs } }))
    await store.saveSeen(moved.map(({ record }) => record))
    for (const { record } of moved) {
      const held = book.find(record.id)
      if (held !== undefined) book.replace({ ...held, record: { ...held.record, seenAt: record.seenAt } })
    }
  }

  return {
    find: (token) => {
      const held = heldBy(token)
      const session = living(held)
      if (held === undefined || session === undefined) return undefined
      const touched = living(touch(held))
      onUsed(held.record.id)
      return touched
    },
    look: (token) => living(heldBy(token)),
    isLiving: (id) => {
      const held = book.find(id)
      if (held === undefined || living(held) === undefined) return false
      touch(held)
      onUsed(id)
      return true
    },
    start,
    signInAgain,
    renew,
    confirm,
    has: (id) => book.find(id) !== undefined,
    signedInAgoMs: (id) => {
      const held = book.find(id)
      return held?.signedIn === undefined ? undefined : ageOf(held.signedIn, momentNow(clock))
    },
    list: (personId) =>
      book
        .of(personId)
        .filter((held) => !hasEnded(held))
        .map(({ record: { id, createdAt, signedIn, from }, seen }) => ({
          id,
          createdAt,
          seenAt: seen.wallMs,
          signedIn,
          ...from,
        })),
    signOut: (id) => forget([id]),
    end,
    endAllOf: (personId, ending) => end(book.of(personId).map(idOf), ending),
    flush,
    // In the order seen, so that the last one stays.
    seenAt: () => new Map(book.all().map(({ record, seen }) => [record.personId, seen.wallMs])),
  }
}

const newToken = (): string => randomBytes(32).toString('base64url')

/** What has to go so that one more fits. */
function surplus(book: SessionBook, personId: string): string[] {
  const own = book.of(personId)
  const tooMany = own.slice(0, Math.max(0, own.length - maxPerPerson + 1)).map(idOf)
  const oldest = book.size >= maxSessions ? book.oldest() : undefined
  return [...new Set([...tooMany, ...(oldest === undefined ? [] : [idOf(oldest)])])]
}
