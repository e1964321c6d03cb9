/** Erasure, retention, legal holds and inventory, as the command line asks for them. Runs where the log is open. */
import { z } from 'zod'
import type { Clock } from '#/core/clock.ts'
import type { Database } from '#/core/database/api.ts'
import { createTurns } from '#/core/database/turns.ts'
import { Refusal } from '#/core/refusal.ts'
import type { SealingKeys } from '#/sealing/api.ts'
import type { AuditLog } from '../api.ts'
import type { NamedPerson } from '../index/search-log.ts'
import { logFolder } from '../layout.ts'
import type { RetentionSettings } from './due.ts'
import {
  bases,
  type Erased,
  type ErasureServices,
  eraseExchange,
  erasePerson,
  finishErasures,
} from './erase.ts'
import { type Holds, isInForce, openHolds } from './holds.ts'
import { type Inventory, takeInventory } from './inventory.ts'
import type { KeptStore } from './kept-store.ts'
import { finishEnding, type Retained, runRetention } from './retain.ts'
import { createHoldStore, type Hold } from './store.ts'
import { createUnfinished, type TriedAgain } from './unfinished.ts'

export interface RetentionOptions {
  readonly database: Database
  readonly log: AuditLog
  readonly keys: SealingKeys
  readonly dataFolder: string
  readonly settings: RetentionSettings
  readonly stores: readonly KeptStore[]
  readonly findPeople: (email: string) => Promise<readonly NamedPerson[]>
  readonly clock: Clock
}

/** A hold as it is shown. Plain values, so that it can go through the control socket. */
export interface ShownHold extends Hold {
  readonly isInForce: boolean
}

export interface Retention {
  readonly holds: Holds
  /** Gives one result for each person the address fits. */
  readonly erase: (input: unknown) => Promise<readonly Erased[]>
  /** Tries erasures again that were not complete, when it is time. */
  readonly goOnErasing: () => Promise<readonly TriedAgain[]>
  readonly run: (input: unknown) => Promise<Retained>
  readonly addHolds: (input: unknown) => Promise<readonly ShownHold[]>
  readonly endHold: (input: unknown) => Promise<ShownHold>
  readonly listHolds: () => Promise<readonly ShownHold[]>
  readonly inventory: () => Promise<Inventory>
}

const text = (most: number) => z.string().trim().min(1).max(most)
const email = z.string().min(3).max(320)

const eraseShape = z
  .strictObject({
    email: email.optional(),
    /** `origin#index`. */
    receipt: text(200).optional(),
    basis: z.enum(bases),
    reason: text(2_000),
    by: text(200),
  })
  .refine((asked) => (asked.email === undefined) !== (asked.receipt === undefined), {
    message: 'must be either a person or a receipt',
    path: ['email'],
  })

const runShape = z.strictObject({ isDryRun: z.boolean() })

const addShape = z.strictObject({
  /** Everybody when left out. */
  email: email.optional(),
  reason: text(2_000),
  untilMs: z.int().positive().optional(),
  by: text(200),
})

const endShape = z.strictObject({ id: text(100), reason: text(2_000), by: text(200) })

/** Opens it, and goes on with what a crash cut off. */
export async function openRetention(options: RetentionOptions): Promise<Retention> {
  const { log, keys, clock, settings, stores, findPeople, dataFolder } = options
  const holds = await openHolds({ store: createHoldStore(options.database), log, clock })
  const now = clock.now
  const erasing: ErasureServices = { log, holds, stores, now }
  const folder = logFolder(`${dataFolder}/audit`, log.origin)
  // One at a time: a run that looks for what may go must not see half of what another one does.
  const turns = createTurns()
  const show = (hold: Hold): ShownHold => ({ ...hold, isInForce: isInForce(hold, now()) })
  const idsOf = async (address: string): Promise<readonly string[]> => {
    const people = await findPeople(address)
    if (people.length > 0) return people.map(({ id }) => id)
    throw new Refusal('request-invalid', { field: 'email', problem: 'nobody here has this address' })
  }

  const unfinished = createUnfinished({ now })
  for (const erased of await finishErasures(erasing)) unfinished.note(erased)
  await finishEnding(erasing)
  return {
    holds,
    erase: (input) =>
      turns.take(async () => {
        const { email: address, receipt = '', ...asked } = read(eraseShape, input)
        if (address === undefined) {
          const one = await eraseExchange(erasing, indexOf(receipt, log.origin), asked)
          unfinished.note(one)
          return [one]
        }
        const ids = await idsOf(address)
        for (const id of ids) assertNotHeld(holds, id, now())
        const erased: Erased[] = []
        for (const id of ids) {
          const one = await erasePerson(erasing, id, asked)
          unfinished.note(one)
          erased.push(one)
        }
        return erased
      }),
    goOnErasing: () =>
      turns.take(async () => {
        const due = unfinished.due()
        if (due.size === 0) return []
        try {
          const finished = await finishErasures(erasing, due)
          return finished.map((erased) => ({ ...erased, nextAtMs: unfinished.note(erased) }))
        } catch (error) {
          for (const id of due) unfinished.note({ id, isComplete: false })
          throw error
        }
      }),
    run: (input) =>
      turns.take(() => runRetention({ log, folder, keys, holds, settings, now }, read(runShape, input))),
    addHolds: (input) =>
      turns.take(async () => {
        const { email: address, reason, untilMs, by } = read(addShape, input)
        const covered = address === undefined ? [undefined] : await idsOf(address)
        const added: ShownHold[] = []
        for (const personId of covered) added.push(show(await holds.add({ personId, reason, untilMs, by })))
        return added
      }),
    endHold: (input) =>
      turns.take(async () => {
        const { id, reason, by } = read(endShape, input)
        return show(await holds.end({ id, why: reason, by }))
      }),
    listHolds: async () => holds.list().map(show),
    inventory: () => takeInventory(dataFolder, stores, keys.inventory()),
  }
}

/** Throws `request-invalid` naming the first field that is wrong. */
function read<T>(shape: z.ZodType<T>, input: unknown): T {
  const found = shape.safeParse(input)
  if (found.success) return found.data
  const [issue] = found.error.issues
  throw new Refusal('request-invalid', {
    field: issue?.path.join('.') ?? '',
    problem: issue?.message ?? '',
  })
}

function indexOf(receipt: string, origin: string): number {
  const at = receipt.lastIndexOf('#')
  const index = /^(0|[1-9][0-9]{0,14})$/.exec(receipt.slice(at + 1))?.[0]
  if (at > 0 && receipt.slice(0, at) === origin && index !== undefined) return Number(index)
  throw new Refusal('request-invalid', {
    field: 'receipt',
    problem: `it must be one of this log, such as ${origin}#12`,
  })
}

function assertNotHeld(holds: Holds, personId: string, atMs: number): void {
  const covering = holds.covering({ personId, atMs })
  if (covering.length > 0) throw new Refusal('erasure-held', { holds: covering.map(({ id }) => id) })
}
