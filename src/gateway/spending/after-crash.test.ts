import assert from 'node:assert/strict'
import { test } from 'node:test'
import { copyAsCrashed, newFolder, openIn } from '#/audit/log-for-tests.ts'
import type { Snapshot } from '#/snapshot/api.ts'
import { chargeAfterCrash } from './after-crash.ts'
import { openSpending } from './spending.ts'

const useCase = { id: 'letters', owner: 'o@example.com', budget: { perMonth: 400, perPersonPerDay: 100 } }
const snapshot = {
  useCases: new Map<string, object>([
    ['letters', useCase],
    ['free', { id: 'free' }],
  ]),
  offerings: new Map<string, object>([
    ['west', { id: 'west', priceMicroUsdPerMillionTokens: { input: 2_000_000, output: 8_000_000 } }],
  ]),
} as unknown as Snapshot

test('what was under way when the process was killed is charged by what the log knows, once', async (context) => {
  const folder = await newFolder(context)
  const first = await openIn(folder)
  const begin = (id: string, more: object = {}) =>
    first.log.append({
      kind: 'intent',
      subject: 'ada',
      facts: { useCase: id, offering: 'west', decision: 'allow', ...more },
      payload: 'x'.repeat(300),
    })
  const { index } = await begin('letters')
  await first.log.append({
    kind: 'progress',
    subject: 'ada',
    facts: { intent: index, answerBytes: 30 },
    payload: '{}',
  })
  await begin('letters', { decision: 'transform' })
  await begin('free')
  await begin('letters', { offering: 'gone' })
  const ended = await begin('letters')
  await first.log.append({ kind: 'outcome', subject: 'ada', facts: { intent: ended.index, status: 200 } })
  const crashed = await copyAsCrashed(folder, context)
  const lines: string[] = []
  const charge = async (): Promise<readonly (number | undefined)[]> => {
    const { log, close } = await openIn(crashed)
    const spending = await openSpending({
      store: { read: async () => [], put: async () => undefined, forgetBefore: async () => undefined },
      clock: { now: () => 1_790_000_000_000, monotonic: () => 0 },
      writeLine: ({ what }) => void lines.push(what),
    })
    await chargeAfterCrash({ audit: log, snapshot, spending, writeLine: ({ what }) => void lines.push(what) })
    await close()
    return [spending.spentOf('letters'), spending.standingOf(useCase, 'ada')?.spent]
  }
  // 300 characters and 30 bytes; 150 characters.
  const expected = 100 * 2 + 10 * 8 + 50 * 2
  assert.deepEqual(await charge(), [expected, expected])
  assert.deepEqual(await charge(), [0, 0], 'the next start finds none')
  assert.deepEqual(lines, [])
})
