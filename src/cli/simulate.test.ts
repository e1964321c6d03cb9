import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { SimulationResult, SimulationView } from '#/snapshot/simulate/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const result: SimulationResult = {
  records: [{ kind: 'policy', id: 'rules', version: 2, serving: 1 }],
  notes: ['The approval that serves has an end.'],
  since: '2026-05-02T00:00:00.000Z',
  until: '2026-06-01T00:00:00.000Z',
  ...{ serving: 'aa', drafted: 'bb', exchanges: 12, replayed: 10, changed: 3, beforeRules: 4, notAsThen: 1 },
  unknown: [{ why: 'person', says: 'Nobody knows whose.', exchanges: 2 }],
  isCut: false,
  changes: [
    {
      ...{ kind: 'refused', what: '', from: 'allowed', to: 'finding-blocked', exchanges: 3, people: 1 },
      samples: [{ receipt: 'log#7', at: '2026-05-30T00:00:00.000Z', person: null, useCase: 'support' }],
    },
  ],
  byUseCase: [{ value: 'support', exchanges: 3 }],
  byPerson: [{ value: 'person_1', exchanges: 3, person: { id: 'person_1', email: 'mia@example.com' } }],
  byCause: [{ value: 'rule mail', exchanges: 3 }],
  idleRules: ['never-met'],
  blindSpots: ['No text is looked at again.'],
  tookMs: 5,
}

/** Looks say one after the other what is given here; the last one again and again. */
function answering(looks: readonly Partial<SimulationView>[]) {
  const asked: object[] = []
  const view: SimulationView = {
    ...{ id: 'simulation_1', state: 'running', exchanges: 0, share: 0, result: null, problem: null },
  }
  let at = 0
  const handlers = {
    'simulation.begin': async (input: { readonly asked: object }) => {
      asked.push(input.asked)
      return view
    },
    'simulation.look': async () => ({ ...view, ...looks[Math.min(at++, looks.length - 1)] }),
  }
  return { asked, handlers: handlers as unknown as Local['handlers'] }
}

let folder: string
let file: string
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-simulate-'))
  file = join(folder, 'draft.yaml')
  await writeFile(file, 'records: []')
})
after(() => rm(folder, { recursive: true }))

test('a file is tried, and what would change is told with what is not known', async () => {
  const { asked, handlers } = answering([{ state: 'done', result }])
  const { out, err, exitCode } = await run(['simulate', file, '--days', '7'], { handlers })
  assert.equal(exitCode, 0, err)
  assert.deepEqual(asked, [{ draft: { file: { text: 'records: []', fileName: 'draft.yaml' } }, days: 7 }])
  for (const line of [
    'Tried: policy rules version 2 (version 1 serves)',
    '12 exchanges, 10 decided again, 3 would change',
    'not decided again: 2. Nobody knows whose.',
    '3  goes today, would be refused (finding-blocked); people: 1; such as log#7',
    '3  mia@example.com',
    '3  rule mail',
    'never-met',
    'No text is looked at again.',
  ])
    assert.ok(out.includes(line), `${line} is missing in:\n${out}`)
})

test('what waits is tried, all of it or what is named, and progress is told', async () => {
  const { asked, handlers } = answering([
    { exchanges: 500, share: 0.25 },
    { state: 'done', result },
  ])
  const { err, out } = await run(['simulate', '--waiting', '--json'], { handlers })
  assert.match(err, /500 exchanges decided again, 25 % of the log looked at\n$/)
  assert.deepEqual(JSON.parse(out), result)
  await run(['simulate', '--waiting', 'policy/rules'], { handlers })
  assert.deepEqual(asked, [
    { draft: { waiting: 'all' }, days: 30 },
    { draft: { waiting: [{ kind: 'policy', id: 'rules' }] }, days: 30 },
  ])
})

test('one that fails or is called wrongly says why', async () => {
  const { handlers } = answering([{ state: 'failed', problem: 'The log could not be gone through.' }])
  const { exitCode, err } = await run(['simulate', file], { handlers })
  assert.equal(exitCode, 3)
  assert.match(err, /could not be gone through/)
  for (const words of [
    [],
    [file, file],
    [file, '--days', '0'],
    ['--waiting', 'rules'],
    [file, '--days', 'x'],
  ])
    assert.equal((await run(['simulate', ...words], { handlers })).exitCode, 2, words.join(' '))
})
