import assert from 'node:assert/strict'
import { readFile, stat } from 'node:fs/promises'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTestBrowser, openForm, sendForm, signIn, type TestBrowser } from './test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from './test-server.ts'

let folder: string
let server: TestServer
let password: string
before(async () => {
  folder = await newFolder()
  server = await startTestServer(folder)
  server.identity.signInHelp()
  password = (await readFile(join(folder, 'keys', 'development-password'), 'utf8')).trim()
})
after(async () => {
  await server.close()
  await removeFolder(folder)
})

const session = async (browser: TestBrowser, url = server.url) =>
  (await (await browser.get(`${url}/api/session`)).json()) as {
    person: { id: string; email: string; name: string; roles: string[] } | null
    csrf: string | null
    isDevelopment: boolean
    accounts: string[]
  }

test('nobody is signed in at first, and a newcomer is told which accounts there are', async () => {
  assert.deepEqual(await session(createTestBrowser()), {
    person: null,
    csrf: null,
    isDevelopment: true,
    accounts: ['owner@example.com', 'employee@example.com'],
  })
  assert.match(server.identity.signInHelp().join('\n'), new RegExp(`owner@example.com.*\n.*${password}`))
})

test('the owner signs in through the whole code flow and lands where they wanted to go', async () => {
  const browser = createTestBrowser()
  const start = await browser.get(`${server.url}/sign-in?next=/chat%3Fthread=7`)
  const there = new URL(start.headers.get('location') as string)
  assert.equal(start.status, 302)
  assert.equal(there.pathname, '/oidc/auth')
  assert.equal(there.searchParams.get('code_challenge_method'), 'S256')
  assert.ok(there.searchParams.get('state') && there.searchParams.get('nonce'))

  const answer = await signIn(browser, server.url, {
    email: 'owner@example.com',
    password,
    next: '/chat?thread=7',
  })
  assert.equal(answer.status, 302)
  assert.equal(answer.headers.get('location'), '/chat?thread=7')
  const cookie = answer.headers.getSetCookie().find((line) => line.startsWith('sallyport_session=')) as string
  for (const part of ['HttpOnly', 'SameSite=Lax', 'Path=/']) assert.ok(cookie.includes(part), part)

  const { person, csrf } = await session(browser)
  assert.equal(person?.email, 'owner@example.com')
  assert.equal(person?.name, 'Olivia Owner')
  assert.deepEqual(person?.roles, ['employee', 'owner'])
  assert.match(csrf ?? '', /^[\w-]{43}$/)
  assert.deepEqual(server.entries.at(-1), { kind: 'sign-in', subject: person?.id, facts: {} })
})

test('an employee signs in as somebody else, with the roles of an employee', async () => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  await signIn(browser, server.url, { email: 'employee@example.com', password })
  const { person } = await session(browser)
  assert.equal(person?.name, 'Emil Employee')
  assert.deepEqual(person?.roles, ['employee'])
})

test('the token of a session is not in the store, and a new sign-in ends the old session', async () => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  const old = browser.cookies.get('sallyport_session') as string
  for (const name of ['store.db', 'store.db-wal']) {
    assert.equal((await readFile(join(folder, name))).includes(old), false, name)
  }
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  assert.notEqual(browser.cookies.get('sallyport_session'), old)
  browser.cookies.set('sallyport_session', old)
  assert.equal((await session(browser)).person, null)
})

