import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { practiceIds, practices } from './practices.ts'

test('every practice has its sentence, its source and its day, and stands in the guide with them', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/guide/use-cases.md'), 'utf8')
  assert.deepEqual(
    practices.map(({ id }) => id),
    practiceIds,
  )
  for (const { id, title, source, since } of practices) {
    assert.match(since, /^20\d\d-\d\d-\d\d$/)
    assert.ok(guide.includes(`| \`${id}\` | ${title} | ${source} | ${since} |`), id)
  }
})
