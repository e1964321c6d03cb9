import assert from 'node:assert/strict'
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { test } from 'node:test'
import { type KeyEntry, keepKeys } from './keeper.ts'
import { readKekFile } from './kek-file.ts'
import { newFolder, openKeys } from './test-keys.ts'

test('a bit that turned in whose an alias is, or which key is whose, stops the start, wherever it is written', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const { alias, commitment } = keys.sealing('person-3', '2026-11')
  keys.close()
  const path = join(folder, 'data-keys.db')
  const sound = await readFile(path)
  for (const text of ['person-3', alias, commitment]) {
    let found = 0
    for (let at = sound.indexOf(text); at >= 0; at = sound.indexOf(text, at + 1)) {
      const turned = Buffer.from(sound)
      turned[at + 5] = (turned[at + 5] as number) ^ 1
      await writeFile(path, turned)
      await assert.rejects(openKeys(context, folder), /data-keys\.db is damaged.*newest sound copy/s)
      found++
    }
    assert.ok(found >= 2, `${text} stands in ${found} places`)
  }
  await writeFile(path, sound)
  const again = await openKeys(context, folder)
  assert.equal(again.personOf(alias), 'person-3')
})

test('a file of keys that is no database is named', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  keys.sealing('person-1', '2026-11')
  keys.close()
  await writeFile(join(folder, 'data-keys.db'), 'x'.repeat(8_192))
  await assert.rejects(openKeys(context, folder), /data-keys\.db is damaged \(file is not a database\)/)
})

test('keys whose files were removed, or put back from a copy, while they are used are not in place', async (context) => {
  const folder = await newFolder(context)
  const keys = await openKeys(context, folder)
  const path = join(folder, 'data-keys.db')
  await keys.assertInPlace()
  await rename(path, `${path}.away`)
  await assert.rejects(keys.assertInPlace(), /ENOENT.*data-keys\.db/)
  await copyFile(`${path}.away`, path)
  await assert.rejects(keys.assertInPlace(), /data-keys\.db is another file than the one that is used/)
  await rename(`${path}.away`, path)
  await keys.rotate({ tell: async () => undefined })
  await keys.destroy({ month: '2026-11' })
  await keys.assertInPlace()
  await rm(join(folder, 'kek'))
  await assert.rejects(keys.assertInPlace(), /ENOENT.*kek/)
})

/** As a disk would: what wraps these keys is changed, and nothing else of them. */
function damage(folder: string, commitments: readonly string[]): void {
  const database = new DatabaseSync(join(folder, 'data-keys.db'))
  const [first, second = ''] = commitments
  const sql = 'UPDATE data_key SET wrapped = zeroblob(60) WHERE commitment = ?'
  database.prepare(sql).run(first as string)
  database.prepare("UPDATE data_key SET wrapped = x'00' WHERE commitment = ?").run(second)
  database.close()
}

const versionsIn = async (folder: string): Promise<readonly number[]> =>
  (await readKekFile(join(folder, 'kek')))?.versions.map(({ version }) => version) ?? []

