import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { NewEntry } from '#/audit/api.ts'
import type { LogLine } from '#/core/log-line.ts'
import type { Decision, RecordHistory } from '#/register/api.ts'
import type { Probed } from '#/register/probes/api.ts'
import { readBody } from '#/register/read-body.ts'
import type { StandingAccess } from './access.ts'
import type { Snapshot } from './api.ts'
import { memoryStore } from './publications/store-for-tests.ts'
import { openSnapshots } from './snapshots.ts'

const start = Date.UTC(2026, 10, 23, 12)

const useCase = readBody('use-case', {
  title: 'Support',
  owner: 'owner@example.com',
  purpose: 'Answers',
  audience: { roles: ['employee'], people: ['ada@example.com'] },
  offerings: ['west'],
  highestClass: 'internal',
})

const approval: Decision = {
  kind: 'use-case',
  id: 'support',
  version: 1,
  hash: 'h1',
  by: { id: 'p2', name: 'sam@example.com' },
  role: 'security',
  verdict: 'approve',
  reason: 'Fine.',
  conditions: {},
  atMs: start,
  untilMs: undefined,
  isBootstrap: false,
  number: 1,
  receipt: 'log#2',
}

const support = (decision: Partial<Decision> = {}): RecordHistory => ({
  kind: 'use-case',
  id: 'support',
  versions: [
    { kind: 'use-case', id: 'support', version: 1, body: useCase, hash: 'h1', by: approval.by, atMs: start },
  ],
  decisions: [{ ...approval, ...decision }],
})

const source = { source: 'contract 17', asOf: '2026-11-01', until: '2026-12-31', by: 'contract' }
const west = (): RecordHistory => ({
  kind: 'offering',
  id: 'west',
  versions: [
    {
      kind: 'offering',
      id: 'west',
      version: 1,
      body: readBody('offering', {
        title: 'West',
        connection: 'demo',
        model: 'demo',
        facts: {
          tier: { is: 'commercial', ...source },
          trains: { is: 'never', ...source },
          region: { is: 'eu', ...source },
          regionScope: { is: 'region', ...source },
          makerReceives: { is: false, ...source },
          processor: { is: 'West', ...source },
        },
      }),
      hash: 'w1',
      by: approval.by,
      atMs: start,
    },
  ],
  decisions: [{ ...approval, kind: 'offering', id: 'west', hash: 'w1' }],
})

const named = (id: string): RecordHistory => ({
  ...support(),
  id,
  versions: support().versions.map((each) => ({ ...each, id })),
})

const withDecision = (history: RecordHistory, said: Partial<Decision>): RecordHistory => ({
  ...history,
  decisions: [...history.decisions, { ...(history.decisions[0] as Decision), number: 2, ...said }],
})

const classes = ({ offerings, useCases }: Snapshot) => [
  offerings.get('west')?.ceiling,
  useCases.get('support')?.highestClass,
]

/** What these tests are not about: who publishes, what is looked for, who tells of groups. */
const unwatched = {
  publication: { mode: 'automatic', secondPerson: false },
  inspectorFor: () => assert.fail('there is no rule test'),
  groupSources: [],
} as const

async function opened(first: readonly RecordHistory[]) {
  const state = {
    histories: first,
    nowMs: start,
    people: [] as string[],
    probed: undefined as Probed | undefined,
    fails: false,
    logFails: false,
    access: [] as StandingAccess[],
  }
  const entries: NewEntry[] = []
  const written: NewEntry[] = []
  const lines: LogLine[] = []
  let changed = (): void => assert.fail('nobody listens')
  const snapshots = await openSnapshots({
    register: {
      list: ((kind: string) => {
        // What of the records does not compile stands in a policy, as with a rule about what nobody looks for.
        if (state.fails && kind === 'policy') throw new Error('made to fail')
        return state.histories.filter((each) => each.kind === kind)
      }) as never,
      onChange: (listener) => {
        changed = listener
      },
    },
    clock: { now: () => state.nowMs, monotonic: () => 0 },
    log: async (entry) => {
      if (state.logFails) throw new Error('the log is dead')
      written.push(entry)
      if (entry.kind === 'snapshot') entries.push(entry)
      return { index: written.length - 1, receipt: `log#${written.length - 1}` }
    },
    ...unwatched,
    publicationStore: memoryStore(),
    writeLine: (line) => lines.push(line),
    findPersonIds: () => state.people,
    standingAccess: () => state.access,
    isLookedFor: () => true,
    providerAt: () => 'demo',
    probedAt: () => state.probed,
  })
  return {
    snapshots,
    state,
    entries,
    written,
    lines,
    change: (histories: readonly RecordHistory[]) => {
      state.histories = histories
      changed()
    },
  }
}

