import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { EntryFacts, EntryHead, NewEntry, OpenedEntry } from '#/audit/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { LogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Snapshot, Trigger } from '../api.ts'
import { triggerMigrations } from './migrations/index.ts'
import { createTriggerStore } from './store.ts'
import { telling } from './telling.ts'
import { openTriggers, type TriggerServices } from './triggers.ts'

const start = Date.UTC(2026, 10, 26)
const minuteMs = 60_000

const personOf = (name: string, ...roles: Role[]): Person => ({
  id: `person_${name}`,
  ...{ issuer: 'https://id.example.com', subject: name, name, groups: [] },
  email: `${name}@example.com`,
  roles: ['employee', ...roles],
})
const sam = personOf('sam', 'security')
const mia = personOf('mia')

const trigger = (id: string, when: Trigger['when'], action: Trigger['action']): Trigger => ({
  ...{ id, when, action, title: `About ${id}`, owner: 'owner@example.com', policy: 'rules' },
})
const refusals = (times: number, per: 'person' | 'key' | 'everybody' = 'key') =>
  ({ what: 'refusals', rule: 'secrets', times, withinMinutes: 60, per }) as const

const refusal = (facts: EntryFacts = {}): NewEntry => ({
  kind: 'refusal',
  subject: mia.id,
  facts: { code: 'finding-blocked', rules: ['secrets'], keyId: 'key_1', ...facts },
})
const outcome = (decision: string, offering = 'west'): NewEntry => ({
  kind: 'outcome',
  subject: mia.id,
  facts: { decision, offering, useCase: 'support' },
})

/** Triggers over a real store and a log in memory, with what a test may change. */
async function opened(context: TestContext, ...triggers: Trigger[]) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, triggerMigrations)
  const world = {
    nowMs: start,
    isLogDead: false,
    isStoreDead: false,
    canRollBack: true,
    unsafe: [] as string[],
    stopped: new Set<string>(),
    triggers: triggers as readonly Trigger[],
  }
  const did: string[] = []
  const entries: NewEntry[] = []
  const lines: LogLine[] = []
  const store = createTriggerStore(database)
  const services: TriggerServices = {
    store: {
      ...store,
      insert: (added, index) =>
        world.isStoreDead ? Promise.reject(new Error('the disk is full')) : store.insert(added, index),
    },
    log: {
      append: async (entry) => {
        if (world.isLogDead) throw new Refusal('log-unavailable')
        entries.push(entry)
        return { index: entries.length - 1, receipt: `log#${entries.length - 1}` }
      },
      search: async ({ kinds }) =>
        entries
          .map(
            ({ kind, facts }, index) =>
              ({ index, kind, facts, atMs: start, subject: undefined }) as EntryHead,
          )
          .filter(({ kind }) => kinds?.includes(kind))
          .toReversed(),
      open: async (index) =>
        ({ payload: new TextEncoder().encode(String(entries[index]?.payload)) }) as unknown as OpenedEntry,
    },
    clock: { now: () => world.nowMs },
    writeLine: (line) => void lines.push(line),
    serving: () =>
      ({
        triggers: world.triggers,
        useCases: new Map([['support', { budget: { perMonth: 1_000 } }]]),
      }) as unknown as Snapshot,
    switches: {
      pull: async ({ scope, target }, by) => {
        did.push(`stop ${scope} ${target} by ${String(by)}`)
        world.stopped.add(`${scope} ${target}`)
        return {} as never
      },
      standing: {
        stopOf: (scope: string, target: string) => (world.stopped.has(`${scope} ${target}`) ? {} : undefined),
      } as never,
    },
    rollBack: async (_reason, by) => {
      if (!world.canRollBack) throw new Refusal('publication-nothing', { what: 'to step back to' })
      did.push(`roll back by ${String(by)}`)
      return {} as never
    },
    unsafeOfferings: () => world.unsafe,
    findPerson: async (id) => (id === mia.id ? mia : undefined),
  }
  const open = await openTriggers(services)
  return { world, did, entries, lines, store, services, ...open, again: () => openTriggers(services) }
}

test('the fifth refusal by a rule stops the key, and not before; another rule and another key do not count', async (context) => {
  const { hear, did, settled, entries } = await opened(context, trigger('again', refusals(5), 'stop'))
  for (let count = 0; count < 4; count++) hear(refusal())
  hear(refusal({ rules: ['cards'] }))
  hear(refusal({ keyId: 'key_2' }))
  hear(refusal({ keyId: undefined }))
  hear(refusal({ code: 'client-gone', rules: undefined }))
  assert.deepEqual(did, [])
  hear(refusal())
  assert.deepEqual(did, ['stop key key_1 by trigger:again'])
  await settled()
  assert.deepEqual(
    entries.map(({ kind, facts }) => [kind, facts.about, facts.decision, facts.keyId]),
    [['alert', 'trigger/again', 'stop', 'key_1']],
  )
})

