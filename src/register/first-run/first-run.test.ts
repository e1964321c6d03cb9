import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import { ada, authorOf, openTestRegister, sam, testNow } from '../test-register.ts'
import type { FirstRunAnswers } from './api.ts'
import { openFirstRun } from './first-run.ts'

const url = 'http://127.0.0.1:9/v1'
const connections = {
  demo: connection('demo', undefined),
  bedrock: connection('compatible', url),
  claude: connection('anthropic', url),
  rack: connection('compatible', url),
}

function connection(kind: string, at: string | undefined) {
  return { kind, url: at, region: undefined, credential: undefined, silenceLimitMs: 1_000 }
}

const answers: FirstRunAnswers = {
  owner: 'ada@example.com',
  home: 'aws',
  classes: {
    scheme: 'four',
    examples: [{ term: 'Project Kestrel', class: 'restricted' }],
  },
  direct: 'internal',
  providers: [
    { offering: 'claude-api', connection: 'claude', model: 'claude-large' },
    { offering: 'bedrock-none-private', connection: 'bedrock', model: 'open-large' },
  ],
  exit: { provider: 0, testedOn: '2026-11-20' },
}

async function begin(context: TestContext) {
  const { register } = await openTestRegister(context)
  await register.bootstrap([])
  const firstRun = openFirstRun({
    register,
    connections,
    probes: {
      probe: async () => [],
      view: () => undefined,
    },
    holdersOf: () => [ada, sam],
    now: () => testNow,
  })
  return { register, firstRun }
}

test('the answers become offerings with facts, use cases that reach them, and rules', async (context) => {
  const { register, firstRun } = await begin(context)
  const { digest, plan, notes, offerings } = await firstRun.plan(answers)
  assert.deepEqual(notes, [])
  assert.deepEqual(
    offerings.map(({ id, ceiling }) => [id, ceiling]),
    [
      ['claude-api', 'confidential'],
      ['bedrock-none-private', 'restricted'],
    ],
  )
  const { approvers } = await firstRun.write(answers, digest, ada)
  assert.deepEqual(approvers, { roles: ['security', 'owner'], people: ['sam@example.com'] })
  assert.deepEqual(
    plan.map(({ kind, id, change, waits }) => [kind, id, change, waits]),
    [
      ['offering', 'claude-api', 'new', true],
      ['offering', 'bedrock-none-private', 'new', true],
      ['use-case', 'general-assistant', 'changed', true],
      ['use-case', 'summarise', 'new', true],
      ['use-case', 'translate', 'new', true],
      ['use-case', 'code', 'new', true],
      ['policy', 'company-rules', 'changed', true],
    ],
  )
  const useCase = register.find('use-case', 'general-assistant')?.versions.at(-1)
  assert.deepEqual(useCase?.by, authorOf(ada))
  assert.deepEqual(useCase?.body.offerings, ['bedrock-none-private', 'claude-api'])
  assert.deepEqual(useCase?.body.exit, { offering: 'claude-api', testedOn: '2026-11-20' })
  const policy = register.find('policy', 'company-rules')?.versions.at(-1)?.body
  assert.deepEqual(policy?.preference, {
    public: ['commercial', 'bedrock-none-private'],
    internal: ['commercial', 'bedrock-none-private'],
  })
  assert.deepEqual(
    policy?.terms.map(({ term, class: of }) => [term, of]),
    [['Project Kestrel', 'restricted']],
  )
  assert.ok(policy?.rules.every(({ owner }) => owner === 'ada@example.com'))
})

test('nobody approves what they wrote; somebody else does, and it serves', async (context) => {
  const { register, firstRun } = await begin(context)
  const { digest, plan } = await firstRun.plan(answers)
  await firstRun.write(answers, digest, sam)
  for (const { kind, id, version } of plan) {
    const asked = { kind, id, version, verdict: 'approve', reason: 'Looked at.', conditions: {} } as const
    await assert.rejects(register.decide(asked, sam), { code: 'own-proposal' })
    await register.decide(asked, ada)
  }
})

test('what protected before protects after: no rule about findings is lost', async (context) => {
  const { register, firstRun } = await begin(context)
  const before = register.find('policy', 'company-rules')?.versions[0]?.body.rules ?? []
  for (const scheme of ['four', 'three'] as const)
    for (const direct of ['none', 'public', 'internal', 'confidential'] as const) {
      const asked = { ...answers, direct, classes: { ...answers.classes, scheme } }
      const { text } = await firstRun.plan(asked)
      for (const { id } of before) assert.ok(text.includes(`id: ${id}\n`), `${scheme} ${direct} ${id}`)
      assert.ok(text.includes('id: health-needs-agreement\n'))
    }
})

test('where direct use ends is a line through the table of classes', async (context) => {
  const { firstRun } = await begin(context)
  const vendors = async (scheme: 'four' | 'three', direct: FirstRunAnswers['direct']) => {
    const asked = { ...answers, direct, classes: { scheme, examples: [] } }
    return (await firstRun.plan(asked)).matrix.map(({ commercial }) => commercial)
  }
  const notice = 'once the notice is read'
  assert.deepEqual(await vendors('four', 'none'), ['never', 'never', 'never', 'never'])
  assert.deepEqual(await vendors('four', 'public'), ['goes', 'never', 'never', 'never'])
  assert.deepEqual(await vendors('four', 'internal'), ['goes', notice, 'never', 'never'])
  assert.deepEqual(await vendors('four', 'confidential'), ['goes', notice, 'with a reason', 'never'])
  const held = 'held for a person'
  assert.deepEqual(await vendors('three', 'internal'), ['goes', notice, held, held])
  assert.deepEqual(await vendors('three', 'confidential'), ['goes', notice, 'with a reason', held])
})

