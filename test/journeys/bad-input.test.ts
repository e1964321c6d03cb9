import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'

/** Bad input: a clear error in the caller's dialect with the request id, one log entry, no crash, nothing lost. */

let company: Company
let key: string

before(async () => {
  company = await startCompany({ settings: 'limits: { bodyMaxBytes: 2000000, bodyMaxMs: 2000 }' })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Told {
  readonly status: number
  readonly code: string
  readonly message: string
  readonly requestId: string | null
}

async function post(
  path: string,
  body: string | Uint8Array<ArrayBuffer> | undefined,
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await fetch(company.sallyport.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body }),
  })
  const text = await response.text()
  const error = (JSON.parse(text) as { error: { code?: string; type: string; message: string } }).error
  return {
    status: response.status,
    code: error.code ?? error.type,
    message: error.message,
    requestId: response.headers.get('x-request-id'),
  }
}

/** Sends one bad request in each dialect and holds what every bad request must give. */
async function refused(
  body: (path: string) => string | Uint8Array<ArrayBuffer> | undefined,
  status: number,
  message: RegExp,
  headers = {},
) {
  for (const path of ['/v1/chat/completions', '/v1/messages']) {
    const before = company.sallyport.audit.size()
    const told = await post(path, body(path), headers)
    assert.equal(told.status, status, `${path}: ${told.message}`)
    assert.match(told.message, message)
    assert.match(told.requestId ?? '', /^req_/)
    assert.equal(company.sallyport.audit.size(), before + 1, `${path}: one log entry`)
    const entry = await company.sallyport.audit.open(before)
    assert.equal(entry?.facts.requestId, told.requestId)
  }
  await stillServes()
}

async function stillServes(): Promise<void> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'hello' }] }),
  })
  assert.equal(response.status, 200)
  await response.text()
}

const modelFor = (path: string) => (path === '/v1/messages' ? 'claude-sim-echo' : 'sim-echo')
const bodyFor = (path: string, more: object = {}) =>
  JSON.stringify({
    model: modelFor(path),
    max_tokens: 50,
    messages: [{ role: 'user', content: 'hi' }],
    ...more,
  })

test('an empty body', () => refused(() => undefined, 400, /no body/))

test('a body that is not JSON', () => refused(() => 'hello {', 400, /not valid JSON/))

test('a body that is not an object', () => refused(() => '[1,2]', 400, /must be an object/))

test('a body cut in the middle', () => refused((path) => bodyFor(path).slice(0, -5), 400, /ends too early/))

test('duplicate keys', () =>
  refused((path) => bodyFor(path).replace('{', '{"model":"other",'), 400, /"model" stands twice/))

test('depth 100,000', () =>
  refused(() => `{"messages":${'['.repeat(100_000)}${']'.repeat(100_000)}}`, 400, /nested deeper/))

test('half of a surrogate pair', () =>
  refused((path) => bodyFor(path).replace('"hi"', '"hi \\ud83d"'), 400, /surrogate/))

test('bytes that are not UTF-8', () =>
  refused(() => new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, /UTF-8/))

test('wrong types name the field', async () => {
  await refused((path) => bodyFor(path, { messages: 'hi' }), 400, /"messages"/)
  await refused((path) => bodyFor(path, { model: 5 }), 400, /"model"/)
  await refused((path) => bodyFor(path, { stream: 'yes' }), 400, /"stream"/)
  await refused(
    (path) => bodyFor(path, { messages: [{ role: 'user', content: 7 }] }),
    400,
    /"messages\.0\.content"/,
  )
})

test('a model nobody knows', () =>
  refused((path) => bodyFor(path, { model: 'gpt-unheard-of' }), 404, /no model/))

test('CR and LF in everything that could become a header', async () => {
  await refused((path) => bodyFor(path, { model: 'sim-echo\r\nx-evil: 1' }), 400, /"model"/)
  for (const header of ['x-sallyport-use-case', 'x-sallyport-class', 'x-sallyport-remedy']) {
    await refused(bodyFor, 400, new RegExp(header), { [header]: 'a\tb' })
  }
})

test('an unknown path under /v1', () =>
  refused(bodyFor, 200, /./).then(
    () => assert.fail('it was served'),
    async () => {
      const told = await post('/v1/nowhere', '{}')
      assert.equal(told.status, 404)
      assert.match(told.message, /nothing at POST \/v1\/nowhere/)
    },
  ))

