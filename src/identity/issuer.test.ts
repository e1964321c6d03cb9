import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { IdentitySettings } from '#/settings/api.ts'
import { readIssuer } from './issuer.ts'
import { embeddedSettings } from './test-server.ts'

const embedded = (host: string, publicUrl?: string) =>
  readIssuer({ identity: embeddedSettings, host, publicUrl }, undefined)

const oidc = (more: Partial<IdentitySettings> = {}, secret?: string) =>
  readIssuer(
    {
      identity: {
        ...embeddedSettings,
        kind: 'oidc',
        issuer: 'https://id.example.com',
        clientId: 'sallyport',
        ...more,
      },
      host: '0.0.0.0',
      publicUrl: undefined,
    },
    secret,
  )

test('the development provider serves on this machine', () => {
  for (const host of ['127.0.0.1', '127.1.2.3', 'localhost', '::1']) assert.equal(embedded(host), 'embedded')
  assert.equal(embedded('127.0.0.1', 'http://localhost:9000'), 'embedded')
  assert.equal(embedded('127.0.0.1', 'http://[::1]:9000'), 'embedded')
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

test('a provider from the settings serves anywhere', () => {
  assert.deepEqual(oidc(), {
    url: 'https://id.example.com/',
    people: 'https://id.example.com/',
    clientId: 'sallyport',
    clientSecret: undefined,
  })
  assert.deepEqual(oidc({ clientSecret: 'env:SECRET' }, 'resolved'), {
    url: 'https://id.example.com/',
    people: 'https://id.example.com/',
    clientId: 'sallyport',
    clientSecret: 'resolved',
  })
})

test('what is missing or unsafe is named', () => {
  assert.throws(() => oidc({ issuer: undefined }), /identity.issuer is missing/)
  assert.throws(() => oidc({ clientId: undefined }), /identity.clientId is missing/)
  assert.throws(() => oidc({ issuer: 'http://id.example.com' }), /must be an https address/)
  assert.throws(() => oidc({ issuer: 'nowhere' }), /must be an https address/)
  assert.throws(() => oidc({ clientSecret: 'env:SECRET' }), /identity.clientSecret was not resolved/)
})
