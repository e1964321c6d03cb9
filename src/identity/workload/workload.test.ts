import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, beforeEach, test } from 'node:test'
import { exportJWK, exportSPKI, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import type { WorkloadSettings } from '#/settings/api.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'

/** A platform with real keys, and a Sallyport's identity that takes its tokens. */

const audience = 'https://ai.example.com'
const grantType = 'urn:ietf:params:oauth:grant-type:token-exchange'
const jwtType = 'urn:ietf:params:oauth:token-type:jwt'

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>

let known: KeyPair
let rsa: KeyPair
let foreign: KeyPair
let platform: Server
let issuer: string
let jwksAsked = 0
let isAway = false
let folder: string
let server: TestServer

before(async () => {
  known = await generateKeyPair('ES256')
  foreign = await generateKeyPair('ES256')
  rsa = await generateKeyPair('RS256', { extractable: true })
  const keys = [
    { ...(await exportJWK(known.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'two', alg: 'RS256', use: 'sig' },
  ]
  const foreignKeys = [{ ...(await exportJWK(foreign.publicKey)), kid: 'evil', alg: 'ES256', use: 'sig' }]
  platform = createServer((request, response) => {
    if (isAway) return void response.writeHead(503).end()
    const send = (json: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(json))
    if (request.url === '/.well-known/openid-configuration') send({ issuer, jwks_uri: `${issuer}/keys` })
    else if (request.url === '/keys') {
      jwksAsked++
      send({ keys })
    } else if (request.url === '/evil-keys') send({ keys: foreignKeys })
    else response.writeHead(404).end()
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => platform.once('listening', resolve))
  issuer = `http://127.0.0.1:${(platform.address() as AddressInfo).port}`
})
after(() => platform.close())

const github = (): WorkloadSettings => ({
  id: 'github',
  issuer,
  audience,
  jwksUrl: undefined,
  claims: { repository: 'acme/*', ref: 'refs/heads/main' },
  service: 'builds',
  useCase: 'code-review',
  highestClass: 'internal',
  lifeMinutes: 15,
  singleUse: false,
})
const kubernetes = (): WorkloadSettings => ({
  ...github(),
  id: 'cluster',
  claims: { sub: 'system:serviceaccount:agents:*' },
  service: 'agents',
  lifeMinutes: 60,
})

/** A number of a Google service account, and an object id of an Entra managed identity. */
const googleAccount = '104857600000000000017'
const entraObject = '0a1b2c3d-0000-4000-8000-00000000beef'

const clouds = (): readonly WorkloadSettings[] => [
  { ...kubernetes(), id: 'google', claims: { sub: googleAccount } },
  { ...kubernetes(), id: 'entra', claims: { oid: entraObject } },
]

const once = (): WorkloadSettings => ({
  ...github(),
  id: 'once',
  claims: { repository: 'acme/once' },
  singleUse: true,
})

beforeEach(async () => {
  isAway = false
  jwksAsked = 0
  folder = await newFolder()
  server = await startTestServer(folder, {
    identity: { workloads: [github(), kubernetes(), ...clouds(), once()] },
  })
  for (const id of ['builds', 'agents'])
    await server.identity.handlers['service.save']?.({ id, owner: 'ada@example.com', by: 'test' } as never)
})
afterEach(async () => {
  await server.close()
  await removeFolder(folder)
})

const seconds = () => Math.floor(server.clock.now() / 1_000)

const honest = () => ({
  iss: issuer,
  aud: audience,
  sub: 'repo:acme/app:ref:refs/heads/main',
  repository: 'acme/app',
  ref: 'refs/heads/main',
  jti: 'one',
  iat: seconds(),
  exp: seconds() + 300,
})

type LooseClaims = Readonly<Record<string, unknown>>

const sign = (
  claims: LooseClaims,
  header: Record<string, unknown> = {},
  key = known.privateKey,
): Promise<string> =>
  new SignJWT(claims as JWTPayload).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key)

interface Told {
  readonly status: number
  readonly json: Record<string, string> & { readonly expires_in?: number }
}

async function exchange(token: string, more: Record<string, string> = {}): Promise<Told> {
  const body = new URLSearchParams({
    grant_type: grantType,
    subject_token: token,
    subject_token_type: jwtType,
    ...more,
  })
  const response = await fetch(`${server.url}/oauth/workload`, { method: 'POST', body })
  return { status: response.status, json: (await response.json()) as Told['json'] }
}

const identify = (key: string) =>
  server.identity.identify({
    headers: { authorization: `Bearer ${key}` },
    url: '/v1/messages',
    method: 'POST',
    socket: { remoteAddress: '192.0.2.1' },
  } as never)

test('a token of the platform gives a key for minutes, bound to what the settings say', async () => {
  const { status, json } = await exchange(await sign(honest()))
  assert.equal(status, 200, JSON.stringify(json))
  assert.deepEqual(
    [json['token_type'], json['issued_token_type']],
    ['Bearer', 'urn:ietf:params:oauth:token-type:access_token'],
  )
  assert.ok([899, 900].includes(json.expires_in ?? 0), String(json.expires_in))
  const caller = await identify(json['access_token'] ?? '')
  assert.deepEqual(caller.service, { id: 'builds', label: 'builds' })
  assert.equal(caller.person.email, 'ada@example.com')
  assert.equal(caller.useCase, 'code-review')
  assert.equal(caller.bounds?.highestClass, 'internal')
  const entry = server.entries.at(-1)
  assert.equal(entry?.kind, 'workload-sign-in')
  assert.deepEqual(entry?.facts, {
    keyId: caller.keyId,
    about: 'github',
    useCase: 'code-review',
    service: 'builds',
  })
  assert.match(entry?.payload ?? '', /repo:acme\/app/)
  server.clock.forward(15 * 60_000)
  await assert.rejects(async () => identify(json['access_token'] ?? ''), { code: 'key-expired' })
})

test('where a token counts once, it gives one key: not two at once, and none after a restart', async () => {
  const claims = { ...honest(), repository: 'acme/once', ref: 'refs/heads/other' }
  const token = await sign(claims)
  const both = await Promise.all([exchange(token), exchange(token)])
  assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
  assert.match(JSON.stringify(both), /it was used before/)
  await server.close()
  server = await startTestServer(folder, { identity: { workloads: [once()] } })
  assert.match((await exchange(token)).json['error_description'] ?? '', /it was used before/)
  assert.equal((await exchange(await sign({ ...claims, jti: 'two' }))).status, 200)
  const { jti: _jti, ...nameless } = claims
  assert.match((await exchange(await sign(nameless))).json['error_description'] ?? '', /it has no id/)
})

test('each platform has its own shape: a service account of Kubernetes, signed with RS256, with a list of audiences', async () => {
  const claims = {
    ...honest(),
    aud: [audience],
    sub: 'system:serviceaccount:agents:runner',
    repository: undefined,
  }
  const { status, json } = await exchange(await sign(claims, { alg: 'RS256', kid: 'two' }, rsa.privateKey))
  assert.equal(status, 200, JSON.stringify(json))
  assert.equal((await identify(json['access_token'] ?? '')).service?.id, 'agents')
  assert.ok([3_599, 3_600].includes(json.expires_in ?? 0), String(json.expires_in))
})

test('clouds: the ID token of a Google service account and the token of an Entra managed identity, without an id', async () => {
  const { iat, exp } = honest()
  // Source: cloud.google.com/compute/docs/instances/verifying-instance-identity; the claims of an ID token of the metadata server.
  const google = {
    ...{ iss: issuer, aud: audience, azp: googleAccount, sub: googleAccount, iat, exp },
    email: 'builds@acme.iam.gserviceaccount.example.com',
    email_verified: true,
  }
  // Source: learn.microsoft.com/entra/identity-platform/access-token-claims-reference; version 2.0, of an application.
  const entra = {
    ...{ iss: issuer, aud: audience, iat, nbf: iat, exp, ver: '2.0', idtyp: 'app', azpacr: '2' },
    ...{ oid: entraObject, sub: entraObject, tid: '0a1b2c3d-0000-4000-8000-00000000cafe', uti: 'x' },
  }
  const signed = (claims: LooseClaims) =>
    sign(claims, { alg: 'RS256', kid: 'two', typ: 'JWT' }, rsa.privateKey)
  for (const claims of [google, entra]) {
    const { status, json } = await exchange(await signed(claims))
    assert.equal(status, 200, JSON.stringify(json))
    assert.equal((await identify(json['access_token'] ?? '')).service?.id, 'agents')
  }
  const others = [
    { ...google, sub: '104857600000000000018' },
    { ...entra, oid: '0a1b2c3d-0000-4000-8000-00000000bee0' },
  ]
  for (const claims of others) assert.equal((await exchange(await signed(claims))).status, 400)
})

test('a token that is not what it must be gives nothing, whatever is wrong with it', async () => {
  const b64 = (value: unknown) =>
    Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url')
  const publicPem = await exportSPKI(rsa.publicKey)
  const hmac = (header: object, secret: string): string => {
    const body = `${b64(header)}.${b64(honest())}`
    return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`
  }
  const good = await sign(honest())
  const [header = '', payload = '', signature = ''] = good.split('.')
  const doubled = JSON.stringify(honest()).replace('{', '{"repository":"acme/app",')
  const signedText = async (text: string): Promise<string> => {
    const input = `${b64({ alg: 'ES256', kid: 'one' })}.${b64(text)}`
    const algorithm = { name: 'ECDSA', hash: 'SHA-256' }
    const bytes = await crypto.subtle.sign(algorithm, known.privateKey, Buffer.from(input))
    return `${input}.${Buffer.from(bytes).toString('base64url')}`
  }
  const attacks: Record<string, string> = {
    'no signature, alg none': `${b64({ alg: 'none', kid: 'one' })}.${payload}.`,
    'alg none with a signature': `${b64({ alg: 'none', kid: 'one' })}.${payload}.${signature}`,
    'alg None': `${b64({ alg: 'None', kid: 'one' })}.${payload}.${signature}`,
    'HS256 with the public key as secret': hmac({ alg: 'HS256', kid: 'two' }, publicPem),
    'HS256 with the modulus as secret': hmac(
      { alg: 'HS256', kid: 'two' },
      (await exportJWK(rsa.publicKey)).n ?? '',
    ),
    'a key nobody knows under a known name': await sign(honest(), {}, foreign.privateKey),
    'a key of another name': await sign(honest(), { kid: 'evil' }, foreign.privateKey),
    'no name of a key': await sign(honest(), { kid: undefined }),
    'a name of a key that is a path': await sign(honest(), { kid: '../../dev/null' }, foreign.privateKey),
    'its own place of keys': await sign(
      honest(),
      { kid: 'evil', jku: `${issuer}/evil-keys` },
      foreign.privateKey,
    ),
    'its own key': await sign(
      honest(),
      { kid: 'one', jwk: await exportJWK(foreign.publicKey) },
      foreign.privateKey,
    ),
    'an extension nobody knows': await sign(honest(), { crit: ['exp'], exp: 1 }).catch(() => 'x.y.z'),
    'another algorithm than its key has': await sign(honest(), { alg: 'RS256', kid: 'one' }, rsa.privateKey),
    'changed claims': `${header}.${b64({ ...honest(), repository: 'acme/other' })}.${signature}`,
    'another audience': await sign({ ...honest(), aud: 'https://other.example.com' }),
    'one audience more': await sign({ ...honest(), aud: [audience, 'https://other.example.com'] }),
    'no audience': await sign({ ...honest(), aud: undefined }),
    'another issuer': await sign({ ...honest(), iss: 'https://evil.example.com' }),
    'an issuer with a slash more': await sign({ ...honest(), iss: `${issuer}/` }),
    'no issuer': await sign({ ...honest(), iss: undefined }),
    expired: await sign({ ...honest(), iat: seconds() - 400, exp: seconds() - 31 }),
    'no end': await sign({ ...honest(), exp: undefined }),
    'made in the future': await sign({ ...honest(), iat: seconds() + 280 }),
    'not valid yet': await sign({ ...honest(), nbf: seconds() + 280 }),
    'a life of a year': await sign({ ...honest(), exp: seconds() + 31_536_000 }),
    'the same claim twice': await signedText(doubled),
    'claims that are a list': await signedText('[]'),
    'claims that are no JSON': await signedText('{"iss":'),
    'another repository': await sign({ ...honest(), repository: 'evil/app', sub: 'x' }),
    'a repository inside another': await sign({ ...honest(), repository: 'acme/app/evil' }),
    'a claim that is a list': await sign({ ...honest(), repository: ['acme/app'] }),
    'another branch': await sign({ ...honest(), ref: 'refs/heads/main2' }),
    'five parts, as an encrypted one has': 'a.b.c.d.e',
    'nothing of a token': 'sp_not-a-token',
    'a very long one': `${header}.${'A'.repeat(20_000)}.${signature}`,
  }
  for (const [what, token] of Object.entries(attacks)) {
    server.clock.forward(4_000) // so that addresses do not count as one that tries keys
    const { status, json } = await exchange(token)
    assert.deepEqual([status, json['error']], [400, 'invalid_grant'], `${what}: ${JSON.stringify(json)}`)
  }
  assert.equal(server.entries.filter(({ kind }) => kind === 'workload-sign-in').length, 0)
  assert.equal((await exchange(good)).status, 200, 'and the one they were made from is right')
  assert.ok(jwksAsked <= 12, `keys were asked for ${jwksAsked} times`)
})

test('clocks may differ by half a minute', async () => {
  assert.equal((await exchange(await sign({ ...honest(), iat: seconds() + 20 }))).status, 200)
  assert.equal(
    (await exchange(await sign({ ...honest(), exp: seconds() - 20, iat: seconds() - 100 }))).status,
    200,
  )
})

test('what is asked in another way than RFC 8693 says is told, and nothing is ignored', async () => {
  const token = await sign(honest())
  const cases: readonly (readonly [Record<string, string>, string])[] = [
    [{ grant_type: 'password' }, 'unsupported_grant_type'],
    [{ subject_token_type: 'urn:ietf:params:oauth:token-type:saml2' }, 'invalid_request'],
    [{ requested_token_type: 'urn:ietf:params:oauth:token-type:refresh_token' }, 'invalid_request'],
    [{ scope: 'everything' }, 'invalid_request'],
    [{ subject_token: '' }, 'invalid_request'],
  ]
  for (const [more, error] of cases) assert.equal((await exchange(token, more)).json['error'], error)
  const twice = new URLSearchParams({
    grant_type: grantType,
    subject_token: token,
    subject_token_type: jwtType,
  })
  twice.append('subject_token', token)
  const response = await fetch(`${server.url}/oauth/workload`, { method: 'POST', body: twice })
  assert.equal(response.status, 400)
  const json = await fetch(`${server.url}/oauth/workload`, { method: 'POST', body: '{}' })
  assert.equal(json.status, 400)
})

test('a platform that is away is told apart from a wrong token, is not asked for every token, and keys that are known serve on', async () => {
  isAway = true
  const token = await sign(honest())
  assert.deepEqual((await exchange(token)).json['error'], 'temporarily_unavailable')
  isAway = false
  assert.equal((await exchange(token)).status, 503, 'asked again only after a while')
  server.clock.forward(10_000)
  assert.equal((await exchange(await sign(honest()))).status, 200)
  isAway = true
  assert.equal((await exchange(await sign(honest()))).status, 200)
})

test('whoever tries tokens is throttled and told of once', async () => {
  const token = await sign(honest(), {}, foreign.privateKey)
  const statuses: number[] = []
  for (let at = 0; at < 40; at++) statuses.push((await exchange(token)).status)
  assert.ok(statuses.includes(429))
  assert.equal(server.entries.filter(({ kind }) => kind === 'alert').length, 1)
})

test('a key of a workload cannot be replaced, and what its settings name must be there', async () => {
  const { json } = await exchange(await sign(honest()))
  const { keyId = '' } = await identify(json['access_token'] ?? '')
  await assert.rejects(
    async () => server.identity.handlers['key.rotate']?.({ id: keyId, overlapMs: 0, by: 'test' } as never),
    { code: 'key-over' },
  )
  assert.deepEqual(server.identity.problems(), [])
})
