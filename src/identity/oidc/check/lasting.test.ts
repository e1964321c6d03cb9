import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { ProviderFile } from '#/settings/sign-in-schema.ts'
import { toProvider } from '../provider.ts'
import { checkLasting } from './lasting.ts'

const issuer = 'https://id.example.com'
const check = (metadata: object, more: Partial<ProviderFile> = {}) => {
  const [settings] = readProviders({ kind: 'oidc', issuer, clientId: 'sallyport', ...more })
  return checkLasting(
    { issuer, ...metadata },
    toProvider(settings!),
    'https://ai.example.com/sign-in/callback',
  )
}

test('whether sessions are renewed without a click is told, with what the provider must allow', () => {
  const able = { scopes_supported: ['openid', 'offline_access'] }
  const [renewed] = check(able)
  assert.equal(renewed?.state, 'ok')
  assert.match(renewed?.text ?? '', /allow the client the scope offline_access/)
  const [unable] = check({ scopes_supported: ['openid'] })
  assert.deepEqual([unable?.state, /does not name the scope/.test(unable?.text ?? '')], ['warning', true])
  const [none] = check(able, { renewal: 'none' })
  assert.deepEqual([none?.state, /renewal is none/.test(none?.text ?? '')], ['note', true])
})

test('the addresses that make signing out go both ways are named where the provider has them', () => {
  const [, both] = check({
    backchannel_logout_supported: true,
    end_session_endpoint: `${issuer}/end`,
  })
  assert.match(
    both?.text ?? '',
    /register https:\/\/ai\.example\.com\/oauth\/backchannel-logout for back-channel/,
  )
  assert.match(both?.text ?? '', /register https:\/\/ai\.example\.com\/sign-in\/signed-out as the address/)
  const [, neither] = check({})
  assert.match(neither?.text ?? '', /does not say that it tells of sign-outs .*; it offers no sign-out/)
})
