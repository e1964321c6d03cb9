import assert from 'node:assert/strict'
import type { IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { createClients } from './clients.ts'

const request = (authorization: string | undefined): IncomingMessage =>
  ({ headers: { authorization } }) as IncomingMessage

function room() {
  let now = 60_000
  const failures: string[] = []
  const clients = createClients({
    clients: [
      {
        id: 'entra',
        issuer: 'i',
        subjectFrom: 'none',
        domains: [],
        token: 'new-token',
        formerToken: 'old-token',
      },
      {
        id: 'okta',
        issuer: 'i',
        subjectFrom: 'none',
        domains: [],
        token: 'okta-token',
        formerToken: undefined,
      },
    ],
    clock: { now: () => now, monotonic: () => now },
    writeFailure: async (reason) => void failures.push(reason),
  })
  return { clients, failures, forward: (ms: number) => (now += ms) }
}

test('a token says whose request it is, and it is known when each was used last', async () => {
  const { clients, forward } = room()
  assert.equal((await clients.authenticate(request('Bearer okta-token'))).id, 'okta')
  assert.equal((await clients.authenticate(request('bearer new-token'))).id, 'entra')
  forward(1_000)
  assert.equal((await clients.authenticate(request('Bearer old-token'))).id, 'entra')
  assert.deepEqual(clients.usedAt('entra'), { token: 60_000, former: 61_000 })
})

test('tokens are changed while it runs: one that stays keeps when it was used, one that is gone is refused', async () => {
  const { clients, forward } = room()
  await clients.authenticate(request('Bearer new-token'))
  clients.renew(new Map([['entra', { token: 'newest-token', formerToken: 'new-token' }]]))
  assert.deepEqual(clients.usedAt('entra'), { token: undefined, former: 60_000 })
  forward(1_000)
  assert.equal((await clients.authenticate(request('Bearer newest-token'))).id, 'entra')
  await assert.rejects(clients.authenticate(request('Bearer old-token')), { status: 401 })
  assert.equal((await clients.authenticate(request('Bearer okta-token'))).id, 'okta', 'which was not named')
  assert.deepEqual(clients.usedAt('entra'), { token: 61_000, former: 60_000 })
})

test('anything else is refused alike', async () => {
  const { clients, failures } = room()
  for (const wrong of [
    undefined,
    '',
    'Bearer',
    'Bearer ',
    'Basic okta-token',
    'Bearer okta-token x',
    'Bearer okta-toke',
  ])
    await assert.rejects(clients.authenticate(request(wrong)), { status: 401 })
  assert.equal(failures.length, 7)
})

test('a directory that runs away is slowed down, and the other one is not', async () => {
  const { clients, forward } = room()
  const okta = () => clients.authenticate(request('Bearer okta-token'))
  for (let times = 0; times < 500; times++) await okta()
  await assert.rejects(okta(), { status: 429, retryAfterSeconds: 2 })
  await clients.authenticate(request('Bearer new-token'))
  forward(1_000)
  for (let times = 0; times < 50; times++) await okta()
  await assert.rejects(okta(), { status: 429 })
})
