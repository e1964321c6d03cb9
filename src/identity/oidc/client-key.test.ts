import assert from 'node:assert/strict'
import { createHash, generateKeyPairSync, X509Certificate } from 'node:crypto'
import { test } from 'node:test'
import { exportJWK } from 'jose'
import { makeAuthority } from '#/core/test-certificates.ts'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { shapedClientId, startShapedProvider } from '../test-shaped-provider.ts'
import { checkProvider } from './check/check.ts'
import { readClientKey } from './client-key.ts'
import { toProvider } from './provider.ts'
import { createTestTime } from './test-flow.ts'

const pemOf = (pair: { readonly privateKey: { export: (as: never) => string | Buffer } }): string =>
  pair.privateKey.export({ type: 'pkcs8', format: 'pem' } as never).toString()

test('what cannot sign is told, without a word of the file', async () => {
  const wrong: readonly (readonly [string, RegExp])[] = [
    ['-----BEGIN PRIVATE KEY-----\nsecretsecret\n-----END PRIVATE KEY-----', /holds no private key/],
    [pemOf(generateKeyPairSync('rsa', { modulusLength: 1_024 })), /RSA of at least 2048 bits/],
    [pemOf(generateKeyPairSync('ec', { namedCurve: 'P-384' })), /EC on P-256/],
    [pemOf(generateKeyPairSync('x25519')), /Ed25519/],
  ]
  for (const [pem, problem] of wrong) {
    assert.throws(
      () => readClientKey(pem, 'generic'),
      (error: Error) => {
        assert.match(error.message, problem)
        return !/secretsecret/.test(`${error.message} ${String(error.cause)}`)
      },
    )
  }
})

test('Entra ID finds the key by its certificate, which must be there and its own', async () => {
  const [own, other] = [makeAuthority(), makeAuthority()]
  const { thumbprint, key } = readClientKey(`${own.privateKey}${own.certificate}`, 'entra')
  const digest = createHash('sha256').update(new X509Certificate(own.certificate).raw).digest('base64url')
  assert.equal(thumbprint, digest)
  assert.equal(key.asymmetricKeyType, 'ec')
  assert.throws(() => readClientKey(own.privateKey, 'entra'), /must hold the certificate, too/)
  assert.throws(() => readClientKey(`${own.privateKey}${other.certificate}`, 'entra'), /of another key/)
  const broken = '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'
  assert.throws(
    () => readClientKey(`${own.privateKey}${broken}`, 'generic'),
    /certificate that cannot be read/,
  )
})

test('a key that cannot sign is told at start, with the provider', () => {
  const [settings] = readProviders({
    kind: 'oidc',
    issuer: 'https://id.example.com',
    clientId: 'a',
    clientKey: 'file:/k',
  })
  assert.ok(settings)
  assert.throws(
    () => toProvider(settings, () => ({ clientKey: 'nothing' })),
    /provider oidc: clientKey holds no private key/,
  )
})

test('a real provider takes the signature in the place of a secret, and no other', async () => {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const other = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const redirectUri = 'http://127.0.0.1:9/sign-in/callback'
  const publicKey = { ...(await exportJWK(pair.publicKey)), kid: 'ours', use: 'sig', alg: 'ES256' }
  const shaped = await startShapedProvider(
    {
      path: '/oauth2/default',
      claims: () => ({}),
      client: {
        client_secret: undefined as never,
        token_endpoint_auth_method: 'private_key_jwt',
        token_endpoint_auth_signing_alg: 'ES256',
        jwks: { keys: [publicKey] } as never,
      },
    },
    () => redirectUri,
  )
  const states = async (clientKey: string) => {
    const file = {
      kind: 'oidc',
      shape: 'okta',
      issuer: shaped.issuer,
      clientId: shapedClientId,
      clientKey: 'file:/k',
      clientKeyId: 'ours',
    } as const
    const [settings] = readProviders(file)
    assert.ok(settings)
    const secrets = { clientKey }
    const provider = toProvider(settings, () => secrets)
    const clock = createTestTime()
    const { findings } = await checkProvider({ provider, redirectUri, providers: 1, clock, fetch })
    return Object.fromEntries(findings.map(({ id, state }) => [id, state]))
  }
  try {
    const right = await states(pemOf(pair))
    assert.deepEqual([right['client'], right['sign-in'], right['keys']], ['ok', 'ok', 'ok'])
    assert.equal((await states(pemOf(other)))['client'], 'problem')
  } finally {
    await shaped.close()
  }
})
