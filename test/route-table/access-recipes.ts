import { type Role, roles } from '#/core/role.ts'
import { type Asked, isOneOf, otherThan, plain, type Recipe } from './recipe.ts'
import { type Asker, emailOf, type World } from './world.ts'

const reason = 'It is needed for a test.'
/** Nobody who asks here: what is given or taken changes none of the other lines. */
const guest = 'guest@example.com'

const closed = { email: guest, useCase: 'closed', days: 1, reason }
const role = { email: guest, role: 'auditor', days: 1, reason }

/** Access: the use case `closed` is open to nobody, and whoever has the role product owns it. */
export const accessRecipes: Readonly<Record<string, Recipe>> = {
  'POST /api/access/requests': {
    objects: ['use case', 'role'],
    ask: async (world, asker, object) => {
      await withdrawAll(world, asker)
      const wanted = object === 'role' ? { role: 'auditor' } : { useCase: 'closed' }
      return { path: '/api/access/requests', body: { ...wanted, days: 1, reason } }
    },
  },
  'POST /api/access/requests/:id/decision': ofRequest((id) => ({
    path: `/api/access/requests/${id}/decision`,
    body: { verdict: 'decline', reason },
  })),
  'POST /api/access/requests/:id/withdraw': ofRequest((id) => ({
    path: `/api/access/requests/${id}/withdraw`,
  })),
  'POST /api/access/grants': plain('/api/access/grants', closed),
  'POST /api/access/grants/:id/end': {
    objects: ['of somebody'],
    ask: async (world) => {
      const { json } = await world.ask('product', 'POST', '/api/access/grants', closed)
      return { path: `/api/access/grants/${json.id}/end`, body: { reason } }
    },
  },
  'POST /api/access/denials': plain('/api/access/denials', {
    email: guest,
    what: 'use-case',
    target: 'closed',
    days: 1,
    reason,
  }),
  'POST /api/roles': {
    objects: ['of somebody', 'own'],
    ask: (_, asker, object) => {
      const isOwn = object === 'own' && isOneOf(roles, asker)
      return { path: '/api/roles', body: isOwn ? { ...role, email: emailOf(asker), role: 'owner' } : role }
    },
  },
  'POST /api/roles/:id/end': {
    objects: ['of somebody'],
    ask: async (world) => {
      const { json } = await world.ask('owner', 'POST', '/api/roles', role)
      return { path: `/api/roles/${json.grant.id}/end`, body: { reason } }
    },
  },
}

async function withdrawAll(world: World, asker: Asker): Promise<void> {
  const { json } = await world.ask(asker, 'GET', '/api/access')
  for (const { id, isMine, state } of json?.requests ?? []) {
    if (isMine && state === 'waiting') await world.ask(asker, 'POST', `/api/access/requests/${id}/withdraw`)
  }
}

/** A request for the use case `closed` of this asker's, or of somebody who is nobody's chief. */
function ofRequest(at: (id: string) => Asked): Recipe {
  return {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const isOwn = object === 'own' && isOneOf(roles, asker)
      const by: Role = isOwn ? asker : otherThan(asker, ['employee', 'engineering'])
      await withdrawAll(world, by)
      const body = { useCase: 'closed', days: 1, reason }
      const { json } = await world.ask(by, 'POST', '/api/access/requests', body)
      return at(json.id ?? 'none')
    },
  }
}
