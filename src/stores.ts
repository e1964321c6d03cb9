import { join } from 'node:path'
import type { AuditLog } from '#/audit/api.ts'
import type { EvidenceLog } from '#/audit/evidence/api.ts'
import { openEvidence } from '#/audit/evidence/evidence-log.ts'
import { type LogIndex, openLogIndex } from '#/audit/index/log-index.ts'
import { type LogKeys, openLogKeys } from '#/audit/keys.ts'
import { logFolder } from '#/audit/layout.ts'
import { openAuditLog } from '#/audit/log.ts'
import { readingMigrations } from '#/audit/reading/migrations/index.ts'
import { retentionMigrations } from '#/audit/retention/migrations/index.ts'
import type { Clock } from '#/core/clock.ts'
import { type DataFolder, openDataFolder } from '#/core/data-folder.ts'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { describeError, type WriteLine } from '#/core/log-line.ts'
import { acknowledgementMigrations } from '#/gateway/acknowledgements/migrations/index.ts'
import { spendingMigrations } from '#/gateway/spending/migrations/index.ts'
import { identityMigrations } from '#/identity/migrations/index.ts'
import { registerMigrations } from '#/register/migrations/index.ts'
import { probeMigrations } from '#/register/probes/migrations/index.ts'
import { createKeyGuards } from '#/sealing/guards/index.ts'
import { type KeyKeeper, keepKeys } from '#/sealing/keeper.ts'
import type { Settings } from '#/settings/api.ts'
import type { KeySecrets } from '#/settings/credentials.ts'
import { publicationMigrations } from '#/snapshot/publications/migrations/index.ts'
import { switchMigrations } from '#/snapshot/switches/migrations/index.ts'
import { triggerMigrations } from '#/snapshot/triggers/migrations/index.ts'

const mebibyte = 1_024 * 1_024

/** What lies in the data folder, open and locked for this process alone. */
export interface Stores {
  readonly folder: DataFolder
  readonly database: Database
  readonly audit: AuditLog
  readonly keys: LogKeys
  readonly keyKeeper: KeyKeeper
  readonly evidence: EvidenceLog
  readonly index: LogIndex
  readonly close: () => Promise<void>
}

/** Throws when another process holds the folder, or when a store cannot be gone on with; nothing stays open then. */
export async function openStores(
  settings: Settings,
  secrets: KeySecrets,
  clock: Clock,
  writeLine: WriteLine,
): Promise<Stores> {
  const opened: (() => Promise<void> | void)[] = []
  const closeAll = async () => {
    for (const close of opened.reverse()) await close()
  }
  try {
    const folder = await openDataFolder(settings.dataFolder)
    opened.push(() => folder.release())
    const database = openSqlite(join(folder.path, 'store.db'))
    opened.push(() => database.close())
    await migrate(database, [
      ...identityMigrations,
      ...registerMigrations,
      ...probeMigrations,
      ...retentionMigrations,
      ...readingMigrations,
      ...switchMigrations,
      ...acknowledgementMigrations,
      ...publicationMigrations,
      ...spendingMigrations,
      ...triggerMigrations,
    ])
    const keys = await openLogKeys({
      folder: join(folder.path, 'keys'),
      origin: settings.audit.origin,
      guards: createKeyGuards(settings.keys, secrets),
      source: settings.keys.source,
      clock,
    })
    opened.push(() => keys.close())
    const audit = await openAuditLog({
      folder: join(folder.path, 'audit'),
      origin: settings.audit.origin,
      segmentBytes: settings.audit.segmentBytes,
      ballastBytes: settings.audit.ballastMiB * mebibyte,
      personBytesPerDay: settings.audit.personMiBPerDay * mebibyte,
      keys,
      clock,
      settingsDigest: settings.digest,
      checkpointCopies: settings.audit.checkpointCopies,
      onCopyTrouble: ({ folder: place, problem }) =>
        writeLine({
          level: problem === undefined ? 'info' : 'error',
          what: `the copy of the checkpoint in ${place} ${problem === undefined ? 'is kept again' : 'is not kept'}`,
          ...(problem === undefined ? {} : { problem }),
        }),
      onLate: (error) =>
        writeLine(
          error === undefined
            ? { level: 'info', what: 'checkpoints are signed again' }
            : { level: 'error', what: 'no checkpoint can be signed', problem: describeError(error) },
        ),
      onNote: (text) => writeLine({ level: 'warning', what: text }),
      onDead: (error) =>
        writeLine({ level: 'error', what: 'the log is dead', problem: describeError(error) }),
    })
    opened.push(() => audit.close())
    const keyKeeper = keepKeys({
      keys,
      rotateEveryDays: settings.keys.rotateEveryDays,
      log: (entry) => audit.append(entry),
      clock,
      writeLine,
    })
    opened.push(() => keyKeeper.close())
    await keyKeeper.start()
    const evidence = openEvidence(join(folder.path, 'audit'), audit, keys)
    const index = openLogIndex({
      folder: logFolder(join(folder.path, 'audit'), settings.audit.origin),
      origin: settings.audit.origin,
      size: audit.size,
      first: audit.first,
      watch: audit.watch,
      writeLine,
    })
    opened.push(() => index.close())
    return { folder, database, audit, keys, keyKeeper, evidence, index, close: closeAll }
  } catch (error) {
    await closeAll()
    throw error
  }
}
