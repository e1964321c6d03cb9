import assert from 'node:assert/strict'
import { appendFile, cp, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { openSqlite } from '#/core/database/sqlite.ts'
import { logFolder } from '../layout.ts'
import { appendExchange, newFolder, type OpenedForTest, openIn, origin } from '../log-for-tests.ts'
import { verifyFolder } from '../verify.ts'
import { systemCopyDisk } from './copy.ts'
import { acceptLoss, beginBackup } from './entries.ts'
import { type BackedUp, type BackupOptions, makeBackup } from './make.ts'
import { manifestPath, readManifest } from './manifest.ts'
import { restoreBackup } from './restore.ts'

interface Served extends OpenedForTest {
  readonly dataFolder: string
}

/** A data folder with a log and a database, open as a server has them. */
async function serve(context: TestContext, dataFolder?: string): Promise<Served> {
  const folder = dataFolder ?? (await newFolder(context))
  const opened = await openIn(folder, { segmentBytes: 4_096, checkpointEveryMs: 20 })
  const database = openSqlite(join(folder, 'store.db'))
  context.after(() => database.close())
  await database.run('CREATE TABLE IF NOT EXISTS thing (name TEXT NOT NULL)')
  await database.run("INSERT INTO thing (name) VALUES ('kept')")
  return { ...opened, dataFolder: folder }
}

const backUp = (served: Served, into: string, more: Partial<BackupOptions> = {}): Promise<BackedUp> =>
  makeBackup({
    dataFolder: served.dataFolder,
    into,
    keys: 'none',
    begin: () => beginBackup(served.log, { into, keys: 'none', by: 'test' }),
    now: () => 1_790_000_000_000,
    ...more,
  })

const restoredLog = (folder: string): string => logFolder(join(folder, 'audit'), origin)

test('a backup of a log that is being written holds all of it up to a checkpoint, and verifies', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  for (let more = 0; more < 30; more++) await appendExchange(served.log, 'person-ada', `before ${more}`)
  let isWriting = true
  const writing = (async () => {
    while (isWriting) await appendExchange(served.log, 'person-ada', 'during')
  })()
  const made = await backUp(served, join(place, 'backup'), { keys: 'here' })
  isWriting = false
  await writing
  assert.ok(made.entries > 60 && made.entries < served.log.size())
  const into = join(place, 'restored')
  const restored = await restoreBackup({ from: join(place, 'backup'), into })
  assert.equal(restored.verified.entries, made.entries)
  assert.equal(restored.verified.checkpointSize, made.entries)
  assert.deepEqual(restored.missing, [])
  const last = restored.verified.entries - 1
  const again = await openIn(into)
  assert.match(Buffer.from((await again.log.open(3))?.payload ?? []).toString(), /before 1/)
  assert.ok(again.log.size() > last, 'it goes on')
  const database = openSqlite(join(into, 'store.db'))
  assert.deepEqual(await database.all('SELECT name FROM thing'), [{ name: 'kept' }])
  await database.close()
})

test('the backup has its entry, and is of its owner alone', async (context) => {
  const served = await serve(context)
  const into = join(await newFolder(context), 'backup')
  await backUp(served, into)
  const [head] = await served.log.search({ kinds: ['backup'], limit: 1 })
  assert.equal(head?.facts.decision, 'made')
  const { entries, files } = await readManifest(into)
  assert.ok((head?.index ?? 0) < entries, 'the backup holds it, too')
  for (const { path } of files) assert.equal((await stat(join(into, path))).mode & 0o077, 0, path)
})

test('keys stay out unless they are asked for, and can go apart; put together they open everything', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  const index = await appendExchange(served.log, 'person-ada', 'the heron')
  const [plain, apart, keys] = ['plain', 'apart', 'keys'].map((name) => join(place, name)) as [
    string,
    string,
    string,
  ]
  await backUp(served, plain)
  assert.ok(!(await readdir(plain)).includes('keys'))
  const without = await restoreBackup({ from: plain, into: join(place, 'without') })
  assert.equal(without.missing.length, 2)
  assert.match(without.missing.join(), /every text stays closed/)
  await backUp(served, apart, { keys: 'apart', keysInto: keys })
  assert.ok(!(await readdir(apart)).includes('keys'))
  const both = await restoreBackup({ from: apart, keysFrom: keys, into: join(place, 'both') })
  assert.deepEqual(both.missing, [])
  const again = await openIn(join(place, 'both'))
  assert.match(Buffer.from((await again.log.open(index))?.payload ?? []).toString(), /the heron/)
})

