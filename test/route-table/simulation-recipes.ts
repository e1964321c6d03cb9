import type { Recipe } from './recipe.ts'
import type { World } from './world.ts'

/** A policy as none serves: trying it changes something, whoever asks. */
const drafted = (id: string) => ({
  draft: {
    file: {
      fileName: 'draft.yaml',
      text: JSON.stringify({
        records: [{ kind: 'policy', id, title: 'Draft', owner: 'owner@example.com', rules: [], terms: [] }],
      }),
    },
  },
})

/** One that has ended: they run one at a time, and whoever asked before may still have one. */
async function begun(world: World): Promise<string> {
  for (;;) {
    const { status, json } = await world.ask('owner', 'POST', '/api/simulations', drafted(world.newName()))
    if (status === 409) continue
    await world.ask('owner', 'GET', `/api/simulations/${json.id}`)
    return json.id
  }
}

export const simulationRecipes: Readonly<Record<string, Recipe>> = {
  'POST /api/simulations': {
    objects: ['new'],
    ask: async (world) => {
      await begun(world)
      return { path: '/api/simulations', body: drafted(world.newName()) }
    },
  },
  'GET /api/simulations/:id': {
    objects: ["an owner's"],
    ask: async (world) => ({ path: `/api/simulations/${await begun(world)}` }),
  },
  'DELETE /api/simulations/:id': {
    objects: ["an owner's"],
    ask: async (world) => ({ path: `/api/simulations/${await begun(world)}` }),
  },
}
