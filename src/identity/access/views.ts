import type { Person } from '#/core/role.ts'
import type { People } from '../people.ts'
import type { Grant, GrantView, RequestView } from './api.ts'
import type { Requests } from './requests.ts'
import type { RequestRecord } from './store.ts'

/** A person's e-mail address; what is no person stays as it is. */
export const nameWith =
  (people: Pick<People, 'find'>) =>
  (id: string): string =>
    people.find(id)?.email || id

type NameOf = (id: string) => string

export const grantView = (grant: Grant, nameOf: NameOf): GrantView => ({
  id: grant.id,
  effect: grant.effect,
  what: grant.what,
  target: grant.target,
  person: grant.person === undefined ? null : nameOf(grant.person),
  group: grant.group ?? null,
  reason: grant.reason,
  by: nameOf(grant.by),
  at: timeOf(grant.atMs),
  until: grant.untilMs === undefined ? null : timeOf(grant.untilMs),
})

export const requestView = (
  request: RequestRecord,
  requests: Pick<Requests, 'stateOf' | 'mayDecide'>,
  nameOf: NameOf,
  viewer: Person | undefined,
): RequestView => {
  const { id, what, target, personId, by, reason, days, atMs, decision } = request
  const state = requests.stateOf(request)
  return {
    id,
    what,
    target,
    person: nameOf(personId),
    by: nameOf(by),
    reason,
    days,
    at: timeOf(atMs),
    state,
    decision:
      decision === undefined
        ? null
        : { by: nameOf(decision.by), reason: decision.reason, at: timeOf(decision.atMs) },
    isMine: viewer !== undefined && (viewer.id === personId || viewer.id === by),
    mayDecide: state === 'waiting' && viewer !== undefined && requests.mayDecide(request, viewer),
  }
}

const timeOf = (atMs: number): string => new Date(atMs).toISOString()
