import assert from 'node:assert/strict'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { KeyGuards } from '#/sealing/guards/api.ts'
import { nobody, unguarded } from '#/sealing/guards/nobody.ts'
import { startTestVault } from '#/sealing/guards/test-vault.ts'
import { vaultGuard } from '#/sealing/guards/vault.ts'
import type { AuditLog } from '../api.ts'
import { openLogKeys } from '../keys.ts'
import { logFolder } from '../layout.ts'
import { openAuditLog } from '../log.ts'
import { appendExchange, newFolder, origin } from '../log-for-tests.ts'
import { verifyFolder } from '../verify.ts'
import { beginBackup } from './entries.ts'
import { makeBackup } from './make.ts'
import { restoreBackup } from './restore.ts'

/** A backup of before an erasure, brought back after it. */

async function open(context: TestContext, dataFolder: string, guards: KeyGuards) {
  const keys = await openLogKeys({ folder: join(dataFolder, 'keys'), origin, guards })
  const log = await openAuditLog({
    folder: join(dataFolder, 'audit'),
    origin,
    segmentBytes: 64 * 1_024,
    keys,
    freeFloorBytes: 0,
    checkpointEveryMs: 10,
  })
  let isClosed = false
  const close = async () => {
    if (isClosed) return
    isClosed = true
    await log.close()
    keys.close()
  }
  context.after(close)
  return { log, keys, close }
}

const textOf = async (log: AuditLog, index: number): Promise<string> =>
  Buffer.from((await log.open(index))?.payload ?? []).toString()

/** Backs up, keys and all, then erases what a person entered and rotates. Gives folders and the entry. */
async function backedUpThenErased(context: TestContext, guards: KeyGuards) {
  const place = await newFolder(context)
  const [dataFolder, backup, keysFolder] = ['data', 'backup', 'keys'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ]
  const { log, keys, close } = await open(context, dataFolder, guards)
  const database = openSqlite(join(dataFolder, 'store.db'))
  await database.run('CREATE TABLE thing (name TEXT NOT NULL)')
  const index = await appendExchange(log, 'person-ada', 'the heron')
  await makeBackup({
    dataFolder,
    into: backup,
    keys: 'apart',
    keysInto: keysFolder,
    begin: () => beginBackup(log, { into: backup, keys: 'apart', by: 'test' }),
    now: Date.now,
  })
  await database.close()
  await keys.destroy({ person: 'person-ada' })
  const rotate = async () => {
    const untold = { tell: async () => undefined }
    await keys.rotate(untold)
    await keys.destroyRetired(untold)
  }
  return { place, dataFolder, backup, keysFolder, index, rotate, close }
}

async function assertUnreadable(
  context: TestContext,
  into: string,
  guards: KeyGuards,
  index: number,
  why: RegExp,
) {
  let text = ''
  await assert.rejects(async () => {
    const { log } = await open(context, into, guards)
    text = await textOf(log, index)
  }, why)
  assert.equal(text, '')
  const verified = await verifyFolder(logFolder(join(into, 'audit'), origin))
  assert.deepEqual(verified.problems, [], 'what cannot be read any more is still proved')
}

test('before a rotation the backup brings back what was erased: this is the horizon the docs state', async (context) => {
  const { place, backup, keysFolder, index, close } = await backedUpThenErased(context, unguarded)
  await close()
  const into = join(place, 'restored')
  await restoreBackup({ from: backup, keysFrom: keysFolder, into })
  const { log, close: closeRestored } = await open(context, into, unguarded)
  assert.match(await textOf(log, index), /the heron/)
  await closeRestored()
})

test('after a rotation the old data keys open nothing with the key-encryption key of today', async (context) => {
  const erased = await backedUpThenErased(context, unguarded)
  await erased.rotate()
  await erased.close()
  // Yesterday's data keys beside today's key-encryption key: all an operator has who keeps `kek` apart.
  const mixed = join(erased.place, 'mixed')
  await cp(join(erased.keysFolder, 'keys'), mixed, { recursive: true })
  await rm(join(mixed, 'kek'))
  await cp(join(erased.dataFolder, 'keys', 'kek'), join(mixed, 'kek'))
  const into = join(erased.place, 'restored')
  await restoreBackup({ from: erased.backup, keysFrom: mixed, into })
  await assertUnreadable(
    context,
    into,
    unguarded,
    erased.index,
    /wrapped under version 1 .* which has version 2/,
  )
})

test('with a guard that destroys its versions even a backup with everything opens nothing after a rotation', async (context) => {
  const vault = await startTestVault()
  context.after(() => vault.stop())
  const settings = {
    url: vault.url,
    mount: 'transit',
    key: 'sallyport',
    token: 'env:T',
    namespace: undefined,
    caFile: undefined,
    limitMs: 5_000,
  }
  const guard = vaultGuard(settings, () => vault.token)
  const guards: KeyGuards = { current: guard, all: new Map([guard, nobody].map((each) => [each.name, each])) }
  const erased = await backedUpThenErased(context, guards)
  await erased.rotate()
  await erased.close()
  const into = join(erased.place, 'restored')
  await restoreBackup({ from: erased.backup, keysFrom: erased.keysFolder, into })
  await assertUnreadable(context, into, guards, erased.index, /version is disallowed by policy/)
})