test('a file of the backup that was changed, cut, removed or made up is named, and nothing is restored', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  await appendExchange(served.log, 'person-ada', 'the heron')
  const damages: readonly [(from: string) => Promise<void>, RegExp][] = [
    [(from) => appendFile(join(from, 'store.db'), 'x'), /store\.db is not what was backed up/],
    [(from) => rm(join(from, 'store.db')), /not whole: store\.db is missing/],
    [(from) => rm(manifestPath(from)), /holds no manifest\.json/],
    [(from) => writeFile(manifestPath(from), '{'), /cannot be read/],
    [
      (from) => writeFile(manifestPath(from), '{"format":"other"}'),
      /is not one of this Sallyport \(format\)/,
    ],
    [(from) => changeManifest(from, '"store.db"', '"../store.db"'), /is not one of this Sallyport \(files/],
    [(from) => changeManifest(from, '"store.db"', '"/etc/store.db"'), /is not one of this Sallyport \(files/],
  ]
  const sound = join(place, 'backup')
  await backUp(served, sound)
  for (const [number, [damage, said]] of damages.entries()) {
    const from = join(place, `backup-${number}`)
    const into = join(place, `restored-${number}`)
    await cp(sound, from, { recursive: true })
    await damage(from)
    await assert.rejects(restoreBackup({ from, into }), said)
    assert.deepEqual(await readdir(into).catch(() => []), [], `${number} leaves nothing`)
  }
})

async function changeManifest(folder: string, from: string, to: string): Promise<void> {
  const text = await readFile(manifestPath(folder), 'utf8')
  assert.ok(text.includes(from))
  await writeFile(manifestPath(folder), text.replace(from, to))
}

test('a folder with something in it is neither written to nor emptied', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  await mkdir(join(place, 'used'))
  await writeFile(join(place, 'used', 'mine'), 'mine')
  await assert.rejects(backUp(served, join(place, 'used')), /is not empty/)
  await backUp(served, join(place, 'backup'))
  await assert.rejects(
    restoreBackup({ from: join(place, 'backup'), into: join(place, 'used') }),
    /is not empty/,
  )
  assert.equal(await readFile(join(place, 'used', 'mine'), 'utf8'), 'mine')
})

test('a disk that is full during the backup, with an error or without, leaves nothing and says so', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  for (let more = 0; more < 20; more++) await appendExchange(served.log, 'person-ada', 'x'.repeat(500))
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' })
  let left = 3
  const failing: BackupOptions['disk'] = {
    write: async (file, bytes) => {
      if (left-- <= 0) throw full
      return systemCopyDisk.write(file, bytes)
    },
  }
  const short: BackupOptions['disk'] = {
    write: async (file, bytes) => systemCopyDisk.write(file, bytes.subarray(1)),
  }
  const into = join(place, 'backup')
  await assert.rejects(
    backUp(served, into, { disk: failing }),
    /the disk is full\. Nothing of the backup is left/,
  )
  assert.deepEqual(await readdir(into), [])
  await assert.rejects(backUp(served, into, { disk: short }), /the disk took \d+ of \d+ bytes: is it full\?/)
  assert.deepEqual(await readdir(into), [])
  await backUp(served, into)
  assert.equal((await verifyFolder(restoredLog(into))).ok, true)
})

test('a log that was changed is not backed up as if it were sound', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  await appendExchange(served.log, 'person-ada', 'the heron')
  const [name = ''] = await readdir(join(restoredLog(served.dataFolder), 'pay'))
  const path = join(restoredLog(served.dataFolder), 'pay', name, '0000000001.pay')
  const bytes = await readFile(path)
  bytes[20] = (bytes[20] as number) ^ 1
  await writeFile(path, bytes)
  await assert.rejects(
    backUp(served, join(place, 'backup')),
    /does not verify: entry \d+: its payload was changed/,
  )
})

