import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { NewEntry } from '#/audit/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { LogLine } from '#/core/log-line.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { RecordKind, UseCase } from '#/register/api.ts'
import { registerMigrations } from '#/register/migrations/index.ts'
import { type AskedDecision, openRegister } from '#/register/register.ts'
import { stateOf } from '#/register/state.ts'
import { openSnapshots } from '../snapshots.ts'
import { takeOver } from './log-lines.ts'
import { publicationMigrations } from './migrations/index.ts'
import { createPublicationStore } from './store.ts'
import { differenceBetween, pageOf, type ViewServices, viewOf } from './views.ts'

const start = Date.UTC(2026, 10, 26, 12)

const personOf = (name: string, ...roles: Role[]): Person => ({
  id: `person_${name}`,
  issuer: 'https://id.example.com',
  subject: name,
  email: `${name}@example.com`,
  name,
  roles: ['employee', ...roles],
  groups: [],
})
const ada = personOf('ada', 'security')
const sam = personOf('sam', 'security')
const olga = personOf('olga', 'owner')
const emil = personOf('emil')

const fact = (is: unknown) => ({ is, source: 'contract', asOf: '2026-01-01', by: 'contract' })
const offering = {
  title: 'West',
  connection: 'line',
  model: 'west',
  facts: { tier: fact('self'), processor: fact('Own'), region: fact('eu'), trains: fact('never') },
  selfHosted: { threatModel: 'TM-4', patchedOn: '2026-01-01', runsModelCode: false, isOwnModel: false },
}
const useCase = (purpose: string, more: object = {}) => ({
  title: 'Support',
  owner: 'owner@example.com',
  purpose,
  audience: { roles: ['employee'] },
  offerings: ['west'],
  highestClass: 'internal',
  ...more,
})
const rule = (id: string, action: string, more: object = {}) => ({
  ...{ id, title: id, types: ['iban'], action, owner: 'owner@example.com' },
  ...more,
})
const policy = (rules: readonly object[], more: object = {}) => ({
  title: 'Rules',
  owner: 'owner@example.com',
  rules,
  ...more,
})

interface World {
  nowMs: number
  isLogDead: boolean
  isStoreDead: boolean
  mode: 'automatic' | 'by-person'
  secondPerson: boolean
  groupSources: readonly string[]
}

/** A register, its publications and snapshots over real stores and a log in memory, with what a test may break. */
async function opened(context: TestContext, change: Partial<World> = {}) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, [...registerMigrations, ...publicationMigrations])
  const world: World = {
    ...{ nowMs: start, isLogDead: false, isStoreDead: false },
    ...{ mode: 'automatic', secondPerson: false, groupSources: ['okta'] },
    ...change,
  }
  const clock = { now: () => world.nowMs, monotonic: () => world.nowMs - start }
  const entries: NewEntry[] = []
  const lines: LogLine[] = []
  const head = (index: number) => ({
    ...{ index, atMs: start, subject: undefined },
    ...(entries[index] as NewEntry),
  })
  const log = {
    origin: 'log',
    append: async (entry: NewEntry) => {
      if (world.isLogDead) throw new Refusal('log-unavailable', { why: 'dead' })
      entries.push(entry)
      return { index: entries.length - 1, receipt: `log#${entries.length - 1}` }
    },
    search: async ({ kinds, limit, below = Number.POSITIVE_INFINITY }: Parameters<Search>[0]) =>
      entries
        .map((_, index) => head(index))
        .filter(({ index, kind }) => index < below && (kinds?.includes(kind) ?? true))
        .reverse()
        .slice(0, limit),
    open: async (index: number) => ({
      ...head(index),
      payload: Buffer.from(String(entries[index]?.payload)),
    }),
  }
  const open = async () => {
    const register = await openRegister({ database, clock, log: log as never })
    const store = createPublicationStore(database)
    await takeOver(log as never, store)
    const { mode, secondPerson } = world
    const snapshots = await openSnapshots({
      ...{ register, clock, publication: { mode, secondPerson } },
      log: log.append,
      writeLine: (line) => lines.push(line),
      publicationStore: {
        ...store,
        add: async (...added) => {
          if (world.isStoreDead) throw new Error('the store is full')
          await store.add(...added)
        },
      },
      inspectorFor: () => assert.fail('there is no rule test'),
      groupSources: world.groupSources,
      findPersonIds: () => ['person_owner'],
      standingAccess: () => [],
      isLookedFor: () => true,
      providerAt: () => 'demo',
      probedAt: () => undefined,
    })
    const { publications } = snapshots
    const views: ViewServices = { publications, register, mode, secondPerson, now: clock.now }
    const approve = async (kind: RecordKind, id: string, version = 1, more: Partial<AskedDecision> = {}) => {
      const asked = { kind, id, version, verdict: 'approve', reason: 'Looked at.', conditions: {}, ...more }
      await register.decide(asked as AskedDecision, sam)
    }
    const propose = (kind: RecordKind, id: string, body: object) =>
      register.propose(kind, id, body, { id: ada.id, name: ada.email })
    const served = () => {
      const { offerings, useCases, rules } = snapshots.current()
      const cases = [...useCases.values()].map(({ id, purpose }) => `${id}: ${purpose}`)
      return [...offerings.keys(), ...cases, ...rules.map(({ id, action }) => `${id} ${action}`)]
    }
    const page = (asker: Person | string = sam) => pageOf(views, asker)
    return { register, snapshots, publications, views, approve, propose, served, page }
  }
  return { ...(await open()), world, entries, lines, again: open }
}

