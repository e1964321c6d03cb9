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
import type { SignInAsked } from './attempts.ts'
import { type SignInProvider, toProvider } from './provider.ts'
import { createSignIn } from './sign-in.ts'

const tenant = '6babcaad-604b-40ac-a9d7-9fd97c0b779f'
const alice = 'f3f3f3f3-0000-4000-8000-000000000001'

// What each provider says of the person who signs in; a test changes it.
let keycloakClaims: Record<string, unknown>
let entraClaims: Record<string, unknown>
let graph: { status: number; body: unknown; asked: string[] }

let folder: string
let keycloak: ShapedProvider
let entra: ShapedProvider
let server: TestServer
let asProviders: () => readonly SignInProvider[]
before(async () => {
  folder = await newFolder()
  keycloak = await startShapedProvider(
    {
      path: '/realms/people',
      claims: () => keycloakClaims,
      acr: 'gold',
      configuration: {
        claims: {
          acr: null,
          auth_time: null,
          email: ['email', 'email_verified'],
          profile: ['name', 'preferred_username', 'groups', 'realm_access'],
        },
        acrValues: ['1', 'gold'],
      },
    },
    () => `${server.url}/sign-in/callback/keycloak`,
  )
  entra = await startShapedProvider(
    {
      path: `/${tenant}/v2.0`,
      scopes: ['User.Read'],
      claims: () => ({ oid: alice, tid: tenant, ...entraClaims }),
      client: { subject_type: 'pairwise', token_endpoint_auth_method: 'client_secret_post' },
      configuration: {
        subjectTypes: ['public', 'pairwise'],
        pairwiseIdentifier: async (_context, id, client) => `pairwise-${id}-${client.clientId}`,
        claims: {
          email: ['email', 'xms_edov'],
          profile: ['name', 'preferred_username', 'oid', 'tid', 'groups', 'hasgroups', 'acrs'],
        },
      },
      besides: (request, response, provider) => {
        if (request.url !== '/v1.0/me/getMemberObjects') return false
        const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1] ?? ''
        graph.asked.push(`${request.method} ${request.url}`)
        void provider.knowsAccessToken(token).then((isKnown) => {
          response.writeHead(isKnown ? graph.status : 401, { 'content-type': 'application/json' })
          response.end(JSON.stringify(graph.body))
        })
        return true
      },
    },
    () => `${server.url}/sign-in/callback/entra`,
  )
  const providers = readProviders({
    kind: 'oidc',
    providers: [
      {
        id: 'keycloak',
        shape: 'keycloak',
        issuer: keycloak.issuer,
        clientId: shapedClientId,
        clientSecret: 'env:SECRET',
        acr: 'gold',
      },
      {
        id: 'entra',
        name: 'Work account',
        shape: 'entra',
        issuer: entra.issuer,
        clientId: shapedClientId,
        clientSecret: 'env:SECRET',
      },
    ],
  })
  const secrets = { clientSecret: shapedClientSecret }
  asProviders = () => providers.map((each) => toProvider(each, () => secrets))
  server = await startTestServer(folder, {
    identity: { kind: 'oidc', providers, owners: ['chief@example.com'] },
    providerSecrets: new Map(providers.map(({ id }) => [id, secrets])),
  })
})
after(async () => {
  await server.close()
  await keycloak.close()
  await entra.close()
  await removeFolder(folder)
})
beforeEach(() => {
  keycloakClaims = { email: 'maria@example.com', email_verified: true, name: 'Maria Muster' }
  entraClaims = { name: 'Alice Anders', preferred_username: 'alice@example.com' }
  graph = { status: 200, body: { value: [] }, asked: [] }
})

