import type { Clock } from '#/core/clock.ts'
import type { Person, Role } from '#/core/role.ts'
import type { AccessUse, PersonAccess, WayStep } from './api.ts'
import { dayMs } from './limits.ts'
import type { AccessStore, UseRecord } from './store.ts'

/** How often what people have is used, by the day. Counting costs a look-up; storing waits for `flush`. */
export interface UseOfAccess {
  /** An exchange went under this use case, which is open to these roles among others. */
  readonly noteExchange: (
    person: Person,
    useCase: { readonly id: string; readonly roles: readonly Role[] },
  ) => void
  /** A route was reached that asks for one of these roles. */
  readonly noteRoles: (person: Person, roles: readonly Role[]) => void
  /** Roles of this person may have changed: a role that is new begins unused. */
  readonly noteChange: (person: Person) => void
  readonly flush: () => Promise<void>
  /** Everything stored; what is only in memory is stored first. */
  readonly read: () => Promise<readonly UseRecord[]>
}

/** Counted on in place: this is done for every exchange. */
interface Counted extends UseRecord {
  lastDay: number | undefined
  count: number
}

/** More than are used between two flushes; what comes on top is counted after the next. */
const mostPending = 100_000

export function createUse(store: AccessStore, clock: Clock, people: Iterable<Person>): UseOfAccess {
  let pending = new Map<string, Counted>()
  let begun: UseRecord[] = []
  const lastRoles = new Map<string, readonly Role[]>()
  const today = (): number => Math.floor(clock.now() / dayMs)

  const add = (personId: string, what: UseRecord['what'], target: string, by: number): void => {
    const key = `${personId}\n${what}\n${target}`
    const known = pending.get(key)
    if (known === undefined && pending.size >= mostPending) return
    const day = today()
    if (known === undefined) {
      pending.set(key, {
        personId,
        what,
        target,
        sinceDay: day,
        lastDay: by > 0 ? day : undefined,
        count: by,
      })
      return
    }
    if (by > 0) known.lastDay = day
    known.count += by
  }
  const noteRoles: UseOfAccess['noteRoles'] = (person, roles) => {
    for (const role of roles)
      if (isCounted(role) && person.roles.includes(role)) add(person.id, 'role', role, 1)
  }
  const noteChange: UseOfAccess['noteChange'] = ({ id, roles }) => {
    const before = lastRoles.get(id) ?? []
    const counted = roles.filter(isCounted)
    if (counted.length > 0) lastRoles.set(id, counted)
    else lastRoles.delete(id)
    for (const role of counted)
      if (!before.includes(role))
        begun.push({
          personId: id,
          what: 'role',
          target: role,
          sinceDay: today(),
          lastDay: undefined,
          count: 0,
        })
  }
  // Known from an earlier run or not: what is there already keeps its day.
  for (const person of people) {
    const counted = person.roles.filter(isCounted)
    if (counted.length > 0) lastRoles.set(person.id, counted)
    for (const role of counted) add(person.id, 'role', role, 0)
  }

  const flush = async (): Promise<void> => {
    const [uses, begins] = [pending, begun]
    if (uses.size === 0 && begins.length === 0) return
    pending = new Map()
    begun = []
    try {
      await store.beginUses(begins)
      begins.length = 0
      await store.addUses([...uses.values()])
    } catch (error) {
      begun = [...begins, ...begun]
      const newer = pending
      pending = uses
      for (const { personId, what, target, count } of newer.values()) add(personId, what, target, count)
      throw error
    }
  }
  return {
    noteExchange: (person, useCase) => {
      add(person.id, 'use-case', useCase.id, 1)
      noteRoles(person, useCase.roles)
    },
    noteRoles,
    noteChange,
    flush,
    read: async () => {
      await flush()
      return store.readUses()
    },
  }
}

/** Everybody is an employee: that is nothing one has or does not use. */
const isCounted = (role: Role): boolean => role !== 'employee'

/** What everybody has that could be taken away, with how it was used. Pure: what people reach and the counts come in. */
export function reviewUses(
  accesses: readonly PersonAccess[],
  uses: readonly UseRecord[],
  grantedAtMs: (grantId: string) => number | undefined,
  nowMs: number,
): readonly AccessUse[] {
  const today = Math.floor(nowMs / dayMs)
  const useOf = new Map(uses.map((use) => [`${use.personId}\n${use.what}\n${use.target}`, use]))
  const items = accesses.flatMap(({ person, roles, useCases }) => [
    ...roles
      .filter(({ role }) => isCounted(role))
      .map(({ role, ways }) => ({ person, what: 'role' as const, target: role as string, ways })),
    // What is open by a role is looked at as the role; what everybody reaches is nobody's to lose.
    ...useCases
      .map(({ id, ways }) => ({
        person,
        what: 'use-case' as const,
        target: id,
        ways: ways.filter((way) => !way.some(({ what }) => what === 'role')),
      }))
      .filter(({ ways }) => ways.length > 0),
  ])
  const seen = items.map(({ person, what, target, ways }) => {
    const use = useOf.get(`${person.id}\n${what}\n${target}`)
    const through = ways.map((way) => restsOn(way))
    const given = through.flatMap((id) => grantedAtMs(id) ?? [])
    // A grant from today was not unused before today; without one, what was first seen counts.
    const sinceDay = given.length > 0 ? Math.floor(Math.min(...given) / dayMs) : (use?.sinceDay ?? today)
    const lastDay = use?.lastDay !== undefined && use.lastDay >= sinceDay ? use.lastDay : undefined
    return { email: person.email, what, target, through, sinceDay, lastDay, count: use?.count ?? 0 }
  })
  const same = Map.groupBy(seen, ({ what, target }) => `${what}\n${target}`)
  return seen.map(({ email, what, target, through, sinceDay, lastDay, count }) => {
    const all = same.get(`${what}\n${target}`) ?? []
    const isUsing = ({ lastDay: last }: { readonly lastDay: number | undefined }): boolean =>
      last !== undefined && today - last < usedWithinDays
    const using = all.filter(isUsing).length
    return {
      email,
      what,
      target,
      through,
      since: dayText(sinceDay),
      lastUsed: lastDay === undefined ? null : dayText(lastDay),
      count,
      unusedDays: today - (lastDay ?? sinceDay),
      peers: all.length - 1,
      peersUsing: using - (isUsing({ lastDay }) ? 1 : 0),
    }
  })
}

/** What counts as in use when peers are compared. */
const usedWithinDays = 60

function restsOn(way: readonly WayStep[]): string {
  const step = way.find(({ what }) => what === 'grant' || what === 'group' || what === 'named')
  if (step === undefined) return 'everybody'
  return step.what === 'group' ? `group:${step.id}` : step.id
}

const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10)
