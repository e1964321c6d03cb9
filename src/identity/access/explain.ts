import type { Person, Role } from '#/core/role.ts'
import type { RuleSlice, UsableUseCase } from '#/policy/api.ts'
import { isCurrent } from '#/policy/use-case.ts'
import type { GroupRoles } from '#/settings/api.ts'
import type { Grant, PersonAccess, Reach, UseCaseAccess, WayStep } from './api.ts'
import { isInForce } from './standing.ts'

/** Everything the answer to "who reaches this, and why" depends on. */
export interface AccessWorld {
  readonly slice: RuleSlice
  readonly people: readonly Person[]
  /** What concerns a person, by id or by a group of theirs. */
  readonly grantsAbout: (person: Person) => readonly Grant[]
  readonly groups: readonly GroupRoles[]
  readonly nowMs: number
}

type Way = readonly WayStep[]

/** People shown of those who reach something; how many there are is said beside it. */
const mostShown = 500

/** What a person has and reaches, each with every way that leads there, and why not the rest. */
export function explainPerson(person: Person, world: AccessWorld): PersonAccess {
  return {
    person: { id: person.id, email: person.email, roles: person.roles },
    roles: person.roles.map((role) => ({ role, ways: waysToRole(person, role, world) })),
    useCases: [...world.slice.useCases.values()].map((useCase) => explainUseCase(person, useCase, world)),
  }
}

/** Who reaches an offering, through which use cases; undefined when there is none of this id that serves. */
export function explainOffering(id: string, world: AccessWorld): Reach | undefined {
  const offering = world.slice.offerings.get(id)
  if (offering === undefined || !isCurrent(offering, world.nowMs)) return undefined
  const through = [...world.slice.useCases.values()].filter(({ offerings }) => offerings.includes(id))
  const about = { what: 'offering', ...offering } as const
  const step: WayStep = { what: 'offering', id, name: offering.title }
  return reach({ what: 'offering', id, title: offering.title }, world, (person) => {
    const accesses = through.map((useCase) => explainUseCase(person, useCase, world))
    const ways = accesses.flatMap((each) => (each.isOpen ? each.ways : [])).map((way) => [...way, step])
    const ownDenials = ways.length === 0 ? [] : denialsOf(person, about, world)
    const denials = [...accesses.flatMap((each) => (each.ways.length > 0 ? each.denials : [])), ...ownDenials]
    return { ways: ownDenials.length > 0 ? [] : ways, denials }
  })
}

/** Who reaches a use case; undefined when there is none of this id that serves. */
export function explainReach(id: string, world: AccessWorld): Reach | undefined {
  const useCase = world.slice.useCases.get(id)
  if (useCase === undefined) return undefined
  return reach({ what: 'use-case', id, title: useCase.title }, world, (person) => {
    const { isOpen, ways, denials } = explainUseCase(person, useCase, world)
    return { ways: isOpen ? ways : [], denials: ways.length > 0 ? denials : [] }
  })
}

function reach(
  about: Pick<Reach, 'what' | 'id' | 'title'>,
  { people }: AccessWorld,
  explain: (person: Person) => { readonly ways: readonly Way[]; readonly denials: readonly Way[] },
): Reach {
  const explained = people.map((person) => ({ email: person.email, ...explain(person) }))
  const inside = explained.filter(({ ways }) => ways.length > 0)
  const denied = explained.filter(({ ways, denials }) => ways.length === 0 && denials.length > 0)
  return {
    ...about,
    people: inside.slice(0, mostShown).map(({ email, ways }) => ({ email, ways })),
    peopleTogether: inside.length,
    denied: denied.slice(0, mostShown).map(({ email, denials }) => ({ email, denials })),
    deniedTogether: denied.length,
  }
}

/** One person and one use case. Agrees with `isOpenTo`, which a property test holds. */
export function explainUseCase(person: Person, useCase: UsableUseCase, world: AccessWorld): UseCaseAccess {
  const last: WayStep = { what: 'use-case', id: useCase.id, name: useCase.title }
  const ways = waysInto(person, useCase, world).map((way) => [...way, last])
  const denials = denialsOf(person, { what: 'use-case', ...useCase }, world)
  const isApproved = isCurrent(useCase, world.nowMs)
  const isOpen = isApproved && ways.length > 0 && denials.length === 0
  return {
    id: useCase.id,
    title: useCase.title,
    owner: useCase.owner,
    isOpen,
    ways,
    denials,
    offerings: useCase.offerings.flatMap((id) => {
      const offering = world.slice.offerings.get(id)
      if (offering === undefined || !isCurrent(offering, world.nowMs)) return []
      const isDenied = denialsOf(person, { what: 'offering', ...offering }, world).length > 0
      return [{ id, title: offering.title, isDenied }]
    }),
    why: whyOf(isApproved, ways, denials),
  }
}