/** The whole way through a real provider; gives the answer of the callback and who is signed in then. */
async function signIn(provider: string) {
  const browser = createTestBrowser()
  let answer = await browser.get(`${server.url}/sign-in?provider=${provider}`)
  while (answer.status < 400 && !answer.url.startsWith(`${server.url}/sign-in/callback`)) {
    const location = answer.headers.get('location')
    if (location === null) break
    answer = await browser.get(new URL(location, answer.url).href)
  }
  const session = await browser.get(`${server.url}/api/session`)
  const { person } = (await session.json()) as {
    person: { id: string; email: string; name: string; roles: string[] } | null
  }
  const known = person === null ? undefined : await server.identity.findPerson(person.id)
  return { answer, person, groups: known?.groups, subject: known?.subject, issuer: known?.issuer, browser }
}

test('Keycloak: groups by path come with the sign-in, and leave with the next one', async () => {
  keycloakClaims['groups'] = ['/staff/marketing', '/staff']
  const first = await signIn('keycloak')
  assert.equal(first.person?.email, 'maria@example.com')
  assert.deepEqual(first.groups, ['keycloak:/staff', 'keycloak:/staff/marketing'])
  assert.equal(first.subject, 'subject-1')
  delete keycloakClaims['groups']
  const second = await signIn('keycloak')
  assert.equal(second.person?.id, first.person?.id)
  assert.deepEqual(second.groups, [])
})

test('groups that are no list of names sign nobody in, and leave what was known', async () => {
  keycloakClaims['groups'] = ['/staff']
  const { person } = await signIn('keycloak')
  for (const wrong of [
    [{ id: '/staff' }],
    [''],
    7,
    { '/staff': true },
    Array.from({ length: 2_001 }, String),
  ]) {
    keycloakClaims['groups'] = wrong
    const { answer } = await signIn('keycloak')
    assert.equal(answer.status, 503)
    assert.match(await answer.text(), /did not say which groups/)
    assert.deepEqual(server.entries.at(-1)?.facts, { reason: 'groups-unknown' })
  }
  assert.deepEqual((await server.identity.findPerson(person?.id ?? ''))?.groups, ['keycloak:/staff'])
})

test('Entra ID: a person is the object id, not the subject made for this client', async () => {
  const { subject, issuer, person } = await signIn('entra')
  assert.equal(subject, alice)
  assert.equal(issuer, entra.issuer)
  assert.deepEqual([person?.email, person?.name], ['alice@example.com', 'Alice Anders'])
})

test('Entra ID: an address makes an owner only when xms_edov says that its domain was proved', async () => {
  entraClaims = { ...entraClaims, email: 'chief@example.com' }
  assert.deepEqual((await signIn('entra')).person?.roles, ['employee'])
  for (const unproved of [false, 'false', 0, 'yes']) {
    entraClaims = { ...entraClaims, xms_edov: unproved }
    assert.deepEqual((await signIn('entra')).person?.roles, ['employee'], String(unproved))
  }
  for (const proved of [true, 1, '1', 'true']) {
    entraClaims = { ...entraClaims, xms_edov: proved }
    assert.deepEqual((await signIn('entra')).person?.roles, ['employee', 'owner'], String(proved))
  }
})

test('Entra ID: groups are object ids, and no other address than the one of Microsoft Graph is asked for more', async () => {
  entraClaims = { ...entraClaims, groups: ['b2', 'a1'] }
  assert.deepEqual((await signIn('entra')).groups, ['entra:a1', 'entra:b2'])
  assert.deepEqual(graph.asked, [])
  const { groups: _groups, ...more } = entraClaims
  entraClaims = { ...more, hasgroups: true }
  graph.body = { value: Array.from({ length: 300 }, (_, index) => `g${index}`) }
  assert.equal((await signIn('entra')).groups?.length, 300)
  assert.deepEqual(graph.asked, ['POST /v1.0/me/getMemberObjects'])
})

test('Entra ID: when Graph does not tell the groups nobody signs in, and what a group denies stays denied', async () => {
  entraClaims = { ...entraClaims, groups: ['denied'] }
  const { person } = await signIn('entra')
  const { groups: _groups, ...more } = entraClaims
  entraClaims = { ...more, hasgroups: 'true' }
  for (const [status, body] of [
    [403, { error: { code: 'Authorization_RequestDenied' } }],
    [500, {}],
    [200, {}],
    [200, { value: [{ id: 'x' }] }],
    [200, { value: Array.from({ length: 11_000 }, (_, index) => `g${index}`) }],
  ] as const) {
    graph = { status, body, asked: [] }
    const { answer, person: nobody } = await signIn('entra')
    assert.deepEqual([answer.status, nobody, graph.asked.length], [503, null, 1], String(status))
  }
  assert.deepEqual((await server.identity.findPerson(person?.id ?? ''))?.groups, ['entra:denied'])
  assert.match(JSON.stringify(server.lines.at(-1)), /groups/)
})

