import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fuzz, openTestRoom } from './test-directory.ts'

test('whatever a directory sends, there is no defect, no change on an error, and no endless answer', async () => {
  const room = await openTestRoom('externalId')
  try {
    const { statuses, problems } = await fuzz(room, 20_261_125, 120)
    assert.deepEqual(problems, [])
    assert.deepEqual(
      room.lines.filter(({ level }) => level === 'error'),
      [],
    )
    // The requests are near enough to what is right that some of each sort get through.
    for (const status of [200, 201, 400, 404])
      assert.ok((statuses.get(status) ?? 0) > 0, `no answer was ${status}`)
  } finally {
    await room.close()
  }
})