test('a change of the register serves at once and is in the log', async () => {
  const { snapshots, entries, written, change } = await opened([])
  assert.equal(snapshots.current().useCases.size, 0)
  change([support()])
  assert.equal(snapshots.current().useCases.size, 1)
  await snapshots.close()
  assert.deepEqual(
    written.map(({ kind, facts }) => [kind, facts.about]),
    [
      ['publication', 'publication/1'],
      ['snapshot', 'publication/1'],
      ['publication', 'publication/2'],
      ['snapshot', 'publication/2'],
    ],
  )
  assert.equal(entries[1]?.facts.version, snapshots.current().version)
})

test('what compiles to the same stays the very same value, with no entry', async () => {
  const { snapshots, entries, change } = await opened([support()])
  const before = snapshots.current()
  change([support({ reason: 'Said again.' })])
  assert.equal(snapshots.current(), before)
  await snapshots.close()
  assert.equal(entries.length, 1)
})

test('an approval that ends stops serving at its end, without anybody changing anything', async () => {
  const { snapshots, state } = await opened([support({ untilMs: start + 5_000 })])
  state.nowMs = start + 4_999
  assert.equal(snapshots.current().useCases.size, 1)
  state.nowMs = start + 5_000
  assert.equal(snapshots.current().useCases.size, 0)
})

test('a person who signed in for the first time is in it once it is asked for', async () => {
  const { snapshots, state } = await opened([support()])
  assert.deepEqual(snapshots.current().useCases.get('support')?.people, [])
  state.people = ['person_1']
  snapshots.recompile()
  assert.deepEqual(snapshots.current().useCases.get('support')?.people, ['person_1'])
})

test('one that does not compile leaves the one before serving, and says why', async () => {
  const { snapshots, state, lines, change } = await opened([support()])
  const before = snapshots.current()
  state.fails = true
  change([support(), named('legal')])
  assert.equal(snapshots.current(), before)
  assert.equal(lines.at(-1)?.level, 'error')
  assert.match(JSON.stringify(lines.at(-1)), /made to fail/)
  state.fails = false
  state.nowMs += 10_000
  assert.equal(snapshots.current().useCases.size, 2)
})

test('what is stopped, suspended or has ended does not serve, whatever else does not compile', async () => {
  for (const verdict of ['stop', 'suspend', 'reject'] as const) {
    const { snapshots, state, entries, change } = await opened([support(), west()])
    assert.deepEqual([...snapshots.current().offerings.keys()], ['west'])
    state.fails = true
    change([support(), withDecision(west(), { verdict })])
    assert.equal(snapshots.current().offerings.size, 0, verdict)
    assert.equal(snapshots.current().useCases.size, 1)
    change([withDecision(support(), { verdict }), withDecision(west(), { verdict })])
    assert.equal(snapshots.current().useCases.size, 0, verdict)
    change([support(), west()])
    assert.equal(snapshots.current().useCases.size, 0, 'what is approved again has to compile')
    state.fails = false
    snapshots.recompile()
    assert.deepEqual([snapshots.current().useCases.size, snapshots.current().offerings.size], [1, 1])
    await snapshots.close()
    assert.equal(new Set(entries.map(({ facts }) => facts.version)).size, 3)
  }
})

test('facts that end and conditions that are added lower a class, whatever else does not compile', async () => {
  const { snapshots, state, change } = await opened([support(), west()])
  assert.deepEqual(classes(snapshots.current()), ['internal', 'internal'])
  state.fails = true
  change([
    withDecision(support(), { verdict: 'approve', conditions: { highestClass: 'public' } }),
    withDecision(west(), { verdict: 'approve', conditions: { highestClass: 'public' } }),
  ])
  assert.deepEqual(classes(snapshots.current()), ['public', 'public'])
  state.nowMs = Date.UTC(2027, 1, 1)
  snapshots.recompile()
  assert.equal(snapshots.current().offerings.size, 0, 'nothing is known of it any more')
})

