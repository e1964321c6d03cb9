import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ScimStatus } from '#/identity/scim/api.ts'
import type { Local } from './command.ts'
import { run } from './test-world.ts'

const running: ScimStatus = {
  id: 'entra',
  issuer: 'https://login.example.com/',
  subjectFrom: 'externalId',
  state: 'running',
  pausedAtMs: undefined,
  openUntilMs: undefined,
  people: 40,
  active: 38,
  deactivatedLastHour: 2,
  waiting: 0,
  waitingPeople: [],
  groupCount: 1,
  groups: [{ key: 'entra:8aa1', displayName: 'Harbour', members: 12 }],
  tokenUsedAtMs: Date.parse('2026-05-01T10:00:00Z'),
  formerTokenUsedAtMs: undefined,
}

const paused: ScimStatus = {
  ...running,
  state: 'paused',
  pausedAtMs: Date.parse('2026-05-01T09:00:00Z'),
  waiting: 1,
  waitingPeople: [{ personId: 'person_1', userName: 'una@example.com' }],
}

const handlersFor = (status: ScimStatus, asked: unknown[] = []): Local['handlers'] => ({
  'scim.status': async () => ({ directories: [status] }),
  'scim.resume': async (input: unknown) => {
    asked.push(input)
    return running
  },
})

test('the status shows what a mapping names a group, and ends with 1 while a deactivation waits', async () => {
  const calm = await run(['scim', 'status'], { handlers: handlersFor(running) })
  assert.equal(calm.exitCode, 0)
  assert.match(calm.out, /group {4}entra:8aa1 {2}Harbour {2}12 members/)
  const waits = await run(['scim', 'status'], { handlers: handlersFor(paused) })
  assert.equal(waits.exitCode, 1)
  assert.match(waits.out, /PAUSED since 2026-05-01T09:00:00.000Z/)
  assert.match(waits.out, /person_1 {2}una@example.com/)
  assert.match(waits.out, /scim resume entra/)
})

test('going on says for how long, and who decided', async () => {
  const asked: Record<string, unknown>[] = []
  const handlers = handlersFor(paused, asked)
  const ran = await run(['scim', 'resume', 'entra', '--hours', '8', '--by', 'person_9'], { handlers })
  assert.equal(ran.exitCode, 0)
  assert.deepEqual([asked[0]?.['client'], asked[0]?.['hours']], ['entra', 8])
  assert.match(String(asked[0]?.['by']), /^command-line:.* for person_9$/)
  assert.equal((await run(['scim', 'resume', 'entra', '--hours', 'soon'], { handlers })).exitCode, 2)
})
