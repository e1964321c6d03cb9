import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asked, Reply } from '#/core/http/route.ts'
import { createInspector } from '#/inspect/index.ts'
import { useCase } from '#/policy/test-values.ts'
import { OpenExchanges } from './open-exchanges.ts'
import { gatewayRoutes } from './routes.ts'
import type { GatewayServices } from './services.ts'

const person = { id: 'p1', roles: ['employee'] }
const inspector = createInspector({ terms: [] })

/** One request a minute, at twenty seconds before the next one; who comes without a key comes from the page. */
const services = {
  identity: {
    identify: ({ headers }: Asked['request']) => ({ person, keyId: headers.authorization }),
  },
  open: new OpenExchanges({ requestsPerMinute: 1, openPerCaller: 1, openAltogether: 1 }),
  clock: { now: () => 40_000 },
  snapshot: () => ({
    rules: [],
    offerings: new Map(),
    useCases: new Map([['general-assistant', useCase('general-assistant')]]),
  }),
  inspectorFor: () => inspector,
  texts: { inspectAll: async () => [[]] },
  switches: { standing: { size: 0 } },
  acknowledgements: { of: () => new Map() },
  claudeCode: false,
} as unknown as GatewayServices

const inspectRoute = gatewayRoutes(services).find(({ path }) => path === '/api/inspect')

async function inspect(key?: string): Promise<Reply | undefined> {
  const request = { headers: { authorization: key } }
  return (
    (await inspectRoute?.handle({ request, body: { text: 'hello' } } as unknown as Asked<never>)) ?? undefined
  )
}

test('whether a text may go is asked by a key as often as it may send one, and by the page without a count', async () => {
  assert.ok(await inspect('key-1'))
  await assert.rejects(inspect('key-1'), {
    code: 'rate-reached',
    facts: { limit: 1, setting: 'limits.requestsPerMinute', retryAfterSeconds: 20 },
  })
  assert.ok(await inspect('key-2'))
  for (let times = 0; times < 3; times++) assert.ok(await inspect())
})
