import assert from 'node:assert/strict'
import { test } from 'node:test'
import { testDialect } from './dialect.contract.ts'
import { testErrors } from './errors.contract.ts'
import { dialects } from './index.ts'

test('names and paths of dialects are their own', () => {
  assert.equal(new Set(dialects.map(({ name }) => name)).size, dialects.length)
  assert.equal(new Set(dialects.map(({ path }) => path)).size, dialects.length)
  for (const { path } of dialects) assert.match(path, /^\/v1\/[a-z/]+$/)
})

for (const dialect of dialects) {
  testDialect(dialect)
  testErrors(dialect)
}
