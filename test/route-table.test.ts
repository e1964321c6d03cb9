import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import { kindOf, recordKinds } from '#/register/kinds/index.ts'
import { elsewhere, recipes } from './route-table/recipes.ts'
import { openPlaces } from './route-table/schema-fields.ts'
import { drawTable, routesByName } from './route-table/table.ts'
import { type Asker, openWorld, type World } from './route-table/world.ts'

/** Who may do what, as it is answered over HTTP: a change of it is a change of a file people read. */

const baselineFile = join(import.meta.dirname, 'route-table.baseline.txt')
const subjectOf = (line: string): string => line.split(' | ')[1] ?? line

let world: World
before(async () => {
  world = await openWorld()
})
after(() => world.end())

test('every route answers everybody as the baseline says, and each has its line there', async () => {
  const drawn = await drawTable(world)
  if (process.env['SALLYPORT_UPDATE'] === 'route-table') writeFileSync(baselineFile, drawn)
  const lines = readFileSync(baselineFile, 'utf8').split('\n')
  const wanted = new Map(lines.map((line) => [subjectOf(line), line]))
  assert.equal(wanted.size, lines.length, 'a line stands twice in the baseline')
  const there = new Map(drawn.split('\n').map((line) => [subjectOf(line), line]))
  const differences = [...new Set([...wanted.keys(), ...there.keys()])].flatMap((subject) => {
    const [is, should] = [there.get(subject), wanted.get(subject)]
    if (is === should) return []
    return [
      `${subject}\n  the baseline: ${should ?? '(no line)'}\n  it answers:   ${is ?? '(no such route)'}`,
    ]
  })
  const help = 'If that is meant: SALLYPORT_UPDATE=route-table npm test -- test/route-table.test.ts'
  assert.ok(differences.length === 0, `\n${differences.join('\n')}\n${help}\n`)
})

test('a recipe stands for a route that is there', () => {
  const names = routesByName(world.sallyport.routes)
  assert.deepEqual(
    Object.keys(recipes).filter((name) => !names.has(name)),
    [],
  )
})

/** Any object: the schema of the record's kind reads it, and that one is looked at below. */
const readsByKind = 'PUT /api/records/:kind/:id'

test('no schema takes a field it does not name, at any depth', () => {
  const schemas = [...routesByName(world.sallyport.routes)].flatMap(([name, { reads }]) =>
    typeof reads === 'string' || name === readsByKind ? [] : [[name, reads] as const],
  )
  const kinds = recordKinds.map((kind) => [kind, kindOf(kind).schema] as const)
  assert.ok(schemas.length >= 5 && kinds.length >= 3)
  const open = [...schemas, ...kinds].flatMap(([name, schema]) =>
    openPlaces(schema).map((place) => `${name} takes anything at ${place}`),
  )
  assert.deepEqual(open, [])
  assert.deepEqual(openPlaces(z.strictObject({ who: z.array(z.object({ id: z.string() })).optional() })), [
    'who',
  ])
})

/** What says who somebody is or what they may do. Where a route takes one of them it says so here. */
const telling = ['role', 'roles', 'owner', 'id', 'issuer', 'subject', 'by', 'person', 'isOwner']
const means: Readonly<Record<string, readonly string[]>> = {
  'POST /api/decisions': ['id'],
  'POST /api/policies/:id/not-sensitive': ['id'],
  'POST /api/first-run/plan': ['owner'],
  'POST /api/log/readings': ['person'],
  'POST /api/roles': ['role'],
  'POST /api/access/requests': ['role'],
  [readsByKind]: ['owner'],
}

test('what says who one is cannot be written along: each such field is refused by every route that writes', async () => {
  for (const [name, { reads, method }] of routesByName(world.sallyport.routes)) {
    if (typeof reads === 'string') continue
    const recipe = recipes[name] ?? assert.fail(`${name} reads a body: give it a recipe, so that it is tried`)
    const asked = await recipe.ask(world, 'owner', recipe.objects[0] ?? '')
    assert.ok(reads.safeParse(asked.body).success, `${name} takes its own recipe`)
    for (const field of telling.filter((each) => !means[name]?.includes(each))) {
      const body = { ...(asked.body as object), [field]: 'owner' }
      const { status, json } = await world.ask('owner', method, asked.path, body)
      assert.equal(status, 400, `${name} takes ${field}`)
      assert.equal(json.error.code, 'request-invalid', name)
    }
  }
})

test('a body of a route that reads none changes nothing about who one is', async () => {
  for (const [name, { reads, method, path }] of routesByName(world.sallyport.routes)) {
    if (reads !== 'nothing' || method === 'GET' || method === 'ANY') continue
    await world.ask('employee', method, elsewhere(method, path).path, { roles: ['owner'], role: 'owner' })
    const { json } = await world.ask('employee', 'GET', '/api/session')
    assert.deepEqual(json.person.roles, ['employee'], name)
  }
})

test('an hour after the sign-in whatever takes a fresh one is refused, and nothing is done', async () => {
  const fresh = [...routesByName(world.sallyport.routes)].filter(([, route]) => route.fresh !== undefined)
  assert.ok(fresh.length >= 15)
  const asked = []
  for (const [name, { method, path, need }] of fresh) {
    const recipe = recipes[name]
    const { ask, objects } = recipe ?? { ask: () => elsewhere(method, path), objects: [] }
    const asker = typeof need === 'string' || need.includes('owner') ? 'owner' : (need[0] as Asker)
    asked.push({ name, method, asker, ...(await ask(world, asker, objects.at(-1) ?? '')) })
  }
  // Whose session ended by what was prepared signs in again before the clock goes on.
  for (const { asker } of asked) await world.ask(asker, 'GET', '/api/session')
  world.clock.forward(3_600_000)
  for (const { name, method, asker, path, body } of asked) {
    const { status, json } = await world.ask(asker, method, path, body)
    assert.deepEqual([status, json?.error.code], [401, 'step-up-needed'], name)
  }
})