test('the form loads no script, sends itself only home, and is not framed', async () => {
  const form = await openForm(createTestBrowser(), server.url)
  const policy = form.headers.get('content-security-policy') as string
  assert.equal(form.status, 200)
  assert.match(policy, /default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'/)
  const html = await form.text()
  assert.match(html, /Sign in to Sallyport \(development provider\)/)
  assert.doesNotMatch(html, /<script| style=|<style| on\w+=/)
  const style = await fetch(`${server.url}/sign-in/style.css`)
  assert.equal(style.headers.get('content-type'), 'text/css; charset=utf-8')
})

test('a wrong password is told plainly, logged without the password, and the right one still works after it', async () => {
  const browser = createTestBrowser()
  const form = await openForm(browser, server.url)
  const answer = await sendForm(browser, form, 'employee@example.com', 'not-the-password')
  assert.equal(answer.status, 403)
  const html = await answer.text()
  assert.match(html, /role="alert"[^>]*>This password is wrong/)
  assert.match(html, /value="employee@example.com" required checked/)
  assert.deepEqual(server.entries.at(-1), { kind: 'sign-in-failed', facts: { reason: 'password-wrong' } })
  assert.doesNotMatch(JSON.stringify(server.entries), /not-the-password|employee@/)
  assert.equal((await session(browser)).person, null)
  assert.equal((await sendForm(browser, form, 'employee@example.com', password)).status, 303)
})

test('after five wrong passwords even the right one has to wait a minute', async () => {
  const browser = createTestBrowser()
  const form = await openForm(browser, server.url)
  for (let tries = 0; tries < 5; tries++) {
    assert.equal((await sendForm(browser, form, 'owner@example.com', 'wrong')).status, 403)
  }
  const answer = await sendForm(browser, form, 'owner@example.com', password)
  assert.equal(answer.status, 429)
  assert.match(await answer.text(), /Too many wrong passwords. Wait a minute/)
  server.clock.forward(61_000)
  assert.equal((await sendForm(browser, form, 'owner@example.com', password)).status, 303)
})

test('an account that does not exist fails like a wrong password, and its name is not put into the page', async () => {
  const browser = createTestBrowser()
  const form = await openForm(browser, server.url)
  const answer = await sendForm(browser, form, '"><script>alert(1)</script>@example.com', password)
  assert.equal(answer.status, 403)
  assert.doesNotMatch(await answer.text(), /alert\(1\)/)
})

test('a form sent from another page is refused', async () => {
  const browser = createTestBrowser()
  const form = await openForm(browser, server.url)
  const body = new URLSearchParams({ email: 'owner@example.com', password })
  const answer = await browser.post(form.url, body, { origin: 'https://evil.example.com' })
  assert.equal(answer.status, 403)
  assert.equal(((await answer.json()) as { error: { code: string } }).error.code, 'origin-refused')
})

test('an oversized form is refused and a step nobody began shows how to start again', async () => {
  const browser = createTestBrowser()
  const form = await openForm(browser, server.url)
  const large = new URLSearchParams({ email: 'owner@example.com', password: 'x'.repeat(5_000) })
  assert.equal((await browser.post(form.url, large, { origin: server.url })).status, 413)
  const stranger = await fetch(`${server.url}/oidc/sign-in/nobody-began-this`)
  assert.equal(stranger.status, 400)
  assert.match(await stranger.text(), /Start again/)
})

/** Signs in up to the redirect to our callback, which is given and not asked for. */
async function callbackUrl(browser: TestBrowser): Promise<URL> {
  const form = await openForm(browser, server.url)
  let answer = await sendForm(browser, form, 'owner@example.com', password)
  for (;;) {
    const next = new URL(answer.headers.get('location') as string, answer.url)
    if (next.pathname === '/sign-in/callback') return next
    answer = await browser.get(next.href)
  }
}

test('a callback with a changed state is refused, told on a page, and logged', async () => {
  const browser = createTestBrowser()
  const url = await callbackUrl(browser)
  url.searchParams.set('state', 'A'.repeat(43))
  const answer = await browser.get(url.href)
  assert.equal(answer.status, 400)
  assert.match(await answer.text(), /not one this browser began/)
  assert.equal(answer.headers.getSetCookie().length, 0)
  assert.deepEqual(server.entries.at(-1)?.facts, { reason: 'attempt-unknown' })
})

test('a callback is good once', async () => {
  const browser = createTestBrowser()
  const url = (await callbackUrl(browser)).href
  assert.equal((await browser.get(url)).status, 302)
  const replayed = await browser.get(url)
  assert.equal(replayed.status, 400)
})

test('a callback begun in another browser signs nobody in', async () => {
  const url = (await callbackUrl(createTestBrowser())).href
  const victim = createTestBrowser()
  await victim.get(`${server.url}/sign-in`)
  assert.equal((await victim.get(url)).status, 400)
  assert.equal((await session(victim)).person, null)
})

test('a callback with a foreign code, or with the refusal of the provider, signs nobody in', async () => {
  const browser = createTestBrowser()
  const url = await callbackUrl(browser)
  url.searchParams.set('code', 'made-up')
  const answer = await browser.get(url.href)
  assert.equal(answer.status, 400)
  assert.match(await answer.text(), /did not confirm/)
  assert.deepEqual(server.entries.at(-1)?.facts, { reason: 'provider-refused' })
  assert.equal((await session(browser)).person, null)
})

test('a sign-in that took longer than ten minutes starts again', async () => {
  const browser = createTestBrowser()
  const url = await callbackUrl(browser)
  server.clock.forward(600_001)
  assert.equal((await browser.get(url.href)).status, 400)
})

test('two tabs of one browser may sign in at the same time', async () => {
  const browser = createTestBrowser()
  const first = await browser.get(`${server.url}/sign-in?next=/one`)
  const cookie = browser.cookies.get('sallyport_attempt')
  await browser.get(`${server.url}/sign-in?next=/two`)
  assert.equal(browser.cookies.get('sallyport_attempt'), cookie)
  assert.equal(first.status, 302)
})

test('next leads to our own paths only', async () => {
  for (const next of [
    'https://evil.example.com',
    '//evil.example.com',
    '/\\evil.example.com',
    '/\t/evil',
    'evil',
  ]) {
    const answer = await createTestBrowser().get(`${server.url}/sign-in?${new URLSearchParams({ next })}`)
    assert.equal(answer.status, 400, next)
    const { error } = (await answer.json()) as { error: { code: string; field: string } }
    assert.deepEqual([error.code, error.field], ['request-invalid', 'next'])
  }
})

test('who comes by another name of this machine is sent to the name cookies are kept under', async () => {
  const port = new URL(server.url).port
  const answer = await createTestBrowser().get(`http://localhost:${port}/sign-in?next=/chat`)
  assert.equal(answer.headers.get('location'), `${server.url}/sign-in?next=%2Fchat`)
})

test('signing out needs our page: its origin and its token', async () => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  const csrf = (await session(browser)).csrf as string
  const tries: [headers: Record<string, string>, header: string][] = [
    [{ origin: server.url }, 'x-sallyport-csrf'],
    [{ origin: server.url, 'x-sallyport-csrf': `${csrf}x` }, 'x-sallyport-csrf'],
    [{ origin: 'https://evil.example.com', 'x-sallyport-csrf': csrf }, 'Origin'],
    [{ origin: 'null', 'x-sallyport-csrf': csrf }, 'Origin'],
    [{ 'x-sallyport-csrf': csrf }, 'Origin'],
  ]
  for (const [headers, header] of tries) {
    const answer = await browser.post(`${server.url}/api/sign-out`, undefined, headers)
    assert.equal(answer.status, 403)
    assert.match(
      ((await answer.json()) as { error: { message: string } }).error.message,
      new RegExp(`The ${header} header`),
    )
  }
  assert.notEqual((await session(browser)).person, null)

  const token = browser.cookies.get('sallyport_session') as string
  const headers = { origin: server.url, 'x-sallyport-csrf': csrf }
  const answer = await browser.post(`${server.url}/api/sign-out`, undefined, headers)
  assert.equal(answer.status, 204)
  assert.equal(browser.cookies.has('sallyport_session'), false)
  browser.cookies.set('sallyport_session', token)
  assert.equal((await session(browser)).person, null, 'a kept copy of the cookie is of no use')
  assert.equal(server.entries.at(-1)?.kind, 'sign-out')
})