test('while a stop stands nothing is counted; after its release it takes as many again', async (context) => {
  const { hear, did, world } = await opened(context, trigger('again', refusals(2), 'stop'))
  hear(refusal())
  hear(refusal())
  hear(refusal())
  hear(refusal())
  assert.equal(did.length, 1)
  world.stopped.clear()
  hear(refusal())
  assert.equal(did.length, 1)
  hear(refusal())
  assert.equal(did.length, 2)
})

test('an alert comes once per window, however much there is to tell, and not again after a start', async (context) => {
  const { hear, settled, entries, world, again, lines } = await opened(
    context,
    trigger('told', refusals(1, 'person'), 'alert'),
  )
  for (let count = 0; count < 1_000; count++) hear(refusal())
  await settled()
  assert.equal(entries.length, 1)
  assert.equal(entries[0]?.subject, mia.id)
  assert.match(lines[0]?.what ?? '', /the trigger told of owner@example.com fired: alert/)
  const restarted = await again()
  restarted.hear(refusal())
  world.nowMs += 60 * minuteMs
  restarted.hear(refusal())
  await restarted.settled()
  assert.equal(entries.length, 2)
})

test('findings are counted by kind or by family in what was entered, refused or sent; terms of the company are of a family, too', async (context) => {
  const per = 'person' as const
  const { hear, settled, entries } = await opened(
    context,
    trigger('kind', { what: 'findings', kind: 'iban', times: 2, withinMinutes: 5, per }, 'alert'),
    trigger('family', { what: 'findings', family: 'company', times: 1, withinMinutes: 5, per }, 'alert'),
  )
  const found = (type: string) => [{ type, channel: 'user', action: 'mask', count: 3 }]
  hear({ kind: 'intent', subject: mia.id, facts: { findings: found('iban') } })
  hear({ kind: 'outcome', subject: mia.id, facts: { findings: found('iban') } })
  await settled()
  assert.equal(entries.length, 0)
  hear(refusal({ findings: found('iban') }))
  hear({ kind: 'intent', subject: mia.id, facts: { findings: found('own-orders') } })
  await settled()
  assert.deepEqual(
    entries.map(({ facts }) => facts.about),
    ['trigger/kind', 'trigger/family'],
  )
})

test('exchanges count by the class that leaves, that class and higher', async (context) => {
  const when = {
    what: 'exchanges',
    class: 'confidential',
    times: 2,
    withinMinutes: 60,
    per: 'use-case',
  } as const
  const { hear, did } = await opened(context, trigger('much', when, 'stop'))
  const left = (leavesAs: 'internal' | 'confidential' | 'restricted'): void =>
    hear({ kind: 'intent', subject: mia.id, facts: { leavesAs, useCase: 'support' } })
  left('internal')
  left('restricted')
  left('internal')
  assert.deepEqual(did, [])
  left('confidential')
  assert.deepEqual(did, ['stop use-case support by trigger:much'])
})

test('provider errors stop an offering by their share; who gave up and who asked wrongly are no errors', async (context) => {
  const when = { what: 'provider-errors', percent: 60, last: 5, withinMinutes: 10 } as const
  const { hear, did } = await opened(context, trigger('down', when, 'stop'))
  for (let count = 0; count < 9; count++) {
    hear(outcome('client-gone'))
    hear(outcome('provider-refused'))
    hear(outcome('answered', 'east'))
  }
  for (const how of ['provider-error', 'answered', 'provider-cut', 'answered']) hear(outcome(how))
  assert.deepEqual(did, [])
  hear(outcome('provider-timeout'))
  assert.deepEqual(did, ['stop offering west by trigger:down'])
})

test('spending fires once in a month, so that a release lets it go on', async (context) => {
  const { hear, did, attach, world } = await opened(
    context,
    trigger('dear', { what: 'spend', useCase: 'support', percent: 80 }, 'stop'),
  )
  let spent = 799
  attach(() => spent)
  hear(outcome('answered'))
  assert.deepEqual(did, [])
  spent = 800
  hear(outcome('answered'))
  world.stopped.clear()
  hear(outcome('answered'))
  assert.deepEqual(did, ['stop use-case support by trigger:dear'])
  world.nowMs = Date.UTC(2026, 11, 1)
  hear(outcome('answered'))
  assert.equal(did.length, 2)
})

