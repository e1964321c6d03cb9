import assert from 'node:assert/strict'
import { type IncomingHttpHeaders, request } from 'node:http'
import { after, before, test } from 'node:test'
import { type Company, startCompany } from '../support/company.ts'

/** What comes from elsewhere: other names, other pages, other proxies. */

let company: Company
let key: string
before(async () => {
  company = await startCompany({
    settings: 'publicUrl: "https://localhost:7443"\nhosts: [sallyport:8787]\ntrustedProxies: ["127.0.0.1"]',
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly code: string | undefined
}

const ask = (path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const sent = request(
      `${company.sallyport.url}${path}`,
      { method, headers: { host: 'localhost:7443', ...headers } },
      (answer) => {
        const pieces: Buffer[] = []
        answer
          .on('data', (piece: Buffer) => pieces.push(piece))
          .on('end', () => {
            const text = Buffer.concat(pieces).toString()
            const json = /^application\/json/.test(answer.headers['content-type'] ?? '')
              ? JSON.parse(text)
              : {}
            resolve({ status: answer.statusCode ?? 0, headers: answer.headers, code: json.error?.code })
          })
      },
    )
    sent.once('error', reject).end()
  })
const withKey = (more: Record<string, string>) => ({ authorization: `Bearer ${key}`, ...more })
const refusals = async () =>
  (await company.sallyport.audit.search({ limit: 1_000, kinds: ['refusal'] })).map(
    ({ facts }) => `${facts.code} ${facts.reason}`,
  )

test('a host that is not ours is refused everywhere, also with a key, and the log has it', async () => {
  for (const path of ['/v1/models', '/api/session', '/health/live', '/']) {
    const { status, code } = await ask(path, withKey({ host: 'evil.example.com' }))
    assert.deepEqual([path, status, code], [path, 403, 'origin-refused'])
  }
  assert.deepEqual(await refusals(), Array(4).fill('origin-refused Host'))
  for (const host of ['LOCALHOST:7443', 'sallyport:8787', new URL(company.sallyport.url).host])
    assert.equal((await ask('/v1/models', withKey({ host }))).status, 200, host)
})

test('a page elsewhere gets nothing, a link leads to the page, and no answer invites another origin', async () => {
  const cross = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }
  assert.equal((await ask('/api/session', cross)).code, 'origin-refused')
  assert.equal((await refusals())[0], 'origin-refused Sec-Fetch-Site')
  const link = { ...cross, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }
  assert.equal((await ask('/', link)).status, 200)
  assert.equal((await ask('/api/log/mine', link)).code, 'origin-refused')
  for (const { method, path } of company.sallyport.routes) {
    const origin = 'https://evil.example.com'
    const preflight = { origin, 'access-control-request-method': method === 'ANY' ? 'POST' : method }
    for (const asked of ['OPTIONS', 'GET']) {
      const { headers } = await ask(path.replace(/[:*]\w*/g, '1'), preflight, asked)
      const inviting = Object.keys(headers).filter((name) => name.startsWith('access-control-'))
      assert.deepEqual(inviting, [], `${asked} ${path}`)
    }
  }
})

test('a proxy that names us otherwise says for whom it asks; what it took over http is refused', async () => {
  const behind = { host: 'upstream', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-host': 'localhost:7443' }
  const { status, headers } = await ask('/v1/models', withKey(behind))
  assert.equal(status, 200)
  assert.equal(headers['strict-transport-security'], 'max-age=31536000')
  assert.equal(
    (await ask('/v1/models', withKey({ ...behind, 'x-forwarded-proto': 'http' }))).code,
    'https-needed',
  )
  assert.equal((await ask('/v1/models', withKey({ ...behind, 'x-forwarded-proto': 'https' }))).status, 200)
  const evil = { ...behind, 'x-forwarded-host': 'localhost:7443, evil.example.com' }
  assert.equal((await ask('/v1/models', withKey(evil))).code, 'origin-refused')
})
