import { type Asked, personIn, type Route, route } from '#/core/http/route.ts'
import { readWith } from '#/core/http/router.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { UsableUseCase } from '#/policy/api.ts'
import type { People } from '../people.ts'
import { type Access, isOneOf } from './access.ts'
import type { PersonAccess } from './api.ts'
import {
  type AskedDecision,
  type AskedDenial,
  type AskedEnd,
  type AskedRequest,
  type AskedUseCase,
  decisionShape,
  denialShape,
  endShape,
  explainShape,
  grantShape,
  requestShape,
} from './asked.ts'
import { grantView, nameWith, requestView } from './views.ts'

export interface AccessRouteServices {
  readonly access: Access
  readonly people: Pick<People, 'find'>
  readonly useCases: () => Iterable<UsableUseCase>
}

/** Who sees what others have. */
export const onlookers: readonly [Role, ...Role[]] = ['security', 'auditor', 'owner']

/** What people have, ask for and decide. Who may decide is worked out again in `access.ts` and `requests.ts`. */
export const accessRoutes = ({ access, people, useCases }: AccessRouteServices): readonly Route[] => {
  const { requests } = access
  const nameOf = nameWith(people)
  return [
    route({
      method: 'GET',
      path: '/api/access',
      need: 'person',
      reads: 'nothing',
      handle: (asked) => {
        const person = personIn(asked)
        const mine = access.standing.about(person.id, []).filter(({ effect }) => effect === 'allow')
        return {
          json: {
            ...seenByThemself(access.accessOf(person), useCases()),
            listed: listedFor(person, access.accessOf(person), useCases()),
            grants: mine.map((grant) => grantView(grant, nameOf)),
            requests: requests.seenBy(person).map((each) => requestView(each, requests, nameOf, person)),
          },
        }
      },
    }),
    route({
      method: 'GET',
      path: '/api/access/explain',
      need: 'person',
      reads: 'nothing',
      handle: async (asked) => ({ json: await explain(asked, access, useCases()) }),
    }),
    route({
      method: 'GET',
      path: '/api/access/use',
      need: onlookers,
      reads: 'nothing',
      handle: async ({ url }) => {
        const least = readLeast(url.searchParams.get('unusedDays'))
        const all = await access.uses()
        const shown = all.filter(({ unusedDays }) => unusedDays >= least)
        return { json: { uses: shown.slice(0, usesMost), together: shown.length } }
      },
    }),
    route({
      method: 'GET',
      path: '/api/access/grants',
      need: onlookers,
      reads: 'nothing',
      handle: () => ({ json: { grants: access.standing.all().map((grant) => grantView(grant, nameOf)) } }),
    }),
    route({
      method: 'POST',
      path: '/api/access/grants',
      need: 'person',
      reads: grantShape,
      handle: async (asked: Asked<AskedUseCase>) => ({
        status: 201,
        json: grantView(await access.giveUseCase(asked.body, personIn(asked)), nameOf),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/access/denials',
      need: ['security', 'owner'],
      reads: denialShape,
      fresh: true,
      handle: async (asked: Asked<AskedDenial>) => ({
        status: 201,
        json: grantView(await access.deny(asked.body, personIn(asked)), nameOf),
      }),
    }),
    route({
      method: 'POST',
      path: '/api/access/grants/:id/end',
      need: 'person',
      reads: endShape,
      fresh: true,
      handle: async (asked: Asked<AskedEnd>) => {
        await access.end(idIn(asked), asked.body.reason, personIn(asked))
        return { json: { id: idIn(asked) } }
      },
    }),
    route({
      method: 'POST',
      path: '/api/access/requests',
      need: 'person',
      reads: requestShape,
      handle: async (asked: Asked<AskedRequest>) => {
        const person = personIn(asked)
        const { useCase, role, days = requestDays, reason } = asked.body
        const target =
          role === undefined
            ? { what: 'use-case' as const, target: useCase ?? '' }
            : { what: 'role' as const, target: role }
        const made = await requests.ask({ ...target, personId: person.id, days, reason, by: person.id })
        return { status: 201, json: requestView(made, requests, nameOf, person) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/access/requests/:id/decision',
      need: 'person',
      reads: decisionShape,
      handle: async (asked: Asked<AskedDecision>) => {
        const person = personIn(asked)
        const decided = await requests.decide(idIn(asked), asked.body, person)
        return { status: 201, json: requestView(decided, requests, nameOf, person) }
      },
    }),
    route({
      method: 'POST',
      path: '/api/access/requests/:id/withdraw',
      need: 'person',
      reads: 'nothing',
      handle: async (asked) => {
        const person = personIn(asked)
        return { json: requestView(await requests.withdraw(idIn(asked), person), requests, nameOf, person) }
      },
    }),
  ]
}

/** What somebody asks for who does not say for how long. */
const requestDays = 30
const usesMost = 5_000

async function explain(asked: Asked, access: Access, useCases: Iterable<UsableUseCase>) {
  const person = personIn(asked)
  const { searchParams } = asked.url
  const given = Object.fromEntries(searchParams)
  const isOwn = searchParams.size === 0 || given['person']?.trim().toLowerCase() === person.email
  if (isOneOf(person, onlookers))
    return searchParams.size === 0 ? access.accessOf(person) : access.explain(readWith(explainShape, given))
  if (!isOwn) throw new Refusal('role-missing', { roles: onlookers })
  return seenByThemself(access.accessOf(person), useCases)
}

/** Who may not use a use case need not learn that it is there, unless its record says so. */
function seenByThemself(access: PersonAccess, useCases: Iterable<UsableUseCase>): PersonAccess {
  const listed = new Set([...useCases].filter(({ isListed }) => isListed).map(({ id }) => id))
  return { ...access, useCases: access.useCases.filter(({ id, isOpen }) => isOpen || listed.has(id)) }
}

/** What somebody may ask for by its title. */
const listedFor = (person: Person, { useCases: reached }: PersonAccess, useCases: Iterable<UsableUseCase>) =>
  [...useCases]
    .filter(({ id, isListed }) => isListed && !reached.some((each) => each.id === id && each.isOpen))
    .map(({ id, title, purpose, owner }) => ({ id, title, purpose, owner, isMine: owner === person.email }))

function readLeast(text: string | null): number {
  if (text === null) return 0
  if (/^\d{1,4}$/.test(text)) return Number(text)
  throw new Refusal('request-invalid', { field: 'unusedDays', problem: 'it must be a whole number of days' })
}

const idIn = ({ parameters }: Pick<Asked, 'parameters'>): string => parameters['id'] ?? ''
