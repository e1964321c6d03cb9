import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import type { LogLine } from '#/core/log-line.ts'
import { createUnfinished, goOnErasing, type TriedAgain } from './unfinished.ts'

test('an erasure is tried less and less often, and seven times with the first', () => {
  const clock = { at: 0, now: () => clock.at }
  const unfinished = createUnfinished(clock)
  const tried = { id: 'erasure_one', isComplete: false }
  const times: number[] = []
  for (let next = unfinished.note(tried); next !== undefined; next = unfinished.note(tried)) {
    assert.deepEqual([...unfinished.due()], [])
    clock.at = next
    assert.deepEqual([...unfinished.due()], ['erasure_one'])
    times.push(next / 60_000)
  }
  assert.deepEqual(times, [1, 6, 21, 81, 321, 1_521])
  assert.deepEqual([...unfinished.due()], [])
})

test('what came of a try is told, at the end with what to do; what throws does not end the trying', async (context) => {
  context.mock.timers.enable({ apis: ['setInterval'] })
  const lines: LogLine[] = []
  const failed = { store: 'broken', outcome: 'failed', problem: 'read-only' } as const
  const tried = { id: 'erasure_one', isComplete: false, stores: [failed] }
  const answers: (readonly TriedAgain[] | Error)[] = [
    [{ ...tried, nextAtMs: 60_000 }],
    new Error('the log is gone'),
    [{ ...tried, nextAtMs: undefined }],
    [{ ...tried, isComplete: true, stores: [], nextAtMs: undefined }],
  ]
  const count = answers.length
  const end = goOnErasing({
    goOn: async () => {
      const answer = answers.shift()
      if (answer instanceof Error) throw answer
      return answer ?? []
    },
    writeLine: (line) => lines.push(line),
  })
  for (let looks = 0; looks <= count; looks++) {
    context.mock.timers.tick(60_000)
    await turn()
  }
  await end()
  assert.deepEqual(
    lines.map(({ level }) => level),
    ['warning', 'error', 'error', 'info'],
  )
  assert.match(lines[0]?.what ?? '', /tried again at 1970-01-01T00:01:00/)
  assert.equal(lines[0]?.problem, 'broken: read-only')
  assert.match(lines[2]?.what ?? '', /run audit erase again/)
})
