import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { after, test } from 'node:test'
import { z } from 'zod'
import type { LogLine } from '../log-line.ts'
import { Refusal } from '../refusal.ts'
import type { Person } from '../role.ts'
import { type Route, route } from './route.ts'
import { createRouter } from './router.ts'

const person = (roles: Person['roles']): Person => ({
  id: 'p1',
  issuer: 'https://id.example.com',
  subject: 's1',
  email: 'ada@example.com',
  name: 'Ada',
  roles,
  groups: [],
})
const lines: LogLine[] = []
const routes: Route[] = [
  { method: 'GET', path: '/open', need: 'anyone', reads: 'nothing', handle: () => ({ json: { ok: true } }) },
  {
    method: 'GET',
    path: '/mine',
    need: 'person',
    reads: 'nothing',
    handle: (asked) => ({ json: asked.person?.email }),
  },
  {
    method: 'GET',
    path: '/books',
    need: ['auditor', 'owner'],
    reads: 'nothing',
    handle: () => ({ text: 'books' }),
  },
  {
    method: 'GET',
    path: '/records/:kind/:id',
    need: 'anyone',
    reads: 'nothing',
    handle: (asked) => ({ json: asked.parameters }),
  },
  { method: 'ANY', path: '/records/*', need: 'anyone', reads: 'nothing', handle: () => ({ text: 'rest' }) },
  route({
    method: 'POST',
    path: '/notes',
    need: 'anyone',
    reads: z.strictObject({ text: z.string(), list: z.array(z.number()).optional() }),
    handle: (asked) => ({ status: 201, json: { length: asked.body.text.length } }),
  }),
  {
    method: 'GET',
    path: '/broken',
    need: 'anyone',
    reads: 'nothing',
    handle: () => {
      throw new Error('the cellar is full')
    },
  },
]
const services = {
  personOf: (request: { headers: Record<string, unknown> }) => {
    const role = request.headers['x-test-role']
    return role === undefined ? undefined : person(role === 'owner' ? ['employee', 'owner'] : ['employee'])
  },
  limits: { bodyMaxBytes: 1_000, bodyMaxMs: 300, jsonMaxDepth: 20 },
  isOwnHost: (host: string) => host.startsWith('127.0.0.1:'),
  writeLine: (line: LogLine) => void lines.push(line),
}
const server = createServer(createRouter(routes, services)).listen(0, '127.0.0.1')
await new Promise((resolve) => server.once('listening', resolve))
const { port } = server.address() as AddressInfo
after(() => server.close())
const at = (path: string, options: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${path}`, options)
const errorOf = async (response: Response) =>
  ((await response.json()) as { error: Record<string, unknown> }).error
const post = (body: string) => at('/notes', { method: 'POST', body })

test('a route answers with JSON, a request id and the guarding headers', async () => {
  const response = await at('/open')
  assert.deepEqual(await response.json(), { ok: true })
  assert.match(response.headers.get('x-request-id') ?? '', /^req_[a-z2-9]{16}$/)
  assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'self'/)
  assert.equal(response.headers.get('cache-control'), 'no-store')
})

test('a route for a person refuses whoever is not signed in, and says not to retry', async () => {
  const response = await at('/mine')
  assert.equal(response.status, 401)
  assert.equal(response.headers.get('x-should-retry'), 'false')
  const error = await errorOf(response)
  assert.equal(error['code'], 'sign-in-needed')
  assert.equal(error['requestId'], response.headers.get('x-request-id'))
  assert.ok((error['remedies'] as unknown[]).length > 0)
  assert.equal(
    await (await at('/mine', { headers: { 'x-test-role': 'employee' } })).json(),
    'ada@example.com',
  )
})

test('a route for roles takes any one of them and names them when none is held', async () => {
  const refused = await at('/books', { headers: { 'x-test-role': 'employee' } })
  assert.equal(refused.status, 403)
  assert.match(String((await errorOf(refused))['message']), /auditor, owner/)
  assert.equal(await (await at('/books', { headers: { 'x-test-role': 'owner' } })).text(), 'books')
})

test('parameters are decoded, and a broken escape is named', async () => {
  assert.deepEqual(await (await at('/records/use-case/a%20b')).json(), { kind: 'use-case', id: 'a b' })
  assert.equal((await errorOf(await at('/records/x/%ff')))['field'], 'path')
  assert.equal(await (await at('/records/a/b/c')).text(), 'rest')
})

test('an unknown path and an unknown method are told apart', async () => {
  assert.equal((await errorOf(await at('/nowhere')))['code'], 'path-unknown')
  const response = await at('/notes')
  assert.equal(response.status, 405)
  assert.equal(response.headers.get('allow'), 'POST')
  assert.match(String((await errorOf(response))['message']), /POST/)
  assert.equal((await at('/open', { method: 'PUT' })).headers.get('allow'), 'GET, HEAD')
})

test('HEAD is answered as GET is, without the answer, by the same rules', async () => {
  const [asked, got] = await Promise.all([at('/open', { method: 'HEAD' }), at('/open')])
  assert.equal(asked.status, 200)
  assert.equal(asked.headers.get('content-length'), String((await got.arrayBuffer()).byteLength))
  assert.equal(await asked.text(), '')
  assert.equal((await at('/books', { method: 'HEAD' })).status, 401)
  assert.equal((await at('/records/a/b', { method: 'HEAD' })).status, 200)
  assert.equal((await at('/notes', { method: 'HEAD' })).status, 405)
  assert.equal((await at('/nowhere', { method: 'HEAD' })).status, 404)
})

test('a body is read by its schema and the wrong field is named', async () => {
  assert.deepEqual(await (await post('{"text":"four"}')).json(), { length: 4 })
  const wrong = await errorOf(await post('{"text":"a","list":[1,"2"]}'))
  assert.equal(wrong['code'], 'request-invalid')
  assert.equal(wrong['field'], 'list.1')
  const unknown = await errorOf(await post('{"text":"a","extra":1}'))
  assert.equal(unknown['field'], 'extra')
  assert.match(String(unknown['message']), /no such field/)
  assert.equal((await errorOf(await post('')))['code'], 'body-empty')
  assert.equal((await errorOf(await post('{"text"')))['code'], 'json-invalid')
})

test('a body that is too large is refused by its length and by its bytes', async () => {
  assert.equal((await errorOf(await post('x'.repeat(1_001))))['code'], 'body-too-large')
  const stream = new ReadableStream({
    start(controller) {
      for (let index = 0; index < 20; index++) controller.enqueue(new TextEncoder().encode('y'.repeat(100)))
      controller.close()
    },
  })
  const response = await at('/notes', { method: 'POST', body: stream, duplex: 'half' } as RequestInit)
  assert.equal((await errorOf(response))['code'], 'body-too-large')
})

test('what is wrong with a field is told in our words, not in those of the schema', async () => {
  const told = async (body: unknown) =>
    (await errorOf(await at('/notes', { method: 'POST', body: JSON.stringify(body) })))['message']
  assert.equal(await told({}), 'The field "text" is wrong: it is missing.')
  assert.equal(await told({ text: 5 }), 'The field "text" is wrong: it must be a text.')
  assert.equal(await told({ text: 'x', list: {} }), 'The field "list" is wrong: it must be a list.')
  assert.equal(await told({ text: 'x', list: ['a'] }), 'The field "list.0" is wrong: it must be a number.')
})

test('a compressed body is refused', async () => {
  const response = await at('/notes', { method: 'POST', body: 'x', headers: { 'content-encoding': 'gzip' } })
  assert.equal(response.status, 415)
})

test('a body that never ends is refused after its time', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write(`POST /notes HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\ncontent-length: 50\r\n\r\n{"te`)
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  assert.match(answer, /^HTTP\/1.1 408/)
  assert.match(answer, /connection: close/i)
  socket.destroy()
})

