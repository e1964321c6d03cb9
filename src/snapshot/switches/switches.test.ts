import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { EntryHead, NewEntry, OpenedEntry } from '#/audit/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { LogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { Subject, Switch } from './api.ts'
import type { AskedSwitch } from './asked.ts'
import { switchMigrations } from './migrations/index.ts'
import { StandingSwitches } from './standing.ts'
import { createSwitchStore } from './store.ts'
import { openSwitches, type SwitchServices } from './switches.ts'

const start = Date.UTC(2026, 10, 26)

const personOf = (name: string, ...roles: Role[]): Person => ({
  id: `person_${name}`,
  issuer: 'https://id.example.com',
  subject: name,
  email: `${name}@example.com`,
  name,
  roles: ['employee', ...roles],
  groups: [],
})
const sam = personOf('sam', 'security')
const olga = personOf('olga', 'owner')
const otto = personOf('otto', 'operator')
const mia = personOf('mia')
const ulla = personOf('ulla')

const asked = (change: Partial<AskedSwitch> = {}): AskedSwitch => ({
  scope: 'all',
  target: '',
  reason: 'Something leaks.',
  drill: false,
  ...change,
})

const subject = (change: Partial<Subject> = {}): Subject => ({
  personId: mia.id,
  keyId: 'key_1',
  useCase: 'support',
  offering: 'west',
  tools: () => ['shell'],
  ...change,
})

/** Switches over a real store and a log in memory, with what a test may break. */
async function opened(context: TestContext) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, switchMigrations)
  const world = {
    nowMs: start,
    isLogDead: false,
    isStoreDead: false,
    isErased: false,
    releasers: [sam, olga] as Person[],
  }
  const entries: NewEntry[] = []
  const lines: LogLine[] = []
  const store = createSwitchStore(database)
  const alive = <T>(work: () => Promise<T>): Promise<T> =>
    world.isStoreDead ? Promise.reject(new Error('the disk is full')) : work()
  const services: SwitchServices = {
    store: {
      ...store,
      insert: (added) => alive(() => store.insert(added)),
      end: (id, over) => alive(() => store.end(id, over)),
      setLogIndex: (id, index) => alive(() => store.setLogIndex(id, index)),
    },
    log: {
      append: async (entry) => {
        if (world.isLogDead) throw new Refusal('log-unavailable')
        entries.push(entry)
        return { index: entries.length - 1, receipt: `log#${entries.length - 1}` }
      },
      search: async () =>
        entries.map(({ facts }, index) => ({ index, facts }) as unknown as EntryHead).toReversed(),
      open: async (index) =>
        world.isErased
          ? undefined
          : ({ payload: Buffer.from(String(entries[index]?.payload)) } as unknown as OpenedEntry),
    },
    clock: { now: () => world.nowMs, monotonic: () => world.nowMs },
    writeLine: (line) => lines.push(line),
    personIdOf: (who) => {
      if (who === mia.email || who === mia.id) return mia.id
      throw new Refusal('not-found', { what: 'person' })
    },
    findPerson: async (id) => (id === mia.id ? mia : undefined),
    hasKey: (id) => id === 'key_1',
    holdersOf: () => world.releasers,
    idsOf: (kind) => (kind === 'offering' ? ['west', 'east'] : ['support']),
    ownedBy: ({ id }) => (id === ulla.id ? ['support'] : []),
  }
  const open = async () => {
    const switches = await openSwitches(services)
    context.after(() => switches.close())
    return switches
  }
  return { world, entries, lines, switches: await open(), again: open }
}

test('with nothing pulled nothing is asked of a subject', () => {
  const standing = new StandingSwitches(() => start)
  const touchy = new Proxy({} as Subject, { get: () => assert.fail('it was looked at') })
  assert.equal(standing.find(touchy), undefined)
  assert.equal(
    standing.findTool(() => assert.fail('it was looked at')),
    undefined,
  )
})

test('each scope stops what it names and nothing else, widest first', async (context) => {
  const { switches } = await opened(context)
  const found = (change: Partial<Subject> = {}) => switches.standing.find(subject(change))?.scope
  const cases = [
    ['tool', 'shell', { tools: () => ['other'] }],
    ['offering', 'west', { offering: 'east' }],
    ['use-case', 'support', { useCase: 'other' }],
    ['key', 'key_1', { keyId: undefined }],
    ['person', mia.email, { personId: olga.id }],
  ] as const
  for (const [scope, target, other] of cases) {
    const { id } = await switches.pull(asked({ scope, target }), sam)
    assert.equal(found(), scope)
    assert.equal(found(other), undefined, scope)
    await switches.release(id, 'It is fine.', sam)
    assert.equal(found(), undefined, scope)
  }
  await switches.pull(asked({ scope: 'tool', target: 'shell' }), sam)
  await switches.pull(asked(), sam)
  assert.equal(found(), 'all')
})

