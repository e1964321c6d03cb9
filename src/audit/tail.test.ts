import assert from 'node:assert/strict'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { test } from 'node:test'
import { firstSegment, framesOf, newFolder, openIn } from './log-for-tests.ts'
import { readTail } from './tail.ts'

test('commits that came since a segment was read to its end are no damage', async (context) => {
  const folder = await newFolder(context)
  const { log } = await openIn(folder)
  for (let times = 0; times < 3; times++) await log.append({ kind: 'sign-in', facts: {} })
  const [, first] = framesOf(readFileSync(firstSegment(folder)))
  const file = openSync(firstSegment(folder), 'r')
  try {
    assert.deepEqual(readTail(file, first?.start ?? 0), { state: 'grown', lostBytes: 0 })
    assert.equal(readTail(file, (first?.start ?? 0) + 1).state, 'damaged')
  } finally {
    closeSync(file)
  }
})