test('a path with two slashes at its beginning is no other path', async () => {
  for (const path of ['//open', '//a/open', '///open', '/\\\\a/open']) {
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(`GET ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n\r\n`),
      )
      socket.once('data', (data) => resolve(String(data)))
    })
    assert.match(answer, /^HTTP\/1.1 404[\s\S]*path-unknown/, path)
  }
})

test('a foreign Host is refused', async () => {
  const socket = connect(port, '127.0.0.1')
  socket.write('GET /open HTTP/1.1\r\nhost: evil.example.com\r\n\r\n')
  const answer = await new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  assert.match(answer, /^HTTP\/1.1 403[\s\S]*origin-refused[\s\S]*settings[\s\S]*publicUrl/)
  socket.destroy()
})

test('a defect is told as a defect, without its words, and written down with the request id', async () => {
  const response = await at('/broken')
  const error = await errorOf(response)
  assert.equal(error['code'], 'defect')
  assert.doesNotMatch(JSON.stringify(error), /cellar/)
  const line = lines.find((each) => each.requestId === error['requestId'])
  assert.match(line?.problem ?? '', /the cellar is full/)
})

test('a route without a need, without a schema, or that stands twice does not start', () => {
  const good = routes[0] as Route
  assert.throws(
    () => createRouter([{ ...good, need: undefined } as unknown as Route], services),
    /does not say who/,
  )
  assert.throws(
    () => createRouter([{ ...good, reads: undefined } as unknown as Route], services),
    /does not say who/,
  )
  assert.throws(() => createRouter([good, good], services), /stands twice/)
})

test('a demand of a fresh sign-in is asked of the body, refused before the handler, and never overlooked', async () => {
  const handled: unknown[] = []
  const grave = route({
    method: 'POST',
    path: '/grave',
    need: 'person',
    reads: z.strictObject({ verdict: z.enum(['stop', 'reject']) }),
    fresh: ({ verdict }) => verdict === 'stop',
    handle: ({ body }) => {
      handled.push(body.verdict)
      return { status: 204 }
    },
  })
  const assertFresh = () => {
    throw new Refusal('step-up-needed', { minutes: 15 })
  }
  const own = createServer(createRouter([grave], { ...services, assertFresh })).listen(0, '127.0.0.1')
  await new Promise((resolve) => own.once('listening', resolve))
  const ask = (verdict: string) =>
    fetch(`http://127.0.0.1:${(own.address() as AddressInfo).port}/grave`, {
      method: 'POST',
      headers: { 'x-test-role': 'owner' },
      body: JSON.stringify({ verdict }),
    })
  const refused = await ask('stop')
  assert.deepEqual([refused.status, (await errorOf(refused))['code']], [401, 'step-up-needed'])
  assert.equal((await ask('reject')).status, 204)
  assert.deepEqual(handled, ['reject'])
  own.close()
  assert.throws(() => createRouter([grave], services), /nobody can tell/)
  assert.throws(
    () => createRouter([{ ...grave, need: 'caller' }], { ...services, assertFresh }),
    /takes whoever has none/,
  )
})
