/** What the tests of retention share: a log with people in it, months long, on a clock the test sets. */
import type { TestContext } from 'node:test'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { AuditLog } from '../api.ts'
import type { Disk } from '../disk.ts'
import type { LogKeys } from '../keys.ts'
import { newFolder, openIn } from '../log-for-tests.ts'
import type { RetentionSettings } from './due.ts'
import type { KeptStore } from './kept-store.ts'
import { logStores } from './log-stores.ts'
import { retentionMigrations } from './migrations/index.ts'
import { openRetention, type Retention } from './retention.ts'

export const people = [
  { id: 'person-ada', email: 'ada@example.com', name: 'Ada' },
  { id: 'person-bob', email: 'bob@example.com', name: 'Bob' },
  { id: 'person-ada-2', email: 'twice@example.com', name: 'Ada' },
  { id: 'person-ada-3', email: 'twice@example.com', name: 'Ada' },
]

export interface Kept {
  readonly dataFolder: string
  readonly log: AuditLog
  readonly keys: LogKeys
  readonly retention: Retention
  /** `leaptMs`: what the wall clock moved by and the steady one did not. */
  readonly clock: { now: number; leaptMs: number }
  readonly close: () => Promise<void>
}

export interface KeptOptions {
  readonly dataFolder?: string
  readonly nowMs?: number
  readonly settings?: Partial<RetentionSettings>
  readonly stores?: readonly KeptStore[]
  readonly segmentBytes?: number
  readonly disk?: Disk
  readonly freeFloorBytes?: number
}

export const january = Date.UTC(2026, 0, 15)

export async function openKept(context: TestContext, options: KeptOptions = {}): Promise<Kept> {
  const dataFolder = options.dataFolder ?? (await newFolder(context))
  const clock = { now: options.nowMs ?? january, leaptMs: 0 }
  const startMs = clock.now
  // Both clocks go on together: these are months, and no jumps.
  const steady = { now: () => clock.now, monotonic: () => Math.max(0, clock.now - clock.leaptMs - startMs) }
  const { segmentBytes = 64 * 1_024, disk, freeFloorBytes = 0 } = options
  const opened = await openIn(dataFolder, {
    clock: steady,
    segmentBytes,
    freeFloorBytes,
    ...(disk === undefined ? {} : { disk }),
  })
  const database = openSqlite(`${dataFolder}/store.db`)
  await migrate(database, retentionMigrations)
  const settings: RetentionSettings = {
    contentDays: 180,
    headerDays: 400,
    belowSixMonths: undefined,
    headers: 'end',
    ...options.settings,
  }
  const retention = await openRetention({
    database,
    log: opened.log,
    keys: opened.keys,
    dataFolder,
    settings,
    stores: [...logStores(opened.keys, settings), ...(options.stores ?? [])],
    findPeople: async (email) => people.filter((person) => person.email === email),
    clock: steady,
  })
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await opened.close()
    await database.close()
  }
  context.after(close)
  return { dataFolder, log: opened.log, keys: opened.keys, retention, clock, close }
}

export const erasure = { basis: 'objection', reason: 'asked by letter', by: 'test' } as const
