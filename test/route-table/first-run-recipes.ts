import { plain, type Recipe } from './recipe.ts'

const answers = {
  owner: 'owner@example.com',
  home: 'self',
  classes: { scheme: 'four', examples: [] },
  direct: 'none',
  providers: [],
}

/** The records of this world came with decisions of people: its first run is over, whoever may ask. */
export const firstRunRecipes: Readonly<Record<string, Recipe>> = {
  'POST /api/first-run/plan': plain('/api/first-run/plan', answers),
  'POST /api/first-run': plain('/api/first-run', { answers, digest: '0'.repeat(64) }),
  'POST /api/first-run/try': plain('/api/first-run/try', { connection: 'nowhere' }),
}
