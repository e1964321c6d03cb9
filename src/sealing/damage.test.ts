import assert from 'node:assert/strict'
import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
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
