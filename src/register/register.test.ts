import assert from 'node:assert/strict'
import { after, before, describe, type TestContext, test } from 'node:test'
import type { AuditLog, NewEntry } from '#/audit/api.ts'
import type { Database } from '#/core/database/api.ts'
import { migrate } from '#/core/database/migrate.ts'
import { openSqlite } from '#/core/database/sqlite.ts'
import { testEngines } from '#/core/database/test-engines.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Person, Role } from '#/core/role.ts'
import type { RecordKind } from './api.ts'
import { registerMigrations } from './migrations/index.ts'
import { type AskedDecision, openRegister, type Register } from './register.ts'
import { registerRoutes } from './routes.ts'
import { stateOf } from './state.ts'

const now = Date.UTC(2026, 10, 23, 12)
const clock = { now: () => now, monotonic: () => 0 }
const noLog = { origin: 'log.example.com', size: () => 0, readHeads: async () => [] }

/** A log in memory with the promises the register counts on. */
function memoryLog(): Pick<AuditLog, 'origin' | 'append' | 'search' | 'open'> & {
  readonly entries: NewEntry[]
  failFrom: number
} {
  const entries: NewEntry[] = []
  const head = (index: number) => ({
    index,
    atMs: now,
    kind: entries[index]!.kind,
    facts: entries[index]!.facts,
    subject: entries[index]!.subject,
  })
  return {
    origin: 'log.example.com',
    entries,
    failFrom: Number.POSITIVE_INFINITY,
    async append(entry) {
      if (entries.length >= this.failFrom) throw new Refusal('log-unavailable', { why: 'dead' })
      entries.push(entry)
      return { index: entries.length - 1, receipt: `log.example.com#${entries.length - 1}` }
    },
    search: async ({ kinds, limit, below = Number.POSITIVE_INFINITY }) =>
      entries
        .map((_, index) => head(index))
        .filter(({ index }) => index < below)
        .filter(({ kind }) => kinds?.includes(kind) ?? true)
        .reverse()
        .slice(0, limit),
    open: async (index) => ({ ...head(index), payload: Buffer.from(entries[index]!.payload as string) }),
  }
}

const person = (email: string, roles: readonly Role[]): Person => ({
  id: `person-${email}`,
  issuer: 'https://id.example.com',
  subject: email,
  email,
  name: email,
  roles: ['employee', ...roles],
  groups: [],
})
const ada = person('ada@example.com', ['security'])
const sam = person('sam@example.com', ['security', 'owner'])
const emil = person('emil@example.com', [])
const authorOf = ({ id, email }: Person) => ({ id, name: email })

const offering = { title: 'West', connection: 'west', model: 'west-large' }
const useCase = {
  title: 'Support',
  owner: 'owner@example.com',
  purpose: 'Answers',
  audience: { roles: ['employee'] },
  offerings: ['west'],
  highestClass: 'internal',
}
const yaml = (records: readonly object[], more: object = {}) => JSON.stringify({ ...more, records })
const westFile = yaml([{ kind: 'offering', id: 'west', ...offering }])
const bootstrap = { approve: 'all', by: 'owner@example.com', reason: 'Start' }

const asked = (
  kind: RecordKind,
  id: string,
  version: number,
  more: Partial<AskedDecision> = {},
): AskedDecision => ({
  kind,
  id,
  version,
  verdict: 'approve',
  reason: 'Looked at.',
  conditions: {},
  ...more,
})

const statesOf = (register: Register, kind: RecordKind, id: string) =>
  stateOf(register.find(kind, id) ?? assert.fail('it is not there'), now).versions.map(({ state }) => state)

const refusalOf = async (work: Promise<unknown>): Promise<Refusal> => {
  try {
    await work
  } catch (error) {
    assert.ok(error instanceof Refusal, String(error))
    return error
  }
  return assert.fail('it was done')
}

async function opened(context: TestContext) {
  const database = openSqlite(':memory:')
  context.after(() => database.close())
  await migrate(database, registerMigrations)
  const log = memoryLog()
  const register = await openRegister({ database, clock, log })
  return { database, log, register, again: () => openRegister({ database, clock, log }) }
}