type Search = (asked: {
  readonly kinds?: readonly string[]
  readonly limit: number
  readonly below?: number
}) => unknown

type Opened = Awaited<ReturnType<typeof opened>>

/** An offering, a use case and a rule, proposed and approved. */
async function fill({ propose, approve }: Opened): Promise<void> {
  await propose('offering', 'west', offering)
  await propose('use-case', 'support', useCase('one'))
  await propose('policy', 'rules', policy([rule('accounts', 'mask')]))
  await approve('offering', 'west')
  await approve('use-case', 'support')
  await approve('policy', 'rules')
}
const filled = ['west', 'support: one', 'accounts mask']

const publishWaiting = (company: Opened, by: Person = sam) =>
  company.publications.publish(
    { digest: company.page().waiting?.digest ?? assert.fail('nothing waits'), reason: 'Fits together.' },
    by,
  )

test('each approval is a publication of its own, in the log with what it changed', async (context) => {
  const company = await opened(context)
  await fill(company)
  await company.propose(
    'policy',
    'rules',
    policy([rule('accounts', 'block'), rule('cards', 'mask', { types: ['payment-card'] })]),
  )
  await company.approve('policy', 'rules', 2)
  await company.snapshots.close()
  assert.deepEqual(company.served(), ['west', 'support: one', 'accounts block', 'cards mask'])
  const entry = company.entries.findLast(({ kind }) => kind === 'publication')
  assert.equal(entry?.facts.about, 'publication/5')
  assert.deepEqual(entry?.facts.counts, { added: 0, changed: 1, takenAway: 0, rules: 2 })
  const { difference } = JSON.parse(String(entry?.payload))
  assert.deepEqual(difference.changed, [{ kind: 'policy', id: 'rules', from: 1, to: 2, fields: ['rules'] }])
  assert.deepEqual(
    difference.rules.map((each: { id: string; before: { action: string } | null }) => [
      each.id,
      each.before?.action,
    ]),
    [
      ['accounts', 'mask'],
      ['cards', undefined],
    ],
  )
  assert.deepEqual(viewOf(company.views, 5).difference, difference)
  assert.deepEqual(
    differenceBetween(company.views, 1, 5).added.map(({ id }) => id),
    ['west', 'support', 'rules'],
  )
})

test('by person, what was approved waits until somebody publishes it', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  assert.deepEqual(company.served(), [])
  assert.deepEqual(company.page().waiting?.difference.added.length, 3)
  await assert.rejects(publishWaiting(company, emil), hasCode('role-missing'))
  const { state, publication } = await publishWaiting(company)
  assert.deepEqual([state, publication?.number, publication?.cause], ['published', 2, 'by-person'])
  assert.deepEqual(company.served(), filled)
  assert.equal(company.page().waiting, null)
  await assert.rejects(
    company.publications.publish({ digest: '0'.repeat(64), reason: 'Again, please.' }, sam),
    hasCode('publication-nothing'),
  )
})

test('what changed since it was looked at is not published', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  const digest = company.page().waiting?.digest ?? ''
  await company.propose('use-case', 'support', useCase('two'))
  await company.approve('use-case', 'support', 2)
  await assert.rejects(
    company.publications.publish({ digest, reason: 'Fits together.' }, sam),
    hasCode('publication-changed'),
  )
  assert.deepEqual(company.served(), [])
})