test('an exchange of the page carries its person, and only from our own page', async () => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email: 'employee@example.com', password })
  const { csrf, person } = await session(browser)
  const cookie = `sallyport_session=${browser.cookies.get('sallyport_session')}`
  const identify = async (headers: IncomingHttpHeaders) =>
    server.identity.identify({
      method: 'POST',
      url: '/api/chat',
      headers: { cookie, ...headers },
    } as IncomingMessage)
  const caller = await identify({ origin: server.url, 'x-sallyport-csrf': csrf ?? '' })
  assert.equal(caller.person.id, person?.id)
  assert.equal('keyId' in caller, false)
  await assert.rejects(identify({ origin: server.url }), { code: 'origin-refused' })
  await assert.rejects(identify({ 'x-sallyport-csrf': csrf ?? '' }), { code: 'origin-refused' })
})

test('a key that comes with a cookie decides, and needs no page', async () => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  const made = await server.identity.createKey({
    email: 'employee@example.com',
    useCase: undefined,
    expiresInDays: 1,
    label: undefined,
    by: 'command-line',
  })
  const headers = {
    cookie: `sallyport_session=${browser.cookies.get('sallyport_session')}`,
    authorization: `Bearer ${made.key}`,
  }
  const caller = await server.identity.identify({
    method: 'POST',
    url: '/v1/messages',
    headers,
    socket: { remoteAddress: '127.0.0.1' },
  } as unknown as IncomingMessage)
  assert.equal(caller.person.email, 'employee@example.com')
})

