import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const person = (at: number) => ({
  id: `person_${at}`,
  email: `p${at}@example.com`,
  name: `Person ${at}`,
  state: 'active',
  roles: ['employee'],
  groups: [{ id: 'okta:group_1', name: 'Harbour' }],
  createdAtMs: 0,
  seenAtMs: Date.parse('2026-05-01T00:00:00Z'),
})

function recording() {
  const asked: { name: string; input: Record<string, unknown> }[] = []
  const all = Array.from({ length: 501 }, (_, at) => person(at))
  const handle = (name: string) => async (input: Record<string, unknown>) => {
    asked.push({ name, input })
    const start = Number(input['start'] ?? 0)
    return name === 'person.list'
      ? { total: all.length, people: all.slice(start, start + Number(input['limit'])) }
      : { id: 'person_1' }
  }
  const names = ['person.list', 'person.end', 'person.restore']
  return {
    asked,
    handlers: Object.fromEntries(names.map((name) => [name, handle(name)])) as Local['handlers'],
  }
}

test('everybody is listed, however many pages that takes', async () => {
  const { handlers, asked } = recording()
  const { out, exitCode } = await run(['person', 'list'], { handlers })
  assert.equal(exitCode, 0)
  assert.equal(out.trim().split('\n').length, 501)
  assert.match(
    out,
    /person_7 {2}active {3}p7@example.com {2}Person 7 {2}employee {2}Harbour {2}seen 2026-05-01/,
  )
  assert.equal(asked.length, 2)
  const { out: json } = await run(['person', 'list', '--json'], { handlers })
  assert.equal(JSON.parse(json).people.length, 501)
})

test('an account is ended and given back with a reason out of a list, under the account of the machine', async () => {
  const { handlers, asked } = recording()
  assert.equal((await run(['person', 'end', 'p1@example.com', '--reason', 'left'], { handlers })).exitCode, 0)
  assert.equal(
    (await run(['person', 'restore', 'person_1', '--reason', 'cleared'], { handlers })).exitCode,
    0,
  )
  assert.deepEqual(
    asked.map(({ name, input }) => [name, input['who'], input['reason']]),
    [
      ['person.end', 'p1@example.com', 'left'],
      ['person.restore', 'person_1', 'cleared'],
    ],
  )
  assert.match(String(asked[0]?.input['by']), /^command-line:/)
})

test('a reason that is missing or not one of the list is told, and nothing is done', async () => {
  const { handlers, asked } = recording()
  for (const more of [[], ['--reason', 'because']]) {
    const { exitCode, err } = await run(['person', 'end', 'p1@example.com', ...more], { handlers })
    assert.equal(exitCode, 2)
    assert.match(err, /--reason/)
  }
  assert.deepEqual(asked, [])
})
