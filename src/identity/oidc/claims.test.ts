import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import type { ProviderFile } from '#/settings/sign-in-schema.ts'
import type { Fetch } from './bounded-fetch.ts'
import { assertOrganisation, readClaims, type Told } from './claims.ts'
import { claimAt, readGroups } from './groups.ts'
import { type SignInProvider, toProvider } from './provider.ts'

const provider = (more: Partial<ProviderFile> = {}): SignInProvider => {
  const file = { id: 'p', issuer: 'https://id.example.com', clientId: 'sallyport', ...more }
  const [read] = readProviders({ kind: 'oidc', providers: [file] })
  assert.ok(read)
  return toProvider(read)
}

const entra = provider({
  shape: 'entra',
  issuer: 'https://login.microsoftonline.com/6babcaad-604b-40ac-a9d7-9fd97c0b779f/v2.0',
})
const read = (of: SignInProvider, told: Told) =>
  readClaims(of, 'https://id.example.com/', { sub: 's', ...told })
const noFetch: Fetch = async () => assert.fail('nobody is to be asked')
const groupsOf = (of: SignInProvider, told: Told, fetch = noFetch) => readGroups(of, told, 'access', fetch)

test('whoever trusts a provider takes its addresses, but never against its word', () => {
  const trusted = provider({ trustEmail: true })
  const email = 'a@example.com'
  const said = (of: SignInProvider, email_verified?: unknown) =>
    read(of, { email, email_verified }).isEmailVerified
  assert.deepEqual(
    [said(trusted), said(trusted, true), said(trusted, false), said(trusted, 'false')],
    [true, true, false, false],
  )
  assert.deepEqual([said(provider()), said(provider(), 1), said(provider(), 'true')], [false, false, true])
})

test('of a user principal name nobody knows whether it is an address, unless the tenant is trusted', () => {
  const told = { oid: 'o', preferred_username: 'alice@example.com' }
  assert.deepEqual([read(entra, told).email, read(entra, told).isEmailVerified], ['alice@example.com', false])
  assert.equal(read({ ...entra, trustEmail: true }, told).isEmailVerified, true)
  assert.equal(read(provider(), { preferred_username: 'alice@example.com' }).email, undefined)
})

test('at Entra ID no object id is nobody, and xms_edov stands back when the address itself is spoken of', () => {
  assert.throws(() => readClaims(entra, 'https://id.example.com/', { sub: 's' }), /oid is missing/)
  const told = { oid: 'o', email: 'a@example.com', xms_edov: true }
  assert.equal(read(entra, told).isEmailVerified, true)
  assert.equal(read(entra, { ...told, email_verified: false }).isEmailVerified, false)
  assert.equal(read(provider(), { email: 'a@example.com', xms_edov: true }).isEmailVerified, false)
})

test('at Google the organisation is what hd says, and an address is none', () => {
  const google = provider({
    shape: 'google',
    issuer: 'https://accounts.google.com',
    domains: ['example.com', 'example.org'],
  })
  const issuer = 'https://accounts.google.com'
  for (const hd of ['example.com', 'EXAMPLE.org'])
    assert.doesNotThrow(() => assertOrganisation(google, { hd }, issuer), hd)
  for (const hd of [undefined, '', 'evil.example.com', 'example.com.evil.example', ['example.com'], null])
    assert.throws(() => assertOrganisation(google, { hd, email: 'a@example.com' }, issuer), {
      code: 'tenant-refused',
    })
})

test('groups stand under the name of a claim, or along its dots', () => {
  const told = {
    'https://example.com/groups': ['a'],
    realm_access: { roles: ['b'] },
    'realm_access.x': ['c'],
  }
  assert.deepEqual(claimAt(told, 'https://example.com/groups'), ['a'])
  assert.deepEqual(claimAt(told, 'realm_access.roles'), ['b'])
  assert.deepEqual(claimAt(told, 'realm_access.x'), ['c'])
  for (const nothing of ['realm_access.none', 'none.roles', '__proto__', 'realm_access.roles.length.x'])
    assert.equal(claimAt(told, nothing), undefined, nothing)
})

test('nothing told is no group, or nobody signs in, as the settings say; one group may be a text', async () => {
  const keycloak = provider({ shape: 'keycloak' })
  assert.deepEqual(await groupsOf(keycloak, {}), [])
  assert.deepEqual(await groupsOf(keycloak, { groups: '/staff' }), ['/staff'])
  const required = provider({ shape: 'keycloak', groupsRequired: true })
  await assert.rejects(groupsOf(required, {}), { code: 'groups-unknown' })
  assert.deepEqual(await groupsOf(required, { groups: [] }), [])
  assert.deepEqual(await groupsOf(provider(), { groups: ['a'] }), [], 'nobody asked for them')
})

test('groups that did not fit into a token are asked for at Microsoft Graph of the cloud, with the token of the person', async () => {
  const overage = {
    _claim_names: { groups: 'src1' },
    _claim_sources: { src1: { endpoint: 'https://evil.example.com/groups' } },
  }
  const asked: string[] = []
  const graph: Fetch = async (url, init) => {
    asked.push(`${url} ${new Headers(init?.headers).get('authorization')}`)
    return Response.json({ value: ['g1'] })
  }
  assert.deepEqual(await groupsOf(entra, overage, graph), ['g1'])
  const government = { ...entra, url: () => entra.url().replace('.com', '.us') }
  await groupsOf(government, overage, graph)
  assert.deepEqual(asked, [
    'https://graph.microsoft.com/v1.0/me/getMemberObjects Bearer access',
    'https://graph.microsoft.us/v1.0/me/getMemberObjects Bearer access',
  ])
  // Another shape knows no such thing: nothing is told, and nobody is asked.
  assert.deepEqual(await groupsOf(provider({ shape: 'keycloak' }), overage), [])
  await assert.rejects(
    groupsOf(entra, overage, async () => Promise.reject(new TypeError('fetch failed'))),
    { code: 'groups-unknown' },
  )
})
