import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { createRouter } from '#/core/http/router.ts'
import type { Person, Role } from '#/core/role.ts'
import { appendExchange, origin } from '../log-for-tests.ts'
import { dayMs, openRandomLog, type RandomLog, startMs } from './index-for-tests.ts'
import { openLogIndex } from './log-index.ts'
import { searchRoutes } from './routes.ts'
import { createLogSearch, type Found, type LogSearch, type NamedPerson } from './search-log.ts'

const ada = { id: 'person-ada', email: 'ada@example.com', name: 'Ada' }
const ben = { id: 'person-ben', email: 'ben@example.com', name: 'Ben' }
const operator = { name: 'command-line:operator' }

interface Searched extends RandomLog {
  readonly search: LogSearch
  /** People whose aliases are gone. */
  readonly erased: Set<string>
}

async function openSearched(context: TestContext): Promise<Searched> {
  const opened = await openRandomLog(context)
  const { folder, log, keys, clock } = opened
  const index = openLogIndex({ folder, origin, size: log.size, first: log.first, writeLine: () => undefined })
  context.after(() => index.close())
  const erased = new Set<string>()
  const known: readonly NamedPerson[] = [ada, ben]
  const search = createLogSearch({
    log,
    index,
    aliases: {
      aliasesOf: (person) => (erased.has(person) ? [] : keys.aliasesOf(person)),
      personOf: (alias) => {
        const person = keys.personOf(alias)
        return person !== undefined && erased.has(person) ? undefined : person
      },
    },
    findPeople: async (email) => known.filter((person) => person.email === email.toLowerCase()),
    findPerson: async (id) => known.find((person) => person.id === id),
    clock: { now: () => clock.atMs },
  })
  return { ...opened, search, erased }
}

/** Eight exchanges, one a half day, of two people in turn, over the turn of a month. */
async function filled(context: TestContext): Promise<Searched> {
  const opened = await openSearched(context)
  for (let at = 0; at < 8; at++) {
    opened.clock.atMs = startMs + (8 + at / 2) * dayMs
    await appendExchange(opened.log, at % 2 === 0 ? ada.id : ben.id, `text ${at}`, `req_${at}`)
  }
  return opened
}

const page = (question: string, limit = 50, before?: number) => ({ question, limit, before })

