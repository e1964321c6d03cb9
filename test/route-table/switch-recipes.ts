import type { Recipe } from './recipe.ts'

const reason = 'for a test of routes'

/** Routes of switches. What is pulled here stops a tool nobody offers. */
export const switchRecipes: Readonly<Record<string, Recipe>> = {
  'POST /api/switches': {
    objects: ['new', 'of a use case of product'],
    ask: (world, _asker, object) => ({
      path: '/api/switches',
      body:
        object === 'new'
          ? { scope: 'tool', target: world.newName(), reason }
          : { scope: 'use-case', target: 'closed', reason },
    }),
  },
  'POST /api/switches/:id/release': {
    objects: ['foreign'],
    ask: async (world) => {
      const body = { scope: 'tool', target: world.newName(), reason }
      const { json } = await world.ask('owner', 'POST', '/api/switches', body)
      return { path: `/api/switches/${json.id}/release`, body: { reason } }
    },
  },
}
