import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { before, test } from 'node:test'
import { type CryptoKey, exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { createLogoutTokens } from './logout-token.ts'
import { toProvider } from './provider.ts'

const issuer = 'https://id.example.com/'
const startMs = 1_790_000_000_000
const event = 'http://schemas.openid.net/event/backchannel-logout'

let own: CryptoKey
let foreign: CryptoKey
let keys: string
before(async () => {
  const [known, other] = await Promise.all([generateKeyPair('ES256'), generateKeyPair('ES256')])
  own = known.privateKey
  foreign = other.privateKey
  keys = JSON.stringify({
    keys: [{ ...(await exportJWK(known.publicKey)), kid: 'one', alg: 'ES256', use: 'sig' }],
  })
})

function open(metadata: object = {}) {
  const time = { ms: startMs }
  const [settings] = readProviders({ kind: 'oidc', issuer, clientId: 'sallyport' })
  const read = createLogoutTokens({
    provider: toProvider(settings!),
    clock: { now: () => time.ms, monotonic: () => time.ms },
    fetch: async () => new Response(keys, { headers: { 'content-type': 'application/json' } }),
  })
  return {
    time,
    read: (token: string) => read(token, { issuer, jwks_uri: `${issuer}keys`, ...metadata }),
  }
}

let count = 0
const honest = (): JWTPayload => ({
  iss: issuer,
  aud: 'sallyport',
  iat: startMs / 1_000,
  exp: startMs / 1_000 + 120,
  jti: `jti-${count++}`,
  sub: 'subject-1',
  sid: 'sid-1',
  events: { [event]: {} },
})

const sign = (
  { without, ...more }: JWTPayload & { readonly without?: string } = {},
  header: object = {},
  key: CryptoKey = own,
): Promise<string> => {
  const claims = { ...honest(), ...more }
  if (without !== undefined) delete claims[without]
  return new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one', ...header }).sign(key)
}

test('a token says whom it is about: a session, a person, or both', async () => {
  const { read } = open()
  const about = async (token: Promise<string>) => {
    const { id, ...whom } = await read(await token)
    assert.deepEqual([id.iss, id.jti, id.exp], [issuer, `jti-${count - 1}`, startMs / 1_000 + 360])
    return whom
  }
  assert.deepEqual(await about(sign()), { issuer, sid: 'sid-1', subject: 'subject-1' })
  assert.deepEqual(await about(sign({ without: 'sub' })), { issuer, sid: 'sid-1', subject: undefined })
  assert.deepEqual(await about(sign({ without: 'sid' })), { issuer, sid: undefined, subject: 'subject-1' })
  assert.ok(await read(await sign({ aud: ['other', 'sallyport'] }, { typ: 'logout+jwt' })))
})

test('what is not whole, not for us, not now or not a logout is refused', async () => {
  const { read } = open()
  const now = startMs / 1_000
  const refused: readonly [what: string, token: Promise<string>][] = [
    ['another issuer', sign({ iss: 'https://evil.example.com/' })],
    ['no issuer', sign({ without: 'iss' })],
    ['another audience', sign({ aud: 'other' })],
    ['no audience', sign({ without: 'aud' })],
    ['no moment', sign({ without: 'iat' })],
    ['an old one', sign({ iat: now - 400, exp: now + 60 })],
    ['one from the future', sign({ iat: now + 200, exp: now + 300 })],
    ['one that has ended', sign({ iat: now - 200, exp: now - 100 })],
    ['no id', sign({ without: 'jti' })],
    ['an empty id', sign({ jti: '' })],
    ['an id that is no text', sign({ jti: 7 as never })],
    ['no event', sign({ without: 'events' })],
    ['another event', sign({ events: { 'https://example.com/event': {} } })],
    ['an event that is no object', sign({ events: { [event]: true } })],
    ['events that are a list', sign({ events: [event] })],
    ['an ID token', sign({ nonce: 'n' })],
    ['nobody', sign({ sid: undefined, sub: undefined } as never)],
    ['a subject that is no text', sign({ sub: 7 as never })],
    ['a session that is no text', sign({ sid: ['sid-1'] })],
    ['an access token', sign({}, { typ: 'at+jwt' })],
    ['another key', sign({}, {}, foreign)],
    ['a key nobody knows', sign({}, { kid: 'two' })],
    ['no token', Promise.resolve('abc')],
    ['an endless one', Promise.resolve('a'.repeat(20_000))],
  ]
  for (const [what, token] of refused) await assert.rejects(read(await token), `${what} is refused`)
  assert.ok(await read(await sign()), 'a right one still is taken')
})

test('none and a shared secret are no signatures', async () => {
  const { read } = open()
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const unsigned = `${part({ alg: 'none' })}.${part(honest())}.`
  const start = `${part({ alg: 'HS256', kid: 'one' })}.${part(honest())}`
  const coded = `${start}.${createHmac('sha256', keys).update(start).digest('base64url')}`
  for (const token of [unsigned, coded]) await assert.rejects(read(token))
})

test('a token is not taken any more when its id may have been forgotten', async () => {
  const { read, time } = open()
  const token = await sign({ exp: startMs / 1_000 + 9_000 })
  const { id } = await read(token)
  time.ms = id.exp * 1_000 - 1_000
  await read(token)
  time.ms = id.exp * 1_000 + 1_000
  await assert.rejects(read(token), /"iat"/)
})

test('keys are read over https only', async () => {
  const { read } = open({ jwks_uri: 'http://id.example.com/keys' })
  await assert.rejects(read(await sign()), /no address of keys over https/)
})
