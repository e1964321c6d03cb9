import { placeOf, type Route } from '#/core/http/route.ts'
import { elsewhere, recipes } from './recipes.ts'
import { fieldsOf } from './schema-fields.ts'
import { askers, type World } from './world.ts'

const heading = `# Every route x who asks x which object -> status. Checked by route-table.test.ts; CONTRIBUTING.md says how
# it is written anew. A line: the statuses in the order below | method, path (object) | on which address |
# who may come | fields it reads | fresh, where it takes a fresh sign-in, or fresh by body, where some bodies do.
# ${askers.join(' ')}`

/** Routes of the built page have names that change with each build: one line stands for all of them. */
export function routesByName(routes: readonly Route[]): ReadonlyMap<string, Route> {
  const byName = new Map<string, Route>()
  for (const route of routes) {
    const { method, path } = route
    byName.set(path.startsWith('/assets/') ? `${method} /assets/...` : `${method} ${path}`, route)
  }
  return new Map([...byName].sort(([one], [other]) => (sortKey(one) < sortKey(other) ? -1 : 1)))
}

/** By path, so that the methods of one place stand together. */
const sortKey = (name: string): string => name.split(' ').reverse().join(' ')

/** Asks every route as everybody, over HTTP, and gives the table as it stands in the file. */
export async function drawTable(world: World): Promise<string> {
  const lines: string[] = [heading]
  for (const [name, route] of routesByName(world.sallyport.routes)) {
    const recipe = recipes[name]
    for (const object of recipe?.objects ?? ['']) {
      const method = route.method === 'ANY' ? 'GET' : route.method
      const statuses: number[] = []
      for (const asker of askers) {
        const asked =
          recipe === undefined ? elsewhere(method, route.path) : await recipe.ask(world, asker, object)
        statuses.push((await world.ask(asker, method, asked.path, asked.body)).status)
      }
      const subject = object === '' ? name : `${name} (${object})`
      lines.push(
        [
          ...[statuses.join(' '), subject, placeOf(route), needOf(route), fieldsOf(route.reads)],
          ...freshnessOf(route),
        ].join(' | '),
      )
    }
  }
  return `${lines.join('\n')}\n`
}

const freshnessOf = ({ fresh }: Route): readonly string[] =>
  fresh === undefined ? [] : [fresh === true ? 'fresh' : 'fresh by body']

const needOf = ({ need }: Route): string => (typeof need === 'string' ? need : need.join(' '))
