import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Asked } from '#/core/http/route.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Person } from '#/core/role.ts'
import type { Keys } from './keys.ts'
import { keyRoutes } from './routes.ts'

const person = { id: 'person_1', roles: ['employee'], groups: [] } as unknown as Person

/** What a person hears who asks for a key bound like this. */
async function answerTo(bounds: object): Promise<string> {
  const routes = keyRoutes({
    keys: { make: async () => ({ id: 'key_1', key: 'text', expiresAtMs: 0 }) } as unknown as Keys,
    identify: () => ({ person }),
    usableFor: ({ id }) => {
      assert.equal(id, person.id)
      return { useCases: [{ id: 'drafts' }], offerings: [{ id: 'west' }] }
    },
    policy: { defaultDays: 90, maxDays: 365 },
  })
  const making = routes.find(({ method, path }) => method === 'POST' && path === '/api/keys')
  try {
    await making?.handle({ body: { bounds } } as unknown as Asked<never>)
    return 'made'
  } catch (error) {
    const { code, facts } = error as Refusal
    return `${code} ${JSON.stringify(facts)}`
  }
}

test('a key is bound to what is open to its person; of the rest nothing is told, not even that it is there', async () => {
  for (const bounds of [{}, { useCase: 'drafts' }, { offerings: ['west'] }])
    assert.equal(await answerTo(bounds), 'made')
  const hidden = await answerTo({ useCase: 'merger' })
  assert.match(hidden, /^request-invalid .*"useCase"/)
  assert.doesNotMatch(hidden, /drafts|merger/)
  assert.match(await answerTo({ useCase: 'drafts', offerings: ['west', 'east'] }), /^request-invalid/)
})
