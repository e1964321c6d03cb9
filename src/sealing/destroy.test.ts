import assert from 'node:assert/strict'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { type TestContext, test } from 'node:test'
import type { SealingKeys } from './api.ts'
import { openSealingKeys } from './keys.ts'

interface Opened {
  readonly folder: string
  readonly keys: SealingKeys
}

async function open(context: TestContext, folder?: string): Promise<Opened> {
  const place = folder ?? (await mkdtemp(join(tmpdir(), 'sallyport-sealing-')))
  const keys = await openSealingKeys({ folder: place })
  context.after(async () => {
    keys.close()
    await rm(place, { recursive: true, force: true })
  })
  return { folder: place, keys }
}

/** What wraps every living key, as it lies in the file. */
function wrappedIn(folder: string): ReadonlyMap<string, Buffer> {
  const database = new DatabaseSync(join(folder, 'data-keys.db'), { readOnly: true })
  const rows = database.prepare('SELECT commitment, wrapped FROM data_key').all()
  database.close()
  return new Map(rows.map((row) => [row['commitment'] as string, Buffer.from(row['wrapped'] as Uint8Array)]))
}

/** Looks for bytes in every file of the folder. */
async function filesWith(folder: string, bytes: Buffer): Promise<readonly string[]> {
  const names = await readdir(folder)
  const found = await Promise.all(
    names.map(async (name) => ((await readFile(join(folder, name))).includes(bytes) ? [name] : [])),
  )
  return found.flat()
}

test('a destroyed key neither opens nor seals a moment later, and the next sealing makes a new alias and key', async (context) => {
  const { keys, folder } = await open(context)
  const october = keys.sealing('person-1', '2026-10')
  const november = keys.sealing('person-1', '2026-11')
  const other = keys.sealing('person-2', '2026-11')
  assert.ok(keys.opening(november.commitment))
  const destroying = keys.destroy({ person: 'person-1' })
  assert.equal(keys.opening(november.commitment), undefined)
  assert.equal(keys.personOf(november.alias), undefined)
  const next = keys.sealing('person-1', '2026-11')
  assert.notEqual(next.alias, november.alias)
  assert.notEqual(next.commitment, november.commitment)
  assert.equal(next.key.equals(november.key), false)
  const destroyed = await destroying
  assert.deepEqual(new Set(destroyed.commitments), new Set([october.commitment, november.commitment]))
  assert.deepEqual(new Set(destroyed.aliases), new Set([october.alias, november.alias]))
  assert.ok(keys.opening(other.commitment)?.equals(other.key))
  assert.deepEqual(keys.aliasesOf('person-1'), [next.alias])

  const again = await openSealingKeys({ folder })
  context.after(() => again.close())
  assert.equal(again.opening(october.commitment), undefined)
  assert.equal(again.sealing('person-1', '2026-11').commitment, next.commitment)
})

test('a month, and all months before one, can be destroyed; people under a hold keep theirs', async (context) => {
  const { keys } = await open(context)
  const months = ['2026-01', '2026-02', '2026-03', '2026-04']
  const sealed = months.flatMap((month) => ['a', 'b', ''].map((person) => keys.sealing(person, month)))
  const living = () => sealed.flatMap(({ commitment }, at) => (keys.opening(commitment) ? [at] : []))
  await keys.destroy({ month: '2026-02' }, { exceptPeople: new Set(['b']) })
  assert.deepEqual(living(), [0, 1, 2, 4, 6, 7, 8, 9, 10, 11])
  const before = await keys.destroy({ beforeMonth: '2026-03' })
  assert.equal(before.commitments.length, 4)
  assert.deepEqual(living(), [6, 7, 8, 9, 10, 11])
  assert.deepEqual(await keys.destroy({ beforeMonth: '2026-03' }), { commitments: [], aliases: [] })
  assert.deepEqual(keys.inventory().months, [
    { month: '2026-03', people: 2, keys: 3 },
    { month: '2026-04', people: 2, keys: 3 },
  ])
})

test('with kept aliases the headers still say who, while nothing opens; the aliases can go later', async (context) => {
  const { keys } = await open(context)
  const { alias, commitment } = keys.sealing('person-1', '2026-01')
  const kept = await keys.destroy({ beforeMonth: '2026-02' }, { keepAliases: true })
  assert.deepEqual(kept, { commitments: [commitment], aliases: [] })
  assert.equal(keys.opening(commitment), undefined)
  assert.equal(keys.personOf(alias), 'person-1')
  const anew = keys.sealing('person-1', '2026-01')
  assert.equal(anew.alias, alias)
  assert.notEqual(anew.commitment, commitment)
  const gone = await keys.destroy({ beforeMonth: '2026-02' })
  assert.deepEqual(gone, { commitments: [anew.commitment], aliases: [alias] })
})

test('nothing of a destroyed key is left in the files', async (context) => {
  const { keys, folder } = await open(context)
  // Enough of them that pages divide and join, which is where copies would stay behind.
  for (let person = 0; person < 400; person++) keys.sealing(`person-${person}`, '2026-11')
  const before = wrappedIn(folder)
  const { commitment, alias } = keys.sealing('person-7', '2026-11')
  const one = before.get(commitment) ?? assert.fail()
  assert.deepEqual(await filesWith(folder, one), ['data-keys.db'])
  await keys.destroy({ person: 'person-7' })
  assert.deepEqual(await filesWith(folder, one), [])
  assert.deepEqual(await filesWith(folder, Buffer.from(alias)), [])
  for (let person = 0; person < 400; person += 2) await keys.destroy({ person: `person-${person}` })
  const after = wrappedIn(folder)
  assert.equal(after.size, 199)
  const file = await readFile(join(folder, 'data-keys.db'))
  for (const [name, wrapped] of before) {
    assert.equal(file.includes(wrapped), after.has(name))
    assert.equal(file.includes(name), after.has(name))
  }
})

test('a month in another form destroys nothing', async (context) => {
  const { keys } = await open(context)
  const { commitment } = keys.sealing('person-1', '2026-01')
  for (const month of ['', '2026', '2026-1', '2026-13', 'zzzz', '2026-01-01']) {
    await assert.rejects(keys.destroy({ beforeMonth: month }), /yyyy-mm/)
    await assert.rejects(keys.destroy({ month }), /yyyy-mm/)
  }
  assert.ok(keys.opening(commitment))
})