test('own machines carry what is said of them, and nothing before', async (context) => {
  const { firstRun } = await begin(context)
  const rack = { offering: 'self-vllm', connection: 'rack', model: 'large' }
  const self = { ...answers, home: 'self' as const, exit: undefined }
  const bare = await firstRun.plan({ ...self, providers: [rack] })
  assert.equal(bare.offerings[0]?.ceiling, 'public')
  assert.match(bare.notes.join(' '), /threat model/)
  const said = {
    ...rack,
    ...{ region: 'Rack 4', keptDays: 0, threatModel: 'TM-12', patchedOn: '2026-11-01' },
  }
  const whole = await firstRun.plan({ ...self, providers: [said] })
  assert.equal(whole.offerings[0]?.ceiling, 'restricted')
  assert.doesNotMatch(whole.notes.join(' '), /threat model/)
})

test('a connection that is not in the settings is told of, and nothing is written without it', async (context) => {
  const { register, firstRun } = await begin(context)
  const asked = {
    ...answers,
    exit: undefined,
    providers: [{ offering: 'openai-api', connection: 'openai', model: 'x' }],
  }
  const { digest, notes, offerings } = await firstRun.plan(asked)
  assert.equal(offerings[0]?.isConnected, false)
  assert.match(notes.join(' '), /openai is not in the settings/)
  await assert.rejects(firstRun.write(asked, digest, ada), { code: 'request-invalid' })
  assert.equal(register.find('offering', 'openai-api'), undefined)
})

test('without a provider only the rules are written, and the demo model goes on', async (context) => {
  const { firstRun } = await begin(context)
  const { plan, notes } = await firstRun.plan({ ...answers, providers: [], exit: undefined })
  assert.deepEqual(
    plan.map(({ kind }) => kind),
    ['policy'],
  )
  assert.match(notes[0] ?? '', /demo model goes on/)
})

test('it is over once somebody has written, and a plan made before is no longer agreed to', async (context) => {
  const { register, firstRun } = await begin(context)
  const { digest } = await firstRun.plan(answers)
  await assert.rejects(
    firstRun.write({ ...answers, direct: 'none', providers: [], exit: undefined }, digest, ada),
    { code: 'plan-outdated' },
  )
  assert.equal(firstRun.view(ada).isOpen, true)
  await firstRun.write(answers, digest, ada)
  const { isOpen, written } = firstRun.view(ada)
  assert.equal(isOpen, false)
  assert.equal(written.length, 7)
  await assert.rejects(firstRun.plan(answers), { code: 'first-run-over' })
  await assert.rejects(firstRun.write(answers, digest, ada), { code: 'first-run-over' })
  assert.ok(register.find('offering', 'claude-api'))
})

test('answers that cannot be meant are refused with what would be right', async (context) => {
  const { firstRun } = await begin(context)
  const wrong = [
    { home: 'moon' },
    { direct: 'restricted' },
    { owner: 'nobody' },
    { classes: { scheme: 'four', examples: [{ term: 'ab', class: 'internal' }] } },
    { providers: [{ offering: 'nowhere', connection: 'claude', model: 'x' }], exit: undefined },
    { providers: [{ offering: 'chatgpt-personal', connection: 'claude', model: 'x' }], exit: undefined },
    { exit: { provider: 7, testedOn: '2026-11-20' } },
    { exit: { provider: 0, testedOn: '2027-01-01' } },
    { surprise: true },
  ]
  for (const part of wrong)
    await assert.rejects(
      firstRun.plan({ ...answers, ...part }),
      { code: 'request-invalid' },
      JSON.stringify(part),
    )
})

test('tasks keep their templates and their class, and with vendors alone no use case goes above direct use', async (context) => {
  const { register, firstRun } = await begin(context)
  const [vendor] = answers.providers
  const asked = { ...answers, direct: 'public' as const, providers: vendor ? [vendor] : [], exit: undefined }
  const { digest } = await firstRun.plan(asked)
  await firstRun.write(asked, digest, ada)
  const of = (id: string) => register.find('use-case', id)?.versions.at(-1)?.body
  for (const id of ['summarise', 'translate', 'code']) {
    assert.match(of(id)?.template?.prompt ?? '', /{{(text|code)}}/)
    assert.deepEqual(of(id)?.offerings, ['claude-api'])
    assert.equal(of(id)?.highestClass, 'public')
  }
  assert.equal(of('general-assistant')?.highestClass, 'public')
})

test('two models of one entry are two offerings, each with its own name', async (context) => {
  const { firstRun } = await begin(context)
  const one = { offering: 'claude-api', connection: 'claude' }
  const providers = [
    { ...one, model: 'Large 5' },
    { ...one, model: 'Small 5' },
  ]
  const { offerings } = await firstRun.plan({ ...answers, providers, exit: undefined })
  assert.deepEqual(
    offerings.map(({ id }) => id),
    ['claude-api-large-5', 'claude-api-small-5'],
  )
})
