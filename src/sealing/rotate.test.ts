import assert from 'node:assert/strict'
import { chmod, copyFile, cp, link, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { SealingKey } from './api.ts'
import { readKekFile } from './kek-file.ts'
import type { SealingKeysControl } from './keys.ts'
import type { RotationEvent, RotationHooks, RotationStep } from './rotate.ts'
import { newFolder, openKeys } from './test-keys.ts'

const untold: RotationHooks = { tell: async () => undefined }

const sealFor = (keys: SealingKeysControl, people: number): readonly SealingKey[] =>
  Array.from({ length: people }, (_, person) => keys.sealing(`person-${person}`, '2026-11'))

function assertOpens(keys: SealingKeysControl, sealed: readonly SealingKey[]): void {
  for (const { commitment, key } of sealed) assert.ok(keys.opening(commitment)?.equals(key), commitment)
}

const versionsIn = async (folder: string): Promise<readonly number[]> =>
  (await readKekFile(join(folder, 'kek')))?.versions.map(({ version }) => version) ?? []

async function rotateWhole(keys: SealingKeysControl, hooks: RotationHooks = untold): Promise<void> {
  await keys.rotate(hooks)
  await keys.destroyRetired(hooks)
}

test('after a rotation every living key opens, under the new version alone, and the log was told in order', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const sealed = sealFor(keys, 250)
  const old = await readFile(join(folder, 'kek'), 'utf8')
  // A second name for the same bytes on disk shows what becomes of them.
  await link(join(folder, 'kek'), join(folder, 'same-bytes'))
  const told: RotationEvent[] = []
  await rotateWhole(keys, { tell: async (event) => void told.push(event) })
  assert.deepEqual(
    told.map(({ kind, version }) => [kind, version]),
    [
      ['key-rotated', 2],
      ['key-destroyed', 1],
    ],
  )
  assert.deepEqual(await versionsIn(folder), [2])
  assert.equal(keys.inventory().version, 2)
  const bytes = (JSON.parse(old) as { versions: [{ sealed: string }] }).versions[0].sealed
  assert.equal((await readFile(join(folder, 'kek'), 'utf8')).includes(bytes), false)
  assert.deepEqual(await readFile(join(folder, 'same-bytes')), Buffer.alloc(old.length))
  assertOpens(keys, sealed)
  assertOpens(await openKeys(context, folder), sealed)
  // A key made later is under the new version at once.
  const later = keys.sealing('somebody new', '2026-11')
  const database = new DatabaseSync(join(folder, 'data-keys.db'), { readOnly: true })
  const keks = database.prepare('SELECT DISTINCT kek FROM data_key').all()
  database.close()
  assert.deepEqual(
    keks.map((row) => row['kek']),
    [2],
  )
  assertOpens(keys, [later])
})

const steps: readonly RotationStep[] = ['added', 'wrapped', 'told', 'retired', 'destroyed', 'closed']

/** What a kill leaves: the files as they are at this moment, opened by a process that knows nothing of the first. */
async function copyAt(context: TestContext, folder: string): Promise<string> {
  const copy = await newFolder(context)
  await cp(folder, copy, { recursive: true })
  return copy
}

for (const step of steps) {
  test(`killed after "${step}", every record is readable, and the next process ends the rotation`, async (context) => {
    const folder = await newFolder(context)
    const keys = await openKeys(context, folder)
    const sealed = sealFor(keys, 150)
    const copies: { readonly folder: string; readonly sealed: readonly SealingKey[] }[] = []
    await rotateWhole(keys, {
      tell: async () => undefined,
      after: async (reached) => {
        if (reached !== step) return
        // Under load: keys are made meanwhile.
        const made = keys.sealing(`late-${copies.length}`, '2026-11')
        copies.push({ folder: await copyAt(context, folder), sealed: [...sealed, made] })
      },
    })
    assert.equal(copies.length, step === 'wrapped' ? 2 : 1)
    for (const copy of copies) {
      const again = await openKeys(context, copy.folder)
      assertOpens(again, copy.sealed)
      const told: RotationEvent[] = []
      const tell = async (event: RotationEvent) => void told.push(event)
      await again.finishRotation({ tell })
      await again.destroyRetired({ tell })
      assertOpens(again, copy.sealed)
      assert.deepEqual(await versionsIn(copy.folder), [2])
      assert.deepEqual(again.guard().waiting, [])
      // Told at least once in all: what was told before the kill may be told again, never left out.
      const kinds = told.map(({ kind }) => kind)
      if (step === 'closed') assert.deepEqual(kinds, [])
      else assert.ok(kinds.includes('key-destroyed'))
      assert.equal(kinds.includes('key-rotated'), ['added', 'wrapped', 'told'].includes(step))
      assertOpens(await openKeys(context, copy.folder), copy.sealed)
    }
  })
}

