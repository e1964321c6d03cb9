import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ProviderSecrets } from '#/settings/credentials.ts'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { OidcFile } from '#/settings/sign-in-schema.ts'
import { readSignInProviders } from './sign-in-providers.ts'
import { embeddedSettings } from './test-server.ts'

const publicUrl = () => 'http://127.0.0.1:9000'

const embedded = (host: string, given?: string) =>
  readSignInProviders({ identity: embeddedSettings, host, publicUrl: given }, () => new Map(), publicUrl)

const file = { kind: 'oidc', issuer: 'https://id.example.com', clientId: 'sallyport' } as const

const oidc = (more: Partial<OidcFile> = {}, secrets: ProviderSecrets = {}) =>
  readSignInProviders(
    {
      identity: { ...embeddedSettings, kind: 'oidc', providers: readProviders({ ...file, ...more }) },
      host: '0.0.0.0',
      publicUrl: undefined,
    },
    () => new Map([['oidc', secrets]]),
    publicUrl,
  )

test('the development provider serves on this machine, and its people stay the same on another port', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1'])
    assert.equal(embedded(host)[0]?.id, 'embedded')
  assert.equal(embedded('127.0.0.1', 'http://localhost:9000').length, 1)
  const [provider] = embedded('127.0.0.1', 'http://[::1]:9000')
  assert.equal(provider?.url(), 'http://127.0.0.1:9000/oidc')
  assert.deepEqual(provider?.people, new Set(['embedded']))
})

test('anywhere else it refuses to start, naming the setting and the way out', () => {
  for (const host of [
    '0.0.0.0',
    '::',
    '192.0.2.7',
    'ai.example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
  ]) {
    assert.throws(() => embedded(host), /^Error: host is ".*this machine only.*identity.kind to "oidc"/, host)
  }
  assert.throws(
    () => embedded('127.0.0.1', 'https://ai.example.com'),
    /^Error: publicUrl is "ai.example.com"/,
  )
})

test('a provider from the settings serves anywhere, with its secret', () => {
  const [provider] = oidc({ clientSecret: 'env:SECRET' }, { clientSecret: 'resolved' })
  assert.equal(provider?.url(), 'https://id.example.com/')
  assert.deepEqual(provider?.people, new Set(['https://id.example.com/']))
  assert.deepEqual(provider?.secrets(), { clientSecret: 'resolved' })
  assert.deepEqual([provider?.id, provider?.callback], ['oidc', '/sign-in/callback'])
})

test('an issuer of many tenants has people of each of them', () => {
  const tenants = ['6babcaad-604b-40ac-a9d7-9fd97c0b779f', 'b9419818-09af-49c2-b0c3-653adc1f376e']
  const issuer = 'https://login.microsoftonline.com/organizations/v2.0'
  const [provider] = oidc({ shape: 'entra', issuer, tenants })
  assert.deepEqual(
    [...(provider?.people ?? [])],
    tenants.map((tenant) => `https://login.microsoftonline.com/${tenant}/v2.0`),
  )
})

test('what is missing or unsafe is named', () => {
  const none = { identity: { ...embeddedSettings, kind: 'oidc' as const }, host: '::', publicUrl: undefined }
  assert.throws(() => readSignInProviders(none, () => new Map(), publicUrl), /identity.issuer is missing/)
  assert.throws(() => oidc({ issuer: 'http://id.example.com' }), /must be an https address/)
  assert.throws(() => oidc({ clientSecret: 'env:SECRET' }), /clientSecret of .* oidc was not resolved/)
  assert.throws(() => oidc({ clientKey: 'file:/k' }), /clientKey of .* oidc was not resolved/)
})
