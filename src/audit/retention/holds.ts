/** Legal holds: who is covered, from when to when. Whether one is in force is worked out each time it is asked. */
import { z } from 'zod'
import type { Clock } from '#/core/clock.ts'
import { randomId } from '#/core/id.ts'
import { Refusal } from '#/core/refusal.ts'
import type { AuditLog } from '../api.ts'
import type { Hold, HoldStore } from './store.ts'

export interface NewHold {
  /** Undefined covers everybody. */
  readonly personId: string | undefined
  readonly reason: string
  readonly untilMs: number | undefined
  readonly by: string
}

export interface Holds {
  /** All there ever were, oldest first. */
  readonly list: () => readonly Hold[]
  /** Logged first; in force when it resolves. */
  readonly add: (asked: NewHold) => Promise<Hold>
  /** Throws `not-found` for an id that is none, `hold-over` for one that has ended. */
  readonly end: (asked: { readonly id: string; readonly why: string; readonly by: string }) => Promise<Hold>
  /** Those that cover a person at a time; without a person, those that cover everybody. */
  readonly covering: (asked: {
    readonly personId?: string | undefined
    readonly atMs: number
  }) => readonly Hold[]
  readonly isHeld: (asked: { readonly personId?: string | undefined; readonly atMs: number }) => boolean
  /** Everybody covered by name at a time. Those who are covered because all are stand not here. */
  readonly heldPeople: (atMs: number) => ReadonlySet<string>
}

export async function openHolds(services: {
  readonly store: HoldStore
  readonly log: Pick<AuditLog, 'append' | 'search' | 'open'>
  readonly clock: Clock
}): Promise<Holds> {
  const { store, log, clock } = services
  await takeOver(store, log)
  const holds = new Map((await store.readHolds()).map((hold) => [hold.id, hold]))
  const inForce = (atMs: number): readonly Hold[] =>
    [...holds.values()].filter((hold) => isInForce(hold, atMs))

  const covering: Holds['covering'] = ({ personId, atMs }) =>
    inForce(atMs).filter((hold) => hold.personId === undefined || hold.personId === personId)
  return {
    list: () => [...holds.values()],
    add: async ({ personId, reason, untilMs, by }) => {
      const beganMs = clock.now()
      if (untilMs !== undefined && untilMs <= beganMs)
        throw new Refusal('request-invalid', { field: 'untilMs', problem: 'it must lie in the future' })
      const hold: Hold = {
        id: `hold_${randomId(12)}`,
        personId,
        reason,
        by,
        beganMs,
        untilMs,
        ended: undefined,
      }
      await log.append({
        kind: 'hold',
        facts: {
          about: hold.id,
          decision: personId === undefined ? 'everybody' : 'person',
          ...(untilMs === undefined ? {} : { untilMs }),
        },
        payload: JSON.stringify({ hold }),
      })
      await store.add(hold)
      holds.set(hold.id, hold)
      return hold
    },
    end: async ({ id, why, by }) => {
      const hold = holds.get(id)
      const atMs = clock.now()
      if (hold === undefined) throw new Refusal('not-found', { what: 'hold' })
      if (!isInForce(hold, atMs)) throw new Refusal('hold-over', { endedOn: endOf(hold) })
      const ended = { atMs, by, why }
      await log.append({
        kind: 'hold-ended',
        facts: { about: id },
        payload: JSON.stringify({ hold: id, ended }),
      })
      await store.end(id, ended)
      const over = { ...hold, ended }
      holds.set(id, over)
      return over
    },
    covering,
    isHeld: (asked) => covering(asked).length > 0,
    heldPeople: (atMs) =>
      new Set(inForce(atMs).flatMap(({ personId }) => (personId === undefined ? [] : [personId]))),
  }
}

/** Of a log there are a few. */
const holdsMost = 10_000

const lineShape = z.union([
  z.object({
    hold: z.object({
      id: z.string(),
      personId: z.string().optional(),
      reason: z.string(),
      by: z.string(),
      beganMs: z.number(),
      untilMs: z.number().optional(),
    }),
  }),
  z.object({
    hold: z.string(),
    ended: z.object({ atMs: z.number(), by: z.string(), why: z.string() }),
  }),
])

/**
 * What only the log has: a crash between the two, or a backup, whose database is older than its log. Without it texts
 * would be erased that somebody was told are kept.
 */
async function takeOver(store: HoldStore, log: Pick<AuditLog, 'search' | 'open'>): Promise<void> {
  const known = new Map((await store.readHolds()).map((hold) => [hold.id, hold.ended !== undefined]))
  const heads = await log.search({ kinds: ['hold', 'hold-ended'], limit: holdsMost })
  for (const { index, kind, facts } of heads.toReversed()) {
    const isEnd = known.get(facts.about ?? '')
    if (kind === 'hold' ? isEnd !== undefined : isEnd !== false) continue
    const payload = (await log.open(index))?.payload
    // Its key was destroyed with its month.
    if (payload === undefined) continue
    const line = lineShape.parse(JSON.parse(Buffer.from(payload).toString('utf8')))
    if ('ended' in line) await store.end(line.hold, line.ended)
    else {
      const { personId, untilMs } = line.hold
      await store.add({ ...line.hold, personId, untilMs, ended: undefined })
    }
    known.set(facts.about ?? '', kind === 'hold-ended')
  }
}

/** Up to its end. Its beginning does not count: a clock that was set back must not lift a hold. */
export const isInForce = ({ untilMs, ended }: Hold, atMs: number): boolean =>
  ended === undefined && (untilMs === undefined || atMs < untilMs)

const endOf = ({ untilMs, ended }: Hold): string =>
  new Date(Math.min(untilMs ?? Number.MAX_SAFE_INTEGER, ended?.atMs ?? Number.MAX_SAFE_INTEGER))
    .toISOString()
    .slice(0, 10)