test('a log that cannot be told stops the rotation before the old version is gone', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const sealed = sealFor(keys, 3)
  const failing = { tell: () => Promise.reject(new Error('the log is dead')) }
  await assert.rejects(keys.rotate(failing), /the log is dead/)
  assert.deepEqual(await versionsIn(folder), [1, 2])
  assertOpens(keys, sealed)
  await rotateWhole(keys)
  assert.deepEqual(await versionsIn(folder), [3])
  assertOpens(keys, sealed)
})

test('two rotations asked at once happen one after the other', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const sealed = sealFor(keys, 150)
  await Promise.all([keys.rotate(untold), keys.rotate(untold)])
  assert.deepEqual(await versionsIn(folder), [3])
  assertOpens(keys, sealed)
})

test('keys are made, used and destroyed while they are wrapped anew', async (context) => {
  const keys = await openKeys(context, await newFolder(context))
  const sealed = sealFor(keys, 250)
  const made: SealingKey[] = []
  let rotated = false
  const rotating = keys.rotate(untold).then(() => {
    rotated = true
  })
  while (!rotated) {
    made.push(keys.sealing(`new-${made.length}`, '2026-11'))
    assertOpens(keys, [sealed[249] as SealingKey])
    if (made.length === 3) await keys.destroy({ person: 'person-0' })
    await new Promise(setImmediate)
  }
  await rotating
  assert.ok(made.length >= 3)
  assert.equal(keys.opening(sealed[0]?.commitment ?? ''), undefined)
  assertOpens(keys, [...sealed.slice(1), ...made])
})

test('erased, rotated, and the older copy of data-keys.db put back: it opens nothing, and that is said', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const [erased, kept] = sealFor(keys, 2) as [SealingKey, SealingKey]
  const backup = join(await newFolder(context), 'data-keys.db')
  await copyFile(join(folder, 'data-keys.db'), backup)
  await keys.destroy({ person: 'person-0' })
  // Before the rotation the copy still opens: the erasure horizon is the time between rotations.
  const early = await newFolder(context)
  await copyFile(join(folder, 'kek'), join(early, 'kek'))
  await copyFile(backup, join(early, 'data-keys.db'))
  assertOpens(await openKeys(context, early), [erased])

  await rotateWhole(keys)
  assertOpens(keys, [kept])
  keys.close()
  await copyFile(backup, join(folder, 'data-keys.db'))
  await assert.rejects(openKeys(context, folder), /wrapped under version 1 of keys\/kek, which has version 2/)
  const reading = await openKeys(context, folder, { isReadOnly: true })
  assert.throws(() => reading.opening(erased.commitment), /version 1 of keys\/kek, which is not there/)
})

test('a key file of the first form is version 1 and opens what it wrapped', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const sealed = sealFor(first, 2)
  first.close()
  const file = await readKekFile(join(folder, 'kek'))
  await writeFile(join(folder, 'kek'), `${file?.versions[0]?.sealed}\n`)
  // The database of before had no column for versions either.
  const database = new DatabaseSync(join(folder, 'data-keys.db'))
  database.exec('ALTER TABLE data_key DROP COLUMN kek')
  database.close()
  const reading = await openKeys(context, folder, { isReadOnly: true })
  assertOpens(reading, sealed)
  reading.close()
  const keys = await openKeys(context, folder)
  assertOpens(keys, sealed)
  await rotateWhole(keys)
  assertOpens(await openKeys(context, folder), sealed)
})

test('a key file that is missing, damaged, of another length or open to others is refused, and none is made over keys', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  sealFor(keys, 1)
  keys.close()
  const path = join(folder, 'kek')
  const right = await readFile(path, 'utf8')
  const damaged: readonly (readonly [string, RegExp])[] = [
    ['c2hvcnQ=', /32 bytes/],
    ['', /32 bytes/],
    ['{', /put back the newest copy/],
    ['{}', /put back the newest copy/],
    [right.replace('"nobody"', '"somebody"'), /sealed by somebody/],
    [right.replace(/"sealed":"[^"]+"/, '"sealed":"c2hvcnQ="'), /32 bytes/],
  ]
  for (const [text, message] of damaged) {
    await writeFile(path, text)
    await assert.rejects(openKeys(context, folder), message, text)
  }
  await writeFile(path, right)
  await openKeys(context, folder)
  await copyFile(path, `${path}.kept`)
  await chmod(path, 0o644)
  await assert.rejects(openKeys(context, folder), /may be read by others/)
  await unlink(path)
  await assert.rejects(openKeys(context, folder), /is missing.*put back the newest copy/)
})
