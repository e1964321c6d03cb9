import { Refusal } from '#/core/refusal.ts'
import type { People } from '../people.ts'
import type { PersonRecord } from '../records.ts'
import type { Scim } from '../scim/scim.ts'
import type { AccountPage, AccountState, AccountView, EndReason, RestoreReason } from './api.ts'

export interface AccountQuestion {
  /** A part of the name, the address or the id. */
  readonly text?: string | undefined
  readonly state?: AccountState | undefined
  /** From 0. */
  readonly start?: number | undefined
  readonly limit?: number | undefined
}

/** People of a page. */
export const pageLimits = { default: 100, highest: 500 }

/** Everybody there is, and the plain way to end an account when no directory does it. */
export interface Accounts {
  readonly list: (asked: AccountQuestion) => AccountPage
  /** The id of a person named by id or address. Throws `not-found` and `person-ambiguous`. */
  readonly idOf: (who: string) => string
  readonly end: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: EndReason
  }) => Promise<void>
  /** Throws `directory-inactive` while a directory says that this person has no access. */
  readonly restore: (asked: {
    readonly id: string
    readonly by: string
    readonly reason: RestoreReason
  }) => Promise<void>
}

export interface AccountServices {
  readonly people: People
  readonly scim: Pick<Scim, 'isInactive' | 'groupNames' | 'endByHand'>
  /** When a browser of each person was seen last. */
  readonly seenAt: () => ReadonlyMap<string, number>
}

export const createAccounts = ({ people, scim, seenAt }: AccountServices): Accounts => ({
  list: ({ text = '', state, start = 0, limit = pageLimits.default }) => {
    const wanted = text.trim().toLowerCase()
    const found: PersonRecord[] = []
    for (const record of people.records()) {
      if (state !== undefined && stateOf(record, people) !== state) continue
      if (![record.name, record.email, record.id].some((each) => each.toLowerCase().includes(wanted)))
        continue
      found.push(record)
    }
    found.sort((one, other) => compare(one.name, other.name) || compare(one.id, other.id))
    const names = scim.groupNames()
    const seen = seenAt()
    return {
      total: found.length,
      people: found.slice(start, start + limit).map((record) => viewOf(record, people, names, seen)),
    }
  },
  idOf: (who) => {
    if (people.find(who) !== undefined) return who
    const found = people.findByEmail(who)
    if (found.length > 1) throw new Refusal('person-ambiguous')
    if (found[0] === undefined) throw new Refusal('not-found', { what: 'person' })
    return found[0].id
  },
  end: scim.endByHand,
  restore: async (asked) => {
    // Giving it back here would last until the directory's next word, and nobody would know why.
    if (scim.isInactive(asked.id)) throw new Refusal('directory-inactive')
    await people.restore(asked)
  },
})

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function stateOf(record: PersonRecord, people: People): AccountState {
  if (record.endedAt !== undefined) return 'ended'
  if (people.findCurrent(record.id) === undefined) return 'former'
  return record.signedInAt === undefined ? 'pending' : 'active'
}

function viewOf(
  record: PersonRecord,
  people: People,
  names: ReadonlyMap<string, string>,
  seen: ReadonlyMap<string, number>,
): AccountView {
  const person = people.find(record.id)
  const seenAtMs = seen.get(record.id) ?? record.signedInAt
  return {
    id: record.id,
    email: record.email,
    name: record.name,
    state: stateOf(record, people),
    roles: person?.roles ?? [],
    groups: (person?.groups ?? []).map((id) => {
      const name = names.get(id)
      return name === undefined ? { id } : { id, name }
    }),
    createdAtMs: record.createdAt,
    ...(record.endedAt === undefined ? {} : { endedAtMs: record.endedAt }),
    ...(seenAtMs === undefined ? {} : { seenAtMs }),
  }
}
