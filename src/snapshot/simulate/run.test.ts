import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewEntry } from '#/audit/api.ts'
import { newFolder, openIn } from '#/audit/log-for-tests.ts'
import { rule } from '#/policy/test-values.ts'
import type { Snapshot } from '../api.ts'
import { compare, type Progress, type RunServices } from './run.ts'
import { intent, nowMs, person, snapshotOf } from './test-draft.ts'

const email = { type: 'email', channel: 'user', action: 'mask', count: 2 } as const
const blocked = snapshotOf([rule('mail', 'block', { types: ['email'] })])

/** A log of these entries, oldest first; `atMs` is its clock while they are written. */
async function logOf(context: Parameters<typeof newFolder>[0], entries: readonly NewEntry[]) {
  let atMs = nowMs
  const clock = { now: () => atMs, monotonic: () => 0 }
  const { log } = await openIn(await newFolder(context), { clock })
  for (const entry of entries) await log.append(entry)
  return {
    log,
    clock,
    move: (ms: number) => {
      atMs += ms
    },
  }
}

const comparing = (
  { log, clock }: Pick<RunServices, 'log' | 'clock'>,
  drafted: Snapshot,
  change: Partial<RunServices> = {},
  signal = new AbortController().signal,
  told: Progress[] = [],
) =>
  compare(
    { serving: snapshotOf(), drafted, sinceMs: nowMs - 1_000, untilMs: nowMs + 1_000 },
    {
      ...{ log, clock, boundsOf: () => undefined },
      findPerson: async (id) => (id === person.id ? person : undefined),
      ...change,
    },
    (progress) => told.push(progress),
    signal,
  )

test('every exchange of the range is counted once: decided again, not known, or refused before the rules', async (context) => {
  const opened = await logOf(context, [
    intent({ findings: [email] }),
    intent(),
    intent({ asked: undefined }),
    intent({}, 'person_who_left'),
    { kind: 'outcome', facts: { intent: 1 } },
    {
      kind: 'refusal',
      subject: person.id,
      facts: { ...intent().facts, useCase: undefined, code: 'model-unknown', asked: { model: '?' } },
    },
    { kind: 'refusal', facts: { code: 'key-unknown', dialect: 'openai-chat' } },
  ])
  const told: Progress[] = []
  const result = await comparing(opened, blocked, {}, undefined, told)
  assert.deepEqual(
    [result.exchanges, result.replayed, result.changed, result.beforeRules, result.notAsThen],
    [5, 3, 1, 1, 0],
  )
  assert.deepEqual(
    result.unknown.map(({ why, exchanges }) => [why, exchanges]),
    [
      ['person', 1],
      ['older', 1],
    ],
  )
  assert.equal(result.changes[0]?.samples[0]?.receipt, `${opened.log.origin}#1`)
  assert.deepEqual(result.changes[0]?.samples[0]?.person, { id: person.id, email: person.email })
  assert.deepEqual(told.at(-1), { exchanges: 5, share: 1 })
})

test('only what lies in the range is decided again', async (context) => {
  const opened = await logOf(context, [intent({ findings: [email] })])
  opened.move(1_000)
  await opened.log.append(intent({ findings: [email] }))
  assert.equal((await comparing(opened, blocked)).exchanges, 1)
})

test('what serves now and decides otherwise than then is said', async (context) => {
  const opened = await logOf(context, [intent({ offering: 'own' }), intent({ leavesAs: 'internal' })])
  const result = await comparing(opened, snapshotOf())
  assert.deepEqual([result.changed, result.notAsThen], [0, 2])
})

test('samples are the newest, and no more than ten of a kind', async (context) => {
  const opened = await logOf(
    context,
    Array.from({ length: 300 }, () => intent({ findings: [email] })),
  )
  const { changes } = await comparing(opened, blocked)
  assert.deepEqual([changes[0]?.exchanges, changes[0]?.people], [300, 1])
  const indexes = changes[0]?.samples.map(({ receipt }) => Number(receipt.split('#')[1]))
  assert.deepEqual(
    indexes,
    Array.from({ length: 10 }, (_, at) => 300 - at),
  )
})

test('it lets others go on between, and ends when it is told to', async (context) => {
  let monotonicMs = 0
  const clock = { now: () => nowMs, monotonic: () => monotonicMs++ }
  const opened = await logOf(
    context,
    Array.from({ length: 500 }, () => intent()),
  )
  const controller = new AbortController()
  let turns = 0
  const count = (): void => {
    if (++turns === 20) controller.abort()
    else setImmediate(count)
  }
  setImmediate(count)
  await assert.rejects(comparing({ ...opened, clock }, blocked, {}, controller.signal), {
    name: 'AbortError',
  })
  assert.equal(turns, 20)
})
