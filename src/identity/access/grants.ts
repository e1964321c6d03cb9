import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { GrantSettings } from '#/settings/api.ts'
import type { WriteEntry } from '../entry.ts'
import type { Grant, TargetKind } from './api.ts'
import { entryOfEnd, entryOfGrant } from './entries.ts'
import { assertDays, assertRole, dayMs, mostDaysOf } from './limits.ts'
import type { Standing } from './standing.ts'
import type { AccessStore } from './store.ts'

export interface AskedGrant {
  readonly what: 'role' | 'use-case'
  readonly target: string
  readonly personId: string
  readonly days: number
  readonly reason: string
  /** A person's id, or the name of what asks. */
  readonly by: string
}

export interface AskedDenial {
  readonly what: TargetKind
  readonly target: string
  /** One of the two. */
  readonly personId?: string | undefined
  readonly group?: string | undefined
  /** In days from now; until somebody ends it when left out. */
  readonly days?: number | undefined
  readonly reason: string
  readonly by: string
}

/** The acts that give, deny and end access. */
export interface Grants {
  /** Throws `own-grant`, `request-invalid`. */
  readonly give: (asked: AskedGrant) => Promise<Grant>
  readonly deny: (asked: AskedDenial) => Promise<Grant>
  /** Throws `not-found`. `groups` are those of whoever asks. */
  readonly end: (asked: {
    readonly id: string
    readonly by: string
    readonly groups?: readonly string[]
    readonly reason: string
  }) => Promise<void>
  /** Called after anything was given, denied or has ended. */
  readonly onChanged: (listener: () => void) => void
  /** Ends in store and log what has ended by its date. It stopped counting at that moment. */
  readonly endExpired: () => Promise<void>
}

export interface GrantServices {
  readonly standing: Standing
  readonly store: AccessStore
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly settings: GrantSettings
}

/** More than any company gives one by one: groups are for the many. */
const mostGrants = 20_000
const mostPerPerson = 200
const mostDenialDays = 3_650

export function createGrants({ standing, store, writeEntry, clock, settings }: GrantServices): Grants {
  const listeners: (() => void)[] = []
  // When to look for what has ended by its date; at once after a start.
  let nextEndMs = 0
  const tell = (): void => {
    nextEndMs = Math.min(nextEndMs, standing.nextEndMs())
    for (const listener of listeners) listener()
  }
  // Ended here, but storing or logging it failed: it is tried again.
  const unfinished = new Map<
    string,
    { readonly grant: Grant; readonly by: string; readonly reason: string }
  >()

  const finish = async (id: string): Promise<void> => {
    const end = unfinished.get(id)
    if (end === undefined) return
    await store.endGrant({ id, by: end.by, atMs: clock.now() })
    await writeEntry(entryOfEnd(end.grant, end.by, end.reason))
    unfinished.delete(id)
  }

  const give: Grants['give'] = async ({ what, target, personId, days, reason, by }) => {
    if (by === personId) throw new Refusal('own-grant')
    if (what === 'role') assertRole(target, 'allow')
    assertDays(days, mostDaysOf(what, target, settings))
    assertRoom(standing, personId)
    const atMs = clock.now()
    const untilMs = atMs + days * dayMs
    const grant: Grant = {
      ...base(what, target, by, atMs),
      effect: 'allow',
      person: personId,
      reason,
      untilMs,
    }
    // Counts only once it is in the log.
    await writeEntry(entryOfGrant(grant))
    await store.insertGrant(grant)
    standing.put(grant)
    tell()
    return grant
  }

  const deny: Grants['deny'] = async ({ what, target, personId, group, days, reason, by }) => {
    if (what === 'role') assertRole(target, 'deny')
    if (days !== undefined) assertDays(days, mostDenialDays)
    if ((personId === undefined) === (group === undefined))
      throw new Refusal('request-invalid', { field: 'person', problem: 'name a person or a group' })
    assertRoom(standing, personId ?? group ?? '')
    const atMs = clock.now()
    const untilMs = days === undefined ? undefined : atMs + days * dayMs
    const denial: Grant = {
      ...base(what, target, by, atMs),
      effect: 'deny',
      person: personId,
      group,
      reason,
      untilMs,
    }
    // Stops first and writes after, as everything that takes access away.
    standing.put(denial)
    tell()
    await store.insertGrant(denial)
    await writeEntry(entryOfGrant(denial))
    return denial
  }

  const end: Grants['end'] = async ({ id, by, groups = [], reason }) => {
    if (unfinished.has(id)) return finish(id)
    const grant = standing.find(id)
    if (grant === undefined) throw new Refusal('not-found', { what: 'grant' })
    if (grant.effect === 'deny') {
      if (grant.person === by || groups.includes(grant.group ?? '')) throw new Refusal('own-grant')
      await writeEntry(entryOfEnd(grant, by, reason))
      await store.endGrant({ id, by, atMs: clock.now() })
      standing.remove(id)
      tell()
      return
    }
    standing.remove(id)
    unfinished.set(id, { grant, by, reason })
    tell()
    await finish(id)
  }

  const endExpired = async (): Promise<void> => {
    if (clock.now() < nextEndMs && unfinished.size === 0) return
    const ended = standing.takeEnded()
    nextEndMs = standing.nextEndMs()
    for (const grant of ended) unfinished.set(grant.id, { grant, by: 'clock', reason: 'expired' })
    if (ended.length > 0) tell()
    for (const id of unfinished.keys()) await finish(id)
  }

  return { give, deny, end, endExpired, onChanged: (listener) => listeners.push(listener) }
}

const base = (what: TargetKind, target: string, by: string, atMs: number) => ({
  id: `grant_${randomId(16)}`,
  what,
  target,
  by,
  atMs,
  group: undefined,
})

function assertRoom(standing: Standing, who: string): void {
  const most = standing.about(who, []).length >= mostPerPerson ? mostPerPerson : mostGrants
  if (most === mostGrants && standing.all().length < mostGrants) return
  throw new Refusal('request-invalid', {
    field: 'person',
    problem: `there are ${most} grants already; end some first, or use a group`,
  })
}
