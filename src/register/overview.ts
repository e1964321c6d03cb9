import { z } from 'zod'
import type { Person } from '#/core/role.ts'
import type { RecordHistory, RecordKind } from './api.ts'
import { states } from './api.ts'
import { stageOf, standingOf } from './before-approval.ts'
import { kindOf, recordKinds } from './kinds/index.ts'
import { isSamePerson } from './quorum.ts'
import type { Records } from './records.ts'
import { stateOf } from './state.ts'

/** A page of a list. */
const limits = { usual: 100, most: 500 } as const

export const listShape = z.strictObject({
  /** Records after this id, in the order of ids. */
  after: z.string().max(64).default(''),
  limit: z.coerce
    .number('must be a number')
    .int('must be a whole number')
    .min(1)
    .max(limits.most)
    .default(limits.usual),
  /** Stands in the id, the title or the stage, in capitals or not. */
  search: z.string().trim().toLowerCase().max(100, 'must have at most 100 characters').default(''),
  state: z.enum(states, `must be one of ${states.join(', ')}`).optional(),
})

export type ListAsked = z.infer<typeof listShape>

export interface Listed {
  readonly found: readonly RecordHistory[]
  /** How many there are on all pages. */
  readonly total: number
  /** What to go on after; null on the last page. */
  readonly next: string | null
}

export function listed(records: Records, kind: RecordKind, asked: ListAsked, nowMs: number): Listed {
  const fitting = records.list(kind).filter((history) => fits(history, asked, nowMs))
  const rest = fitting.filter(({ id }) => id > asked.after)
  const found = rest.slice(0, asked.limit)
  return {
    found,
    total: fitting.length,
    next: rest.length > found.length ? (found.at(-1)?.id ?? null) : null,
  }
}

function fits(history: RecordHistory, { search, state }: ListAsked, nowMs: number): boolean {
  if (search === '' && state === undefined) return true
  const newest = stateOf(history, nowMs).versions.at(-1)
  if (newest === undefined || (state !== undefined && newest.state !== state)) return false
  const words = [history.id, newest.record.body.title, newest.state, stageOf(history, nowMs) ?? '']
  return words.some((word) => word.toLowerCase().includes(search))
}

/** As many as somebody does in a sitting; the rest is counted. */
const mostWaiting = 50

/** What waits for somebody, oldest first, and how much there is of each kind. */
export function waitingFor(
  records: Records,
  person: Person,
  nowMs: number,
): {
  readonly waiting: readonly RecordHistory[]
  readonly kinds: readonly { readonly kind: RecordKind; readonly total: number; readonly waiting: number }[]
} {
  const byKind = recordKinds.map((kind) => {
    const all = records.list(kind)
    return { kind, total: all.length, waiting: all.filter((each) => waitsFor(each, person, nowMs)) }
  })
  const waiting = byKind
    .flatMap((each) => each.waiting)
    .sort((one, other) => writtenAt(one) - writtenAt(other))
    .slice(0, mostWaiting)
  return { waiting, kinds: byKind.map((each) => ({ ...each, waiting: each.waiting.length })) }
}

/** Whether the newest version waits for a decision this person may make. */
export function waitsFor(history: RecordHistory, person: Person, nowMs: number): boolean {
  const { decidesAlone, isDue } = kindOf(history.kind)
  const newest = stateOf(history, nowMs).versions.at(-1)
  if (newest === undefined) return false
  const { record, state, missing, voices, quorum } = newest
  const own = { id: person.id, name: person.email }
  const hasWritten = history.versions.some(({ hash, by }) => hash === record.hash && isSamePerson(by, own))
  if (hasWritten || voices.some(({ by }) => state === 'proposed' && isSamePerson(by, own))) return false
  const named = decidesAlone?.(record.body)
  if (named !== undefined && named !== person.email) return false
  const isWaiting = state === 'proposed' || (isDue?.(record.body, standingOf(history, nowMs)) ?? false)
  const roles = state === 'proposed' ? missing : quorum.roles
  return isWaiting && roles.some((role) => person.roles.includes(role))
}

const writtenAt = ({ versions }: RecordHistory): number => versions.at(-1)?.atMs ?? 0
