import type { Clock } from '#/core/clock.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { RuleSlice } from '#/policy/api.ts'
import type { IdentitySettings } from '#/settings/api.ts'
import type { Identity } from '../api.ts'
import type { WriteEntry } from '../entry.ts'
import type { People } from '../people.ts'
import type { AccessUse, Grant, PersonAccess, Reach } from './api.ts'
import type { AskedDenial, AskedExplanation, AskedRole, AskedUseCase } from './asked.ts'
import {
  type AccessWorld,
  explainForReview,
  explainOffering,
  explainPerson,
  explainReach,
} from './explain.ts'
import { createGrants, type Grants } from './grants.ts'
import { mostDaysOf } from './limits.ts'
import { isOwnAddress } from './own-address.ts'
import { openRequests, type Requests } from './requests.ts'
import type { Standing } from './standing.ts'
import type { AccessStore, RequestRecord } from './store.ts'
import { createUse, reviewUses, type UseOfAccess } from './use.ts'

export interface AccessServices {
  readonly standing: Standing
  readonly store: AccessStore
  readonly people: People
  readonly writeEntry: WriteEntry
  readonly clock: Clock
  readonly settings: Pick<IdentitySettings, 'groups' | 'grants'>
  /** What serves now. */
  readonly slice: () => RuleSlice
}

/** Who may do what, and until when. What is asked here was read; who asks is checked here. */
export interface Access {
  readonly standing: Standing
  readonly grants: Grants
  readonly requests: Requests
  readonly use: UseOfAccess
  /** By an owner, or by the command line. A role of owner waits for a second one where there is one. */
  readonly giveRole: (
    asked: AskedRole,
    by: Person | string,
  ) => Promise<{ readonly grant: Grant } | { readonly request: RequestRecord }>
  /** By the owner of the use case, security, an owner, or the command line. */
  readonly giveUseCase: (asked: AskedUseCase, by: Person | string) => Promise<Grant>
  readonly deny: (asked: AskedDenial, by: Person | string) => Promise<Grant>
  readonly end: (id: string, reason: string, by: Person | string) => Promise<void>
  /** Throws `not-found`. */
  readonly explain: (asked: AskedExplanation) => Promise<PersonAccess | Reach>
  readonly accessOf: (person: Person) => PersonAccess
  /** Longest unused first. */
  readonly uses: () => Promise<readonly AccessUse[]>
  readonly grantRoles: Identity['grantRoles']
}

