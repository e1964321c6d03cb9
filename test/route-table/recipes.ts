import { roles } from '#/core/role.ts'
import { accessRecipes } from './access-recipes.ts'
import { firstRunRecipes } from './first-run-recipes.ts'
import { deviceRecipes, keyRecipes } from './key-recipes.ts'
import { type Asked, isOneOf, otherThan, plain, type Recipe } from './recipe.ts'
import { simulationRecipes } from './simulation-recipes.ts'
import { switchRecipes } from './switch-recipes.ts'
import { type Asker, emailOf, hello, type World } from './world.ts'

/**
 * Routes that are asked for something that is there. Every other route is asked for something that is not, with an
 * empty body: who may pass is then told 400 or 404, who may not 401 or 403.
 */
export const recipes: Readonly<Record<string, Recipe>> = {
  'POST /v1/chat/completions': plain('/v1/chat/completions', hello),
  'POST /v1/messages': plain('/v1/messages', { ...hello, max_tokens: 10 }),
  'POST /api/chat': plain('/api/chat', hello),
  'POST /tasks/:useCase': plain('/tasks/general-assistant', { inputs: {} }),
  'POST /api/inspect': plain('/api/inspect', { text: 'hello' }),
  'GET /sign-in': plain('/sign-in'),
  'GET /api/exchanges/:index': ofExchange((index) => `/api/exchanges/${index}`),
  'GET /api/log/mine/:index': ofExchange((index) => `/api/log/mine/${index}`),
  'GET /api/log/proofs/:index': ofExchange((index) => `/api/log/proofs/${index}`),
  'GET /api/catalogue/offerings/:id': plain('/api/catalogue/offerings/openai-api'),
  'GET /api/catalogue/compare': plain('/api/catalogue/compare?a=openai-api&b=xai-api'),
  'GET /api/records/:kind': plain('/api/records/offering'),
  'GET /api/records/:kind/:id': plain('/api/records/offering/near'),
  'GET /api/records/:kind/:id/differences': plain('/api/records/offering/near/differences?from=1&to=1'),
  'PUT /api/records/:kind/:id': {
    objects: ['new', 'foreign'],
    ask: async (world, asker, object) => {
      const id = object === 'new' ? world.newName() : await proposed(world, otherThan(asker, writers))
      return { path: `/api/records/use-case/${id}`, body: useCase(`Changed by ${asker}`) }
    },
  },
  'POST /api/policies/:id/not-sensitive': {
    objects: ['serving'],
    ask: (world) => ({ path: '/api/policies/company-rules/not-sensitive', body: cleared(world.newName()) }),
  },
  'GET /feeds/:name': plain('/feeds/blocklist.txt'),
  'GET /api/publications/:number': plain('/api/publications/1'),
  'POST /api/publications': plain('/api/publications', { digest: '0'.repeat(64), reason: 'for a test' }),
  'POST /api/publications/rollback': {
    objects: ['something'],
    ask: async (world) => {
      await publishAll(world)
      const id = await proposed(world, 'product')
      const body = { kind: 'use-case', id, version: 1, verdict: 'approve', reason: 'Fits.' }
      const { status } = await world.ask('owner', 'POST', '/api/decisions', body)
      if (status !== 201) throw new Error(`owner cannot approve ${id}`)
      return { path: '/api/publications/rollback', body: { reason: 'for a test' } }
    },
  },
  'POST /api/triggers/firings/:id/close': plain('/api/triggers/firings/firing_none/close', {
    reason: 'for a test',
  }),
  ...accessRecipes,
  ...switchRecipes,
  ...simulationRecipes,
  ...firstRunRecipes,
  ...keyRecipes,
  ...deviceRecipes,
  'POST /api/decisions': {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const proposer = object === 'own' && isOneOf(writers, asker) ? asker : otherThan(asker, writers)
      const id = await proposed(world, proposer)
      const body = { kind: 'use-case', id, version: 1, verdict: 'approve', reason: 'Fits.' }
      return { path: '/api/decisions', body }
    },
  },
  'POST /api/log/readings': {
    objects: ['new'],
    ask: async (world) => ({ path: '/api/log/readings', body: await reading(world) }),
  },
  'GET /api/log/readings/:id': ofReading((id) => ({ path: id })),
  'POST /api/log/readings/:id/decision': ofReading((id) => ({
    path: `${id}/decision`,
    body: { verdict: 'approve', reason: 'Right.' },
  })),
  'POST /api/log/readings/:id/end': ofReading((id) => ({ path: `${id}/end` })),
  'GET /api/log/readings/:id/entries': ofReading((id) => ({ path: `${id}/entries` })),
  'POST /api/log/readings/:id/search': ofReading((id) => ({
    path: `${id}/search`,
    body: { words: 'hello' },
  })),
  'GET /api/log/readings/:id/entries/:index': ofReading((id, index) => ({
    path: `${id}/entries/${index}`,
  })),
  // Which of the first tiles there are changes from second to second; these are far away.
  'GET /api/log/tile/*': plain('/api/log/tile/0/999'),
  'GET /api/log/tile/entries/*': plain('/api/log/tile/entries/999'),
  'POST /api/people/:id/end': ofAccount('end', 'left'),
  'POST /api/people/:id/restore': ofAccount('restore', 'cleared'),
  'POST /api/scim/:client/resume': plain('/api/scim/nowhere/resume', { hours: 2 }),
}

