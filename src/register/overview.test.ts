import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { DifferencesView, RecordPage, RecordView, RegisterOverview } from './api.ts'
import { registerRoutes } from './routes.ts'
import { bodies } from './test-bodies.ts'
import {
  ada,
  authorOf,
  openTestRegister,
  personWith,
  sam,
  type TestRegister,
  testNow,
} from './test-register.ts'

const noProbes = { of: () => undefined, view: () => undefined } as never
const log = { origin: 'sallyport.local', size: () => 0, readHeads: async () => [] }
const offeringNamed = (title: string) => ({ ...bodies.offering, title })

/** Asks a route as its handler is asked. */
async function get<Shape>(
  { register, now }: TestRegister,
  path: string,
  person: Person = sam,
): Promise<Shape> {
  const url = new URL(path, 'http://localhost')
  const parts = url.pathname.split('/')
  const route = registerRoutes({
    register,
    clock: { now, monotonic: () => 0 },
    documents: undefined as never,
    probes: noProbes,
    log,
    publishedThen: (each) => each,
  }).find(
    (each) =>
      each.method === 'GET' &&
      each.path.split('/').length === parts.length &&
      each.path.startsWith('/api/records'),
  )
  const parameters = { kind: parts[3], id: parts[4] }
  const reply = await route?.handle({ parameters, url, person } as never)
  return (reply as { json: Shape }).json
}

test('what waits for me comes first: mine to decide, not what I wrote', async (context) => {
  const opened = await openTestRegister(context)
  await opened.register.propose('offering', 'by-ada', offeringNamed('A'), authorOf(ada))
  await opened.register.propose('offering', 'by-sam', offeringNamed('B'), authorOf(sam))
  await opened.register.propose('pilot', 'trial', bodies.pilot, authorOf(ada))
  await opened.approved('policy', 'rules', bodies.policy)
  const waiting = async (person: Person) =>
    (await get<RegisterOverview>(opened, '/api/records', person)).waiting.map(({ id }) => id)
  assert.deepEqual(await waiting(sam), ['by-ada', 'trial'])
  assert.deepEqual(await waiting(ada), ['by-sam'])
  assert.deepEqual(await waiting(personWith('zoe@example.com', ['security'])), ['by-ada', 'by-sam'])
  assert.deepEqual(await waiting(personWith('leo@example.com', ['auditor'])), [])
  const { kinds } = await get<RegisterOverview>(opened, '/api/records')
  assert.deepEqual(
    kinds.find(({ kind }) => kind === 'offering'),
    { kind: 'offering', total: 2, waiting: 1 },
  )
})

test('a review that is due waits for who may do it', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  await opened.approved('review', 'monthly', {
    ...bodies.review,
    about: [{ kind: 'offering', id: 'west' }],
    since: '2026-11-01',
  })
  assert.deepEqual((await get<RegisterOverview>(opened, '/api/records')).waiting, [])
  opened.at(Date.UTC(2026, 11, 3))
  const { waiting } = await get<RegisterOverview>(opened, '/api/records')
  assert.deepEqual(
    waiting.map(({ id, stage }) => [id, stage]),
    [['monthly', 'due in 2026-12']],
  )
})

test('a list comes page by page, in the order of ids, and every record once', async (context) => {
  const opened = await openTestRegister(context)
  for (let index = 0; index < 7; index++)
    await opened.register.propose('offering', `o${index}`, offeringNamed(`Offering ${index}`), authorOf(ada))
  const seen: string[] = []
  for (let after: string | null = ''; after !== null; ) {
    const page: RecordPage = await get<RecordPage>(opened, `/api/records/offering?limit=3&after=${after}`)
    assert.equal(page.total, 7)
    seen.push(...page.records.map(({ id }) => id))
    after = page.next
  }
  assert.deepEqual(seen, ['o0', 'o1', 'o2', 'o3', 'o4', 'o5', 'o6'])
})

test('a list is searched by id, title and stage, and narrowed to a state', async (context) => {
  const opened = await openTestRegister(context)
  await opened.register.propose('offering', 'east', offeringNamed('Morning'), authorOf(ada))
  await opened.approved('offering', 'west', offeringNamed('Evening'))
  const found = async (query: string) =>
    (await get<RecordPage>(opened, `/api/records/offering?${query}`)).records.map(({ id }) => id)
  assert.deepEqual(await found('search=EVEN'), ['west'])
  assert.deepEqual(await found('search=eas'), ['east'])
  assert.deepEqual(await found('state=approved'), ['west'])
  assert.deepEqual(await found('search=proposed'), ['east'])
  assert.deepEqual(await found('search=none'), [])
  for (const wrong of ['limit=0', 'limit=501', 'state=good', 'page=2'])
    await assert.rejects(
      found(wrong),
      (error) => error instanceof Refusal && error.code === 'request-invalid',
    )
})

test('of a record with many versions the newest are shown, and the one that serves', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  for (let index = 0; index < 60; index++)
    await opened.register.propose(
      'offering',
      'west',
      { ...bodies.offering, model: `m${index}` },
      authorOf(ada),
    )
  const view = await get<RecordView>(opened, '/api/records/offering/west')
  assert.equal(view.total, 61)
  assert.equal(view.decided, 1)
  assert.deepEqual(
    view.versions.slice(-2).map(({ version }) => version),
    [12, 1],
  )
})

test('any two versions are compared, also ones that are not shown', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  await opened.register.propose('offering', 'west', { ...bodies.offering, model: 'newer' }, authorOf(ada))
  const compare = (query: string) =>
    get<DifferencesView>(opened, `/api/records/offering/west/differences?${query}`)
  assert.deepEqual(await compare('from=1&to=2'), {
    from: 1,
    to: 2,
    differences: [{ field: 'model', before: 'west-large', after: 'newer' }],
  })
  await assert.rejects(compare('from=1&to=3'), { code: 'not-found' })
  await assert.rejects(compare('from=1'), { code: 'request-invalid' })
})

test('a record says what keeps it from being approved, and a control what it counts', async (context) => {
  const opened = await openTestRegister(context)
  await opened.approved('offering', 'west', bodies.offering)
  const about = [{ kind: 'offering', id: 'west' }]
  const open = { title: 'I', owner: 'o@example.com', foundOn: '2026-11-22', what: 'It leaked.', about }
  await opened.register.propose('incident', 'leak', open, authorOf(ada))
  assert.match(
    (await get<RecordView>(opened, '/api/records/offering/west')).heldBack ?? '',
    /incident leak about it is open/,
  )
  await opened.register.propose('control', 'whole', bodies.control, authorOf(ada))
  const { result } = await get<RecordView>(opened, '/api/records/control/whole')
  assert.equal(result?.state, 'none')
  assert.equal(result?.at, new Date(testNow).toISOString())
})