test('a connection that turns unsafe fires for each of its offerings, once as long as it stays so', async (context) => {
  const { hearProbes, world, settled, entries } = await opened(
    context,
    trigger('probe', { what: 'unsafe-probe' }, 'alert'),
  )
  hearProbes()
  world.unsafe = ['west', 'east']
  hearProbes()
  hearProbes()
  await settled()
  assert.deepEqual(
    entries.map(({ facts }) => facts.offering),
    ['west', 'east'],
  )
})

test('a step back that cannot be made waits for somebody to look at it, with why', async (context) => {
  const opens = await opened(context, trigger('back', refusals(1, 'everybody'), 'roll-back'))
  opens.hear(refusal())
  await opens.settled()
  assert.deepEqual(opens.did, ['roll back by trigger:back'])
  opens.world.nowMs += 60 * minuteMs
  opens.world.canRollBack = false
  opens.hear(refusal())
  await opens.settled()
  const { open, past } = await opens.list(sam)
  assert.deepEqual([past.length, open.length], [1, 1])
  assert.match(open[0]?.problem ?? '', /to step back to/)
  assert.equal(opens.entries[1]?.facts.decision, 'roll-back-failed')
})

test('what is to be looked at stays until somebody closes it, in the log first; closed twice is closed once', async (context) => {
  const opens = await opened(context, trigger('look', refusals(1, 'person'), 'review'))
  opens.hear(refusal())
  await opens.settled()
  const [waiting] = (await opens.list(sam)).open
  assert.ok(waiting !== undefined)
  assert.deepEqual([waiting.target, waiting.state, waiting.isWritten], ['mia@example.com', 'open', true])
  opens.world.isLogDead = true
  await assert.rejects(opens.close(waiting.id, 'Talked to them.', sam), { code: 'log-unavailable' })
  assert.equal((await opens.list(sam)).open.length, 1)
  opens.world.isLogDead = false
  await opens.close(waiting.id, 'Talked to them.', sam)
  const { open, past } = await opens.close(waiting.id, 'Something else.', sam)
  assert.equal(open.length, 0)
  assert.equal(past[0]?.closed?.reason, 'Talked to them.')
  assert.equal(opens.entries.length, 2)
  await assert.rejects(opens.close('firing_none', 'Nothing there.', sam), { code: 'not-found' })
})

test('a stop holds and is listed though neither the log nor the store takes it; the operator reads so', async (context) => {
  const { hear, did, settled, world, list, lines } = await opened(
    context,
    trigger('again', refusals(1), 'stop'),
  )
  world.isLogDead = true
  world.isStoreDead = true
  hear(refusal())
  await settled()
  assert.equal(did.length, 1)
  assert.equal((await list(sam)).past[0]?.isWritten, false)
  assert.deepEqual(
    lines.slice(1).map(({ what }) => what),
    ['a trigger fired and is not in the log', 'a trigger fired and is not stored'],
  )
})

test('a start takes over what only reached the log: what fired, and that somebody looked at it', async (context) => {
  const { hear, settled, world, again, close, store } = await opened(
    context,
    trigger('look', refusals(1), 'review'),
  )
  world.isStoreDead = true
  hear(refusal())
  await settled()
  assert.equal((await store.read(10)).length, 0)
  world.isStoreDead = false
  const { open } = await (await again()).list(sam)
  assert.equal(open.length, 1)
  await close(open[0]?.id ?? '', 'Looked at it.', sam)
  const after = await (await again()).list(sam)
  assert.deepEqual([after.open.length, after.past[0]?.state], [0, 'closed'])
})

test('only an entry that is durable is heard of, and the rest of the log is as it was', async () => {
  const heard: NewEntry[] = []
  const log = {
    origin: 'log',
    append: async ({ kind }: NewEntry) => {
      if (kind === 'intent') throw new Refusal('log-unavailable')
      return { index: 0, receipt: 'log#0' }
    },
  }
  const told = telling(log, (entry) => void heard.push(entry))
  await assert.rejects(told.append({ kind: 'intent', facts: {} }), { code: 'log-unavailable' })
  assert.equal((await told.append(refusal())).index, 0)
  assert.equal(told.origin, 'log')
  assert.deepEqual(
    heard.map(({ kind }) => kind),
    ['refusal'],
  )
})
