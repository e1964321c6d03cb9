import type { IdentityEntry } from '../entry.ts'
import type { Grant } from './api.ts'
import type { RequestDecision, RequestRecord } from './store.ts'

/** What stands in the readable header: ids and codes. The reason, which somebody typed, is sealed. */
export function entryOfGrant(grant: Grant): IdentityEntry {
  const { effect, what, target, by, untilMs } = grant
  const isRoleGrant = what === 'role' && effect === 'allow'
  return {
    kind: isRoleGrant ? 'role-granted' : 'access-decision',
    ...subjectOf(grant),
    facts: {
      about: by,
      ...targetOf(grant),
      decision: `${effect === 'allow' ? `${what} granted` : `${what} denied`}: ${target}`,
      ...(untilMs === undefined ? {} : { untilMs }),
    },
    payload: payloadOf(grant, grant.reason),
  }
}

/** `reason` is `expired` when the clock ended it; else what somebody typed, and sealed. */
export function entryOfEnd(grant: Grant, by: string, reason: string): IdentityEntry {
  const { effect, what, target } = grant
  return {
    kind: what === 'role' && effect === 'allow' ? 'role-ended' : 'access-decision',
    ...subjectOf(grant),
    facts: {
      about: by,
      ...targetOf(grant),
      decision: `${what} ${effect === 'allow' ? 'grant' : 'denial'} ended: ${target}`,
      reason: by === 'clock' ? 'expired' : 'ended',
    },
    payload: payloadOf(grant, reason),
  }
}

export const entryOfRequest = (request: RequestRecord): IdentityEntry => ({
  kind: 'access-request',
  subject: request.personId,
  facts: {
    about: request.by,
    ...targetOf(request),
    decision: `${request.what} asked for: ${request.target}`,
  },
  payload: JSON.stringify({ request: request.id, days: request.days, reason: request.reason }),
})

export const entryOfDecision = (
  request: RequestRecord,
  { verdict, by, reason }: RequestDecision,
): IdentityEntry => ({
  kind: 'access-decision',
  subject: request.personId,
  facts: {
    about: by,
    ...targetOf(request),
    decision: `request ${verdict}: ${request.what} ${request.target}`,
  },
  payload: JSON.stringify({ request: request.id, reason }),
})

const subjectOf = ({ person }: Grant) => (person === undefined ? {} : { subject: person })

const targetOf = ({ what, target }: Pick<Grant | RequestRecord, 'what' | 'target'>) =>
  what === 'use-case' ? { useCase: target } : {}

const payloadOf = ({ id, group }: Grant, reason: string): string =>
  JSON.stringify({ grant: id, ...(group === undefined ? {} : { group }), reason })