test('signing out without a session is told to sign in', async () => {
  const answer = await createTestBrowser().post(`${server.url}/api/sign-out`, undefined, {
    origin: server.url,
  })
  assert.equal(answer.status, 401)
})

test('a session made up by somebody is nobody', async () => {
  for (const value of ['A'.repeat(43), '', "' OR 1=1 --", 'a'.repeat(4_000)]) {
    const browser = createTestBrowser()
    browser.cookies.set('sallyport_session', value)
    assert.equal((await session(browser)).person, null)
  }
})

test('a session ends after eight hours without use; one that is used goes on beyond a week while the provider confirms it', async () => {
  const hour = 3_600_000
  const idle = createTestBrowser()
  await signIn(idle, server.url, { email: 'owner@example.com', password })
  server.clock.forward(7.9 * hour)
  assert.notEqual((await session(idle)).person, null)
  server.clock.forward(8 * hour)
  assert.equal((await session(idle)).person, null)

  const busy = createTestBrowser()
  await signIn(busy, server.url, { email: 'owner@example.com', password })
  for (let hours = 0; hours < 8 * 24; hours += 7) {
    server.clock.forward(7 * hour)
    assert.notEqual((await session(busy)).person, null, `after ${hours} h`)
    await server.identity.renewalSettled()
  }
})

test('a session, the password and the people survive a restart on another port', async () => {
  const home = await newFolder()
  const first = await startTestServer(home)
  const browser = createTestBrowser()
  first.identity.signInHelp()
  const kept = (await readFile(join(home, 'keys', 'development-password'), 'utf8')).trim()
  await signIn(browser, first.url, { email: 'owner@example.com', password: kept })
  const { person } = await session(browser, first.url)
  await first.close()

  const second = await startTestServer(home)
  assert.deepEqual((await session(browser, second.url)).person, person)
  const other = createTestBrowser()
  await signIn(other, second.url, { email: 'owner@example.com', password: kept })
  assert.deepEqual((await session(other, second.url)).person, person, 'the same person, not a second one')
  second.clock.forward(1_000_000)
  await session(browser, second.url)
  await second.identity.renewalSettled()
  assert.deepEqual(
    (await session(browser, second.url)).person,
    person,
    'the provider forgot, and that ends nothing',
  )
  assert.equal((await stat(join(home, 'keys', 'development-password'))).mode & 0o777, 0o600)
  assert.equal((await stat(join(home, 'keys', 'development-provider.json'))).mode & 0o777, 0o600)
  await second.close()
  await removeFolder(home)
})

test('nobody signs in while the log cannot be written', async () => {
  const home = await newFolder()
  const own = await startTestServer(home)
  own.identity.signInHelp()
  const kept = (await readFile(join(home, 'keys', 'development-password'), 'utf8')).trim()
  own.breakLog()
  const browser = createTestBrowser()
  const answer = await signIn(browser, own.url, { email: 'owner@example.com', password: kept })
  assert.equal(answer.status, 500)
  assert.equal((await session(browser, own.url)).person, null)
  await own.close()
  await removeFolder(home)
})