test('an empty register takes the files of its settings, with their approvals', async (context) => {
  const { register } = await opened(context)
  assert.equal(register.isEmpty(), true)
  const text = yaml(
    [
      { kind: 'use-case', id: 'support', ...useCase },
      { kind: 'offering', id: 'west', ...offering },
    ],
    { bootstrap },
  )
  await register.bootstrap([{ name: 'records.yaml', text }])
  assert.deepEqual(statesOf(register, 'use-case', 'support'), ['approved'])
  const [decision] = register.find('use-case', 'support')?.decisions ?? []
  assert.equal(decision?.isBootstrap, true)
  assert.equal(decision?.role, 'bootstrap')
  assert.deepEqual(decision?.by, { id: 'bootstrap', name: 'owner@example.com' })
})

test('with no files it begins with the demo model', async (context) => {
  const { register } = await opened(context)
  await register.bootstrap([])
  assert.deepEqual(statesOf(register, 'offering', 'demo'), ['approved'])
  assert.deepEqual(statesOf(register, 'policy', 'company-rules'), ['approved'])
})

test('files that are not approved wait', async (context) => {
  const { register } = await opened(context)
  await register.bootstrap([{ name: 'records.yaml', text: westFile }])
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['proposed'])
})

test('a register that holds something is never set up again', async (context) => {
  const { register } = await opened(context)
  await register.bootstrap([])
  await assert.rejects(register.bootstrap([]), /not empty/)
})

test('one wrong record keeps out the whole file', async (context) => {
  const { register, log } = await opened(context)
  const text = yaml(
    [
      { kind: 'offering', id: 'west', ...offering },
      { kind: 'offering', id: 'east', ...offering, model: '' },
    ],
    { bootstrap },
  )
  const refusal = await refusalOf(register.bootstrap([{ name: 'records.yaml', text }]))
  assert.match(String(refusal.facts['field']), /records\.1\.model/)
  assert.equal(register.isEmpty(), true)
  assert.equal(log.entries.length, 0)
})

test('apply says what is new, changed and the same, and what waits', async (context) => {
  const { register } = await opened(context)
  const by = 'command-line:root'
  const apply = (text: string, dryRun = false) =>
    register.apply({ files: [{ text, name: 'records.yaml' }], by, dryRun })
  const first = await apply(westFile)
  assert.deepEqual(first.plan, [
    { kind: 'offering', id: 'west', change: 'new', version: 1, fields: [], waits: true },
  ])
  assert.equal((await apply(westFile)).plan[0]?.change, 'same')
  const renamed = await apply(yaml([{ kind: 'offering', id: 'west', ...offering, title: 'West 2' }]))
  assert.deepEqual(renamed.plan[0], {
    kind: 'offering',
    id: 'west',
    change: 'changed',
    version: 2,
    fields: ['title'],
    waits: false,
  })
  const moved = yaml([{ kind: 'offering', id: 'west', ...offering, model: 'other' }])
  const dry = await apply(moved, true)
  assert.deepEqual(dry.plan[0]?.fields, ['model', 'title'])
  assert.equal(dry.plan[0]?.waits, true)
  assert.equal(register.find('offering', 'west')?.versions.length, 2)
  await apply(moved)
  assert.equal(register.find('offering', 'west')?.versions.length, 3)
})

test('what came in a file takes two people, of any of the roles: its author may be either of them', async (context) => {
  const { register, again, log } = await opened(context)
  await register.apply({ files: [{ name: 'r.yaml', text: westFile }], by: 'command-line:sam' })
  assert.equal(log.entries.at(-1)?.subject, undefined)
  await register.decide(asked('offering', 'west', 1), sam)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['proposed'])
  await register.decide(asked('offering', 'west', 1), { ...sam, id: 'elsewhere' })
  const history = register.find('offering', 'west') ?? assert.fail('it is not there')
  const waits = stateOf(history, clock.now()).versions[0]
  assert.equal(waits?.state, 'proposed', 'two accounts of one person are one')
  assert.match(
    waits.why,
    /came in a file, and nobody knows whose: it takes 1 more person with the role security or owner/,
  )
  await register.decide(asked('offering', 'west', 1), ada)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['approved'])
  assert.deepEqual(statesOf(await again(), 'offering', 'west'), ['approved'])
  await register.propose('offering', 'west', { ...offering, model: 'next' }, authorOf(ada))
  await register.decide(asked('offering', 'west', 2), sam)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['superseded', 'approved'], 'hers takes one again')
})

