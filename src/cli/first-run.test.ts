import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { FirstRunPlan, FirstRunView, PlannedOffering, ProviderChoice } from '#/register/first-run/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const choice = (id: string, tier: ProviderChoice['tier'], home: ProviderChoice['home']): ProviderChoice => ({
  ...{ id, title: id, platform: 'P', tier, setting: null, home, ceiling: 'internal', reasons: [] },
  connecting: { kind: 'compatible', url: 'https://models.example.com/v1', variable: 'P_KEY', note: null },
})

const view: FirstRunView = {
  ...{ isOpen: true, written: [], approvers: { roles: ['security', 'owner'], people: [] } },
  connections: [{ id: 'west', kind: 'compatible', host: 'models.example.com', hasCredential: true }],
  choices: [choice('vendor-api', 'commercial', null), choice('self-rack', 'self', 'self')],
}

const planned: FirstRunPlan = {
  text: 'records: []\n',
  plan: [
    { kind: 'policy', id: 'company-rules', change: 'changed', version: 2, fields: ['rules'], waits: true },
  ],
  digest: 'd'.repeat(64),
  matrix: [{ class: 'internal', name: 'Internal', commercial: 'never', cloud: 'goes', self: 'goes' }],
  offerings: [],
  notes: ['No provider is connected.'],
}

function answering(plan: FirstRunPlan = planned) {
  const calls: { readonly name: string; readonly input: unknown }[] = []
  const heard = (name: string, answer: unknown) => async (input: unknown) => {
    calls.push({ name, input })
    return answer
  }
  const handlers = {
    'first-run.view': heard('view', view),
    'first-run.plan': heard('plan', plan),
    apply: heard('apply', { plan: plan.plan, digest: plan.digest, notes: [] }),
  }
  return { calls, handlers: handlers as unknown as Local['handlers'] }
}

let folder: string
let file: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-first-run-'))
  file = join(folder, 'answers.yaml')
  await writeFile(file, 'owner: ada@example.com\nhome: self\n')
})
after(() => rm(folder, { recursive: true }))

test('the questions are asked one after the other, and what was agreed to is applied', async () => {
  const { calls, handlers } = answering()
  const input = [
    ...['nobody', 'ada@example.com', '4', 'three', 'Tarnwick Hub', 'Kestrel, Merlin', '2'],
    ...['nonsense', 'self-rack', 'rack', 'large', 'Rack 4', '0', 'TM-12', '2026-11-02', '', 'y'],
  ]
  const { exitCode, err, out } = await run(['first-run'], {
    handlers,
    isTerminal: true,
    input: `${input.join('\n')}\n`,
  })
  assert.equal(exitCode, 0, err)
  assert.deepEqual(calls.find(({ name }) => name === 'plan')?.input, {
    owner: 'ada@example.com',
    home: 'self',
    classes: {
      scheme: 'three',
      examples: [
        { term: 'Tarnwick Hub', class: 'internal' },
        { term: 'Kestrel', class: 'confidential' },
        { term: 'Merlin', class: 'confidential' },
      ],
    },
    direct: 'public',
    providers: [
      {
        ...{ offering: 'self-rack', connection: 'rack', model: 'large', region: 'Rack 4' },
        ...{ keptDays: 0, threatModel: 'TM-12', patchedOn: '2026-11-02' },
      },
    ],
  })
  const last = calls.at(-1) ?? assert.fail('nothing was asked')
  const { files, digest } = last.input as { files: readonly object[]; digest: string }
  assert.deepEqual(files, [{ name: 'first-run.yaml', text: planned.text }])
  assert.equal(digest, planned.digest)
  for (const line of ['An e-mail address', 'There is no such entry', '  rack:', 'env:P_KEY', 'The plan:'])
    assert.ok(err.includes(line), `${line} is missing in:\n${err}`)
  assert.match(out, /two people with the role security or owner approve it/)
})

test('a no changes nothing, and so does an input that ends', async () => {
  const { calls, handlers } = answering()
  const no = await run(['first-run', '--answers', file], { handlers, isTerminal: true, input: 'n\n' })
  assert.equal(no.exitCode, 1)
  const ended = await run(['first-run'], { handlers, isTerminal: true, input: 'ada@example.com\n' })
  assert.equal(ended.exitCode, 2)
  assert.ok(calls.every(({ name }) => name !== 'apply'))
})

test('answers come from a file; a file of records is written, and never over one that is there', async () => {
  const { calls, handlers } = answering()
  const out = join(folder, 'records.yaml')
  const { exitCode, err } = await run(['first-run', '--answers', file, '--out', out], { handlers })
  assert.equal(exitCode, 0, err)
  assert.deepEqual(calls, [{ name: 'plan', input: { owner: 'ada@example.com', home: 'self' } }])
  assert.equal(await readFile(out, 'utf8'), planned.text)
  assert.equal((await run(['first-run', '--answers', file, '--out', out], { handlers })).exitCode, 3)
})

test('a dry run shows the plan, also as JSON', async () => {
  const { calls, handlers } = answering()
  const { out } = await run(['first-run', '--answers', file, '--dry-run', '--json'], { handlers })
  assert.equal(JSON.parse(out).isWritten, false)
  assert.deepEqual(JSON.parse(out).matrix, planned.matrix)
  assert.equal(calls.length, 1)
})

test('a provider whose connection is missing is not proposed', async () => {
  const lacking: PlannedOffering = {
    id: 'vendor-api',
    title: 'V',
    tier: 'commercial',
    connection: 'vendor',
    isConnected: false,
    ceiling: 'internal',
    reasons: [],
  }
  const { calls, handlers } = answering({ ...planned, offerings: [lacking] })
  const { exitCode } = await run(['first-run', '--answers', file, '--yes'], { handlers })
  assert.equal(exitCode, 1)
  assert.equal(calls.length, 1)
})

test('where nobody can be asked it says what to give instead', async () => {
  const { handlers } = answering()
  assert.match((await run(['first-run'], { handlers })).err, /--answers FILE/)
  assert.match((await run(['first-run', '--answers', file], { handlers })).err, /--yes/)
  assert.equal(
    (await run(['first-run', '--answers', file, '--out', 'x', '--dry-run'], { handlers })).exitCode,
    2,
  )
})