/** What every other route is asked. */
export const elsewhere = (method: string, path: string): Asked => ({
  path: path
    .replace(/:index\b/g, '999999999')
    .replace(/:\w+/g, 'made-up')
    .replace(/\*$/, 'made-up'),
  ...(method === 'GET' || method === 'DELETE' ? {} : { body: {} }),
})

/** An exchange of this asker, or of somebody else: its index in the log. */
function ofExchange(path: (index: string) => string): Recipe {
  return {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const isOwn = object === 'own' && asker !== 'nobody'
      const sender = isOwn ? asker : otherThan(asker, ['legal', 'product'])
      return { path: path(await world.exchangeOf(sender)) }
    },
  }
}

const writers = roles.filter((role) => role !== 'employee' && role !== 'auditor')
const useCase = (title: string) => ({
  title,
  owner: 'product@example.com',
  purpose: 'Tests',
  audience: { roles: ['employee'], people: [] },
  offerings: ['near'],
  highestClass: 'internal',
})

async function proposed(world: World, proposer: Asker): Promise<string> {
  const id = world.newName()
  const { status, json } = await world.ask(
    proposer,
    'PUT',
    `/api/records/use-case/${id}`,
    useCase('A use case'),
  )
  if (status !== 200) throw new Error(`${proposer} cannot propose a use case: ${JSON.stringify(json)}`)
  return id
}

/** After a step back nothing is published by itself, and there is none to make. */
async function publishAll(world: World): Promise<void> {
  const { json } = await world.ask('owner', 'GET', '/api/publications')
  if (json.waiting === null) return
  const body = { digest: json.waiting.digest, reason: 'for a test' }
  const { status } = await world.ask('owner', 'POST', '/api/publications', body)
  if (status !== 201) throw new Error('owner cannot publish')
}

const cleared = (id: string) => ({
  id,
  text: 'HERON-1234',
  types: ['iban'],
  until: '2099-12-31',
  reason: 'A product, no account.',
})

async function reading(world: World) {
  return { reason: 'A customer complained.', receipts: [await world.exchangeOf('product')] }
}

const readingAskers = ['security', 'legal', 'auditor', 'owner'] as const

/** A reading this asker has asked for, or somebody else; the entry it covers is of a third person. */
function ofReading(at: (path: string, index: string) => Asked): Recipe {
  return {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const isOwn = object === 'own' && isOneOf(readingAskers, asker)
      const body = await reading(world)
      const { json } = await world.ask(
        isOwn ? asker : otherThan(asker, readingAskers),
        'POST',
        '/api/log/readings',
        body,
      )
      return at(`/api/log/readings/${json.id}`, body.receipts[0] ?? 'none')
    },
  }
}

/** The account of somebody who has never signed in, and of an owner, whom only another owner could end. */
function ofAccount(act: 'end' | 'restore', reason: string): Recipe {
  return {
    objects: ['new', 'owner'],
    ask: async (world, _asker, object) => {
      const email = object === 'owner' ? emailOf('owner') : `${world.newName()}@example.com`
      const { control } = world.sallyport
      if (object === 'new') await control['key.create']!({ email, expiresInDays: 1, by: 'test' } as never)
      const { people } = (await control['person.list']!({ text: email } as never)) as {
        people: readonly { readonly id: string }[]
      }
      return { path: `/api/people/${people[0]?.id}/${act}`, body: { reason } }
    },
  }
}
