import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asked, Reply } from '#/core/http/route.ts'
import { Refusal } from '#/core/refusal.ts'
import type { Role } from '#/core/role.ts'
import type { RecordHistory } from '../api.ts'
import type { Register } from '../register.ts'
import type { Comparison } from './api.ts'
import { catalogueRoutes } from './routes.ts'

const west = {
  ...{ kind: 'offering', id: 'west', decisions: [] },
  versions: [
    { body: { title: 'West', facts: {} }, version: 1, hash: 'h', by: { id: 'p', name: 'p' }, atMs: 0 },
  ],
} as unknown as RecordHistory<'offering'>
const register = {
  find: (_kind: string, id: string) => (id === 'west' ? west : undefined),
  list: () => [west],
} as unknown as Register

const routes = catalogueRoutes({
  register,
  clock: { now: () => Date.parse('2026-11-26T12:00:00Z') } as never,
  probes: { of: () => undefined },
  readers: ['security'],
})

function compareAs(role: Role, query: string): Comparison {
  const asked = { url: new URL(`http://gate/?${query}`), person: { roles: [role] }, parameters: {} }
  const handle = routes.find(({ path }) => path.endsWith('/compare'))!.handle
  return (handle(asked as unknown as Asked<never>) as Reply).json as Comparison
}

test('who sees the register compares its records with the catalogue', () => {
  const { a, b } = compareAs('security', 'a=west&b=xai-api')
  assert.deepEqual([a.from, a.title, b.from], ['register', 'West', 'catalogue'])
})

test('for an employee there is only the catalogue: a record is as if it were not there, and is not suggested', () => {
  assert.equal(compareAs('employee', 'a=openai-api&b=xai-api').b.id, 'xai-api')
  for (const named of ['west', 'register:west', 'wast']) {
    const refused = (error: unknown) =>
      error instanceof Refusal && !JSON.stringify(error.facts).includes('"west"')
    assert.throws(() => compareAs('employee', `a=${named}&b=xai-api`), refused)
  }
})

test('an offering that is left out is named', () => {
  assert.throws(
    () => compareAs('security', 'a=west'),
    (error: unknown) => error instanceof Refusal && error.facts['field'] === 'b',
  )
})
