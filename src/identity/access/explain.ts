import { setImmediate } from 'node:timers/promises'
import type { Person, Role } from '#/core/role.ts'
import type { Denied, RuleSlice, UsableUseCase } from '#/policy/api.ts'
import { isCurrent, isDenied, isOpenTo } from '#/policy/use-case.ts'
import type { GroupRoles } from '#/settings/api.ts'
import type { Grant, PersonAccess, Reach, UseCaseAccess, WayStep } from './api.ts'
import { isInForce } from './standing.ts'

/** Everything the answer to "who reaches this, and why" depends on. */
export interface AccessWorld {
  readonly slice: RuleSlice
  readonly people: readonly Person[]
  /** What concerns a person, by id or by a group of theirs. */
  readonly grantsAbout: (person: Person) => readonly Grant[]
  /** By `SOURCE:ID`. */
  readonly groups: ReadonlyMap<string, GroupRoles>
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

/** The same for everybody, without the use cases that are open by a role: those are looked at as the role. */
export async function explainForReview(world: AccessWorld): Promise<readonly PersonAccess[]> {
  const byWho = new Map<string, UsableUseCase[]>()
  for (const useCase of world.slice.useCases.values())
    for (const who of [...useCase.people, ...useCase.groups])
      byWho.set(who, [...(byWho.get(who) ?? []), useCase])
  const explained: PersonAccess[] = []
  for await (const person of unhurried(world.people)) {
    const useCases = new Set([
      ...[person.id, ...person.groups].flatMap((who) => byWho.get(who) ?? []),
      ...world
        .grantsAbout(person)
        .filter(({ effect, what }) => effect === 'allow' && what === 'use-case')
        .flatMap(({ target }) => world.slice.useCases.get(target) ?? []),
    ])
    explained.push({
      person: { id: person.id, email: person.email, roles: person.roles },
      roles: person.roles.map((role) => ({ role, ways: waysToRole(person, role, world) })),
      useCases: [...useCases].map((useCase) => explainUseCase(person, useCase, world)),
    })
  }
  return explained
}

/** Who reaches an offering, through which use cases; undefined when there is none of this id that serves. */
export async function explainOffering(id: string, world: AccessWorld): Promise<Reach | undefined> {
  const offering = world.slice.offerings.get(id)
  if (offering === undefined || !isCurrent(offering, world.nowMs)) return undefined
  const through = [...world.slice.useCases.values()].filter(({ offerings }) => offerings.includes(id))
  const about = { what: 'offering', ...offering } as const
  const step: WayStep = { what: 'offering', id, name: offering.title }
  return reach({ what: 'offering', id, title: offering.title }, through, offering.deny, world, (person) => {
    const accesses = through.map((useCase) => explainUseCase(person, useCase, world))
    return {
      ways: accesses.flatMap((each) => (each.isOpen ? each.ways : [])).map((way) => [...way, step]),
      denials: [
        ...accesses.flatMap((each) => (each.ways.length > 0 ? each.denials : [])),
        ...denialsOf(person, about, world),
      ],
    }
  })
}

/** Who reaches a use case; undefined when there is none of this id that serves. */
export async function explainReach(id: string, world: AccessWorld): Promise<Reach | undefined> {
  const useCase = world.slice.useCases.get(id)
  if (useCase === undefined) return undefined
  const about = { what: 'use-case', id, title: useCase.title } as const
  return reach(about, [useCase], nobody, world, (person) => explainUseCase(person, useCase, world))
}

/** Everybody is asked about quickly, by what decides an exchange; only who is shown is explained. */
async function reach(
  about: Pick<Reach, 'what' | 'id' | 'title'>,
  useCases: readonly UsableUseCase[],
  deny: Denied,
  world: AccessWorld,
  explain: (person: Person) => { readonly ways: readonly Way[]; readonly denials: readonly Way[] },
): Promise<Reach> {
  const undenied = useCases.map((useCase) => ({ ...useCase, deny: nobody }))
  const people: Reach['people'][number][] = []
  const denied: Reach['denied'][number][] = []
  let [peopleTogether, deniedTogether] = [0, 0]
  for await (const person of unhurried(world.people)) {
    const asker = { roles: person.roles, personId: person.id, groups: person.groups }
    const isOpen = (each: UsableUseCase): boolean => isOpenTo(each, asker, world.nowMs)
    if (!isDenied(deny, asker) && useCases.some(isOpen)) {
      if (peopleTogether++ < mostShown) people.push({ email: person.email, ways: explain(person).ways })
    } else if (undenied.some(isOpen) && deniedTogether++ < mostShown) {
      denied.push({ email: person.email, denials: explain(person).denials })
    }
  }
  return { ...about, people, peopleTogether, denied, deniedTogether }
}

const nobody: Denied = { roles: [], people: [], groups: [] }

/** One after another, with a rest for everything else that goes on: thousands of people take a second together. */
async function* unhurried<T>(list: readonly T[]): AsyncGenerator<T> {
  for (const [index, each] of list.entries()) {
    if (index % 200 === 199) await setImmediate()
    yield each
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
    ...person.groups
      .filter((group) => world.groups.get(group)?.roles.includes(role))
      .map((group) => [me, groupStep(group, world), last]),
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
  name: groups.get(group)?.name ?? group,
})

const grantStep = ({ id, effect, untilMs }: Grant): WayStep => ({
  what: effect === 'allow' ? 'grant' : 'named',
  id,
  name: effect === 'allow' ? id : `denied by ${id}`,
  ...(untilMs === undefined ? {} : { until: new Date(untilMs).toISOString() }),
})
