import assert from 'node:assert/strict'
import { test } from 'node:test'
import { bodies, fact } from '#/register/test-bodies.ts'
import { openTestRegister, sam, type TestRegister, testNow } from '#/register/test-register.ts'
import { compileSnapshot } from './compile.ts'

const dayMs = 86_400_000
const plainDataset = { title: 'D', owner: 'owner@example.com', class: 'internal', uses: ['inference'] }
const { pilot: _, datasets: __, ...plainUseCase } = bodies['use-case'] as Record<string, unknown>

const compile = ({ register, now }: TestRegister) =>
  compileSnapshot(
    {
      register,
      findPersonIds: () => [],
      providerAt: () => 'openai',
      probedAt: () => undefined,
      standingAccess: () => [],
      isLookedFor: () => true,
    },
    now(),
  )

const support = (opened: TestRegister) => compile(opened).snapshot.useCases.get('support')

async function opened(context: Parameters<typeof openTestRegister>[0]): Promise<TestRegister> {
  const made = await openTestRegister(context)
  await made.approved('offering', 'west', {
    ...bodies.offering,
    facts: { tier: fact('cloud'), trains: fact('never') },
  })
  return made
}

test('a use case that names a pilot serves while it runs, not above its class, and to its last day', async (context) => {
  const made = await opened(context)
  await made.approved('pilot', 'trial', { ...bodies.pilot, from: '2026-11-24', highestClass: 'public' })
  await made.approved('use-case', 'support', { ...plainUseCase, pilot: 'trial' })
  const before = compile(made)
  assert.equal(before.snapshot.useCases.size, 0)
  assert.match(
    before.warnings.join(),
    /Use case support does not serve: the pilot trial starts on 2026-11-24\./,
  )
  assert.equal(before.nextChangeAtMs, Date.UTC(2026, 10, 24))
  made.at(Date.UTC(2026, 10, 24))
  assert.equal(support(made)?.highestClass, 'public')
  assert.equal(support(made)?.untilMs, Date.UTC(2026, 11, 20))
  assert.equal(compile(made).nextChangeAtMs, Date.UTC(2026, 11, 20))
  made.at(Date.UTC(2026, 11, 20))
  assert.equal(support(made), undefined)
})

test('a pilot that is stopped, or was never approved, takes its use case along', async (context) => {
  const made = await opened(context)
  await made.approved('pilot', 'trial', bodies.pilot)
  await made.approved('use-case', 'support', { ...plainUseCase, pilot: 'trial' })
  assert.equal(support(made)?.highestClass, 'internal')
  await made.register.decide(
    { kind: 'pilot', id: 'trial', version: 1, verdict: 'stop', reason: 'No use.', conditions: {} },
    sam,
  )
  assert.equal(support(made), undefined)
  assert.match(compile(made).warnings.join(), /the pilot trial is not approved/)
})

test('a condition of the pilot lowers the class further', async (context) => {
  const made = await opened(context)
  const { version } = await made.register.propose('pilot', 'trial', bodies.pilot, { id: 'x', name: 'x' })
  const conditions = { highestClass: 'public' } as const
  await made.register.decide(
    { kind: 'pilot', id: 'trial', version, verdict: 'approve', reason: 'Public only.', conditions },
    sam,
  )
  await made.approved('use-case', 'support', { ...plainUseCase, pilot: 'trial' })
  assert.equal(support(made)?.highestClass, 'public')
})

test('a use case has at least the class of its datasets, and none of them may be missing', async (context) => {
  const made = await opened(context)
  await made.approved('dataset', 'tickets', plainDataset)
  await made.approved('use-case', 'support', { ...plainUseCase, datasets: ['tickets'] })
  assert.equal(support(made)?.contextClass, 'internal')
  await made.approved('dataset', 'tickets', { ...plainDataset, class: 'confidential' })
  assert.match(compile(made).warnings.join(), /its data is confidential, and it goes up to internal/)
  await made.approved('dataset', 'tickets', {
    ...plainDataset,
    uses: ['training'],
    scan: { on: '2026-11-01', by: 'inspect', samples: 1 },
    scrubbed: { on: '2026-11-01', receipt: 'sallyport.local#1' },
  })
  assert.match(compile(made).warnings.join(), /the dataset tickets is not approved for inference/)
})

test('a dataset whose approval ends takes the use case with it at that moment', async (context) => {
  const made = await opened(context)
  const { version } = await made.register.propose('dataset', 'tickets', plainDataset, { id: 'x', name: 'x' })
  await made.register.decide(
    {
      kind: 'dataset',
      id: 'tickets',
      version,
      verdict: 'approve',
      reason: 'For now.',
      conditions: {},
      until: '2026-11-24',
    },
    sam,
  )
  await made.approved('use-case', 'support', { ...plainUseCase, datasets: ['tickets'] })
  assert.equal(support(made)?.untilMs, Date.UTC(2026, 10, 25))
  made.at(testNow + 2 * dayMs)
  assert.equal(support(made), undefined)
})