test('approvals in a file count in an empty register only, and apply says so', async (context) => {
  const { register } = await opened(context)
  const text = yaml([{ kind: 'offering', id: 'west', ...offering }], { bootstrap })
  const { notes } = await register.apply({ files: [{ name: 'r.yaml', text }], by: 'x' })
  assert.match(notes[0] ?? '', /not taken/)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['proposed'])
})

test('a use case may name an offering that is there or comes with it, and no other', async (context) => {
  const { register } = await opened(context)
  const support = { kind: 'use-case', id: 'support', ...useCase }
  const refusal = await refusalOf(
    register.apply({ files: [{ name: 'r.yaml', text: yaml([support]) }], by: 'x' }),
  )
  assert.match(refusal.message, /offerings\.0 of use-case support.*there is no offering west/)
  const both = yaml([support, { kind: 'offering', id: 'west', ...offering }])
  await register.apply({ files: [{ name: 'r.yaml', text: both }], by: 'x' })
  const alone = await refusalOf(
    register.propose('use-case', 'other', { ...useCase, offerings: ['east'] }, authorOf(ada)),
  )
  assert.equal(alone.facts['field'], 'offerings.0')
})

test('what comes in over the control socket is checked like everything else', async (context) => {
  const { register } = await opened(context)
  for (const input of [
    undefined,
    5,
    {},
    { files: [], by: 'y' },
    { files: [{ name: 'x', text: 1 }], by: 'y' },
    { files: [{ name: 'x', text: '' }], by: 'y', more: 1 },
  ]) {
    await assert.rejects(async () => register.apply(input), { code: 'request-invalid' })
  }
})

test('a person with the role approves, and it serves', async (context) => {
  const { register, log } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  const decision = await register.decide(asked('offering', 'west', 1), sam)
  assert.equal(decision.role, 'security')
  assert.equal(decision.receipt, `log.example.com#${log.entries.length - 1}`)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['approved'])
})

test('nobody approves a version of their own, also not by way of an edit of nothing material', async (context) => {
  const { register } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  assert.equal((await refusalOf(register.decide(asked('offering', 'west', 1), ada))).code, 'own-proposal')
  await register.propose('offering', 'west', { ...offering, title: 'Another' }, authorOf(sam))
  assert.equal((await refusalOf(register.decide(asked('offering', 'west', 2), ada))).code, 'own-proposal')
  await register.decide(asked('offering', 'west', 1, { verdict: 'reject' }), ada)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['rejected', 'rejected'])
})

const highRisk = {
  ...useCase,
  risk: 'high',
  practices: [],
  exit: { offering: 'north', testedOn: '2026-11-01' },
}
const voices = (['security', 'legal', 'engineering'] as const).map((role) =>
  person(`${role}@example.com`, [role]),
)

async function withHighRisk(context: TestContext, body: object = highRisk) {
  const opening = await opened(context)
  await opening.register.propose('offering', 'west', offering, authorOf(ada))
  await opening.register.propose('offering', 'north', offering, authorOf(ada))
  await opening.register.propose('use-case', 'scoring', body, authorOf(ada))
  return opening
}

test('high risk takes three people with different roles; each is in the log, and is there after a start', async (context) => {
  const { register, log, again } = await withHighRisk(context)
  for (const voice of voices.slice(0, 2)) {
    await register.decide(asked('use-case', 'scoring', 1), voice)
    assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['proposed'])
  }
  await register.decide(asked('use-case', 'scoring', 1), voices[2] as Person)
  assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['approved'])
  assert.equal(log.entries.filter(({ kind }) => kind === 'decision').length, 3)
  const after = await again()
  assert.deepEqual(
    after.find('use-case', 'scoring')?.decisions.map(({ role }) => role),
    ['security', 'legal', 'engineering'],
  )
  assert.deepEqual(statesOf(after, 'use-case', 'scoring'), ['approved'])
})

