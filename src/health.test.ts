import assert from 'node:assert/strict'
import { test } from 'node:test'
import { healthRoutes } from './health.ts'

const readyWith = (
  isLogAlive: boolean,
  areKeysOpen: boolean,
  isLogFull = false,
  paused: readonly string[] = [],
  stoppedScopes: readonly string[] = [],
): unknown =>
  healthRoutes(() => ({
    isLogAlive,
    areKeysOpen,
    isLogFull,
    checkpoints: 'current',
    copies: 'failing',
    exports: [],
    pausedDirectories: paused,
    stoppedScopes,
  }))
    .find(({ path }) => path === '/health/ready')
    ?.handle(undefined as never)

test('ready means that the log is alive and the keys are open, and says which is not', () => {
  const tree = { checkpoints: 'current', checkpointCopies: 'failing' }
  assert.deepEqual(readyWith(true, true), {
    status: 200,
    json: { ready: true, log: 'alive', keys: 'open', ...tree },
  })
  assert.deepEqual(readyWith(false, true), {
    status: 503,
    json: { ready: false, log: 'dead', keys: 'open', ...tree },
  })
  assert.deepEqual(readyWith(true, true, true), {
    status: 503,
    json: { ready: false, log: 'full', keys: 'open', ...tree },
  })
  assert.deepEqual(readyWith(true, false), {
    status: 503,
    json: { ready: false, log: 'alive', keys: 'closed: the key service does not answer', ...tree },
  })
})

test('what a switch stops is told, and takes nobody out of service', () => {
  const reply = readyWith(true, true, false, [], ['all']) as { status: number; json: { stopped: unknown } }
  assert.deepEqual([reply.status, reply.json.stopped], [200, ['all']])
})

test('a directory that waits for a decision is told, and stops nothing', () => {
  const reply = readyWith(true, true, false, ['entra']) as { status: number; json: { scimPaused: unknown } }
  assert.deepEqual([reply.status, reply.json.scimPaused], [200, ['entra']])
})