for (const verdict of ['stop', 'suspend', 'reject'] as const) {
  test(`by person, a ${verdict} serves at once, also of a version that was never published`, async (context) => {
    const company = await opened(context, { mode: 'by-person' })
    await fill(company)
    await publishWaiting(company)
    await company.approve('offering', 'west', 1, { verdict })
    assert.deepEqual(company.served(), filled.slice(1))
    await company.propose('use-case', 'support', useCase('two'))
    await company.approve('use-case', 'support', 2)
    assert.deepEqual(company.served(), filled.slice(1), 'the approved one waits')
    await company.approve('use-case', 'support', 2, { verdict })
    assert.deepEqual(company.served(), filled.slice(2), 'what was replaced does not come back')
  })
}

test('by person, what was stopped and approved again waits again', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  await publishWaiting(company)
  await company.approve('offering', 'west', 1, { verdict: 'stop' })
  await company.approve('offering', 'west')
  assert.deepEqual(company.served(), filled.slice(1))
  await publishWaiting(company)
  assert.deepEqual(company.served(), filled)
})

test('by person, a lower class and an earlier end of a later approval hold at once; a higher and a later wait', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  await publishWaiting(company)
  const highest = () => company.snapshots.current().useCases.get('support')?.highestClass
  await company.approve('use-case', 'support', 1, {
    conditions: { highestClass: 'public' },
    until: '2026-11-27',
  })
  assert.equal(highest(), 'public')
  await publishWaiting(company)
  await company.approve('use-case', 'support', 1, { until: '2026-12-31' })
  assert.equal(highest(), 'public')
  company.world.nowMs = Date.UTC(2026, 10, 28)
  assert.equal(highest(), undefined, 'the published approval has ended')
  await publishWaiting(company)
  assert.equal(highest(), 'internal')
})

test('where two people publish, the first asks and another agrees; an account of the machine does neither', async (context) => {
  const company = await opened(context, { mode: 'by-person', secondPerson: true })
  await fill(company)
  assert.equal((await publishWaiting(company)).state, 'asked')
  assert.equal(company.page().waiting?.asked?.by, 'sam@example.com')
  assert.deepEqual(company.served(), [])
  await assert.rejects(publishWaiting(company), hasCode('own-publication'))
  const elsewhere = { ...sam, id: 'person_sam_elsewhere', email: 'Sam@example.com' }
  await assert.rejects(
    publishWaiting(company, elsewhere),
    hasCode('own-publication'),
    'another account of hers',
  )
  const digest = company.page().waiting?.digest ?? ''
  await assert.rejects(
    company.publications.publish({ digest, reason: 'By a script.' }, 'command-line:root'),
    hasCode('own-publication'),
  )
  const again = await company.again()
  const { publication } = await again.publications.publish({ digest, reason: 'I agree.' }, olga)
  assert.deepEqual(
    [publication?.by, publication?.second, publication?.reason],
    ['sam@example.com', 'olga@example.com', 'Fits together.'],
  )
  assert.deepEqual(again.served(), filled)
})

test('a step back serves the version before at once, and nothing is published until somebody does', async (context) => {
  const company = await opened(context)
  await fill(company)
  await company.propose('use-case', 'support', useCase('two'))
  await company.approve('use-case', 'support', 2)
  assert.deepEqual(company.page().stepBack?.changed[0], {
    ...{ kind: 'use-case', id: 'support', from: 2, to: 1, fields: ['purpose'] },
  })
  await assert.rejects(company.publications.rollBack('Not mine.', emil), hasCode('role-missing'))
  await company.publications.rollBack('It answered wrongly.', olga)
  assert.deepEqual(company.served(), filled)
  const entry = company.entries.findLast(({ kind }) => kind === 'publication')
  assert.deepEqual([entry?.facts.decision, entry?.subject], ['rollback', olga.id])
  assert.match(String(entry?.payload), /It answered wrongly/)
  await company.propose('policy', 'rules', policy([rule('accounts', 'block')]))
  await company.approve('policy', 'rules', 2)
  assert.deepEqual(company.served(), filled, 'an approval waits, too')
  await assert.rejects(company.publications.rollBack('Once more.', olga), hasCode('publication-nothing'))
  const again = await company.again()
  assert.deepEqual([again.served(), again.page().isHeld], [filled, true], 'also after a start')
  await publishWaiting({ ...company, ...again })
  assert.deepEqual(again.served(), ['west', 'support: two', 'accounts block'])
  await again.propose('use-case', 'support', useCase('three'))
  await again.approve('use-case', 'support', 3)
  assert.deepEqual(again.served(), ['west', 'support: three', 'accounts block'], 'it goes on by itself')
})

