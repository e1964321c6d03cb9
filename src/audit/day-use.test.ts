import assert from 'node:assert/strict'
import { test } from 'node:test'
import { DayUse } from './day-use.ts'

const noon = Date.UTC(2026, 10, 25, 12)
const hour = 3_600_000

test('what is used counts until midnight UTC, and each name has its own', () => {
  const use = new DayUse()
  use.add('ada', noon, 100)
  use.add('ada', noon + 11 * hour, 50)
  use.add('bob', noon, 7)
  assert.equal(use.of('ada', noon + 11 * hour), 150)
  assert.equal(use.of('bob', noon), 7)
  assert.equal(use.of('ada', noon + 12 * hour), 0)
})

test('a clock that stood in the future for a while does not keep a day from ending', () => {
  const use = new DayUse()
  use.add('ada', noon + 9_000 * hour, 100)
  assert.equal(use.of('ada', noon), 0)
  use.add('ada', noon, 1)
  assert.deepEqual(use.entries(noon), [['ada', 1]])
})