test('it tells who did what, when, the newest first, over the turn of a month, and no text', async (context) => {
  const { search } = await filled(context)
  const found = await search.entries(page('person:Ada@example.com kind:intent'), operator)
  assert.deepEqual(
    found.entries.map(({ at, person, outcome }) => [at, person, outcome?.facts.status]),
    [6, 4, 2, 0].map((at) => [new Date(startMs + (8 + at / 2) * dayMs).toISOString(), ada, 200]),
  )
  assert.match(found.entries[0]?.receipt ?? '', /#13$/)
  assert.doesNotMatch(JSON.stringify(found), /text \d/)
})

test('people are told by id too, negated, and who nobody is is told after it was logged', async (context) => {
  const { search, log } = await filled(context)
  const names = async (question: string): Promise<unknown> =>
    new Set(
      (await search.entries(page(question), operator)).entries.map(
        ({ person }) => (person as NamedPerson).email,
      ),
    )
  assert.deepEqual(await names('person:person-ben kind:intent'), new Set(['ben@example.com']))
  assert.deepEqual(await names('-person:ada@example.com kind:intent'), new Set(['ben@example.com']))
  const size = log.size()
  await assert.rejects(
    search.entries(page('person:nobody@example.com'), operator),
    /nobody here has this address or id/,
  )
  assert.equal(log.size(), size + 1)
})

test('whose alias was erased is told as erased, and found by nobody', async (context) => {
  const { search, erased } = await filled(context)
  erased.add(ben.id)
  const { entries } = await search.entries(page('kind:intent', 2), operator)
  assert.deepEqual(
    entries.map(({ person }) => person),
    ['erased', ada],
  )
  assert.equal((await search.entries(page('person:ben@example.com'), operator)).entries.length, 0)
  const { lines } = await search.counts({ question: 'kind:intent', by: 'person' }, operator)
  assert.deepEqual(
    lines.map(({ value, entries: count }) => [value, count]),
    [
      ['ada@example.com', 4],
      ['erased', 4],
    ],
  )
})

test('a person has an alias for each month and one line in a table', async (context) => {
  const { search, keys } = await filled(context)
  assert.equal(keys.aliasesOf(ada.id).length, 2)
  const { lines, total } = await search.counts({ question: 'kind:intent', by: 'person' }, operator)
  assert.deepEqual(
    lines.map(({ value, entries }) => [value, entries]),
    [
      ['ada@example.com', 4],
      ['ben@example.com', 4],
    ],
  )
  assert.deepEqual([total.entries, total.withoutCost], [8, 8])
})

test('every search is logged first, with the question sealed and the reader known', async (context) => {
  const { search, log } = await filled(context)
  await search.entries(page('person:ben@example.com'), {
    name: 'auditor@example.com',
    personId: 'person-auditor',
  })
  const [read] = await log.search({ kinds: ['read'], limit: 1 })
  assert.equal(read?.subject, 'person-auditor')
  const payload = (await log.open(read?.index ?? -1))?.payload
  assert.match(Buffer.from(payload ?? []).toString(), /person:ben@example\.com.*auditor@example\.com/)
  await search.counts({ question: 'class:public', by: 'day' }, operator)
  const [counted] = await log.search({ kinds: ['read'], limit: 1 })
  assert.match(
    Buffer.from((await log.open(counted?.index ?? -1))?.payload ?? []).toString(),
    /class:public.*operator/,
  )
})

test('a log that cannot be written gives nothing out', async (context) => {
  const { search, close } = await filled(context)
  await close()
  await assert.rejects(search.entries(page(''), operator), { code: 'log-unavailable' })
  await assert.rejects(search.counts({ question: '', by: 'day' }, operator), { code: 'log-unavailable' })
  await assert.rejects(search.own(page(''), ada), { code: 'log-unavailable' })
})

test('a name no entry has is noted, with what was likely meant', async (context) => {
  const { search } = await filled(context)
  const { entries, notes } = await search.entries(
    page('use-case:general-assistent decision:refused'),
    operator,
  )
  assert.equal(entries.length, 0)
  assert.deepEqual(notes, [
    'no entry has the use-case "general-assistent". Did you mean "general-assistant"?',
    'no entry has the decision "refused". There are: allow',
  ])
})

test('pages go on where the last one ended', async (context) => {
  const { search } = await filled(context)
  const seen: number[] = []
  let next: number | null | undefined
  do {
    const found = await search.entries(page('kind:intent', 3, next ?? undefined), operator)
    seen.push(...found.entries.map(({ index }) => index))
    next = found.next
  } while (next !== null)
  assert.deepEqual(seen, [15, 13, 11, 9, 7, 5, 3, 1])
})

test('everybody finds their own entries with the beginning of their text, and nobody else’s', async (context) => {
  const { search } = await filled(context)
  const { entries } = await search.own(page('kind:intent'), ada)
  assert.deepEqual(
    entries.map(({ text, person }) => [text, person]),
    ['text 6', 'text 4', 'text 2', 'text 0'].map((text) => [text, ada]),
  )
  for (const question of ['person:ben@example.com', '-person:ada@example.com']) {
    await assert.rejects(search.own(page(question), ada), /these are your own entries/)
  }
  assert.deepEqual((await search.own(page('kind:intent receipt:3'), ada)).entries, [], 'an entry of Ben')
  assert.deepEqual(
    (await search.own(page('kind:intent'), { id: 'person-new', email: 'new@example.com', name: '' })).entries,
    [],
  )
})

test('a payload that was changed is named and hides no other', async (context) => {
  const { search, folder } = await filled(context)
  const pay = join(folder, 'pay')
  const [month = ''] = readdirSync(pay).sort()
  const path = join(pay, month, readdirSync(join(pay, month))[0] ?? '')
  const bytes = readFileSync(path)
  bytes[20] = (bytes[20] as number) ^ 1
  writeFileSync(path, bytes)
  const { entries } = await search.own(page('kind:intent'), ada)
  assert.deepEqual(
    entries.map(({ text }) => text),
    ['text 6', 'text 4', 'text 2', null],
  )
  assert.match(entries[3]?.problem ?? '', /not what its header commits to/)
})

async function serve(context: TestContext, search: LogSearch) {
  const router = createRouter(searchRoutes({ search }), {
    personOf: ({ headers }) => {
      const role = headers['x-role'] as Role | undefined
      return role === undefined ? undefined : ({ ...ada, roles: ['employee', role] } as unknown as Person)
    },
    limits: { bodyMaxBytes: 1_000, bodyLimitMs: 1_000, jsonMaxDepth: 10 } as never,
    isOwnHost: () => true,
    writeLine: () => undefined,
  })
  const server = createServer(router).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  context.after(() => server.close())
  const { port } = server.address() as AddressInfo
  return async (path: string, role?: Role) => {
    const response = await fetch(`http://127.0.0.1:${port}/api/log${path}`, {
      headers: { connection: 'close', ...(role === undefined ? {} : { 'x-role': role }) },
    })
    return { status: response.status, body: (await response.json()) as never }
  }
}

test('auditor, security and owner search everybody’s entries over HTTP, others only their own', async (context) => {
  const { search } = await filled(context)
  const get = await serve(context, search)
  assert.equal((await get('/entries')).status, 401)
  for (const role of ['employee', 'reviewer', 'operator', 'legal'] as const) {
    assert.equal((await get('/entries?q=kind:intent', role)).status, 403, role)
  }
  for (const role of ['auditor', 'security', 'owner'] as const) {
    const { status, body } = await get('/entries?q=kind:intent&limit=2', role)
    assert.equal(status, 200, role)
    assert.equal((body as Found).entries.length, 2)
    assert.doesNotMatch(JSON.stringify(body), /text \d/)
  }
  const own = await get('/mine?q=kind:intent', 'employee')
  assert.match(JSON.stringify(own.body), /text 6.*text 4.*text 2.*text 0/)
  assert.doesNotMatch(JSON.stringify(own.body), /text [1357]/)
})

test('tables come by HTTP, and a parameter that is wrong is named', async (context) => {
  const { search } = await filled(context)
  const get = await serve(context, search)
  const { body } = await get('/entries?q=kind:intent&count-by=class', 'auditor')
  assert.deepEqual((body as { lines: unknown }).lines, [
    { value: 'internal', entries: 8, costMicroUsd: 0, tokens: 0, withoutCost: 8 },
  ])
  for (const [path, problem] of [
    ['/entries?limit=0', /limit/],
    ['/entries?limit=1001', /limit/],
    ['/mine?limit=101', /limit/],
    ['/entries?count-by=moon', /count-by/],
    ['/entries?query=x', /query/],
    ['/entries?q=a&q=b', /\\"q\\" is wrong: stands more than once/],
    ['/entries?q=clas:public', /question-invalid.*Did you mean \\"class\\"/],
    ['/mine?count-by=class', /count-by/],
  ] as const) {
    const { status, body: error } = await get(path, 'auditor')
    assert.equal(status, 400, path)
    assert.match(JSON.stringify(error), problem, path)
  }
})
