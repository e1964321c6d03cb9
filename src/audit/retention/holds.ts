/** Legal holds: who is covered, from when to when. Whether one is in force is worked out each time it is asked. */
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
  readonly log: Pick<AuditLog, 'append'>
  readonly clock: Clock
}): Promise<Holds> {
  const { store, log, clock } = services
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

/** Up to its end. Its beginning does not count: a clock that was set back must not lift a hold. */
export const isInForce = ({ untilMs, ended }: Hold, atMs: number): boolean =>
  ended === undefined && (untilMs === undefined || atMs < untilMs)

const endOf = ({ untilMs, ended }: Hold): string =>
  new Date(Math.min(untilMs ?? Number.MAX_SAFE_INTEGER, ended?.atMs ?? Number.MAX_SAFE_INTEGER))
    .toISOString()
    .slice(0, 10)
