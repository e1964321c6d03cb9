import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { EntryFacts } from '#/audit/api.ts'
import type { KeyBounds } from '#/core/key-bounds.ts'
import type { KeyView } from '#/identity/keys/api.ts'
import { type Company, startCompany } from '../support/company.ts'
import { type HandProvider, handEnd, handEvent, startHandProvider } from '../support/hand-provider.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'
import { openSession, type SignedIn } from '../support/session.ts'

/** Keys in a running company: every bound on every way out, families of keys, and keys that leak. */

const models = {
  '/v1/chat/completions': ['sim-echo', 'sim-tokens-split'],
  '/v1/messages': ['claude-sim-echo', 'claude-sim-tokens-split'],
} as const
type Path = keyof typeof models
const paths = Object.keys(models) as Path[]
const ids = Object.values(models).flat()

let company: Company
let owner: SignedIn
let employee: SignedIn
let hand: HandProvider

before(async () => {
  hand = await startHandProvider()
  company = await startCompany({
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${hand.port}/v1", silenceLimitMs: 5000 }`,
    settings:
      'limits: { requestsPerMinute: 100000 }\nidentity: { kind: embedded, keys: { alertMachines: 0 } }',
    records: recordsText([
      ...models['/v1/chat/completions'].map((id) => offeringText({ id, connection: 'simulator-openai' })),
      ...models['/v1/messages'].map((id) => offeringText({ id, connection: 'simulator-anthropic' })),
      offeringText({ id: 'by-hand', connection: 'hand' }),
      useCaseText('general-assistant', [...ids, 'by-hand']),
      useCaseText('support', ids),
      policyText(),
    ]),
  })
  owner = await openSession(company, 'owner@example.com')
  employee = await openSession(company, 'employee@example.com')
})
after(async () => {
  await company.end()
  await hand.stop()
})

interface Made {
  readonly id: string
  readonly key: string
}

const control = <T>(name: string, input: object): Promise<T> =>
  company.sallyport.control[name]?.(input as never) as Promise<T>

const makeKey = (more: object = {}) =>
  control<Made>('key.create', {
    ...('parent' in more || 'service' in more ? {} : { email: 'employee@example.com' }),
    by: 'test',
    ...more,
  })

interface Told {
  readonly status: number
  readonly text: string
  readonly receipt: string | null
}

async function ask(
  key: string,
  path: Path,
  more: { readonly model?: string; readonly stream?: boolean; readonly content?: string } = {},
  headers: Record<string, string> = {},
): Promise<Told> {
  const { model = models[path][0], stream = false, content = 'hello' } = more
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, ...headers },
    body: JSON.stringify({ model, stream, max_tokens: 50, messages: [{ role: 'user', content }] }),
  })
  return {
    status: response.status,
    text: await response.text(),
    receipt: response.headers.get('x-sallyport-receipt'),
  }
}

/** What each bound lets pass and what it stops, by what it stops it, and what people are told. */
interface Case {
  readonly bounds: (path: Path) => KeyBounds
  readonly passes: (path: Path) => Parameters<typeof ask>[2]
  readonly stopped: (path: Path) => Parameters<typeof ask>[2]
  readonly headers?: Record<string, string>
  /** Exchanges that pass before one is stopped. */
  readonly afterSome?: number
  readonly status: number
  readonly says: RegExp
}

const usual = () => ({})
const cases: Readonly<Record<keyof KeyBounds, Case>> = {
  useCase: {
    bounds: () => ({ useCase: 'support' }),
    passes: usual,
    stopped: usual,
    headers: { 'x-sallyport-use-case': 'general-assistant' },
    status: 403,
    says: /bound to the use case support/,
  },
  highestClass: {
    bounds: () => ({ highestClass: 'internal' }),
    passes: usual,
    stopped: usual,
    headers: { 'x-sallyport-class': 'confidential' },
    status: 400,
    says: /highestClass.* of internal/,
  },
  offerings: {
    bounds: (path) => ({ offerings: [models[path][0]] }),
    passes: usual,
    stopped: (path) => ({ model: models[path][1] }),
    status: 403,
    says: /\(offerings\)/,
  },
  networks: {
    bounds: () => ({ networks: ['192.0.2.0/24', '2001:db8::/32'] }),
    passes: usual,
    stopped: usual,
    status: 403,
    says: /\(networks\)/,
  },
  requestsPerMinute: {
    bounds: () => ({ requestsPerMinute: 2 }),
    passes: usual,
    stopped: usual,
    afterSome: 2,
    status: 429,
    says: /2 requests a minute \(requestsPerMinute\)/,
  },
  requestsPerDay: {
    bounds: () => ({ requestsPerDay: 2 }),
    passes: usual,
    stopped: usual,
    afterSome: 2,
    status: 429,
    says: /2 requests a day \(requestsPerDay\)/,
  },
  tokensPerDay: {
    bounds: () => ({ tokensPerDay: 1 }),
    passes: usual,
    stopped: usual,
    afterSome: 1,
    status: 429,
    says: /1 tokens a day \(tokensPerDay\)/,
  },
}