test('a pull is a decision in the log: scope and id in the header, who and why sealed', async (context) => {
  const { switches, entries } = await opened(context)
  const { id } = await switches.pull(asked({ scope: 'person', target: mia.email }), sam)
  await switches.release(id, 'She is back.', olga)
  assert.deepEqual(
    entries.map(({ kind, subject: whose, facts }) => [
      kind,
      whose,
      facts.about,
      facts.decision,
      facts.reason,
    ]),
    [
      ['decision', sam.id, `switch/${id}`, 'stop', 'person'],
      ['decision', olga.id, `switch/${id}`, 'release', 'person'],
    ],
  )
  assert.doesNotMatch(JSON.stringify(entries.map(({ facts }) => facts)), /example\.com|leaks|back/)
  assert.match(String(entries[0]?.payload), /Something leaks/)
})

test('who may pull and who may release', async (context) => {
  const { switches } = await opened(context)
  const missing = { code: 'role-missing' }
  await assert.rejects(switches.pull(asked(), mia), missing)
  await assert.rejects(switches.pull(asked({ scope: 'use-case', target: 'support' }), mia), missing)
  await assert.rejects(switches.pull(asked({ scope: 'offering', target: 'west' }), ulla), missing)
  const own = await switches.pull(asked({ scope: 'use-case', target: 'support' }), ulla)
  assert.equal(own.mayNotRelease, 'This needs one of these roles: security, owner.')
  await assert.rejects(switches.release(own.id, 'Never mind.', ulla), missing)
  await assert.rejects(switches.release(own.id, 'Never mind.', otto), missing)
  await assert.rejects(switches.release(own.id, 'Never mind.', mia), { code: 'not-found' })
  assert.equal((await switches.release(own.id, 'Never mind.', sam)).state, 'released')
  await switches.pull(asked({ scope: 'offering', target: 'west' }), otto)
  assert.deepEqual((await switches.list(ulla)).standing, [])
  assert.deepEqual((await switches.list(ulla)).mayStop, ['use-case'])
  assert.deepEqual((await switches.list(mia)).mayStop, [])
  assert.equal((await switches.list(otto)).standing.length, 1)
})

test('what stops everything is released by somebody else, as long as there is somebody', async (context) => {
  const { switches, world } = await opened(context)
  const { id } = await switches.pull(asked(), sam)
  await assert.rejects(switches.release(id, 'All is well.', sam), { code: 'own-stop' })
  const elsewhere = { ...sam, id: 'person_sam_elsewhere' }
  await assert.rejects(switches.release(id, 'All is well.', elsewhere), { code: 'own-stop' })
  assert.ok(switches.standing.find(subject()) !== undefined)
  assert.equal((await switches.release(id, 'All is well.', olga)).released?.by, olga.email)
  const byMachine = await switches.pull(asked(), 'command-line:root')
  await assert.rejects(switches.release(byMachine.id, 'All is well.', 'command-line:root'), {
    code: 'own-stop',
  })
  await switches.release(byMachine.id, 'All is well.', sam)
  world.releasers = [sam]
  const alone = await switches.pull(asked(), sam)
  await switches.release(alone.id, 'Nobody else is there.', sam)
  assert.equal(switches.standing.find(subject()), undefined)
})

test('a stop holds before a log that fails, is finished when asked again, and is there after a start', async (context) => {
  const { switches, world, entries, lines, again } = await opened(context)
  world.isLogDead = true
  const view = await switches.pull(asked(), sam)
  assert.equal(view.isWritten, false)
  assert.equal(lines.at(-1)?.what, 'a switch holds and is not in the log')
  assert.equal(switches.standing.find(subject())?.id, view.id)
  await assert.rejects(switches.release(view.id, 'All is well.', olga), { code: 'log-unavailable' })
  assert.equal(switches.standing.find(subject())?.id, view.id, 'without its entry a release is none')
  world.isLogDead = false
  const finished = await switches.pull(asked(), olga)
  assert.deepEqual([finished.id, finished.isWritten, entries.length], [view.id, true, 1])
  await switches.pull(asked(), olga)
  assert.equal(entries.length, 1, 'pulled twice is pulled once')
  assert.equal((await again()).standing.find(subject())?.id, view.id)
})