function whyOf(isApproved: boolean, ways: readonly Way[], denials: readonly Way[]): string {
  if (!isApproved) return 'Its approval has ended.'
  const [denial] = denials
  if (denial !== undefined) return `Denied: ${wayText(denial)}. A denial wins over every way in.`
  const [way] = ways
  if (way === undefined) return 'Nothing lets this person in: what is not given is denied.'
  return `Open: ${wayText(way)}${ways.length > 1 ? `, and ${ways.length - 1} more` : ''}.`
}

/** `ada@example.com -> group Marketing -> role product -> use case Campaigns`. */
export const wayText = (way: Way): string =>
  way
    .map(({ what, name, until }) => {
      const ends = until === undefined ? '' : ` (until ${until})`
      return `${what === 'person' || what === 'named' ? name : `${what.replace('-', ' ')} ${name}`}${ends}`
    })
    .join(' -> ')

function waysInto(person: Person, useCase: UsableUseCase, world: AccessWorld): readonly Way[] {
  const me = stepOf(person)
  const granted = given(person, 'use-case', useCase.id, world)
  return [
    ...useCase.roles
      .filter((role) => person.roles.includes(role))
      .flatMap((role) => waysToRole(person, role, world)),
    ...useCase.groups
      .filter((group) => person.groups.includes(group))
      .map((group) => [me, groupStep(group, world)]),
    ...(useCase.people.includes(person.id) ? [[me, named('named in the record')]] : []),
    ...granted.map((grant) => [me, grantStep(grant)]),
  ]
}

/** What keeps a person out of a use case or an offering: the record's denials and those made beside it. */
function denialsOf(
  person: Person,
  about: Pick<UsableUseCase, 'id' | 'deny'> & { readonly what: 'use-case' | 'offering' },
  world: AccessWorld,
): readonly Way[] {
  const me = stepOf(person)
  const made = world
    .grantsAbout(person)
    .filter(
      (each) =>
        each.effect === 'deny' &&
        each.what === about.what &&
        each.target === about.id &&
        isInForce(each, world.nowMs),
    )
  const { roles, people, groups } = about.deny
  const isMade = (who: string): boolean => made.some(({ person: one, group }) => one === who || group === who)
  return [
    ...made.map((grant) => [
      me,
      ...(grant.group === undefined ? [] : [groupStep(grant.group, world)]),
      grantStep(grant),
    ]),
    ...roles
      .filter((role) => person.roles.includes(role))
      .map((role) => [me, roleStep(role), named('denied by the record')]),
    ...groups
      .filter((group) => person.groups.includes(group) && !isMade(group))
      .map((group) => [me, groupStep(group, world), named('denied by the record')]),
    ...(people.includes(person.id) && !isMade(person.id) ? [[me, named('denied by the record')]] : []),
  ]
}

function waysToRole(person: Person, role: Role, world: AccessWorld): readonly Way[] {
  const me = stepOf(person)
  const last = roleStep(role)
  if (role === 'employee') return [[me, last]]
  const ways: readonly Way[] = [
    ...world.groups
      .filter(({ group, roles }) => roles.includes(role) && person.groups.includes(group))
      .map(({ group }) => [me, groupStep(group, world), last]),
    ...given(person, 'role', role, world).map((grant) => [me, grantStep(grant), last]),
  ]
  // What else gives a role is the list of owners in the settings.
  return ways.length > 0 ? ways : [[me, named('named in the settings'), last]]
}

const given = (
  person: Person,
  what: Grant['what'],
  target: string,
  { grantsAbout, nowMs }: AccessWorld,
): readonly Grant[] =>
  grantsAbout(person).filter(
    (each) =>
      each.effect === 'allow' && each.what === what && each.target === target && isInForce(each, nowMs),
  )

const stepOf = ({ id, email, name }: Person): WayStep => ({ what: 'person', id, name: email || name })
const roleStep = (role: Role): WayStep => ({ what: 'role', id: role, name: role })
const named = (name: string): WayStep => ({ what: 'named', id: name, name })

const groupStep = (group: string, { groups }: AccessWorld): WayStep => ({
  what: 'group',
  id: group,
  name: groups.find((each) => each.group === group)?.name ?? group,
})

const grantStep = ({ id, effect, untilMs }: Grant): WayStep => ({
  what: effect === 'allow' ? 'grant' : 'named',
  id,
  name: effect === 'allow' ? id : `denied by ${id}`,
  ...(untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }),
})
