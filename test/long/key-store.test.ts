import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { KeyStore } from '#/sealing/store.ts'
import { newFolder } from '#/sealing/test-keys.ts'

/** The same bytes in every run, so that pages divide and join in the same way. */
const bytesFor = (name: string, index: number): Buffer => hash('sha256', `${name} ${index}`, 'buffer')

test('once the file is written anew, nothing of a deleted row is left in it, whatever the pages went through', async (context) => {
  const path = join(await newFolder(context), 'data-keys.db')
  const store = new KeyStore(path, { isReadOnly: false })
  context.after(() => store.close())
  const rows = Array.from({ length: 700 }, (_, index) => ({
    person: `person ${bytesFor('person', index).toString('hex', 0, 8)}`,
    alias: bytesFor('alias', index).toString('hex', 0, 16),
    commitment: bytesFor('key', index).toString('hex'),
    wrapped: Buffer.concat([bytesFor('one', index), bytesFor('two', index)]).subarray(0, 60),
  }))
  const living = new Set<number>()
  const gone = new Set<number>()
  for (const [index, { person, alias, commitment, wrapped }] of rows.entries()) {
    const key = { commitment, alias, wrapped, number: 1, reserved: 1, kek: 1 }
    store.addKeys([{ key, alias: { alias, person, month: '2026-11' } }])
    living.add(index)
    if (index % 3 === 0) store.reserve(commitment, 2 ** 31)
    const victim = [...living][bytesFor('victim', index).readUInt32LE(0) % living.size] ?? index
    if (index > 20 && index % 5 < 3) {
      store.destroy({ person: rows[victim]?.person ?? '' }, {})
      living.delete(victim)
      gone.add(victim)
    }
  }
  const leftIn = async (): Promise<number> => {
    const file = await readFile(path)
    return [...gone].filter((index) => {
      const { person, alias, commitment, wrapped } = rows[index] ?? assert.fail()
      return [person, alias, commitment, wrapped.subarray(0, 30), wrapped.subarray(30)].some((each) =>
        file.includes(each),
      )
    }).length
  }
  context.diagnostic(`left behind by secure_delete alone: ${await leftIn()} of ${gone.size}`)
  store.vacuum()
  assert.equal(await leftIn(), 0)
  assert.deepEqual(store.months(), [{ month: '2026-11', people: living.size, keys: living.size }])
})