test('a start writes what the log did not take, and takes over what the store did not', async (context) => {
  const { switches, world, entries, again } = await opened(context)
  world.isLogDead = true
  const first = await switches.pull(asked({ scope: 'offering', target: 'west' }), sam)
  world.isLogDead = false
  world.isStoreDead = true
  const second = await switches.pull(asked({ scope: 'offering', target: 'east' }), sam)
  const third = await switches.pull(asked({ scope: 'tool', target: 'shell' }), sam)
  await assert.rejects(switches.release(third.id, 'It is fine.', sam), /the disk is full/)
  assert.ok(switches.standing.stopOf('tool', 'shell') !== undefined)
  world.isStoreDead = false
  const { standing } = await (await again()).list(sam)
  assert.deepEqual(standing.map(({ id, isWritten }) => [id, isWritten]).sort(), [
    ...[first.id, second.id].map((id) => [id, true]).sort(),
  ])
  assert.equal(entries.filter(({ facts }) => facts.about === `switch/${first.id}`).length, 1)
})

test('what was pulled and released is not looked up again at a start: its texts may be erased', async (context) => {
  const { switches, world, again } = await opened(context)
  const { id } = await switches.pull(asked({ scope: 'tool', target: 'shell' }), sam)
  await switches.release(id, 'It is fine.', sam)
  world.isErased = true
  assert.equal((await (await again()).list(sam)).past[0]?.released?.by, sam.email)
})

test('a stop with an end is over at its moment, and a longer one takes its place', async (context) => {
  const { switches, world } = await opened(context)
  const { id } = await switches.pull(asked({ minutes: 10 }), sam)
  assert.equal((await switches.pull(asked({ minutes: 5 }), sam)).id, id)
  const longer = await switches.pull(asked({ minutes: 20 }), sam)
  assert.notEqual(longer.id, id)
  world.nowMs += 10 * 60_000
  assert.equal(switches.standing.find(subject())?.id, longer.id)
  world.nowMs += 10 * 60_000
  assert.equal(switches.standing.find(subject()), undefined, 'whether or not anybody has looked')
  assert.deepEqual(switches.stoppedScopes(), [])
  await switches.endDue()
  assert.deepEqual((await switches.list(sam)).standing, [])
  assert.deepEqual(
    (await switches.list(sam)).past.map(({ state }) => state),
    ['over', 'over'],
  )
})

test('a drill stops nothing, counts what it would stop, and tells at its end', async (context) => {
  const { switches, world, entries } = await opened(context)
  await assert.rejects(switches.pull(asked({ drill: true, minutes: 5 }), sam), /start Sallyport first/)
  const reached: Switch[] = []
  switches.attach((pulled) => {
    reached.push(pulled)
    return { exchanges: 2, people: new Set([mia.id, olga.id]), slowestMs: 0.25 }
  })
  const { id } = await switches.pull(
    asked({ scope: 'offering', target: 'west', drill: true, minutes: 5 }),
    sam,
  )
  assert.equal(reached[0]?.isDrill, true)
  assert.equal(switches.standing.find(subject()), undefined)
  assert.deepEqual(switches.stoppedScopes(), [])
  switches.noteDecided(subject())
  switches.noteDecided(subject({ personId: ulla.id }))
  switches.noteDecided(subject({ offering: 'east' }))
  const expected = {
    cut: 2,
    slowestMs: 0.25,
    refused: 2,
    people: 3,
    asks: [sam.email, olga.email],
    isInterrupted: false,
  }
  assert.deepEqual((await switches.list(sam)).standing[0]?.report, expected)
  world.nowMs += 5 * 60_000
  switches.noteDecided(subject())
  await switches.endDue()
  const [past] = (await switches.list(sam)).past
  assert.deepEqual([past?.id, past?.report], [id, expected])
  assert.deepEqual(
    entries.map(({ facts }) => [facts.decision, facts.counts]),
    [
      ['drill', { exchanges: 2, people: 2 }],
      ['drill-ended', { cut: 2, refused: 2, people: 3 }],
    ],
  )
})

test('a drill does not outlive the process, and says that nothing is known of it', async (context) => {
  const { switches, again } = await opened(context)
  switches.attach(() => ({ exchanges: 0, people: new Set(), slowestMs: 0 }))
  await switches.pull(asked({ drill: true, minutes: 5 }), sam)
  const { standing, past } = await (await again()).list(sam)
  assert.deepEqual([standing.length, past[0]?.report?.isInterrupted], [0, true])
})

test('what is not there cannot be stopped, and whoever may not stop it is not told', async (context) => {
  const { switches } = await opened(context)
  for (const scope of ['offering', 'use-case', 'person', 'key'] as const) {
    await assert.rejects(switches.pull(asked({ scope, target: 'nowhere' }), sam), { code: 'not-found' })
    await assert.rejects(switches.pull(asked({ scope, target: 'nowhere' }), mia), { code: 'role-missing' })
  }
})
