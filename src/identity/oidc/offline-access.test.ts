import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { ProviderFile } from '#/settings/sign-in-schema.ts'
import { beHonest, startTestProvider, type TestProvider } from '../test-provider.ts'
import { asksForRefresh, livesOn, scopesOf, toProvider } from './provider.ts'
import { readRefreshError } from './refresh.ts'
import { createTestFlow, testPublicUrl } from './test-flow.ts'

const issuer = 'https://id.example.com'
const naming = { issuer, scopes_supported: ['openid', 'email', 'offline_access'] }
const of = (more: Partial<ProviderFile> = {}) => {
  const [settings] = readProviders({ kind: 'oidc', issuer, clientId: 'sallyport', ...more })
  return toProvider(settings!)
}

let provider: TestProvider
before(async () => {
  provider = await startTestProvider()
})
after(() => provider.close())
beforeEach(() => beHonest(provider))

test('a refresh token is asked for where the provider names the scope, and the settings do not say otherwise', () => {
  assert.equal(scopesOf(of(), naming), 'openid email profile offline_access')
  assert.equal(scopesOf(of(), { issuer }), 'openid email profile')
  assert.equal(scopesOf(of({ renewal: 'none' }), naming), 'openid email profile')
  assert.equal(asksForRefresh(of({ shape: 'google', domains: ['example.com'] }), naming), false)
})

test('only one that lives on by itself is kept: another would end with the session at the provider', () => {
  assert.equal(livesOn(of(), naming, 'openid email offline_access'), true)
  assert.equal(
    livesOn(of(), naming, undefined),
    true,
    'what was asked for was granted (RFC 6749, section 5.1)',
  )
  assert.equal(livesOn(of(), naming, 'openid email'), false)
  assert.equal(livesOn(of(), { issuer }, 'openid offline_access'), false, 'nobody asked for it')
  assert.equal(livesOn(of({ shape: 'entra' }), naming, 'openid User.Read'), true, 'which never names it')
  assert.equal(livesOn(of({ renewal: 'none' }), naming, 'openid offline_access'), false)
})

test('a provider that refuses the scope is told to whoever can change it', async () => {
  const flow = createTestFlow([{ at: provider }])
  const begun = await flow.begin({ provider: 'one', next: '/' }, undefined)
  const state = begun.location.searchParams.get('state') ?? ''
  const back = new URL(`${testPublicUrl}/sign-in/callback/one`)
  back.search = String(new URLSearchParams({ error: 'invalid_scope', state, iss: provider.url }))
  await assert.rejects(flow.finish(back, begun.browser), /set renewal: none for this provider/)
})

test('what a provider answers is told apart: who has left, who must come by, and what says nothing of anybody', () => {
  const said = (error: string, status = 400) =>
    readRefreshError(Object.assign(new Error(error), { error, status }))
  assert.equal(said('invalid_grant').is, 'refused')
  for (const code of ['interaction_required', 'login_required', 'consent_required'])
    assert.equal(said(code).is, 'needs-person', code)
  assert.deepEqual(
    ['temporarily_unavailable', 'server_error', 'slow_down'].map((code) => said(code).is),
    ['away', 'away', 'away'],
  )
  for (const code of ['invalid_client', 'unauthorized_client', 'invalid_scope', 'anything'])
    assert.equal(said(code, 401).is, 'failed', code)
  assert.equal(readRefreshError(new TypeError('fetch failed')).is, 'away')
  assert.equal(readRefreshError(new Error('a defect')).is, 'failed')
})
