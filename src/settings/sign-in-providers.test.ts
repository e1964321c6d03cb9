import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { resolveCredentials } from './credentials.ts'
import { explainSettings } from './explain.ts'
import { SettingsError } from './problem.ts'
import { traceSettings } from './read.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-sign-in-providers-'))
const file = join(folder, 'sallyport.yaml')
after(() => rmSync(folder, { recursive: true }))

const trace = (identity: string) => {
  writeFileSync(file, `identity: ${identity}`)
  return traceSettings({ SALLYPORT_SETTINGS: file })
}
const providersOf = (identity: string) => trace(identity).settings.identity.providers
const problemsOf = (identity: string): string => {
  try {
    trace(identity)
  } catch (error) {
    assert.ok(error instanceof SettingsError)
    return error.problems.map(({ key, problem }) => `${key} ${problem}`).join('\n')
  }
  return ''
}

const single = (more = '', issuer = 'https://id.example.com') =>
  `{ kind: oidc, issuer: "${issuer}", clientId: sallyport${more} }`
const listed = (...providers: readonly string[]) => `{ kind: oidc, providers: [${providers.join(', ')}] }`
const one = (id: string, more = '', issuer = `https://${id}.example.com`) =>
  `{ id: ${id}, issuer: "${issuer}", clientId: sallyport${more} }`

const tenant = '6babcaad-604b-40ac-a9d7-9fd97c0b779f'
const entra = (of: string) => `https://login.microsoftonline.com/${of}/v2.0`

test('a provider that stands alone is called oidc and keeps the redirect address it always had', () => {
  const [provider] = providersOf(single())
  assert.deepEqual(provider, {
    id: 'oidc',
    name: 'id.example.com',
    shape: 'generic',
    issuer: 'https://id.example.com',
    callback: '/sign-in/callback',
    clientId: 'sallyport',
    clientSecret: undefined,
    clientKey: undefined,
    clientKeyId: undefined,
    scopes: [],
    groupsClaim: undefined,
    groupsRequired: false,
    trustEmail: false,
    domains: [],
    tenants: [],
    acr: undefined,
    renewal: 'refresh-token',
  })
})

test('each of several has its own redirect address, and its shape says where groups stand', () => {
  const providers = providersOf(
    listed(
      one('work', ', shape: entra', entra(tenant)),
      one('okta', ', shape: okta, groupsClaim: teams'),
      one('google', ', shape: google, domains: [example.com]'),
      one('keycloak', ', shape: keycloak, name: Partner'),
    ),
  )
  assert.deepEqual(
    providers.map(({ callback, groupsClaim, name }) => [callback, groupsClaim, name]),
    [
      ['/sign-in/callback/work', 'groups', 'login.microsoftonline.com'],
      ['/sign-in/callback/okta', 'teams', 'okta.example.com'],
      ['/sign-in/callback/google', undefined, 'google.example.com'],
      ['/sign-in/callback/keycloak', 'groups', 'Partner'],
    ],
  )
})

