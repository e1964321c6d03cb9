import { roles } from '#/core/role.ts'
import type { Recipe } from './recipe.ts'
import { type Asker, emailOf, type World } from './world.ts'

const reason = 'for a test of routes'

/** Routes of roles and access: somebody's own grant and request, and somebody else's. */
export const accessRecipes: Readonly<Record<string, Recipe>> = {
  'GET /api/access/explain': {
    objects: ['own', 'foreign'],
    ask: (_world, asker, object) => ({
      path: `/api/access/explain${object === 'own' ? '' : `?person=${emailOf(asker === 'product' ? 'legal' : 'product')}`}`,
    }),
  },
  'POST /api/access/denials': {
    objects: ['new'],
    ask: (world) => ({
      path: '/api/access/denials',
      body: { email: stranger(world), what: 'use-case', target: 'general-assistant', reason },
    }),
  },
  'POST /api/access/grants': {
    objects: ['new', 'of a use case of product'],
    ask: (world, _asker, object) => ({
      path: '/api/access/grants',
      body: { ...grantFor(stranger(world)), ...(object === 'new' ? {} : { useCase: 'closed' }) },
    }),
  },
  'POST /api/access/grants/:id/end': {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const isOwn = object === 'own' && isPerson(asker)
      const email = isOwn ? emailOf(asker) : stranger(world)
      const { json } = await world.ask(
        asker === 'owner' ? 'security' : 'owner',
        'POST',
        '/api/access/grants',
        grantFor(email),
      )
      return { path: `/api/access/grants/${json.id}/end`, body: { reason } }
    },
  },
  'POST /api/access/requests': {
    objects: ['new'],
    ask: (world) => ({ path: '/api/access/requests', body: requestOf(world) }),
  },
  'POST /api/access/requests/:id/decision': ofRequest('decision', { verdict: 'decline', reason }),
  'POST /api/access/requests/:id/withdraw': ofRequest('withdraw'),
  'POST /api/roles': {
    objects: ['new', 'own'],
    ask: (world, asker, object) => {
      const body = roleFor(world)
      const isOwn = object === 'own' && isPerson(asker)
      return { path: '/api/roles', body: isOwn ? { ...body, email: emailOf(asker), role: 'owner' } : body }
    },
  },
  'POST /api/roles/:id/end': {
    objects: ['foreign'],
    ask: async (world) => {
      const { json } = await world.ask('owner', 'POST', '/api/roles', roleFor(world))
      return { path: `/api/roles/${json.grant.id}/end`, body: { reason } }
    },
  },
}

const stranger = (world: World): string => `${world.newName()}@example.com`
const grantFor = (email: string) => ({ email, useCase: 'general-assistant', days: 5, reason })
const roleFor = (world: World) => ({ email: stranger(world), role: 'product', days: 5, reason })
const requestOf = (world: World) => ({ useCase: world.newName(), days: 5, reason })

const isPerson = (asker: Asker): asker is (typeof roles)[number] => asker !== 'nobody' && asker !== 'key'

/** A request of this asker's, or of somebody else's: of another one each time, since one may ask twenty times a day. */
function ofRequest(act: string, body?: object): Recipe {
  let turn = 0
  return {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const others = roles.filter((role) => role !== asker && role !== 'owner' && role !== 'security')
      const other = others[turn++ % others.length] ?? 'employee'
      const by = object === 'own' && isPerson(asker) ? asker : other
      const { json } = await world.ask(by, 'POST', '/api/access/requests', requestOf(world))
      return {
        path: `/api/access/requests/${json.id}/${act}`,
        ...(body === undefined ? {} : { body }),
      }
    },
  }
}
