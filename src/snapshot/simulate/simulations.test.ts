import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newFolder, openIn } from '#/audit/log-for-tests.ts'
import type { LogLine } from '#/core/log-line.ts'
import { rule } from '#/policy/test-values.ts'
import type { Compiled } from '../compile.ts'
import type { AskedSimulation } from './asked.ts'
import { openSimulations, type SimulationServices } from './simulations.ts'
import { intent, nowMs, person, snapshotOf } from './test-draft.ts'

const email = { type: 'email', channel: 'user', action: 'mask', count: 1 } as const
const sam = { personId: 'person_2', name: 'sam@example.com' }
const file = `records: [{ kind: policy, id: rules, title: Rules, owner: sam@example.com, rules: [], terms: [] }]`
const asked: AskedSimulation = { draft: { file: { text: file, fileName: 'draft.yaml' } }, days: 30 }

const compiledOf = (snapshot = snapshotOf([rule('mail', 'block', { types: ['email'] })])): Compiled => ({
  snapshot,
  records: { ...snapshot, clearings: [], offerings: [], useCases: [], ends: [], warnings: [] },
  nextChangeAtMs: undefined,
  warnings: [],
})

async function opened(context: Parameters<typeof newFolder>[0], change: Partial<SimulationServices> = {}) {
  const clock = { now: () => nowMs, monotonic: () => 0 }
  const { log } = await openIn(await newFolder(context), { clock })
  const lines: LogLine[] = []
  await log.append(intent({ findings: [email] }))
  const simulations = openSimulations({
    log,
    clock: { ...clock, now: () => nowMs + 1 },
    register: {
      list: () => [],
      find: () => undefined,
      apply: async () => ({ plan: [], digest: '', notes: [] }),
    },
    serving: () => snapshotOf(),
    compileWith: () => compiledOf(),
    findPerson: async () => person,
    boundsOf: () => undefined,
    writeLine: (line) => void lines.push(line),
    ...change,
  })
  return { log, simulations, lines }
}

test('it is in the log before it reads, and gives its result to whoever asked for it alone', async (context) => {
  const { log, simulations } = await opened(context)
  const { id } = await simulations.begin(asked, sam)
  const [entry] = await log.search({ kinds: ['simulation'], limit: 1 })
  assert.equal(entry?.subject, sam.personId)
  assert.equal(entry.facts.snapshot, snapshotOf().version)
  const { state, result } = await simulations.look(id, sam, 1_000)
  assert.deepEqual([state, result?.changed], ['done', 1])
  assert.deepEqual(result?.records, [{ kind: 'policy', id: 'rules', version: 1, serving: null }])
  const other = { personId: 'person_3', name: 'olga@example.com' }
  await assert.rejects(simulations.look(id, other), { code: 'not-found' })
  await assert.rejects(simulations.cancel(id, other), { code: 'not-found' })
})

test('one runs at a time; one that is cancelled makes room and has no result', async (context) => {
  let go = (): void => undefined
  const waits = new Promise<void>((done) => {
    go = done
  })
  const { simulations } = await opened(context, {
    findPerson: async () => {
      await waits
      return person
    },
  })
  const { id } = await simulations.begin(asked, sam)
  await assert.rejects(simulations.begin(asked, sam), { code: 'simulation-busy' })
  const cancelled = simulations.cancel(id, sam)
  go()
  assert.deepEqual([(await cancelled).state, (await cancelled).result], ['cancelled', null])
  const next = await simulations.begin(asked, sam)
  assert.equal((await simulations.look(next.id, sam, 1_000)).state, 'done')
})

test('a draft that does not compile is refused with why, and nothing is read', async (context) => {
  const { log, simulations } = await opened(context, {
    compileWith: () => {
      throw new Error('The rule r of rules names own-x.')
    },
  })
  await assert.rejects(simulations.begin(asked, sam), {
    code: 'request-invalid',
    message: /does not compile: The rule r of rules names own-x/,
  })
  assert.deepEqual(await log.search({ kinds: ['simulation'], limit: 1 }), [])
})

test('a log that cannot be read fails it, and the operator is told why', async (context) => {
  const { simulations, lines } = await opened(context, {
    findPerson: async () => {
      throw new Error('the store is gone')
    },
  })
  const { id } = await simulations.begin(asked, sam)
  const { state, problem } = await simulations.look(id, sam, 1_000)
  assert.equal(state, 'failed')
  assert.match(problem ?? '', /standard error/)
  assert.match(JSON.stringify(lines), /the store is gone/)
})

test('five results are kept', async (context) => {
  const { simulations } = await opened(context)
  const ids: string[] = []
  for (let count = 0; count < 6; count++) {
    const { id } = await simulations.begin(asked, sam)
    ids.push((await simulations.look(id, sam, 1_000)).id)
  }
  const [first = '', second = ''] = ids
  await assert.rejects(simulations.look(first, sam), { code: 'not-found' })
  assert.equal((await simulations.look(second, sam)).state, 'done')
})