for (const [bound, each] of Object.entries(cases)) {
  for (const path of paths) {
    for (const stream of [false, true]) {
      test(`a key bound by ${bound} is held to it at ${path}, ${stream ? 'streamed' : 'whole'}`, async () => {
        const { useCase, ...bounds } = each.bounds(path)
        const { key } = await makeKey({ useCase, bounds })
        // Nobody here is in those networks: the key passes nowhere, and a key of this machine's network does.
        const open = bound === 'networks' ? await makeKey({ bounds: { networks: ['127.0.0.0/8'] } }) : { key }
        for (let passed = 0; passed < (each.afterSome ?? 1); passed++) {
          const told = await ask(open.key, path, { ...each.passes(path), stream })
          assert.equal(told.status, 200, told.text)
        }
        let told = await ask(key, path, { ...each.stopped(path), stream }, each.headers)
        // A minute that ended meanwhile lets two more pass.
        for (let tries = 0; told.status === 200 && each.afterSome !== undefined && tries < 3; tries++)
          told = await ask(key, path, { ...each.stopped(path), stream }, each.headers)
        assert.equal(told.status, each.status, told.text)
        assert.match(told.text, each.says)
        assert.match(told.text, /(Use|Ask|Leave|Send|Remove) /, 'with a remedy')
      })
    }
  }
}

test('auto stays within the offerings of the key, and the listing shows no others', async () => {
  const only = models['/v1/chat/completions'][1]
  const { key } = await makeKey({ bounds: { offerings: [only] } })
  const told = await ask(key, '/v1/chat/completions', { model: 'auto' })
  assert.equal(told.status, 200, told.text)
  const intent = await company.sallyport.audit.open(Number(told.receipt?.split('#')[1]))
  assert.equal(intent?.facts.offering, only)
  const list = async (each: string, more: Record<string, string> = {}) => {
    const headers = { 'x-api-key': each, ...more }
    const response = await fetch(`${company.sallyport.url}/v1/models`, { headers })
    return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
  }
  assert.deepEqual(await list(key), ['auto', only])
  const all = (await makeKey()).key
  const [here, there] = [await list(all), await list(all, { 'anthropic-version': '2023-06-01' })]
  // Each dialect is shown what it reaches, and both together everything.
  assert.deepEqual([...new Set([...here, ...there])].toSorted(), ['auto', 'by-hand', ...ids].toSorted())
  assert.deepEqual(
    here.filter((id) => there.includes(id)),
    ['auto'],
  )
  const far = await makeKey({ bounds: { networks: ['192.0.2.0/24'] } })
  const response = await fetch(`${company.sallyport.url}/v1/models`, { headers: { 'x-api-key': far.key } })
  assert.equal(response.status, 403)
})

test('entries of a service hold the service and its owner', async () => {
  await control('service.save', { id: 'builds', owner: 'employee@example.com', by: 'test' })
  const { key } = await makeKey({ service: 'builds' })
  const { receipt } = await ask(key, '/v1/chat/completions')
  const intent = await company.sallyport.audit.open(Number(receipt?.split('#')[1]))
  assert.equal(intent?.facts.service, 'builds')
  const mine = (await employee.get('/api/session')).json.person.id
  assert.equal(intent?.subject, mine)
})