test('somebody with several roles speaks for one that is missing, and never for two', async (context) => {
  const { register } = await withHighRisk(context)
  const both = person('kim@example.com', ['security', 'legal', 'product'])
  await register.decide(asked('use-case', 'scoring', 1), voices[0] as Person)
  assert.equal((await register.decide(asked('use-case', 'scoring', 1), both)).role, 'legal')
  await register.decide(asked('use-case', 'scoring', 1), both)
  const elsewhere = { ...both, id: 'kim-at-another-provider' }
  await register.decide(asked('use-case', 'scoring', 1), elsewhere)
  assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['proposed'])
})

test('the owner of the installation does not approve high risk, and may stop it', async (context) => {
  const { register } = await withHighRisk(context)
  const owner = person('olga@example.com', ['owner'])
  const told = await refusalOf(register.decide(asked('use-case', 'scoring', 1), owner))
  assert.equal(told.code, 'role-missing')
  assert.deepEqual(told.facts['roles'], ['security', 'legal', 'engineering', 'product'])
  for (const voice of voices) await register.decide(asked('use-case', 'scoring', 1), voice)
  await register.decide(asked('use-case', 'scoring', 1, { verdict: 'stop' }), owner)
  assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['suspended'])
})

test('limited risk is approved by security alone', async (context) => {
  const { register } = await withHighRisk(context, { ...highRisk, risk: 'limited' })
  const owner = person('olga@example.com', ['owner'])
  assert.equal(
    (await refusalOf(register.decide(asked('use-case', 'scoring', 1), owner))).code,
    'role-missing',
  )
  await register.decide(asked('use-case', 'scoring', 1), sam)
  assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['approved'])
})

test('with more than minimal risk nobody approves what does not say its practices and a tested exit', async (context) => {
  for (const [left, field] of [
    ['practices', 'practices'],
    ['exit', 'exit'],
  ] as const) {
    const { [left]: _, ...body } = highRisk
    const { register } = await withHighRisk(context, { ...body, risk: 'limited' })
    const told = await refusalOf(register.decide(asked('use-case', 'scoring', 1), sam))
    assert.equal(told.code, 'record-incomplete')
    assert.equal(told.status, 409)
    assert.equal(told.facts['field'], field)
    await register.decide(asked('use-case', 'scoring', 1, { verdict: 'reject' }), sam)
  }
  const soon = { ...highRisk, risk: 'limited', exit: { offering: 'north', testedOn: '2026-11-24' } }
  const { register } = await withHighRisk(context, soon)
  const told = await refusalOf(register.decide(asked('use-case', 'scoring', 1), sam))
  assert.equal(told.facts['field'], 'exit.testedOn')
})

test('a prohibited practice is refused when it is proposed, with its article; so is a file with one', async (context) => {
  const { register } = await withHighRisk(context)
  const body = { ...highRisk, practices: ['social-scoring'] }
  const told = await refusalOf((async () => register.propose('use-case', 'scoring', body, authorOf(ada)))())
  assert.equal(told.code, 'practice-prohibited')
  assert.match(told.message, /practices\.0.*Article 5\(1\)\(c\), from 2025-02-02/)
  const text = yaml([{ kind: 'use-case', id: 'scoring', ...body }])
  const inFile = await refusalOf(
    (async () => register.apply({ files: [{ name: 'records.yaml', text }], by: 'ada' }))(),
  )
  assert.equal(inFile.code, 'practice-prohibited')
  assert.match(inFile.message, /records\.yaml:1:/)
})