test('what cannot be honoured is refused, with the key and what would be right', () => {
  const cases: readonly (readonly [string, RegExp])[] = [
    ['{ kind: oidc, issuer: "https://id.example.com" }', /^identity.clientId is missing/],
    [listed(), /at least one provider/],
    [listed(one('a'), one('a', '', 'https://b.example.com')), /holds a twice/],
    [listed(one('a'), one('b', '', 'https://a.example.com/')), /names one issuer twice/],
    [listed(one('scim')), /the id scim/],
    [listed(one('A')), /named in small letters/],
    ['{ kind: oidc, issuer: "https://id.example.com", providers: [] }', /at least one provider/],
    [`{ kind: oidc, clientId: x, providers: [${one('a')}] }`, /identity.clientId must be left out beside/],
    [
      single(', clientSecret: "env:A", clientKey: "file:/k"'),
      /clientKey must be left out beside clientSecret/,
    ],
    [single(', clientKey: "env:A"'), /must be a reference to a file/],
    [single(', clientKeyId: k'), /clientKeyId is the id of clientKey, which is missing/],
    [single(', shape: saml'), /shape must be one of generic, entra/],
    [single(', shape: google'), /domains is missing/],
    [single(', shape: google, domains: [example.com], groupsClaim: g'), /Google tells no groups/],
    [single(', shape: google, domains: [example.com], acr: gold'), /acr must be left out/],
    [
      single(', shape: google, domains: [example.com], renewal: refresh-token'),
      /renewal must be none at Google/,
    ],
    [single(', renewal: silent'), /renewal must be one of refresh-token, none/],
    [single(', domains: [Example.com]'), /a domain in small letters/],
    [single(', domains: ["@example.com"]'), /a domain in small letters/],
    [single(', groupsRequired: true'), /groupsRequired needs groupsClaim/],
    [single(`, tenants: ["${tenant}"]`), /tenants is for shape: entra/],
    [single(', shape: entra'), /issuer must be https:\/\/login/],
    [single(', shape: entra', entra('example.onmicrosoft.com')), /with the id of the tenant/],
    [single(', shape: entra', `https://sts.windows.net/${tenant}`), /issuer must be https:\/\/login/],
    [single(', shape: entra', entra('organizations')), /tenants is missing/],
    [single(`, shape: entra, tenants: ["${tenant}"]`, entra(tenant)), /the issuer names the tenant/],
    [
      single(`, shape: entra, trustEmail: true, tenants: ["${tenant}"]`, entra('common')),
      /trustEmail must be left out with several tenants/,
    ],
    [
      single(`, shape: entra, tenants: ["${tenant}"]`, 'https://login.microsoftonline.us/common/v2.0'),
      /many at once are served at/,
    ],
    [listed(one('a', ', trustMail: true')), /trustMail is not a setting. Did you mean "trustEmail"/],
    [single(', groupClaim: g'), /Did you mean "groupsClaim"/],
  ]
  for (const [identity, problem] of cases) assert.match(problemsOf(identity), problem, identity)
})

test('a secret of each provider is looked for at start, and what is missing is told by its place', () => {
  const identity = listed(one('a', ', clientSecret: "env:A"'), one('b', ', clientKey: "file:/nowhere/key"'))
  const { settings } = trace(identity)
  assert.throws(
    () => resolveCredentials(settings, {}),
    (error: Error) =>
      /identity.providers a clientSecret refers to .* A,/.test(error.message) &&
      /identity.providers b clientKey refers to the file \/nowhere\/key/.test(error.message),
  )
  const key = join(folder, 'key.pem')
  writeFileSync(key, '-----BEGIN PRIVATE KEY-----\nAA\n-----END PRIVATE KEY-----\n')
  const told = trace(
    listed(one('a', ', clientSecret: "env:A"'), one('b', `, clientKey: "file:${key}"`)),
  ).settings
  const { signIn } = resolveCredentials(told, { A: 'secret' })
  assert.equal(signIn.get('a')?.clientSecret, 'secret')
  assert.match(signIn.get('b')?.clientKey ?? '', /BEGIN PRIVATE KEY/)
})

test('the settings that are shown say where a provider comes from, in a list or alone', () => {
  for (const [identity, column] of [
    [single(), 25],
    [listed(one('a')), 25],
  ] as const) {
    const found = explainSettings(trace(identity)).find(({ key }) => key === 'identity.providers')
    assert.equal(found?.from, `${file}:1:${column}`)
  }
})

test('a group may be named with blanks inside, as Okta does, and not around', () => {
  const group = (name: string) => single(`, shape: okta, groups: [{ group: "${name}", roles: [legal] }]`)
  assert.equal(problemsOf(group('oidc:IT Support')), '')
  for (const name of ['oidc: IT', 'oidc:IT ', 'oidc:', 'oidc:a\\tb'])
    assert.notEqual(problemsOf(group(name)), '', name)
})
