import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { GrantSettings } from '#/settings/api.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { RequestState } from './api.ts'
import { entryOfDecision, entryOfRequest } from './entries.ts'
import type { Grants } from './grants.ts'
import { assertDays, assertRole, dayMs, mostDaysOf } from './limits.ts'
import { isOwnAddress } from './own-address.ts'
import type { AccessStore, RequestDecision, RequestRecord } from './store.ts'

export interface AskedAccess {
  readonly what: 'role' | 'use-case'
  readonly target: string
  readonly personId: string
  readonly days: number
  readonly reason: string
  /** A person's id, or the name of what asks. */
  readonly by: string
}

/** Requests for access: asked for with a reason, decided by somebody else, over by themselves. */
export interface Requests {
  /** Throws `request-invalid`, `access-requests-most`. */
  readonly ask: (asked: AskedAccess) => Promise<RequestRecord>
  /** Throws `not-found`, `own-grant`, `role-missing`, `access-decided`. */
  readonly decide: (
    id: string,
    asked: {
      readonly verdict: 'approve' | 'decline'
      readonly reason: string
      readonly days?: number | undefined
    },
    by: Person,
  ) => Promise<RequestRecord>
  readonly withdraw: (id: string, by: Person) => Promise<RequestRecord>
  /** One's own and those one may decide, the newest first. */
  readonly seenBy: (person: Person) => readonly RequestRecord[]
  readonly mayDecide: (request: RequestRecord, person: Person) => boolean
  readonly stateOf: (request: RequestRecord) => RequestState
}

export interface RequestServices {
  readonly store: AccessStore
  readonly grants: Grants
  readonly people: Pick<People, 'find' | 'findByEmail'>
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly settings: GrantSettings
  /** The e-mail address of the owner of a use case that serves; undefined when none does. */
  readonly ownerOf: (useCase: string) => string | undefined
}

/** Nobody looks at an older one any more: it is asked for again. */
const waitsMs = 14 * dayMs
const keptMs = 400 * dayMs
const mostWaiting = 2_000
const mostPerDay = 20
const listMost = 500

/** Reads what was asked for within the last year and keeps it in memory. */
export async function openRequests(services: RequestServices): Promise<Requests> {
  const { store, grants, people, writeEntry, clock, settings, ownerOf } = services
  const known = new Map<string, RequestRecord>()
  for (const request of await store.readRequests(clock.now() - keptMs)) known.set(request.id, request)
  // While one decision is written another must not begin.
  const busy = new Set<string>()

  const stateOf = ({ decision, atMs }: RequestRecord): RequestState =>
    decision?.verdict ?? (clock.now() < atMs + waitsMs ? 'waiting' : 'expired')

  /** The same address at two providers is two people here, and may be one at a desk: verified or not. */
  const isOwn = (request: RequestRecord, person: Person): boolean =>
    isAbout(request, person) ||
    (person.email !== '' &&
      [request.personId, request.by].some((id) => people.find(id)?.email === person.email))

  const mayDecide = (request: RequestRecord, person: Person): boolean => {
    if (isOwn(request, person)) return false
    if (person.roles.includes('owner')) return true
    if (request.what === 'role') return false
    return person.roles.includes('security') || isOwnAddress(people, ownerOf(request.target), person)
  }

  const write = async (request: RequestRecord, decision: RequestDecision): Promise<RequestRecord> => {
    await writeEntry(entryOfDecision(request, decision))
    await store.decideRequest(request.id, decision)
    const decided = { ...request, decision }
    known.set(request.id, decided)
    return decided
  }
  const waiting = (id: string): RequestRecord => {
    const request = known.get(id)
    if (request === undefined) throw new Refusal('not-found', { what: 'request' })
    const state = stateOf(request)
    if (state !== 'waiting' || busy.has(id))
      throw new Refusal('access-decided', { state: busy.has(id) ? 'being decided' : state })
    return request
  }
  const alone = async <T>(id: string, work: () => Promise<T>): Promise<T> => {
    busy.add(id)
    try {
      return await work()
    } finally {
      busy.delete(id)
    }
  }

  return {
    stateOf,
    mayDecide,
    ask: async ({ what, target, personId, days, reason, by }) => {
      if (what === 'role') assertRole(target, 'allow')
      // Two owners decide about an owner: one who proposes, one who approves.
      if (what === 'role' && target === 'owner' && personId === by)
        throw new Refusal('request-invalid', { field: 'role', problem: 'an owner proposes owners; ask one' })
      assertDays(days, mostDaysOf(what, target, settings))
      const now = clock.now()
      assertRoom(known.values(), by, now, (request) => stateOf(request) === 'waiting')
      const same = known
        .values()
        .find(
          (each) =>
            each.personId === personId &&
            each.what === what &&
            each.target === target &&
            stateOf(each) === 'waiting',
        )
      if (same !== undefined) throw new Refusal('access-decided', { state: 'waiting already' })
      const request: RequestRecord = {
        id: `request_${randomId(16)}`,
        what,
        target,
        personId,
        by,
        reason,
        days,
        atMs: now,
        decision: undefined,
      }
      known.set(request.id, request)
      try {
        await writeEntry(entryOfRequest(request))
        await store.insertRequest(request)
      } catch (error) {
        known.delete(request.id)
        throw error
      }
      return request
    },
    decide: async (id, { verdict, reason, days }, by) => {
      const request = waiting(id)
      if (isOwn(request, by)) throw new Refusal('own-grant')
      if (!mayDecide(request, by)) throw new Refusal('not-found', { what: 'request' })
      const { what, target, personId } = request
      if (verdict === 'decline')
        return alone(id, () => write(request, { verdict: 'declined', by: by.id, atMs: clock.now(), reason }))
      if (what === 'use-case' && ownerOf(target) === undefined)
        throw new Refusal('not-found', { what: 'use case that serves' })
      const given = days ?? request.days
      assertDays(given, request.days)
      return alone(id, async () => {
        await grants.give({ what, target, personId, days: given, reason: request.reason, by: by.id })
        return write(request, { verdict: 'approved', by: by.id, atMs: clock.now(), reason })
      })
    },
    withdraw: async (id, by) => {
      const request = known.get(id)
      if (request === undefined || !isAbout(request, by)) throw new Refusal('not-found', { what: 'request' })
      waiting(id)
      return alone(id, () =>
        write(request, { verdict: 'withdrawn', by: by.id, atMs: clock.now(), reason: '' }),
      )
    },
    seenBy: (person) =>
      [...known.values()]
        .filter((request) => isAbout(request, person) || mayDecide(request, person))
        .reverse()
        .slice(0, listMost),
  }
}

const isAbout = ({ personId, by }: RequestRecord, { id }: Person): boolean => personId === id || by === id

function assertRoom(
  requests: Iterable<RequestRecord>,
  by: string,
  now: number,
  isWaiting: (request: RequestRecord) => boolean,
): void {
  let together = 0
  let today = 0
  for (const request of requests) {
    if (isWaiting(request)) together++
    if (request.by === by && request.atMs > now - dayMs) today++
  }
  if (together >= mostWaiting || today >= mostPerDay)
    throw new Refusal('access-requests-most', { limit: today >= mostPerDay ? mostPerDay : mostWaiting })
}