test('damaged keys do not keep the others from being rotated; the old version stays until a sound copy is named', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const sealed = Array.from({ length: 150 }, (_, at) => first.sealing(`person-${at}`, '2026-11'))
  first.close()
  const copy = join(folder, 'copy.db')
  await copyFile(join(folder, 'data-keys.db'), copy)
  const hurt = sealed.slice(70, 72)
  damage(
    folder,
    hurt.map(({ commitment }) => commitment),
  )
  const keys = await openKeys(context, folder)
  const told: KeyEntry[] = []
  const lines: string[] = []
  const keeper = keepKeys({
    keys,
    rotateEveryDays: 30,
    log: async (entry) => void told.push(entry),
    clock: { now: Date.now, monotonic: () => performance.now() },
    writeLine: ({ what }) => void lines.push(what),
  })
  context.after(() => keeper.close())
  for (let times = 0; times < 2; times++) {
    const { damaged, problems, version } = await keeper.rotate('ada')
    assert.deepEqual(
      damaged.map(({ commitment }) => commitment),
      hurt.map(({ commitment }) => commitment).sort(),
    )
    assert.equal(damaged[0]?.month, '2026-11')
    assert.match(problems.join(), /2 data keys are damaged \(of 2026-11\).*--from-copy FILE/)
    assert.equal(version, times + 2)
    for (const { commitment, key } of sealed) {
      if (hurt.some((each) => each.commitment === commitment)) continue
      assert.ok(keys.opening(commitment)?.equals(key))
    }
  }
  assert.deepEqual(await versionsIn(folder), [1, 2, 3])
  assert.deepEqual(
    told.map(({ kind, facts }) => [kind, facts.reason, facts.counts?.['keys']]),
    [['alert', 'keys-damaged', 2]],
  )
  assert.deepEqual(lines, ['data keys are damaged'])
  await assert.rejects(
    keeper.rotate('ada', { soundCopy: join(folder, 'nowhere') }),
    /no copy of data-keys\.db that can be read/,
  )
  const { damaged, problems } = await keeper.rotate('ada', { soundCopy: copy })
  assert.deepEqual([damaged, problems], [[], []])
  assert.deepEqual(await versionsIn(folder), [4])
  for (const { commitment, key } of sealed) assert.ok(keys.opening(commitment)?.equals(key))
  keys.close()
  const again = await openKeys(context, folder)
  for (const { commitment, key } of sealed) assert.ok(again.opening(commitment)?.equals(key))
})

test('damaged keys are forgotten only when somebody says so, which the log tells, and the next start goes on', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const hurt = first.sealing('ada', '2026-11')
  const sound = first.sealing('bob', '2026-11')
  first.close()
  damage(folder, [hurt.commitment])
  const keys = await openKeys(context, folder)
  const tell = async (): Promise<void> => undefined
  assert.equal((await keys.rotate({ tell })).length, 1)
  assert.throws(() => keys.sealing('ada', '2026-11'), /does not open/)
  const given = await keys.rotate({ tell, givesUpDamaged: true })
  assert.deepEqual(given, [{ commitment: hurt.commitment, month: '2026-11' }])
  assert.deepEqual(await versionsIn(folder), [3])
  keys.close()
  const again = await openKeys(context, folder)
  assert.equal(again.opening(hurt.commitment), undefined)
  assert.ok(again.opening(sound.commitment)?.equals(sound.key))
  assert.notEqual(again.sealing('ada', '2026-11').commitment, hurt.commitment, 'they go on under a new key')
})

test('damaged keys keep six versions at most: a further rotation is refused until they are cured or given up', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const hurt = first.sealing('ada', '2026-11')
  const sound = first.sealing('bob', '2026-11')
  first.close()
  damage(folder, [hurt.commitment])
  const keys = await openKeys(context, folder)
  const tell = async (): Promise<void> => undefined
  for (let times = 0; times < 5; times++) await keys.rotate({ tell })
  await assert.rejects(keys.rotate({ tell }), { code: 'keys-damaged', facts: { versions: 6 } })
  assert.deepEqual(await versionsIn(folder), [1, 2, 3, 4, 5, 6])
  assert.ok(keys.opening(sound.commitment)?.equals(sound.key))
  await keys.rotate({ tell, givesUpDamaged: true })
  assert.deepEqual(await versionsIn(folder), [7])
  assert.ok(keys.opening(sound.commitment)?.equals(sound.key))
})

test('a key that is read as a text is damaged like others: one bit of a record says what stands there', async (context) => {
  const folder = await newFolder(context)
  const first = await openKeys(context, folder)
  const { commitment } = first.sealing('person-1', '2026-11')
  first.sealing('person-2', '2026-11')
  first.close()
  const database = new DatabaseSync(join(folder, 'data-keys.db'))
  database.prepare('UPDATE data_key SET wrapped = ? WHERE commitment = ?').run('x'.repeat(60), commitment)
  database.close()
  const keys = await openKeys(context, folder)
  const damaged = await keys.rotate({ tell: async () => undefined })
  assert.deepEqual(damaged, [{ commitment, month: '2026-11' }])
})