test('no file approves high risk: it is told to put it in one without approvals', async (context) => {
  const { register } = await opened(context)
  const records = [
    { kind: 'offering', id: 'west', ...offering },
    { kind: 'offering', id: 'north', ...offering },
    { kind: 'use-case', id: 'scoring', ...highRisk },
  ]
  const text = yaml(records, { bootstrap })
  const told = await refusalOf(register.bootstrap([{ name: 'records.yaml', text }]))
  assert.match(told.message, /use-case scoring \(records\.yaml:1:.*3 people.*without "bootstrap"/)
  assert.equal(register.isEmpty(), true)
  await register.bootstrap([
    { name: 'a.yaml', text: yaml(records.slice(0, 2), { bootstrap }) },
    { name: 'b.yaml', text: yaml(records.slice(2)) },
  ])
  assert.deepEqual(statesOf(register, 'use-case', 'scoring'), ['proposed'])
})

test('one person with accounts at two providers does not approve what the other account wrote', async (context) => {
  const { register } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  const elsewhere = { ...ada, id: 'ada-at-another-provider', email: 'Ada@Example.com' }
  assert.equal(
    (await refusalOf(register.decide(asked('offering', 'west', 1), elsewhere))).code,
    'own-proposal',
  )
})

test('who has none of the roles decides nothing', async (context) => {
  const { register } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  const refusal = await refusalOf(register.decide(asked('offering', 'west', 1), emil))
  assert.equal(refusal.code, 'role-missing')
  assert.deepEqual(refusal.facts['roles'], ['security', 'owner'])
})

test('a version that is not there cannot be decided about', async (context) => {
  const { register } = await opened(context)
  assert.equal((await refusalOf(register.decide(asked('offering', 'west', 1), sam))).code, 'not-found')
  await register.propose('offering', 'west', offering, authorOf(ada))
  assert.equal((await refusalOf(register.decide(asked('offering', 'west', 2), sam))).code, 'not-found')
})

test('an approval may end by a day and lower the class; nothing else may', async (context) => {
  const { register } = await opened(context)
  await register.bootstrap([])
  await register.propose('offering', 'west', offering, authorOf(ada))
  const decide = (more: Partial<AskedDecision>, id = 'west', kind: RecordKind = 'offering') =>
    register.decide(asked(kind, id, 1, more), sam)
  const field = async (work: Promise<unknown>) => (await refusalOf(work)).facts['field']
  assert.equal(await field(decide({ until: '2026-11-22' })), 'until')
  assert.equal(await field(decide({ verdict: 'reject', until: '2027-01-31' })), 'until')
  assert.equal(
    await field(decide({ verdict: 'reject', conditions: { highestClass: 'public' } })),
    'conditions.highestClass',
  )
  assert.equal(
    await field(decide({ conditions: { highestClass: 'public' } }, 'company-rules', 'policy')),
    'conditions.highestClass',
  )
  assert.equal(await field(decide({ until: '2027-01-31' }, 'company-rules', 'policy')), 'until')
  const today = await decide({ until: '2026-11-23', conditions: { highestClass: 'public' } })
  assert.equal(today.untilMs, Date.UTC(2026, 10, 24))
})

test('rules that serve are only ever replaced: nothing takes them away', async (context) => {
  const { register } = await opened(context)
  await register.bootstrap([])
  for (const verdict of ['reject', 'suspend', 'stop'] as const) {
    const refusal = await refusalOf(register.decide(asked('policy', 'company-rules', 1, { verdict }), sam))
    assert.equal(refusal.facts['field'], 'verdict')
  }
  const body = register.find('policy', 'company-rules')?.versions[0]?.body
  await register.propose('policy', 'company-rules', { ...body, rules: [] }, authorOf(ada))
  await register.decide(asked('policy', 'company-rules', 2, { verdict: 'reject' }), sam)
  assert.deepEqual(statesOf(register, 'policy', 'company-rules'), ['approved', 'rejected'])
})

test('everything is in the log first, and who wrote it only in the sealed part', async (context) => {
  const { register, log } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  await register.decide(asked('offering', 'west', 1), sam)
  assert.deepEqual(
    log.entries.map(({ kind, subject }) => [kind, subject]),
    [
      ['record', ada.id],
      ['decision', sam.id],
    ],
  )
  assert.deepEqual(
    log.entries.map(({ facts }) => facts.about),
    ['offering/west', 'offering/west'],
  )
  assert.ok(!JSON.stringify(log.entries.map(({ facts }) => facts)).includes('@'))
})

test('when the log cannot take it, nothing changes', async (context) => {
  const { register, log } = await opened(context)
  log.failFrom = 0
  await assert.rejects(register.propose('offering', 'west', offering, authorOf(ada)), {
    code: 'log-unavailable',
  })
  assert.equal(register.isEmpty(), true)
})

test('what was written is there after a start, in the same order', async (context) => {
  const { register, again } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  await register.decide(
    asked('offering', 'west', 1, { until: '2027-01-31', conditions: { highestClass: 'internal' } }),
    sam,
  )
  await register.decide(asked('offering', 'west', 1, { verdict: 'suspend' }), ada)
  const reopened = await again()
  assert.deepEqual(reopened.list('offering'), register.list('offering'))
})

test('a start takes over what reached the log and not the store, once', async (context) => {
  const { register, database, again } = await opened(context)
  await register.bootstrap([])
  await register.propose('offering', 'west', offering, authorOf(ada))
  await register.decide(asked('offering', 'west', 1), sam)
  const before = register.list('offering')
  // As if the process had ended between the two.
  await database.run("DELETE FROM decision WHERE kind = 'offering' AND id = 'west'")
  await database.run("DELETE FROM record WHERE kind = 'offering' AND id = 'west'")
  assert.deepEqual((await again()).list('offering'), before)
  assert.deepEqual((await again()).list('offering'), before)
})

test('a decision another room wrote down is not taken for a change of the register', async (context) => {
  const { register, log, again } = await opened(context)
  await register.bootstrap([])
  await log.append({ kind: 'decision', facts: { about: 'command-line:ada', decision: 'service made' } })
  await log.append({ kind: 'decision', facts: { about: 'switch/switch_1', decision: 'stop' }, payload: '{}' })
  assert.deepEqual((await again()).list('offering'), register.list('offering'))
})

test('what the store missed is taken over from beneath ten thousand decisions of other rooms', async (context) => {
  const { register, log, database, again } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  await register.decide(asked('offering', 'west', 1), sam)
  for (let count = 0; count < 10_500; count++)
    await log.append({
      kind: 'decision',
      facts: { about: `switch/${count}`, decision: 'stop' },
      payload: '{}',
    })
  await database.run('DELETE FROM decision')
  await database.run('DELETE FROM record')
  assert.deepEqual(statesOf(await again(), 'offering', 'west'), ['approved'])
})

test('a file of which the log has only a part was never taken, and is not afterwards', async (context) => {
  const { register, log, again } = await opened(context)
  log.failFrom = 3
  await assert.rejects(register.bootstrap([]), { code: 'log-unavailable' })
  log.failFrom = Number.POSITIVE_INFINITY
  assert.equal(log.entries.length, 3)
  const reopened = await again()
  assert.equal(reopened.isEmpty(), true)
  await reopened.bootstrap([])
  assert.deepEqual(statesOf(reopened, 'offering', 'demo'), ['approved'])
})

test('when the store missed a change, nothing more is taken until a start brings both together', async (context) => {
  const { register, database, again } = await opened(context)
  await register.propose('offering', 'west', offering, authorOf(ada))
  await database.run('DROP TABLE decision')
  await assert.rejects(register.decide(asked('offering', 'west', 1), sam), /decision/)
  assert.deepEqual(statesOf(register, 'offering', 'west'), ['proposed'])
  await assert.rejects(register.propose('offering', 'east', offering, authorOf(ada)), /start Sallyport again/)
  await database.run('DELETE FROM migration WHERE id = $1', ['register-001-records'])
  await database.run('DROP TABLE record')
  await migrate(database, registerMigrations)
  const reopened = await again()
  assert.deepEqual(statesOf(reopened, 'offering', 'west'), ['approved'])
})

test('two changes at once become two versions', async (context) => {
  const { register } = await opened(context)
  const titles = Array.from({ length: 20 }, (_, index) => `West ${index}`)
  const steps = await Promise.all(
    titles.map((title) => register.propose('offering', 'west', { ...offering, title }, authorOf(ada))),
  )
  assert.deepEqual(
    steps.map(({ version }) => version),
    titles.map((_, index) => index + 1),
  )
})

test('whoever listens is told once a change holds', async (context) => {
  const { register } = await opened(context)
  const seen: number[] = []
  register.onChange(() => seen.push(register.list('offering').length))
  await register.propose('offering', 'west', offering, authorOf(ada))
  await register.propose('offering', 'west', offering, authorOf(ada))
  assert.deepEqual(seen, [1])
})

for (const engine of testEngines) {
  describe(`the store of the register on ${engine.name}`, { skip: engine.skip }, () => {
    let database: Database
    let remove: () => Promise<void>
    before(async () => {
      ;({ database, remove } = await engine.open())
      await migrate(database, registerMigrations)
    })
    after(async () => {
      await database.close()
      await remove()
    })

    test('gives back what was written, every field of it', async () => {
      const log = memoryLog()
      const register = await openRegister({ database, clock, log })
      await register.bootstrap([])
      await register.propose('offering', 'west', offering, authorOf(ada))
      await register.decide(
        asked('offering', 'west', 1, { until: '2027-01-31', conditions: { highestClass: 'internal' } }),
        sam,
      )
      const reopened = await openRegister({ database, clock, log })
      for (const kind of ['offering', 'use-case', 'policy'] as const) {
        assert.deepEqual(reopened.list(kind), register.list(kind))
      }
      assert.equal(reopened.find('offering', 'west')?.decisions[0]?.untilMs, Date.UTC(2027, 1, 1))
    })
  })
}

test('a value that is not sensitive is added to what serves, not to what somebody else proposes', async (context) => {
  const { register } = await opened(context)
  const policy = {
    ...{ title: 'Company rules', owner: 'owner@example.com', rules: [] },
    terms: ['Kestrel', 'Merlin'].map((term) => ({ term })),
  }
  await register.bootstrap([
    { name: 'records.yaml', text: yaml([{ kind: 'policy', id: 'company', ...policy }], { bootstrap }) },
  ])
  await register.propose('policy', 'company', { ...policy, terms: [] }, authorOf(ada))
  const add = registerRoutes({
    register,
    clock,
    documents: undefined as never,
    probes: {} as never,
    log: noLog,
    publishedThen: (each) => each,
  }).find(({ path }) => path.endsWith('/not-sensitive'))
  const entry = { id: 'one', text: '4111 1111', types: ['payment-card'], useCases: [], until: '2099-06-30' }
  const say = (id: string) =>
    add?.handle({
      parameters: { id: 'company' },
      person: sam,
      body: { ...entry, id, reason: 'Test.' },
    } as never)
  await say('one')
  await say('two')
  const newest = register.find('policy', 'company')?.versions.at(-1)?.body as {
    terms: unknown[]
    notSensitive: { id: string }[]
  }
  assert.equal(newest.terms.length, 2, 'the proposal of another person is not in it')
  assert.deepEqual(
    newest.notSensitive.map(({ id }) => id),
    ['one', 'two'],
  )
})

test('own machines are approved by nobody, person or file, before it is said how they are looked after', async (context) => {
  const { register } = await opened(context)
  const tier = { is: 'self', source: 'ours', asOf: '2026-11-01', by: 'contract' }
  const own = { ...offering, facts: { tier } }
  const file = (body: object) => [
    { name: 'records.yaml', text: yaml([{ kind: 'offering', id: 'own', ...body }], { bootstrap }) },
  ]
  await assert.rejects(
    register.bootstrap(file(own)),
    (error: unknown) =>
      error instanceof Refusal && error.code === 'record-incomplete' && /selfHosted/.test(error.message),
  )
  assert.ok(register.isEmpty(), 'nothing of the file was taken')
  await register.propose('offering', 'own', own, authorOf(ada))
  await assert.rejects(register.decide(asked('offering', 'own', 1), sam), /selfHosted/)
  await register.decide(asked('offering', 'own', 1, { verdict: 'reject' }), sam)
  const selfHosted = { threatModel: 'TM-4', patchedOn: '2026-11-01', runsModelCode: false, isOwnModel: false }
  await register.propose('offering', 'own', { ...own, selfHosted }, authorOf(ada))
  assert.equal((await register.decide(asked('offering', 'own', 2), sam)).verdict, 'approve')
})