export async function openAccess(services: AccessServices): Promise<Access> {
  const { standing, store, people, clock, settings, slice, writeEntry } = services
  const grants = createGrants({ standing, store, writeEntry, clock, settings: settings.grants })
  grants.onChanged(people.refreshRoles)
  const ownerOf = (useCase: string): string | undefined => slice().useCases.get(useCase)?.owner
  const requests = await openRequests({
    store,
    grants,
    people,
    writeEntry,
    clock,
    settings: settings.grants,
    ownerOf,
  })
  const use = createUse(store, clock, people.everybody())
  people.onChanged((id) => {
    const person = people.findCurrent(id)
    if (person !== undefined) use.noteChange(person)
  })

  const groupsById = new Map(settings.groups.map((each) => [each.group, each]))
  const world = (): AccessWorld => ({
    slice: slice(),
    people: people.everybody(),
    grantsAbout: ({ id, groups }) => standing.about(id, groups),
    groups: groupsById,
    nowMs: clock.now(),
  })
  const usualDays = (what: 'role' | 'use-case', target: string): number =>
    Math.min(usualGrantDays, mostDaysOf(what, target, settings.grants))
  const decidesAbout = (useCase: string, by: Person): boolean =>
    isOneOf(by, ['security', 'owner']) || isOwnAddress(people, ownerOf(useCase), by)

  const giveRole: Access['giveRole'] = async ({ email, role, days, reason }, by) => {
    const person = await people.findOrInvite(email)
    const asked = {
      what: 'role',
      target: role,
      personId: person.id,
      days: days ?? usualDays('role', role),
      reason,
      by: idOf(by),
    } as const
    if (asked.by === person.id) throw new Refusal('own-grant')
    if (role !== 'owner') return { grant: await grants.give(asked) }
    const others = people.holdersOf(['owner']).filter(({ id }) => id !== asked.by && id !== person.id)
    if (others.length > 0) return { request: await requests.ask(asked) }
    if (typeof by !== 'string') return { grant: await grants.give(asked) }
    throw new Refusal('request-invalid', {
      field: 'role',
      problem: 'no owner is there to approve it: name the address in identity.owners and start again',
    })
  }

  const personOf = (email: string): Person => {
    const found = people.findByEmail(email).filter(({ id }) => people.findCurrent(id) !== undefined)
    const [person] = found
    if (person === undefined) throw new Refusal('not-found', { what: 'person' })
    if (found.length > 1) throw new Refusal('person-ambiguous')
    return person
  }

  return {
    standing,
    grants,
    requests,
    use,
    giveRole,
    giveUseCase: async ({ email, useCase, days, reason }, by) => {
      if (typeof by !== 'string' && !decidesAbout(useCase, by)) throw needs(['security', 'owner'])
      if (ownerOf(useCase) === undefined) throw new Refusal('not-found', { what: 'use case that serves' })
      const person = await people.findOrInvite(email)
      const what = 'use-case'
      const lasting = days ?? usualDays(what, useCase)
      return grants.give({ what, target: useCase, personId: person.id, days: lasting, reason, by: idOf(by) })
    },
    deny: async ({ email, group, what, target, days, reason }, by) => {
      if (typeof by !== 'string' && what === 'role' && !isOneOf(by, ['owner'])) throw needs(['owner'])
      const personId = email === undefined ? undefined : (await people.findOrInvite(email)).id
      return grants.deny({ what, target, personId, group, days, reason, by: idOf(by) })
    },
    end: async (id, reason, by) => {
      const grant = standing.find(id)
      if (typeof by !== 'string') {
        if (grant === undefined || !mayEnd(grant, by, decidesAbout))
          throw new Refusal('not-found', { what: 'grant' })
      }
      await grants.end({ id, reason, by: idOf(by), groups: typeof by === 'string' ? [] : by.groups })
    },
    explain: async ({ offering, useCase, person }) => {
      if (person !== undefined) return explainPerson(personOf(person), world())
      const found =
        offering === undefined
          ? await explainReach(useCase ?? '', world())
          : await explainOffering(offering, world())
      if (found !== undefined) return found
      throw new Refusal('not-found', {
        what: `${offering === undefined ? 'use case' : 'offering'} that serves`,
      })
    },
    accessOf: (person) => explainPerson(person, world()),
    uses: async () => {
      const known = await use.read()
      const all = world()
      const reviewed = reviewUses(
        await explainForReview(all),
        known,
        (id) => standing.find(id)?.atMs,
        all.nowMs,
      )
      return reviewed.toSorted((one, other) => other.unusedDays - one.unusedDays)
    },
    grantRoles: async ({ email, roles, by, reason = 'granted', days }) => {
      const person = await people.findOrInvite(email)
      for (const role of roles)
        await grants.give({
          what: 'role',
          target: role,
          personId: person.id,
          days: days ?? usualDays('role', role),
          reason,
          by,
        })
    },
  }
}

/** A quarter, or what the settings allow where that is less. */
const usualGrantDays = 90

const idOf = (by: Person | string): string => (typeof by === 'string' ? by : by.id)

export const isOneOf = ({ roles }: Person, wanted: readonly Role[]): boolean =>
  roles.some((role) => wanted.includes(role))

const needs = (roles: readonly Role[]): Refusal => new Refusal('role-missing', { roles })

/** One's own may always be given back; a denial is ended by somebody who could have made it. */
function mayEnd(grant: Grant, by: Person, decidesAbout: (useCase: string, by: Person) => boolean): boolean {
  if (grant.effect === 'allow' && grant.person === by.id) return true
  if (grant.what === 'role') return isOneOf(by, ['owner'])
  if (grant.effect === 'deny') return isOneOf(by, ['security', 'owner'])
  return decidesAbout(grant.target, by)
}