test('a step back never gives back what was stopped, suspended or has ended since', async (context) => {
  const company = await opened(context)
  await fill(company)
  await company.approve('use-case', 'support', 1, { until: '2026-11-30' })
  await company.propose('policy', 'rules', policy([rule('accounts', 'block')]))
  await company.approve('offering', 'west', 1, { verdict: 'suspend' })
  await company.approve('policy', 'rules', 2)
  company.world.nowMs = Date.UTC(2026, 11, 1)
  await company.publications.rollBack('It blocks too much.', sam)
  assert.deepEqual(company.served(), ['accounts mask'])
})

test('an error of the linter holds a publication back; what is taken away is not held back, and it goes on once it is right', async (context) => {
  const company = await opened(context)
  await fill(company)
  const contradicting = policy([rule('accounts', 'mask'), rule('others', 'block')])
  await company.propose('policy', 'rules', contradicting)
  await company.approve('policy', 'rules', 2)
  assert.deepEqual(company.served(), filled)
  assert.match(JSON.stringify(company.lines.at(-1)), /accounts and others are about the very same findings/)
  const { check } = company.page().waiting ?? assert.fail('nothing waits')
  assert.deepEqual([check.isGreen, check.findings[0]?.code], [false, 'rules-contradict'])
  await assert.rejects(publishWaiting(company), hasCode('publication-stopped'))
  await company.approve('offering', 'west', 1, { verdict: 'stop' })
  assert.deepEqual(company.served(), filled.slice(1))
  await company.propose('policy', 'rules', policy([rule('others', 'block')]))
  await company.approve('policy', 'rules', 3)
  assert.deepEqual(company.served(), ['support: one', 'others block'])
})

test('an error that serves already holds nothing back; a new one does', async (context) => {
  const company = await opened(context)
  await fill(company)
  const audience = { roles: ['employee'], deny: { groups: ['okta:leavers'] } }
  await company.propose('use-case', 'support', useCase('two', { audience }))
  await company.approve('use-case', 'support', 2)
  assert.deepEqual(company.served(), ['west', 'support: two', 'accounts mask'])
  company.world.groupSources = []
  const again = await company.again()
  assert.equal(again.page().check.findings[0]?.code, 'denied-group-unknown')
  await again.propose('policy', 'rules', policy([rule('accounts', 'block')]))
  await again.approve('policy', 'rules', 2)
  const served = ['west', 'support: two', 'accounts block']
  assert.deepEqual(again.served(), served)
  await again.propose('use-case', 'sales', useCase('one', { audience }))
  await again.approve('use-case', 'sales')
  assert.deepEqual(again.served(), served)
})

test('what several agreed to keeps every condition of theirs while what replaces it waits for a publication', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  const high = { risk: 'high', practices: [], exit: { offering: 'east', testedOn: '2026-11-01' } }
  const both = ['west', 'east']
  await company.propose('offering', 'east', { ...offering, title: 'East' })
  await company.approve('offering', 'east')
  const agreed = async (version: number, conditions: AskedDecision['conditions'] = {}) => {
    const asked = {
      kind: 'use-case',
      id: 'support',
      version,
      verdict: 'approve',
      reason: 'Looked at.',
    } as const
    for (const role of ['legal', 'engineering', 'product'] as const)
      await company.register.decide(
        { ...asked, conditions: role === 'legal' ? conditions : {} },
        personOf(role, role, 'security'),
      )
  }
  await company.propose('use-case', 'support', useCase('high', { ...high, offerings: both }))
  await agreed(2)
  await company.propose('use-case', 'support', useCase('lower', { offerings: both }))
  await agreed(3, { highestClass: 'public' })
  await publishWaiting(company)
  const serving = () => company.snapshots.current().useCases.get('support')
  assert.deepEqual([serving()?.purpose, serving()?.highestClass], ['lower', 'public'])
  await company.propose('use-case', 'support', useCase('next', { offerings: both }))
  await company.approve('use-case', 'support', 4)
  assert.deepEqual([serving()?.purpose, serving()?.highestClass], ['lower', 'public'])
})