test('a backup older than what the keys know of is refused; given up, the lost range has its entry', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  await backUp(served, join(place, 'old'))
  const { entries } = await readManifest(join(place, 'old'))
  await appendExchange(served.log, 'person-ada', 'lost')
  await served.close()
  const keysFrom = join(served.dataFolder, 'keys')
  const into = join(place, 'restored')
  await assert.rejects(
    restoreBackup({ from: join(place, 'old'), into, keysFrom }),
    new RegExp(`the log once had ${entries + 3} entries.* this backup has ${entries}`),
  )
  assert.deepEqual(await readdir(into), [])
  const { lost } = await restoreBackup({
    from: join(place, 'old'),
    into,
    keysFrom,
    acceptLoss: async (asked) => {
      const opened = await openIn(into)
      await acceptLoss(opened.log, { ...asked, reason: 'the disk died', by: 'test' })
      await opened.close()
    },
  })
  assert.deepEqual([lost?.from, lost?.to], [entries, entries + 3])
  const again = await openIn(into)
  const [head] = await again.log.search({ kinds: ['backup'], limit: 1 })
  assert.equal(head?.facts.decision, 'loss-accepted')
  assert.deepEqual(head?.facts.counts, { from: entries, to: entries + 3 })
  await again.close()
  assert.deepEqual((await verifyFolder(restoredLog(into))).problems, [])
})

test('a loss that cannot be written down is not taken, and folders that hold no keys are refused', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  await backUp(served, join(place, 'old'))
  await served.close()
  const into = join(place, 'restored')
  const from = join(place, 'old')
  const failing = restoreBackup({
    from,
    into,
    keysFrom: join(served.dataFolder, 'keys'),
    acceptLoss: async () => {
      throw new Error('the log does not open')
    },
  })
  await assert.rejects(failing, /the log does not open/)
  assert.deepEqual(await readdir(into), [])
  await assert.rejects(restoreBackup({ from, into, keysFrom: place }), /neither a backup of keys nor/)
  await assert.rejects(restoreBackup({ from, into, keysFrom: from }), /holds no keys/)
})

test('what was erased before a backup is noted as erased after its restore', async (context) => {
  const served = await serve(context)
  const place = await newFolder(context)
  const index = await appendExchange(served.log, 'person-ada', 'about Clara')
  await served.log.append({ kind: 'erase', facts: { decision: 'begun', erased: [index] }, payload: '{}' })
  await served.log.erasePayload(index)
  await backUp(served, join(place, 'backup'))
  const { verified } = await restoreBackup({ from: join(place, 'backup'), into: join(place, 'restored') })
  assert.match(verified.notes.join(), new RegExp(`entry ${index}: its payload was erased by entry`))
})

test('a backup of a log whose first headers ended holds what stays of them, and verifies after the restore', async (context) => {
  const served = await serve(context)
  for (let more = 0; more < 30; more++) await appendExchange(served.log, 'person-ada', `before ${more}`)
  const { log } = served
  await log.tree.prove(log.size() - 1)
  const below = log.endable({ beforeMs: Number.MAX_SAFE_INTEGER, aliases: new Set() })
  const root = (await log.tree.rootOf(below)).toString('hex')
  await log.append({ kind: 'retention', facts: { decision: 'begun', ended: { below, root } } })
  await log.endHeaders(below)
  const place = await newFolder(context)
  const made = await backUp(served, join(place, 'backup'), { keys: 'here' })
  const into = join(place, 'restored')
  const { verified } = await restoreBackup({ from: join(place, 'backup'), into })
  assert.deepEqual([verified.entries, verified.ended], [made.entries, below])
  const again = await openIn(into)
  assert.equal(again.log.first(), below)
  await again.close()
  assert.deepEqual((await verifyFolder(restoredLog(into))).problems, [])
})