test('whoever comes with a key makes narrower ones with it, and nothing else', async () => {
  const parent = await makeKey({ useCase: 'support', bounds: { requestsPerDay: 5 } })
  const post = async (body: object) => {
    const response = await fetch(`${company.sallyport.url}/api/keys`, {
      method: 'POST',
      headers: { authorization: `Bearer ${parent.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    return { status: response.status, json: (await response.json()) as Made & { error: { code: string } } }
  }
  const child = await post({ label: 'a copy', bounds: { requestsPerDay: 2 } })
  assert.equal(child.status, 201, JSON.stringify(child.json))
  assert.equal((await ask(child.json.key, '/v1/messages')).status, 200)
  const wider = await post({ bounds: { requestsPerDay: 6 } })
  assert.deepEqual([wider.status, wider.json.error.code], [403, 'key-wider'])
  assert.equal((await post({ parent: (await makeKey()).id })).status, 400)
  assert.equal((await post({ service: 'builds' })).status, 400)
  await company.revokeKey(parent.id)
  assert.equal((await ask(child.json.key, '/v1/messages')).status, 401)
})

const viewOf = async (session: SignedIn, id: string): Promise<KeyView | undefined> =>
  (await session.get('/api/keys')).json.keys.find((key: KeyView) => key.id === id)

test('people make, see, replace and revoke their own keys, and no text of one is ever listed', async () => {
  const made = await employee.post('/api/keys', { label: 'laptop', bounds: { highestClass: 'internal' } })
  assert.equal(made.status, 201, JSON.stringify(made.json))
  const { id, key } = made.json as Made
  assert.equal((await ask(key, '/v1/chat/completions')).status, 200)
  const view = await viewOf(employee, id)
  assert.deepEqual(
    [view?.label, view?.state, view?.uses, view?.machines[0]?.address],
    ['laptop', 'works', 1, '127.0.0.1'],
  )
  assert.equal(await viewOf(owner, id), undefined, 'others do not see it among theirs')
  const all = (await owner.get('/api/keys/all')).json.keys as KeyView[]
  assert.ok(all.some((each) => each.id === id))
  assert.doesNotMatch(JSON.stringify(all), new RegExp(key.slice(3)))
  assert.equal((await employee.get('/api/keys/all')).status, 403)

  const next = (await employee.post(`/api/keys/${id}/rotate`, { overlapHours: 1 })).json as Made
  assert.equal((await ask(key, '/v1/messages')).status, 200)
  assert.equal((await viewOf(employee, id))?.replacedBy, next.id)
  assert.equal((await employee.post(`/api/keys/${next.id}/revoke`, {})).status, 204)
  assert.equal((await ask(next.key, '/v1/messages')).status, 401)
})

test('a key of somebody else is not there: only those who watch over keys end it, and nobody replaces it', async () => {
  const { id, key } = (await owner.post('/api/keys', {})).json as Made
  for (const act of ['rotate', 'revoke'])
    assert.equal((await employee.post(`/api/keys/${id}/${act}`, {})).status, 404)
  assert.equal((await employee.post('/api/keys', { parent: id })).status, 404)
  assert.equal((await owner.post('/api/keys', { service: 'builds' })).status, 404)
  assert.equal((await ask(key, '/v1/messages')).status, 200)
  const other = await makeKey()
  assert.equal((await owner.post(`/api/keys/${other.id}/rotate`, {})).status, 404)
  assert.equal((await owner.post(`/api/keys/${other.id}/revoke`, { reason: 'left' })).status, 204)
})

test('a bound or a name that is not there is refused, and so is a field nobody knows', async () => {
  for (const body of [
    { bounds: { offerings: ['nothing'] } },
    { bounds: { useCase: 'nothing' } },
    { bounds: { moneyPerDay: 5 } },
    { expiresInDays: 366 },
    { personId: 'somebody' },
  ])
    assert.equal((await employee.post('/api/keys', body)).status, 400, JSON.stringify(body))
})

const leakEntry = async (id: string): Promise<EntryFacts | undefined> => {
  const found = await company.sallyport.audit.search({ kinds: ['key-leaked'], limit: 100 })
  return found.find(({ facts }) => facts.keyId === id)?.facts
}

test('a key of ours in a prompt is revoked, the request is stopped, and its owner reads of it', async () => {
  for (const path of paths) {
    for (const wrap of [
      (key: string) => key,
      (key: string) => Buffer.from(`KEY=${key}`).toString('base64'),
    ]) {
      const mine = await makeKey()
      const lost = await makeKey()
      const told = await ask(mine.key, path, { content: `use ${wrap(lost.key)} to log in` })
      assert.equal(told.status, 400, told.text)
      assert.ok(!told.text.includes(lost.key))
      assert.equal((await ask(lost.key, path)).status, 401)
      assert.equal((await leakEntry(lost.id))?.reason, 'seen in: user')
      assert.equal((await viewOf(employee, lost.id))?.isLeaked, true)
      assert.equal((await ask(mine.key, path)).status, 200)
    }
  }
})

test('a key of ours in an answer is revoked, streamed and whole', async () => {
  const { key } = await makeKey()
  for (const stream of [false, true]) {
    const lost = await makeKey()
    hand.answering = async (response) => {
      const text = `your key is ${lost.key}`
      if (stream) for (const piece of text.match(/.{1,7}/g) ?? []) response.write(handEvent(piece))
      const message = { role: 'assistant', content: text }
      response.end(
        stream
          ? handEvent('', 'stop') + handEnd
          : JSON.stringify({ id: 'x', choices: [{ index: 0, message, finish_reason: 'stop' }] }),
      )
    }
    const told = await ask(key, '/v1/chat/completions', { model: 'by-hand', stream })
    assert.equal(told.status, 200, told.text)
    assert.equal((await ask(lost.key, '/v1/messages')).status, 401)
    assert.equal((await leakEntry(lost.id))?.reason, 'seen in: answer')
  }
})

test('a program asks with its key whether a text may go, and where', async () => {
  const { key } = await makeKey()
  const response = await fetch(`${company.sallyport.url}/api/inspect`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ text: 'Write to ines.halvard@example.com.' }),
  })
  const told = (await response.json()) as {
    readonly class: string
    readonly findings: readonly { readonly type: string }[]
    readonly models: readonly string[]
  }
  assert.deepEqual([response.status, told.class, told.findings[0]?.type], [200, 'internal', 'email'])
  assert.ok(told.models.length > 0)
})

test('a draft, a scan and whoever found it somewhere end a key, too', async () => {
  const [draft, scan, found] = [await makeKey(), await makeKey(), await makeKey()]
  await employee.post('/api/inspect', { text: `is ${draft.key} safe?` })
  await control('key.leaked', { texts: [scan.key], where: 'a scan' })
  const response = await fetch(`${company.sallyport.url}/api/keys/leaked`, {
    method: 'POST',
    body: JSON.stringify({ keys: [found.key, 'sp_nothing'] }),
  })
  assert.deepEqual(await response.json(), { revoked: 1 })
  for (const { id, key } of [draft, scan, found]) {
    assert.equal((await ask(key, '/v1/messages')).status, 401)
    assert.ok(await leakEntry(id))
  }
})

test('an open stream of a child ends within a second of its parent', async () => {
  const parent = await makeKey()
  const child = await makeKey({ parent: parent.id })
  hand.answering = async (response) => void response.write(handEvent('it begins '))
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${child.key}` },
    body: JSON.stringify({ model: 'by-hand', stream: true, messages: [{ role: 'user', content: 'hello' }] }),
  })
  assert.equal(response.status, 200)
  const ended = response.text()
  const revokedAt = performance.now()
  await company.revokeKey(parent.id)
  assert.match(await ended, /Your access ended/)
  assert.ok(performance.now() - revokedAt < 1_000)
})

test('whoever tries keys gets one alert in the log, and not an entry for each try', async () => {
  const before = await company.sallyport.audit.search({ kinds: ['refusal', 'alert'], limit: 1_000 })
  const { key } = await makeKey()
  const statuses = new Set<number>()
  for (let tries = 0; tries < 100; tries++) {
    const unknown = `sp_${'abcdefghijkmnpqrstuvwxyz23456789'.repeat(2).slice(tries % 20, (tries % 20) + 40)}`
    statuses.add((await ask(unknown, '/v1/messages')).status)
  }
  assert.ok(statuses.has(429) && [...statuses].every((each) => each === 401 || each === 429))
  assert.equal((await ask(key, '/v1/messages')).status, 200)
  const after = await company.sallyport.audit.search({ kinds: ['refusal', 'alert'], limit: 1_000 })
  // A minute that ended meanwhile begins anew.
  assert.ok(after.length - before.length <= 44, `${after.length - before.length} entries`)
  const alerts = after.filter(({ kind }) => kind === 'alert')
  assert.ok(alerts.length >= 1 && alerts.length <= 2, `${alerts.length} alerts`)
  assert.match(alerts[0]?.facts.reason ?? '', /refused keys from one address/)
  assert.doesNotMatch(JSON.stringify(alerts[0]?.facts), /127\.0\.0\.1/)
  const opened = await company.sallyport.audit.open(alerts[0]?.index ?? -1)
  assert.match(Buffer.from(opened?.payload ?? '').toString(), /127\.0\.0\.1/)
})
