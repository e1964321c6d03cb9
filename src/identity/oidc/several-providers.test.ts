import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { readProviders } from '#/settings/sign-in-providers.ts'
import { createTestBrowser } from '../test-browser.ts'
import { beHonest, startTestProvider, type TestProvider, testClientId } from '../test-provider.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'

let folder: string
let own: TestProvider
let hostile: TestProvider
let server: TestServer
before(async () => {
  folder = await newFolder()
  own = await startTestProvider()
  hostile = await startTestProvider()
  const providers = readProviders({
    kind: 'oidc',
    providers: [
      { id: 'own', name: 'Example & Sons', issuer: own.url, clientId: testClientId },
      {
        id: 'partner',
        name: 'Partner',
        issuer: hostile.url,
        clientId: testClientId,
        domains: ['partner.example.com'],
      },
    ],
  })
  server = await startTestServer(folder, {
    identity: { kind: 'oidc', providers, owners: ['chief@example.com'] },
  })
})
after(async () => {
  await server.close()
  await own.close()
  await hostile.close()
  await removeFolder(folder)
})
beforeEach(() => {
  for (const provider of [own, hostile]) {
    beHonest(provider)
    provider.requests.length = 0
  }
})

const begin = async (provider: string, browser = createTestBrowser(), next = '/') => {
  const answer = await browser.get(`${server.url}/sign-in?${new URLSearchParams({ provider, next })}`)
  return { browser, answer, there: new URL(answer.headers.get('location') ?? 'none:') }
}

const personOf = async (browser: ReturnType<typeof createTestBrowser>) =>
  (
    (await (await browser.get(`${server.url}/api/session`)).json()) as {
      person: { id: string; roles: string[] } | null
    }
  ).person

test('whoever comes to sign in chooses where, goes where they wanted, and finds the choice first next time', async () => {
  const browser = createTestBrowser()
  const page = await browser.get(`${server.url}/sign-in?next=%2Fchat%3Fthread%3D7`)
  assert.equal(page.status, 200)
  const html = await page.text()
  assert.match(html, /Where do you have your work account\?/)
  assert.match(html, /href="\/sign-in\?provider=own&#38;next=%2Fchat%3Fthread%3D7">Example &#38; Sons</)
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/)
  assert.doesNotMatch(html, /<script| style=/)

  const { there } = await begin('partner', browser, '/chat?thread=7')
  assert.equal(there.searchParams.get('redirect_uri'), `${server.url}/sign-in/callback/partner`)
  const done = await browser.get(hostile.approve(there).href)
  assert.equal(done.headers.get('location'), '/chat?thread=7')
  const again = await (await browser.get(`${server.url}/sign-in`)).text()
  assert.ok(again.indexOf('provider=partner') < again.indexOf('provider=own'))
  assert.match(again, /You used the first one last time/)
})

test('a choice that is none of ours, in the address or in the cookie, is none', async () => {
  for (const provider of ['nobody', '', '__proto__', 'own ']) {
    const { answer } = await begin(provider)
    assert.equal(answer.status, 400)
    assert.match(await answer.text(), /no identity provider of this name/)
  }
  const browser = createTestBrowser()
  browser.cookies.set('sallyport_last_provider', '"><script>')
  assert.doesNotMatch(await (await browser.get(`${server.url}/sign-in`)).text(), /script|last time/)
})

test('a name of this machine the cookies are not kept under leads to the right one, with the choice', async () => {
  const other = server.url.replace('127.0.0.1', 'localhost')
  const answer = await fetch(`${other}/sign-in?provider=own&next=%2Fa`, { redirect: 'manual' })
  assert.equal(answer.headers.get('location'), `${server.url}/sign-in?next=%2Fa&provider=own`)
})

test('a hostile provider that sends people on to another one is not handed the code of that one', async () => {
  const { browser, there } = await begin('partner')
  // The attack of RFC 9700, section 4.4: the hostile one forwards its own question to the honest one.
  const forwarded = new URL(`${own.url}/authorize${there.search}`)
  forwarded.searchParams.set('redirect_uri', `${server.url}/sign-in/callback/own`)
  const back = own.approve(forwarded)
  const answer = await browser.get(back.href)
  assert.equal(answer.status, 400)
  assert.match(await answer.text(), /Another identity provider answered/)
  assert.deepEqual(server.entries.at(-1)?.facts, { reason: 'provider-mismatch' })
  assert.equal([...hostile.requests, ...own.requests].includes('/token'), false, 'no code was sent anywhere')
  assert.equal(await personOf(browser), null)
  assert.equal((await browser.get(back.href)).status, 400, 'and the attempt is over')
})

test('also where both come back to one address, the name in the answer tells them apart', async () => {
  own.back = { iss: own.url }
  const { browser, there } = await begin('partner')
  const answer = await browser.get(own.approve(there).href)
  assert.equal(answer.status, 400)
  assert.equal([...hostile.requests, ...own.requests].includes('/token'), false)
  hostile.back = { iss: hostile.url }
  const { browser: other, there: honestly } = await begin('partner')
  assert.equal((await other.get(hostile.approve(honestly).href)).status, 302)
})

test('a token of one provider is none at the other, also with the right signature', async () => {
  hostile.token = async () => {
    const { there } = await begin('own')
    const response = await fetch(`${own.url}/token`, {
      method: 'POST',
      body: new URLSearchParams({ code: own.approve(there).searchParams.get('code') ?? '' }),
    })
    return ((await response.json()) as { id_token: string }).id_token
  }
  const { browser, there } = await begin('partner')
  assert.equal((await browser.get(hostile.approve(there).href)).status, 400)
  assert.equal(await personOf(browser), null)
})

test('a provider vouches for addresses of its own domains only: the owner is not made by a partner', async () => {
  const says = (email: string) => (honest: object) => ({ ...honest, email, email_verified: true })
  const signIn = async (id: string, provider: TestProvider) => {
    const { browser, there } = await begin(id)
    await browser.get(provider.approve(there).href)
    return personOf(browser)
  }
  for (const email of [
    'chief@example.com',
    'chief@example.com@partner.example.com',
    'chief@evil-partner.example.com',
  ]) {
    hostile.claims = says(email)
    assert.deepEqual((await signIn('partner', hostile))?.roles, ['employee'], email)
  }
  own.claims = says('chief@example.com')
  assert.deepEqual((await signIn('own', own))?.roles, ['employee', 'owner'])
})
