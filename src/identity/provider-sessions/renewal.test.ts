import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, beforeEach, test } from 'node:test'
import { openSqlite } from '#/core/database/sqlite.ts'
import type { createTestBrowser } from '../test-browser.ts'
import { honestly, type RenewingCompany, startRenewingCompany, until } from './test-company.ts'

const [minuteMs, hourMs] = [60_000, 3_600_000]

let company: RenewingCompany
before(async () => {
  company = await startRenewingCompany()
})
after(() => company.close())
beforeEach(() => {
  Object.assign(company.says, honestly())
})

const isIn = async (browser: ReturnType<typeof createTestBrowser>): Promise<boolean> =>
  (await company.sessionIn(browser, true)).person !== null

test('a session that is used goes on without a click beyond its longest life, and the log says so now and then', async () => {
  const browser = await company.signIn()
  const { csrf } = await company.sessionIn(browser)
  const before = company.renewals()
  for (let hours = 0; hours < 35; hours += 7) {
    company.server.clock.forward(7 * hourMs)
    await company.useAndAsk(browser)
  }
  const session = await company.sessionIn(browser)
  assert.equal(session.csrf, csrf, 'the same session, so nothing that is typed is refused')
  assert.equal(company.renewals() - before, 5, 'once when a quarter of its longest life is over')
  const [head] = company.server.entries.filter(({ kind }) => kind === 'session-renewed')
  assert.deepEqual(head, { kind: 'session-renewed', subject: session.person?.id, facts: { about: 'oidc' } })
})

test('the provider is asked once a quarter of an hour, and not for a session nobody uses', async () => {
  const browser = await company.signIn()
  const before = company.refreshes()
  company.server.clock.forward(14 * minuteMs)
  await company.sessionIn(browser)
  company.server.clock.forward(minuteMs)
  await company.sessionIn(browser, true)
  await company.server.identity.renewalSettled()
  assert.equal(company.refreshes(), before)
  await company.useAndAsk(browser)
  await company.sessionIn(browser)
  assert.equal(company.refreshes(), before + 1)
})

test('it proves no fresh sign-in: what is grave asks for one all the same', async () => {
  const browser = await company.signIn()
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
  assert.throws(() => company.server.identity.assertFresh({ headers: { cookie } } as never), {
    code: 'step-up-needed',
  })
})

test('groups are those of now, and what denies by a group is not lost when nothing is said of groups', async () => {
  const browser = await company.signIn()
  const groups = async () => {
    const { person } = await company.sessionIn(browser, true)
    return (await company.server.identity.findPerson(person?.id ?? ''))?.groups
  }
  company.says.groups = ['/staff', '/suspended']
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  assert.deepEqual(await groups(), ['oidc:/staff', 'oidc:/suspended'])
  company.says.groups = undefined
  const before = company.renewals()
  for (let hours = 0; hours < 14; hours += 7) {
    company.server.clock.forward(7 * hourMs)
    await company.useAndAsk(browser)
  }
  assert.deepEqual(await groups(), ['oidc:/staff', 'oidc:/suspended'])
  assert.equal(company.renewals(), before, 'and the session keeps its end')
})

test('whoever has left is out the first time the provider is asked', async () => {
  const browser = await company.signIn()
  company.says.knowsPerson = false
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  assert.equal(await isIn(browser), false)
  assert.equal(company.reasons().at(-1), 'provider-refused')
})

test('a provider that is away changes nothing: the session keeps its end, and it is asked again a minute later', async () => {
  const browser = await company.signIn()
  company.says.token = () => 'away'
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  const before = company.refreshes()
  await company.sessionIn(browser)
  assert.equal(company.refreshes(), before)
  assert.equal(await isIn(browser), true)
  company.says.token = () => 'answered'
  company.server.clock.forward(minuteMs)
  await company.useAndAsk(browser)
  company.says.knowsPerson = false
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  assert.equal(await isIn(browser), false, 'the token of before is still good, and is asked with')
})

test('a provider that does not take the client says nothing of the person, and the token stays good', async () => {
  const browser = await company.signIn()
  company.says.token = () => 'refused'
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  assert.match(
    JSON.stringify(company.server.lines.at(-1)),
    /could not be renewed at its provider; it keeps its end/,
  )
  assert.equal(await isIn(browser), true)
  company.says.token = () => 'answered'
  company.says.knowsPerson = false
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  assert.equal(await isIn(browser), false)
})

test('an answer that is lost after the provider took the token signs nobody out', async () => {
  const browser = await company.signIn()
  company.says.token = () => 'lost'
  company.server.clock.forward(16 * minuteMs)
  await company.useAndAsk(browser)
  company.says.token = () => 'answered'
  company.server.clock.forward(minuteMs)
  await company.useAndAsk(browser)
  assert.equal(await isIn(browser), true, 'the provider calls the token used, and that says nothing')
  company.server.clock.forward(16 * minuteMs)
  const before = company.refreshes()
  await company.sessionIn(browser)
  await company.server.identity.renewalSettled()
  assert.equal(company.refreshes(), before, 'it is not asked with again')
})

test('nothing of the store opens anything, and what is over is deleted and revoked', async () => {
  const browser = await company.signIn()
  const database = openSqlite(join(company.folder, 'store.db'))
  try {
    const rows = () =>
      database.all<{ readonly session: string; readonly secrets: string }>(
        'SELECT session, secrets FROM provider_session ORDER BY asked_at DESC, session',
      )
    const [newest] = await rows()
    const sealed = Buffer.from(newest?.secrets ?? '', 'base64')
    assert.ok(sealed.length > 200)
    for (const word of ['refreshToken', 'eyJ', 'idToken']) assert.equal(sealed.includes(word), false, word)
    const { csrf } = await company.sessionIn(browser)
    const before = company.asked.filter((path) => path === '/token/revocation').length
    const left = await browser.post(`${company.server.url}/api/sign-out`, undefined, {
      origin: company.server.url,
      'x-sallyport-csrf': csrf,
    })
    assert.equal(left.status, 204)
    await until(() => company.asked.filter((path) => path === '/token/revocation').length > before)
    assert.equal(
      (await rows()).some(({ session }) => session === newest?.session),
      false,
    )
  } finally {
    await database.close()
  }
})
