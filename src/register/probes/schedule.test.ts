import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { LogLine } from '#/core/log-line.ts'
import type { EndingFact } from '../catalogue/api.ts'
import { probeRegularly } from './schedule.ts'

const minute = 60_000

function regularly(everyMinutes: number, fails: readonly string[] = []) {
  const state = { nowMs: Date.parse('2026-11-26T12:00:00Z'), ending: [] as EndingFact[] }
  const probed: string[] = []
  const lines: LogLine[] = []
  const atMs = new Map<string, number>()
  const schedule = probeRegularly({
    probes: {
      connections: () => ['east', 'west'],
      of: (connection) => ({ atMs: atMs.get(connection) ?? 0 }) as never,
      probe: async (connection) => {
        probed.push(connection)
        if (fails.includes(connection)) throw new Error('the log is dead')
        atMs.set(connection, state.nowMs)
        return []
      },
    },
    everyMinutes,
    ending: () => state.ending,
    clock: { now: () => state.nowMs },
    writeLine: (line) => lines.push(line),
    lookMs: 2 ** 30,
  })
  return { state, probed, lines, schedule }
}

test('each connection is probed once in so many minutes, also when a probe fails', async () => {
  const { state, probed, lines, schedule } = regularly(60, ['east'])
  await schedule.look()
  await schedule.look()
  assert.deepEqual(probed, ['east', 'west'])
  assert.equal(lines[0]?.what, 'the connection east was not probed')
  state.nowMs += 60 * minute
  await schedule.look()
  assert.equal(probed.length, 4)
  // A clock that was set back must not keep anything from being probed.
  state.nowMs -= 10 * 24 * 60 * minute
  await schedule.look()
  assert.equal(probed.length, 6)
  await schedule.end()
})

test('0 minutes: nothing is probed by itself', async () => {
  const { probed, schedule } = regularly(0)
  await schedule.look()
  assert.deepEqual(probed, [])
  await schedule.end()
})

test('what ends soon is told once a day', async () => {
  const { state, lines, schedule } = regularly(0)
  state.ending = [
    {
      offering: 'west',
      title: 'West',
      fact: 'certificate',
      until: '2026-12-20',
      hasEnded: false,
      isToldOnly: false,
    },
    { offering: 'west', title: 'West', fact: 'dpa', until: '2026-11-20', hasEnded: true, isToldOnly: false },
  ]
  await schedule.look()
  await schedule.look()
  assert.deepEqual(
    lines.map(({ level, what }) => [level, what]),
    [
      ['warning', 'offering west: certificate ends after 2026-12-20'],
      ['warning', 'offering west: dpa ended after 2026-11-20'],
    ],
  )
  state.nowMs += 24 * 60 * minute
  await schedule.look()
  assert.equal(lines.length, 4)
  await schedule.end()
})