test('what a probe finds takes away at once, whatever else does not compile', async () => {
  const { snapshots, state, change } = await opened([support(), west()])
  state.fails = true
  change([support(), west()])
  const tls = { protocol: 'TLSv1.3', issuer: 'X', ends: '2027-01-01T00:00:00.000Z', problem: null }
  const probed = {
    ...{ connection: 'demo', target: 'x', atMs: start, addresses: undefined, retention: undefined },
    ...{ problems: [], facts: {}, tls },
  }
  const region = { is: 'unknown', source: 'A probe.', asOf: '2026-11-01', by: 'probe' as const }
  state.probed = { ...probed, facts: { region } }
  snapshots.recompile()
  assert.equal(snapshots.current().offerings.get('west')?.ceiling, 'public')
  state.probed = { ...probed, tls: { ...tls, problem: 'It offers TLSv1.1; TLS 1.2 is the least.' } }
  snapshots.recompile()
  assert.equal(snapshots.current().offerings.size, 0)
  state.probed = probed
  snapshots.recompile()
  assert.equal(snapshots.current().offerings.size, 0, 'what is better has to compile')
})

test('a denial serves, and a grant ends, also while the records do not compile', async () => {
  const { snapshots, state, entries, change } = await opened([support()])
  state.access = [
    { effect: 'allow', what: 'use-case', id: 'support', person: 'person_1', untilMs: start + 5_000 },
  ]
  snapshots.recompile()
  assert.equal(snapshots.current().useCases.get('support')?.grants.size, 1)
  state.fails = true
  change([support()])
  state.access.push({
    effect: 'deny',
    what: 'use-case',
    id: 'support',
    person: 'person_2',
    untilMs: undefined,
  })
  snapshots.recompile()
  assert.deepEqual(snapshots.current().useCases.get('support')?.deny.people, ['person_2'])
  state.nowMs = start + 20_000
  assert.equal(snapshots.current().useCases.get('support')?.grants.size, 0)
  await snapshots.close()
  assert.equal(new Set(entries.map(({ facts }) => facts.version)).size, entries.length)
  assert.equal(entries.at(-1)?.facts.version, snapshots.current().version)
})

test('a failing compilation is not tried with every exchange', async () => {
  const { snapshots, state, lines, change } = await opened([support()])
  state.fails = true
  change([support()])
  const told = lines.length
  for (let index = 0; index < 100; index++) snapshots.current()
  assert.equal(lines.length, told)
})

test('the first one must compile and be in the log, or nothing starts', async () => {
  const services = {
    register: { list: () => [], onChange: () => undefined },
    clock: { now: () => start, monotonic: () => 0 },
    writeLine: () => undefined,
    findPersonIds: () => [],
    standingAccess: () => [],
    isLookedFor: () => true,
    providerAt: () => undefined,
    ...unwatched,
    publicationStore: memoryStore(),
    probedAt: () => undefined,
  }
  const dead = { ...services, log: () => Promise.reject(new Error('the log is dead')) }
  await assert.rejects(openSnapshots(dead as never), /the log is dead/)
  const broken = {
    ...services,
    log: async () => undefined,
    register: { list: () => assert.fail('broken'), onChange: () => undefined },
  }
  await assert.rejects(openSnapshots(broken as never), /broken/)
})

test('a version that cannot be logged is said; the dead log refuses every exchange by itself', async () => {
  const { snapshots, state, lines, change } = await opened([])
  state.logFails = true
  change([support()])
  await snapshots.close()
  assert.match(JSON.stringify(lines.at(-1)), /the log is dead/)
})

test('what an operator should know is said once, not at every change', async () => {
  const { lines, change } = await opened([support()])
  const told = () => lines.filter(({ level }) => level === 'warning').length
  assert.equal(told(), 1)
  change([support({ reason: 'Again.' })])
  assert.equal(told(), 1)
})