test('a body larger than the limit, by its length and without one', async () => {
  await refused(() => 'x'.repeat(2_000_001), 413, /larger than 2000000/)
})

test('a hundred megabytes are refused without being kept', async () => {
  const before = process.memoryUsage().arrayBuffers
  const socket = connect(Number(new URL(company.sallyport.url).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const told = new Promise<string>((resolve) => socket.once('data', (data) => resolve(String(data))))
  socket.write(
    `POST /v1/chat/completions HTTP/1.1\r\nhost: 127.0.0.1\r\nauthorization: Bearer ${key}\r\ntransfer-encoding: chunked\r\n\r\n`,
  )
  const chunk = `100000\r\n${'y'.repeat(0x100000)}\r\n`
  let isTold = false
  void told.then(() => (isTold = true))
  for (let index = 0; index < 100 && !isTold && !socket.destroyed; index++) {
    if (!socket.write(chunk))
      await Promise.race([new Promise((resolve) => socket.once('drain', resolve)), told])
  }
  assert.match(await told, /^HTTP\/1.1 413/)
  socket.destroy()
  assert.ok(process.memoryUsage().arrayBuffers - before < 50_000_000)
  await stillServes()
})

test('a key that is not ours, a mistyped one and none at all', async () => {
  const unknown = await post('/v1/chat/completions', bodyFor('/v1/chat/completions'), {
    authorization: 'Bearer sk-foreign',
  })
  assert.equal(unknown.status, 401)
  const response = await fetch(`${company.sallyport.url}/v1/messages`, { method: 'POST', body: '{}' })
  assert.equal(response.status, 401)
  assert.equal(response.headers.get('x-should-retry'), 'false')
})

test('an expired and a revoked key say so', async () => {
  const { id, key: revoked } = await company.createKey()
  await company.revokeKey(id)
  const told = await post('/v1/chat/completions', bodyFor('/v1/chat/completions'), {
    authorization: `Bearer ${revoked}`,
  })
  assert.equal(told.status, 401)
  assert.match(told.message, /revoked/)
})

/** What asks a database more than whether a key is there, when the key becomes a part of a question. */
const questions = [
  `' OR '1'='1`,
  `' OR 1=1 --`,
  `") OR ("1"="1`,
  `'; DROP TABLE keys; --`,
  `' UNION SELECT hash, id FROM keys --`,
  `sp_%' ESCAPE '%`,
  `sp_' || (SELECT hash FROM keys LIMIT 1) || '`,
  `\\' OR 1=1 #`,
  `1 AND 1=CAST((SELECT version()) AS int)`,
  `sp_$1`,
  `{"$gt":""}`,
  `../../keys`,
  '\u00bf\u0027 OR 1=1',
  '\u00ff\u00fe',
  '%27%20OR%201=1',
  'x'.repeat(8_000),
]

test('a key is a value wherever it comes from, never a part of a question to the store', async () => {
  const list = async () => {
    const { keys } = (await company.sallyport.control['key.list']!({} as never)) as {
      keys: { id: string; state: string }[]
    }
    return keys.map(({ id, state }) => [id, state])
  }
  const before = await list()
  const ask = (header: string, value: string) =>
    new Promise<number>((resolve, reject) => {
      const { port } = new URL(company.sallyport.url)
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(
          Buffer.from(
            `GET /v1/models HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nconnection: close\r\n${header}${value}\r\n\r\n`,
            'latin1',
          ),
        ),
      )
      let told = ''
      socket.on('data', (data) => {
        told += data
      })
      socket.on('error', reject)
      socket.on('close', () => resolve(Number(/^HTTP\/1\.1 (\d{3})/.exec(told)?.[1])))
    })
  for (const value of [...questions, '\0', `${key}\0' OR 1=1`, 'ключ'])
    for (const header of ['authorization: Bearer ', 'x-api-key: ', 'cookie: sallyport_session=']) {
      const status = await ask(header, Buffer.from(value).toString('latin1'))
      assert.ok([400, 401, 429].includes(status), `${header}${value.slice(0, 40)}: ${status}`)
    }
  assert.equal(await ask('authorization: Bearer ', key), 200, 'a key that works is taken meanwhile')
  assert.deepEqual(await list(), before)
})
