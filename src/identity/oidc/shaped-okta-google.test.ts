import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { createTestBrowser } from '../test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'
import {
  type ShapedProvider,
  shapedClientId,
  shapedClientSecret,
  startShapedProvider,
} from '../test-shaped-provider.ts'

/** Beside those of `shaped.test.ts`: what Okta and Google Workspace tell, and what they leave out. */

let oktaClaims: Record<string, unknown>
let googleClaims: Record<string, unknown>
let folder: string
let okta: ShapedProvider
let google: ShapedProvider
let server: TestServer

before(async () => {
  folder = await newFolder()
  const callback = (id: string) => () => `${server.url}/sign-in/callback/${id}`
  okta = await startShapedProvider(
    {
      path: '/oauth2/default',
      scopes: ['groups'],
      claims: () => oktaClaims,
      configuration: {
        // Its ID token is thin in the code flow: the profile is told when asked for user info.
        conformIdTokenClaims: true,
        claims: {
          email: ['email', 'email_verified'],
          profile: ['name', 'preferred_username', 'zoneinfo'],
          groups: ['groups'],
        },
      },
    },
    callback('okta'),
  )
  google = await startShapedProvider(
    {
      path: '',
      claims: () => googleClaims,
      configuration: {
        claims: { email: ['email', 'email_verified'], profile: ['name', 'picture', 'hd'] },
      },
    },
    callback('google'),
  )
  const client = { clientId: shapedClientId, clientSecret: 'env:SECRET' }
  const providers = readProviders({
    kind: 'oidc',
    providers: [
      { id: 'okta', shape: 'okta', issuer: okta.issuer, scopes: ['groups'], ...client },
      { id: 'google', shape: 'google', issuer: google.issuer, domains: ['example.com'], ...client },
    ],
  })
  server = await startTestServer(folder, {
    identity: { kind: 'oidc', providers, owners: ['chief@example.com'] },
    providerSecrets: new Map(providers.map(({ id }) => [id, { clientSecret: shapedClientSecret }])),
  })
})
after(async () => {
  await server.close()
  await okta.close()
  await google.close()
  await removeFolder(folder)
})
beforeEach(() => {
  oktaClaims = {
    ...{ email: 'olga@example.com', email_verified: true, name: 'Olga Ortiz' },
    ...{ preferred_username: 'olga@example.com', groups: ['Everyone', 'Marketing'] },
  }
  googleClaims = {
    ...{ email: 'gerd@example.com', email_verified: true, name: 'Gerd Gruber', hd: 'example.com' },
  }
})

/** The whole way through a real provider; gives what its page says and who is signed in then. */
async function signIn(provider: string) {
  const browser = createTestBrowser()
  let answer = await browser.get(`${server.url}/sign-in?provider=${provider}`)
  let asked: URLSearchParams | undefined
  while (answer.status < 400 && !answer.url.startsWith(`${server.url}/sign-in/callback`)) {
    const location = answer.headers.get('location')
    if (location === null) break
    const next = new URL(location, answer.url)
    if (next.searchParams.has('scope')) asked ??= next.searchParams
    answer = await browser.get(next.href)
  }
  const { person } = (await (await browser.get(`${server.url}/api/session`)).json()) as {
    person: { id: string; email: string; name: string; roles: string[] } | null
  }
  const known = person === null ? undefined : await server.identity.findPerson(person.id)
  return {
    page: answer.status === 400 ? await answer.text() : '',
    asked,
    person,
    groups: known?.groups,
    issuer: known?.issuer,
  }
}

test('Okta: the ID token is thin, and name, address and groups are asked for', async () => {
  const { person, groups, issuer, asked } = await signIn('okta')
  assert.deepEqual([person?.email, person?.name], ['olga@example.com', 'Olga Ortiz'])
  assert.deepEqual(groups, ['okta:Everyone', 'okta:Marketing'])
  assert.equal(issuer, okta.issuer)
  assert.equal(asked?.get('scope'), 'openid email profile groups')
})

test('Okta: one group comes as a text of its own, and no claim is no group', async () => {
  oktaClaims['groups'] = 'Marketing'
  assert.deepEqual((await signIn('okta')).groups, ['okta:Marketing'])
  delete oktaClaims['groups']
  assert.deepEqual((await signIn('okta')).groups, [])
})

test('Okta: an address it has not verified makes no owner', async () => {
  oktaClaims = { ...oktaClaims, email: 'chief@example.com', email_verified: false }
  assert.deepEqual((await signIn('okta')).person?.roles, ['employee'])
})

test('Google Workspace: whoever is of the organisation signs in, without any group', async () => {
  const { person, groups, asked } = await signIn('google')
  assert.deepEqual([person?.email, person?.name, groups], ['gerd@example.com', 'Gerd Gruber', []])
  assert.equal(asked?.get('hd'), 'example.com')
})

test('Google Workspace: a private account and another organisation are refused, whatever their address', async () => {
  for (const hd of [undefined, 'example.org', 'example.com.example.org']) {
    googleClaims = { ...googleClaims, hd }
    const { page, person } = await signIn('google')
    assert.equal(person, null, String(hd))
    assert.match(page, /Your organisation is not one of those that may sign in here/)
  }
})