test('what served then can be told later, whatever was published and stopped since', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  await publishWaiting(company)
  company.world.nowMs += 1_000
  await company.propose('use-case', 'support', useCase('two'))
  await company.approve('use-case', 'support', 2)
  company.world.nowMs += 1_000
  await publishWaiting(company)
  const history = company.register.find('use-case', 'support') ?? assert.fail('it is not there')
  const purposeAt = (afterMs: number) => {
    const known = {
      ...history,
      versions: history.versions.filter(({ atMs }) => atMs <= start + afterMs),
      decisions: history.decisions.filter(({ atMs }) => atMs <= start + afterMs),
    }
    const then = company.publications.publishedThen(known, start + afterMs)
    return then === undefined ? undefined : stateOf(then, start + afterMs).serving?.record.body
  }
  assert.deepEqual(
    [0, 1_999, 2_000].map((afterMs) => (purposeAt(afterMs) as UseCase | undefined)?.purpose),
    ['one', 'one', 'two'],
  )
})

test('what only reached the log is taken over by a start; until then nothing more is published', async (context) => {
  const company = await opened(context)
  await fill(company)
  await company.snapshots.close()
  company.world.isStoreDead = true
  await company.propose('use-case', 'support', useCase('two'))
  await company.approve('use-case', 'support', 2)
  await company.snapshots.close()
  assert.deepEqual(company.served()[1], 'support: two')
  assert.match(company.page().trouble ?? '', /until Sallyport is started again/)
  await company.propose('use-case', 'support', useCase('three'))
  await company.approve('use-case', 'support', 3)
  assert.deepEqual(company.served()[1], 'support: two')
  await assert.rejects(company.publications.rollBack('Back, please.', sam), hasCode('publication-stopped'))
  company.world.isStoreDead = false
  const again = await company.again()
  assert.deepEqual(again.served()[1], 'support: three')
  assert.deepEqual(
    again.page().publications.map(({ number }) => number),
    [6, 5, 4, 3, 2, 1],
  )
})

test('a publication the log does not take does not serve by person, and a start publishes what it lost', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  const { digest } = company.page().waiting ?? assert.fail('nothing waits')
  company.world.isLogDead = true
  await assert.rejects(
    company.publications.publish({ digest, reason: 'Fits together.' }, sam),
    hasCode('log-unavailable'),
  )
  assert.deepEqual(company.served(), [])
  company.world.isLogDead = false
  await company.publications.publish({ digest, reason: 'Fits together.' }, sam)
  assert.deepEqual(company.served(), filled)
  assert.deepEqual((await company.again()).served(), filled)
})

test('a mode that is changed in the settings holds from the next start on', async (context) => {
  const company = await opened(context, { mode: 'by-person' })
  await fill(company)
  company.world.mode = 'automatic'
  const again = await company.again()
  assert.deepEqual(again.served(), filled)
  assert.equal(again.page().publications[0]?.cause, 'automatic')
})

const hasCode = (code: string) => (error: unknown) => error instanceof Refusal && error.code === code

test('a trigger is published as it is written and shown as a change; one that can never fire waits', async (context) => {
  const company = await opened(context)
  await fill(company)
  const trigger = (named: string) => ({
    ...{ id: 'again', title: 'Again', action: 'alert', owner: 'owner@example.com' },
    when: { what: 'refusals', rule: named, per: 'person' },
  })
  const before = company.publications.history.newest?.number
  await company.propose(
    'policy',
    'rules',
    policy([rule('accounts', 'mask')], { triggers: [trigger('accounts')] }),
  )
  await company.approve('policy', 'rules', 2)
  assert.equal(company.publications.history.newest?.number, before)
  assert.match(company.page().waiting?.check.findings[0]?.sentence ?? '', /again can never fire/)
  await company.propose(
    'policy',
    'rules',
    policy([rule('accounts', 'block')], { triggers: [trigger('accounts')] }),
  )
  await company.approve('policy', 'rules', 3)
  await company.snapshots.close()
  const { number } = company.publications.history.newest ?? assert.fail('nothing was published')
  assert.deepEqual(
    viewOf(company.views, number).difference.rules.map(({ is, id }) => `${is} ${id}`),
    ['rule accounts', 'trigger again'],
  )
  assert.equal(company.snapshots.current().triggers?.[0]?.policy, 'rules')
})
