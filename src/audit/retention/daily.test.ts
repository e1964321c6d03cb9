import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { LogLine } from '#/core/log-line.ts'
import { runDaily } from './daily.ts'
import type { Retained } from './retain.ts'

test('it runs once a day, and again at the next look after it failed, which it says', async () => {
  const clock = { at: 0, now: () => clock.at, monotonic: () => 0 }
  const said: LogLine[] = []
  let runs = 0
  let problem: Error | undefined
  const run = async (): Promise<Retained> => {
    runs++
    if (problem !== undefined) throw problem
    return {} as Retained
  }
  const end = runDaily({ run, clock, writeLine: (line) => said.push(line), everyMs: 2 })
  const until = async (isSo: () => boolean): Promise<void> => {
    for (let tries = 0; tries < 500 && !isSo(); tries++) await pause(2)
    assert.ok(isSo())
  }
  await until(() => runs === 1)
  await pause(20)
  assert.equal(runs, 1)
  problem = new Error('the disk is gone')
  clock.at = 86_400_000
  await until(() => runs > 2)
  assert.match(said[0]?.problem ?? '', /the disk is gone/)
  problem = undefined
  await until(() => runs > said.length + 1)
  const after = runs
  await pause(20)
  assert.equal(runs, after)
  await end()
})
