import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { createTestBrowser, signIn, type TestBrowser } from '../test-browser.ts'
import { newFolder, removeFolder, startTestServer, type TestServer } from '../test-server.ts'

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

const minuteMs = 60_000

interface Told {
  readonly person: { readonly id: string } | null
  readonly csrf: string
  readonly endsInMs: number
}

const open = async (email: string) => {
  const browser = createTestBrowser()
  await signIn(browser, server.url, { email, password })
  return browser
}
const session = async (browser: TestBrowser, query = ''): Promise<Told> =>
  (await (await browser.get(`${server.url}/api/session${query}`)).json()) as Told
const listed = async (browser: TestBrowser) =>
  ((await (await browser.get(`${server.url}/api/sessions`)).json()) as { sessions: Listed[] }).sessions
interface Listed {
  readonly id: string
  readonly browser: string
  readonly network: string
  readonly isCurrent: boolean
}
const remove = async (browser: TestBrowser, path: string) =>
  browser.send('DELETE', `${server.url}${path}`, {
    origin: server.url,
    'x-sallyport-csrf': (await session(browser)).csrf,
  })
const codeOf = async (answer: Response): Promise<string> =>
  ((await answer.json()) as { error: { code: string } }).error.code
const ended = () =>
  server.entries.filter(({ kind }) => kind === 'session-ended').map(({ facts }) => facts.reason)

test('a browser hears when its session ends, and looking quietly does not put that off', async () => {
  const browser = await open('employee@example.com')
  assert.equal((await session(browser)).endsInMs, 480 * minuteMs)
  server.clock.forward(100 * minuteMs)
  for (let looks = 0; looks < 2; looks++)
    assert.ok((await session(browser, '?quietly')).endsInMs <= 380 * minuteMs)
  assert.equal((await session(browser)).endsInMs, 480 * minuteMs)
})

test('the token is replaced while somebody works; the session, its CSRF token and other requests go on', async () => {
  const browser = await open('employee@example.com')
  const token = browser.cookies.get('sallyport_session')
  const { csrf } = await session(browser)
  assert.equal(browser.cookies.get('sallyport_session'), token)
  server.clock.forward(15 * minuteMs)
  await session(browser, '?quietly')
  assert.equal(browser.cookies.get('sallyport_session'), token, 'a look changes nothing')
  assert.equal((await session(browser)).csrf, csrf)
  assert.notEqual(browser.cookies.get('sallyport_session'), token)
  const other = createTestBrowser()
  other.cookies.set('sallyport_session', token as string)
  assert.equal((await session(other)).csrf, csrf, 'a request that was on its way')
  await session(browser)
  server.clock.forward(minuteMs)
  assert.equal((await session(other)).person, null)
  assert.equal((await session(browser)).person, null, 'whoever has a copy has lost it, and so has its owner')
  assert.equal(ended().at(-1), 'token-reused')
})

test('a person sees their browsers, ends one, and never one of somebody else', async () => {
  const [browser, other, foreign] = [
    await open('employee@example.com'),
    await open('employee@example.com'),
    await open('owner@example.com'),
  ]
  const mine = await listed(browser)
  assert.deepEqual(
    mine.filter(({ isCurrent }) => isCurrent).map(({ browser: name, network }) => [name, network]),
    [['another program', 'this machine']],
  )
  const second = (await listed(other)).find(({ isCurrent }) => isCurrent)?.id ?? ''
  assert.ok(mine.some(({ id }) => id === second))
  assert.equal((await remove(foreign, `/api/sessions/${second}`)).status, 404)
  assert.equal((await remove(browser, `/api/sessions/${second}`)).status, 204)
  assert.equal((await session(other)).person, null)
  assert.notEqual((await session(browser)).person, null)
  assert.equal(ended().at(-1), 'by-person')
})

test('signing out everywhere ends this browser too', async () => {
  const [browser, other] = [await open('employee@example.com'), await open('employee@example.com')]
  assert.equal((await remove(browser, '/api/sessions')).status, 204)
  assert.equal(browser.cookies.has('sallyport_session'), false)
  for (const each of [browser, other]) assert.equal((await session(each)).person, null)
  assert.equal(ended().at(-1), 'everywhere')
})

test('giving an account back takes a fresh sign-in as ending it does, and so does letting a directory go on', () => {
  const paths = ['/api/people/:id/end', '/api/people/:id/restore', '/api/scim/:client/resume']
  const asked = server.identity.routes.filter(({ path }) => paths.includes(path))
  assert.deepEqual(
    asked.map(({ path, fresh }) => [path, fresh]),
    paths.map((path) => [path, true]),
  )
})

test('ending the sessions of somebody else takes the office and a fresh sign-in, which keeps the session', async () => {
  const [employee, owner] = [await open('employee@example.com'), await open('owner@example.com')]
  const [{ person }, before] = [await session(employee), await session(owner)]
  const path = `/api/people/${person?.id}/sessions`
  assert.equal(await codeOf(await remove(employee, path)), 'role-missing')
  server.clock.forward(15 * minuteMs + 1_000)
  const refused = await remove(owner, path)
  assert.deepEqual([refused.status, await codeOf(refused)], [401, 'step-up-needed'])
  assert.notEqual((await session(employee)).person, null, 'nothing was done')

  const token = owner.cookies.get('sallyport_session')
  const start = await owner.get(`${server.url}/sign-in?step-up=1&next=/`)
  const asked = new URL(start.headers.get('location') ?? '').searchParams
  assert.deepEqual([asked.get('prompt'), asked.get('max_age')], ['login', '60'])
  await signIn(owner, server.url, { email: 'owner@example.com', password, stepUp: true })
  assert.equal(server.entries.at(-1)?.kind, 'step-up')
  assert.notEqual(owner.cookies.get('sallyport_session'), token)
  assert.equal((await session(owner)).csrf, before.csrf, 'other tabs go on')

  const done = await remove(owner, path)
  assert.equal(done.status, 200)
  assert.equal((await session(employee)).person, null)
  assert.equal(ended().at(-1), 'by-office')
  assert.equal((await remove(owner, '/api/people/person_nobody/sessions')).status, 404)
})

test('another person who signs in with this browser ends the session of the one before', async () => {
  const browser = await open('employee@example.com')
  const token = browser.cookies.get('sallyport_session') as string
  await signIn(browser, server.url, { email: 'owner@example.com', password })
  assert.equal(ended().at(-1), 'replaced')
  browser.cookies.set('sallyport_session', token)
  assert.equal((await session(browser)).person, null)
})