test('the tenant in the token must be the one of the issuer', async () => {
  for (const tid of ['b9419818-09af-49c2-b0c3-653adc1f376e', undefined]) {
    entraClaims = { ...entraClaims, tid }
    const { person } = await signIn('entra')
    assert.equal(person, null)
    assert.deepEqual(server.entries.at(-1)?.facts, { reason: 'provider-refused' })
  }
})

test('the same address at two providers is two people, and neither has what the other was given', async () => {
  await server.identity.grantRoles({ email: 'rita@example.com', roles: ['security'], by: 'a test' })
  entraClaims = {
    ...entraClaims,
    oid: 'f3f3f3f3-0000-4000-8000-000000000002',
    email: 'rita@example.com',
    xms_edov: true,
  }
  const first = await signIn('entra')
  keycloakClaims = { ...keycloakClaims, sub: 'subject-1', email: 'rita@example.com' }
  const second = await signIn('keycloak')
  assert.notEqual(first.person?.id, second.person?.id)
  assert.deepEqual(first.person?.roles, ['employee', 'security'])
  assert.deepEqual(second.person?.roles, ['employee'])
  const naming = { email: 'rita@example.com', roles: ['legal'], by: 'a test' } as const
  await assert.rejects(server.identity.grantRoles(naming), { code: 'person-ambiguous' })
})

/** A sign-in as step-up and renewal begin it; gives what came of it. */
async function stepUp(asked: Omit<SignInAsked, 'next'>) {
  const flow = createSignIn({
    providers: asProviders(),
    publicUrl: () => server.url,
    clock: server.clock,
    fetch,
  })
  const begun = await flow.begin({ next: '/', ...asked }, undefined)
  const browser = createTestBrowser()
  let location = begun.location.href
  while (!location.startsWith(`${server.url}/`)) {
    const answer = await browser.get(location)
    location = new URL(answer.headers.get('location') as string, answer.url).href
  }
  return { begun, finish: () => flow.finish(new URL(location), begun.browser) }
}

test('whoever must prove again who they are is asked to, and what the provider says of it is checked', async () => {
  const asked = { provider: 'keycloak', purpose: 'step-up', prompt: 'login', maxAgeSeconds: 0 } as const
  const { begun, finish } = await stepUp(asked)
  const question = begun.location.searchParams
  // `gold` is what the settings say.
  assert.deepEqual(
    ['prompt', 'max_age', 'acr_values'].map((name) => question.get(name)),
    ['login', '0', 'gold'],
  )
  const finished = await finish()
  assert.equal(finished.acr, 'gold')
  assert.equal(finished.asked.purpose, 'step-up')
  assert.ok(Math.abs((finished.authenticatedAtMs ?? 0) - Date.now()) < 5_000)
  const weak = await stepUp({ ...asked, acr: 'platinum' })
  await assert.rejects(weak.finish(), { code: 'authentication-too-weak' })
})

test('Entra ID is asked for an authentication context, and a token without it is too weak', async () => {
  const { begun, finish } = await stepUp({ provider: 'entra', acr: 'c1' })
  const claims = JSON.parse(begun.location.searchParams.get('claims') ?? '') as unknown
  assert.deepEqual(claims, { id_token: { acrs: { essential: true, value: 'c1' } } })
  await assert.rejects(finish(), { code: 'authentication-too-weak' })
  entraClaims = { ...entraClaims, acrs: ['c2', 'c1'] }
  assert.equal((await (await stepUp({ provider: 'entra', acr: 'c1' })).finish()).acr, 'c1')
})
