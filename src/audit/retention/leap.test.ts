import assert from 'node:assert/strict'
import { test } from 'node:test'
import { appendExchange } from '../log-for-tests.ts'
import { type Kept, openKept } from './retention-for-tests.ts'

const dayMs = 86_400_000
const run = (kept: Kept) => kept.retention.run({ isDryRun: false })
const openedTexts = async ({ log }: Kept, index: number): Promise<boolean> =>
  (await log.open(index))?.payload !== undefined

test('a clock that leaps a year ahead ends nothing for a week, and nothing at all when it is set right', async (context) => {
  const kept = await openKept(context)
  const index = await appendExchange(kept.log, 'person-ada', 'what must stay')
  kept.clock.now += 500 * dayMs
  kept.clock.leaptMs += 500 * dayMs
  // Before the log has noticed, and after.
  for (let time = 0; time < 2; time++) {
    const { waitsUntilMs, contentMonths } = await run(kept)
    assert.equal(waitsUntilMs, kept.clock.now + 7 * dayMs)
    assert.deepEqual(contentMonths, ['2026-01'])
    assert.ok(await openedTexts(kept, index))
    if (time === 0) await kept.log.append({ kind: 'sign-in', facts: {} })
  }
  kept.clock.now -= 500 * dayMs
  kept.clock.leaptMs -= 500 * dayMs
  await kept.log.append({ kind: 'sign-in', facts: {} })
  assert.equal((await run(kept)).waitsUntilMs, undefined)
  assert.ok(await openedTexts(kept, index))
})

test('a start a year after the last entry ends nothing for a week, however often it is started, and then what is over', async (context) => {
  const first = await openKept(context)
  const index = await appendExchange(first.log, 'person-ada', 'what is over a year later')
  await first.close()
  const nowMs = first.clock.now + 500 * dayMs
  for (let day = 0; day < 3; day++) {
    const kept = await openKept(context, { dataFolder: first.dataFolder, nowMs: nowMs + day * dayMs })
    assert.equal((await run(kept)).waitsUntilMs, nowMs + 7 * dayMs)
    assert.ok(await openedTexts(kept, index))
    await kept.close()
  }
  const kept = await openKept(context, { dataFolder: first.dataFolder, nowMs: nowMs + 7 * dayMs })
  assert.equal((await run(kept)).waitsUntilMs, undefined)
  assert.ok(!(await openedTexts(kept, index)))
})
