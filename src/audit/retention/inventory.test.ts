import assert from 'node:assert/strict'
import { mkdir, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { appendExchange } from '../log-for-tests.ts'
import { january, openKept } from './retention-for-tests.ts'

test('every file belongs to a store or is named as unknown', async (context) => {
  const { retention, log, dataFolder } = await openKept(context)
  await appendExchange(log, 'person-ada', 'the heron')
  await mkdir(join(dataFolder, 'audit', 'old copy'))
  await writeFile(join(dataFolder, 'audit', 'old copy', 'prompts.txt'), '12345')
  await symlink('/nowhere', join(dataFolder, 'link'))
  const { stores, unknown, keys } = await retention.inventory()
  const paths = unknown.map(({ path }) => path).filter((path) => !path.startsWith('store.db'))
  assert.deepEqual(paths, ['audit/old copy/prompts.txt', 'link'])
  assert.equal(unknown.find(({ path }) => path.endsWith('.txt'))?.bytes, 5)
  const texts = stores.find(({ name }) => name === 'log texts')
  assert.equal(texts?.files, 1)
  assert.ok((texts?.bytes ?? 0) > 100)
  assert.equal(texts?.oldestMs, Date.UTC(2026, 0, 1), 'a payload is as old as the month it lies under')
  assert.ok((stores.find(({ name }) => name === 'log headers')?.files ?? 0) >= 2)
  assert.ok((stores.find(({ name }) => name === 'keys')?.files ?? 0) >= 3)
  assert.deepEqual(
    keys.months.map(({ month, people }) => [month, people]),
    [[new Date(january).toISOString().slice(0, 7), 1]],
  )
})
