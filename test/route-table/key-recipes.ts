import { roles } from '#/core/role.ts'
import { isOneOf, otherThan, plain, type Recipe } from './recipe.ts'

/** Routes of keys: one of this asker's, or of somebody else's. */
export const keyRecipes: Readonly<Record<string, Recipe>> = {
  'POST /api/keys': plain('/api/keys', { label: 'of a test', expiresInDays: 1 }),
  'POST /api/keys/:id/rotate': ofKey('rotate', { overlapHours: 1 }),
  'POST /api/keys/:id/revoke': ofKey('revoke', { reason: 'over' }),
  'POST /api/keys/leaked': plain('/api/keys/leaked', { keys: ['this is no key'] }),
}

/** A tool of this asker's, or of somebody else's. */
export const deviceRecipes: Readonly<Record<string, Recipe>> = {
  'DELETE /api/devices/:id': {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const holder =
        object === 'own' && isOneOf(roles, asker) ? asker : otherThan(asker, ['legal', 'product'])
      return { path: `/api/devices/${await world.toolOf(holder)}` }
    },
  },
}

function ofKey(act: string, body: object): Recipe {
  return {
    objects: ['own', 'foreign'],
    ask: async (world, asker, object) => {
      const holder =
        object === 'own' && isOneOf(roles, asker) ? asker : otherThan(asker, ['legal', 'product'])
      const { json } = await world.ask(holder, 'POST', '/api/keys', { expiresInDays: 1 })
      return { path: `/api/keys/${json.id}/${act}`, body }
    },
  }
}
