import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseJson } from '#/core/parse-json.ts'

test('one long number in four million characters of short ones costs no second', () => {
  const text = `[12345678901234567890${',1'.repeat(2_000_000)}]`
  const startedAt = performance.now()
  parseJson(text, 100, 'body')
  assert.ok(performance.now() - startedAt < 1_000)
})

test('a million digits and a million long numbers cost in proportion to their length', () => {
  const startedAt = performance.now()
  parseJson(`[${'1'.repeat(1_000_000)},${'0'.repeat(500_000)}1e5]`.replace(',0', ',0.'), 100, 'body')
  parseJson(`[${'12345678901234567,'.repeat(200_000)}1]`, 100, 'body')
  assert.ok(performance.now() - startedAt < 2_000)
})
