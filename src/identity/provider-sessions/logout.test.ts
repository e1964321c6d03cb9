import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { createTestBrowser, type TestBrowser } from '../test-browser.ts'
import { backChannelPath, signedOutPath } from './logout-paths.ts'
import { type RenewingCompany, startRenewingCompany, until } from './test-company.ts'

let company: RenewingCompany
before(async () => {
  company = await startRenewingCompany()
})
after(() => company.close())

const isIn = async (browser: TestBrowser): Promise<boolean> =>
  (await company.sessionIn(browser, true)).person !== null

/** What a person presses at the provider's own page. */
async function confirmAt(address: string, browser: TestBrowser): Promise<Response> {
  const page = await browser.get(address)
  const form = await page.text()
  assert.equal(page.status, 200, form)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(form)?.[1] ?? assert.fail(form)
  return browser.post(
    /action="([^"]+)"/.exec(form)?.[1] ?? assert.fail(form),
    new URLSearchParams({ xsrf, logout: 'yes' }),
  )
}

test('signing out everywhere goes on at the provider, which sends back to a page that says so', async () => {
  const [browser, other] = [await company.signIn(), await company.signIn()]
  const { csrf } = await company.sessionIn(browser)
  const listed = await browser.get(`${company.server.url}/api/sessions`)
  assert.equal(((await listed.json()) as { readonly signOutAt: string }).signOutAt, 'Muster id')
  const left = await browser.send('DELETE', `${company.server.url}/api/sessions?at-provider`, {
    origin: company.server.url,
    'x-sallyport-csrf': csrf,
  })
  assert.equal(left.status, 200)
  assert.deepEqual([await isIn(browser), await isIn(other)], [false, false], 'before the provider is asked')
  const { continueAt } = (await left.json()) as { readonly continueAt: string }
  const address = new URL(continueAt)
  assert.equal(address.searchParams.get('post_logout_redirect_uri'), `${company.server.url}${signedOutPath}`)
  assert.match(address.searchParams.get('id_token_hint') ?? '', /^eyJ/)
  const back = await confirmAt(continueAt, browser)
  assert.equal(back.headers.get('location'), `${company.server.url}${signedOutPath}`)
  const page = await browser.get(`${company.server.url}${signedOutPath}`)
  assert.match(await page.text(), /You are signed out/)
})

test('who signs out at the provider is signed out here, in that browser and within a second', async () => {
  const [browser, other] = [await company.signIn(), await company.signIn()]
  await confirmAt(`${company.provider.issuer}/session/end`, browser)
  const startedAt = performance.now()
  await until(async () => !(await isIn(browser)))
  assert.ok(performance.now() - startedAt < 1_000)
  assert.equal(await isIn(other), true, 'which has a session of its own at the provider')
  const ended = company.server.entries.findLast(({ kind }) => kind === 'session-ended')
  assert.deepEqual(ended?.facts, { about: 'oidc', reason: 'provider-sign-out' })
})

test('what is no logout token of a provider of ours is refused, and ends nothing', async () => {
  const browser = await company.signIn()
  const send = (body: string, type = 'application/x-www-form-urlencoded') =>
    fetch(`${company.server.url}${backChannelPath}`, {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    })
  const unsigned = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from(
    JSON.stringify({ iss: company.provider.issuer, sub: 'subject-1', aud: 'sallyport' }),
  ).toString('base64url')}.`
  for (const body of [
    '',
    'logout_token=',
    'logout_token=a&logout_token=b',
    'logout_token=abc',
    `logout_token=${unsigned}`,
  ]) {
    const answer = await send(body)
    assert.equal(answer.status, 400, body)
    assert.equal(((await answer.json()) as { readonly error: string }).error, 'invalid_request')
    assert.equal(answer.headers.get('cache-control'), 'no-store')
  }
  assert.equal((await send('{}', 'application/json')).status, 400)
  assert.equal(await isIn(browser), true)
  assert.equal(company.server.entries.at(-1)?.facts.reason, 'logout-token')
})

test('a provider that is not asked has nothing to go on with', async () => {
  const browser = createTestBrowser()
  await company.signIn(browser)
  const { csrf } = await company.sessionIn(browser)
  const left = await browser.send('DELETE', `${company.server.url}/api/sessions`, {
    origin: company.server.url,
    'x-sallyport-csrf': csrf,
  })
  assert.equal(left.status, 204)
})
