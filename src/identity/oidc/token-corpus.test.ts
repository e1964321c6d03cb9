import assert from 'node:assert/strict'
import { createHash, createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto'
import { after, before, beforeEach, test } from 'node:test'
import { type CryptoKey, exportJWK, type JWK, type JWTHeaderParameters, SignJWT } from 'jose'
import { beHonest, startTestProvider, type TestProvider, testClientId } from '../test-provider.ts'
import { createTestFlow, passThrough } from './test-flow.ts'

interface Pair {
  readonly privateKey: KeyObject
  readonly jwk: JWK
}

let provider: TestProvider
let attacker: Pair
let rsa: Pair
let ed: Pair
let rsaPem: string
before(async () => {
  provider = await startTestProvider()
  const pairOf = async ({ privateKey, publicKey }: { privateKey: KeyObject; publicKey: KeyObject }) => ({
    privateKey,
    jwk: await exportJWK(publicKey),
  })
  const rsaKeys = generateKeyPairSync('rsa', { modulusLength: 2_048 })
  rsaPem = rsaKeys.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  rsa = await pairOf(rsaKeys)
  ed = await pairOf(generateKeyPairSync('ed25519'))
  attacker = await pairOf(generateKeyPairSync('ec', { namedCurve: 'P-256' }))
})
after(() => provider.close())
beforeEach(() => {
  beHonest(provider)
  provider.requests.length = 0
})

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>

/** The same claims under another header, signed anew. */
const signedAs =
  (header: JWTHeaderParameters, key: () => CryptoKey | KeyObject, more: Record<string, unknown> = {}) =>
  (honest: string): Promise<string> =>
    new SignJWT({ ...claimsOf(honest), ...more }).setProtectedHeader(header).sign(key())

/** As `jose` would not: any header, and a signature that is a code of a known text. */
const codedWith =
  (header: object, secret: () => string | Buffer) =>
  (honest: string): string => {
    const start = `${Buffer.from(JSON.stringify(header)).toString('base64url')}.${honest.split('.')[1]}`
    return `${start}.${createHmac('sha256', secret()).update(start).digest('base64url')}`
  }

const withHeader = (change: object) => (honest: string) =>
  honest.replace(/^[^.]+/, (header) =>
    Buffer.from(
      JSON.stringify({ ...JSON.parse(Buffer.from(header, 'base64url').toString()), ...change }),
    ).toString('base64url'),
  )

const own = () => provider.signingKey
const theirs = () => attacker.privateKey
const seconds = () => Math.floor(Date.now() / 1_000)
/** Everything the provider could name, so that only the token decides. */
const anyAlgorithm = ['ES256', 'RS256', 'RS512', 'PS256', 'EdDSA', 'HS256', 'none']

const lies: readonly (readonly [string, Partial<TestProvider>])[] = [
  // alg
  [
    'alg none, without a signature',
    { token: (honest) => withHeader({ alg: 'none' })(honest).replace(/[^.]*$/, '') },
  ],
  ['alg None, with the old signature', { token: withHeader({ alg: 'None' }) }],
  ['no alg', { token: withHeader({ alg: undefined }) }],
  [
    'alg HS256 with the public key as its secret',
    { token: codedWith({ alg: 'HS256', kid: 'rsa' }, () => rsaPem) },
  ],
  ['alg HS256 with an empty secret', { token: codedWith({ alg: 'HS256' }, () => '') }],
  ['alg HS256 with the client id as its secret', { token: codedWith({ alg: 'HS256' }, () => testClientId) }],
  [
    'alg RS512, which is none of ours',
    { token: signedAs({ alg: 'RS512', kid: 'rsa' }, () => rsa.privateKey) },
  ],
  ['alg ES256 over a key of RSA', { token: withHeader({ kid: 'rsa' }) }],
  // Where the key comes from
  [
    'a key in its own header',
    { token: (honest) => signedAs({ alg: 'ES256', jwk: attacker.jwk as never }, theirs)(honest) },
  ],
  [
    'jku',
    {
      token: (honest) => signedAs({ alg: 'ES256', kid: 'evil', jku: `${provider.url}/evil` }, theirs)(honest),
    },
  ],
  [
    'x5u',
    {
      token: (honest) => signedAs({ alg: 'ES256', kid: 'evil', x5u: `${provider.url}/evil` }, theirs)(honest),
    },
  ],
  ['a kid that is nobody’s', { token: signedAs({ alg: 'ES256', kid: 'two' }, theirs) }],
  ['a kid that is a path', { token: signedAs({ alg: 'ES256', kid: '../../../dev/null' }, theirs) }],
  [
    'a kid that is a question to a database',
    { token: signedAs({ alg: 'ES256', kid: "one' OR '1'='1" }, theirs) },
  ],
  [
    'the kid of the right key, and another signature',
    { token: signedAs({ alg: 'ES256', kid: 'one' }, theirs) },
  ],
  ['no kid, and a foreign key', { token: signedAs({ alg: 'ES256' }, theirs) }],
  ['an extension it calls critical', { token: withHeader({ crit: ['b64'], b64: false }) }],
  ['a signature cut short', { token: (honest) => honest.slice(0, -8) }],
  ['an encrypted form nobody asked for', { token: () => 'a.b.c.d.e' }],
  ['more than we read', { claims: (honest) => ({ ...honest, filler: 'x'.repeat(70_000) }) }],
  // aud and azp
  ['no audience', { claims: ({ aud: _, ...honest }) => honest }],
  ['another audience', { claims: (honest) => ({ ...honest, aud: 'another' }) }],
  ['an audience that begins like ours', { claims: (honest) => ({ ...honest, aud: `${testClientId}-2` }) }],
  ['a list of audiences without ours', { claims: (honest) => ({ ...honest, aud: ['a', 'b'] }) }],
  ['several audiences, issued to nobody', { claims: (honest) => ({ ...honest, aud: [testClientId, 'b'] }) }],
  [
    'an audience that is an object',
    { claims: (honest) => ({ ...honest, aud: { [testClientId]: 1 } as never }) },
  ],
  // iss
  ['no issuer', { claims: ({ iss: _, ...honest }) => honest }],
  ['another issuer', { claims: (honest) => ({ ...honest, iss: 'https://evil.example.com' }) }],
  ['our issuer with a slash more', { claims: (honest) => ({ ...honest, iss: `${honest.iss}/` }) }],
  ['our issuer with a host more', { claims: (honest) => ({ ...honest, iss: `${honest.iss}.example.com` }) }],
  // Time
  ['over two minutes ago', { claims: (honest) => ({ ...honest, exp: seconds() - 120 }) }],
  ['no end', { claims: ({ exp: _, ...honest }) => honest }],
  ['an end that is a text', { claims: (honest) => ({ ...honest, exp: '9999999999' as never }) }],
  ['not yet', { claims: (honest) => ({ ...honest, nbf: seconds() + 120 }) }],
  ['no time of issue', { claims: ({ iat: _, ...honest }) => honest }],
  // What it belongs to
  ['no nonce', { claims: ({ nonce: _, ...honest }) => honest }],
  ['the nonce of another sign-in', { claims: (honest) => ({ ...honest, nonce: 'n'.repeat(43) }) }],
  ['another access token', { claims: (honest) => ({ ...honest, at_hash: 'x'.repeat(22) }) }],
  ['a hash of the access token that is no text', { claims: (honest) => ({ ...honest, at_hash: 7 }) }],
  // sub
  ['no subject', { claims: ({ sub: _, ...honest }) => honest }],
  ['an empty subject', { claims: (honest) => ({ ...honest, sub: '' }) }],
  ['a subject that is a number', { claims: (honest) => ({ ...honest, sub: 1 as never }) }],
]

const withEveryKey = () => {
  provider.keys = (honest) => [...honest, { ...rsa.jwk, kid: 'rsa' }, { ...ed.jwk, kid: 'ed' }]
  provider.discovery = (honest) => ({ ...honest, id_token_signing_alg_values_supported: anyAlgorithm })
}

for (const [what, lie] of lies) {
  test(`an ID token with ${what} signs nobody in, and no other address is asked`, async () => {
    withEveryKey()
    Object.assign(provider, lie)
    await assert.rejects(passThrough(createTestFlow([{ at: provider }]), provider))
    assert.ok(provider.requests.includes('/token'), 'it came as far as the token')
    assert.equal(provider.requests.includes('/evil'), false)
  })
}

test('what says the truth signs in, with every algorithm of ours', async () => {
  withEveryKey()
  const truths: readonly TestProvider['token'][] = [
    (honest) => honest,
    signedAs({ alg: 'ES256' }, own),
    signedAs({ alg: 'RS256', kid: 'rsa' }, () => rsa.privateKey),
    signedAs({ alg: 'PS256', kid: 'rsa' }, () => rsa.privateKey),
    signedAs({ alg: 'EdDSA', kid: 'ed' }, () => ed.privateKey),
    signedAs({ alg: 'ES256', kid: 'one', jku: 'https://evil.example.com', typ: 'JWT' }, own),
    signedAs({ alg: 'ES256', kid: 'one' }, own, { aud: [testClientId, 'b'], azp: testClientId }),
    signedAs({ alg: 'ES256', kid: 'one' }, own, { at_hash: leftHalfOf('sha256') }),
    signedAs({ alg: 'EdDSA', kid: 'ed' }, () => ed.privateKey, { at_hash: leftHalfOf('sha512') }),
  ]
  for (const token of truths) {
    provider.token = token
    const { claims } = await passThrough(createTestFlow([{ at: provider }]), provider)
    assert.equal(claims.subject, 'subject-1')
  }
})

const leftHalfOf = (algorithm: string): string => {
  const digest = createHash(algorithm).update('access').digest()
  return digest.subarray(0, digest.length / 2).toString('base64url')
}

test('clocks may be a minute apart: a token from later than that is told as one', async () => {
  const flow = createTestFlow([{ at: provider }])
  for (const [ahead, code] of [
    [50, undefined],
    [90, 'clock-differs'],
    [86_400, 'clock-differs'],
  ] as const) {
    provider.claims = (honest) => ({ ...honest, iat: seconds() + ahead, exp: seconds() + ahead + 60 })
    if (code === undefined) await passThrough(flow, provider)
    else await assert.rejects(passThrough(flow, provider), { code })
  }
  provider.claims = (honest) => ({ ...honest, iat: seconds() - 110, exp: seconds() - 50 })
  await passThrough(flow, provider)
})

test('a key that is new is found, and one that does not exist is looked for once a minute at most', async () => {
  const flow = createTestFlow([{ at: provider }])
  await passThrough(flow, provider)
  provider.token = signedAs({ alg: 'ES256', kid: 'gone' }, theirs)
  for (let count = 0; count < 5; count++) await assert.rejects(passThrough(flow, provider))
  assert.equal(provider.requests.filter((path) => path === '/keys').length, 1)
})
