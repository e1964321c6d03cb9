import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { parseYaml } from '#/core/yaml.ts'
import {
  enterPassword,
  findChromium,
  messageBox,
  newPage,
  noChromium,
  openBrowser,
  send,
  signIn,
  signInWindow,
} from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { offeringText, recordsText, useCaseText } from '../support/records.ts'
import { openSession } from '../support/session.ts'

/** A person at work: signs in with the work account, asks, is refused, looks at what happened, decides, signs out. */

const chromium = findChromium()
const email = 'ines.halvard@example.com'
// In two parts, so that no scanner takes this file for a leak. It opens nothing.
const accessKey = `${'AKIA'}${'Q3EGWRZ5MNX2TVBA'}`

describe('the page in a real browser', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  before(async () => {
    company = await startCompany({
      settings: `identity:
  kind: embedded
  owners: [owner@example.com, ada@example.com]
  accounts:
    - { email: owner@example.com, name: Olivia Owner }
    - { email: employee@example.com, name: Emil Employee }
    - { email: ada@example.com, name: Ada }`,
    })
    browser = await openBrowser(chromium ?? '')
    page = await newPage(browser, complaints)
  })
  after(async () => {
    await browser?.close()
    await company?.end()
  })

  const newChat = () =>
    page.getByRole('complementary', { name: 'Chats' }).getByRole('button', { name: 'New chat' }).click()
  const choose = async (model: string, where = page) => {
    await where.getByRole('button', { name: /^Model:/ }).click()
    await where.getByRole('dialog', { name: 'Choose a model' }).getByText(model, { exact: true }).click()
  }
  const turn = (where = page) => where.getByRole('article', { name: 'Message and answer' }).last()
  const answered = () => turn().getByRole('button', { name: 'Ask again' }).waitFor()

  test('signs in with the work account: code flow with PKCE, back to the page', async () => {
    const passed: string[] = []
    page.on('request', (request) => passed.push(request.url()))
    await signIn(page, company.sallyport.url, 'owner@example.com', company.dataFolder)
    const asked = passed.find((url) => url.includes('code_challenge=')) ?? ''
    assert.ok(asked.includes('code_challenge_method=S256'), passed.join('\n'))
    assert.match(asked, /[?&]state=/)
    assert.match(asked, /[?&]nonce=/)
    assert.ok(passed.some((url) => /\/sign-in\/callback\?.*code=/.test(url)))
    assert.equal(new URL(page.url()).origin, company.sallyport.url)
    const cookies = await page.context().cookies()
    assert.ok(cookies.every(({ httpOnly }) => httpOnly))
  })

  test('an answer streams in, with the originals; the provider saw none of them', async () => {
    await company.simulator.clear()
    await choose('Simulated sim-echo')
    await send(page, `Write to ${email}, please.`)
    await answered()
    assert.match(await turn().innerText(), /1 value replaced/)
    const shown = await turn().innerText()
    assert.equal(shown.split(email).length - 1, 2, shown)
    const seen = JSON.stringify(await company.simulator.seen())
    assert.ok(!seen.includes(email))
    assert.match(seen, /"stream":true/)
  })

  test('the receipt opens: what the provider saw, where it went, why, and the proof', async () => {
    await turn().getByRole('button', { name: 'Receipt', exact: true }).click()
    const drawer = page.getByRole('dialog', { name: 'What happened to this prompt' })
    await drawer.getByRole('button', { name: 'Download receipt' }).waitFor()
    const told = await drawer.innerText()
    for (const expected of [
      /Tarnwick/,
      /eu-central/,
      /Kept 0 days/i,
      /not used for training/,
      /Contacts are replaced/,
      /approved by/i,
      /sallyport\.local#\d+/,
      /EMAIL_[a-z0-9]+/,
    ]) {
      assert.match(told, expected)
    }
    await drawer.getByRole('button', { name: 'See exactly what was sent' }).click()
    const sent = page.getByRole('dialog', { name: 'Exactly what was sent' })
    const [typed = '', got = ''] = await sent.locator('.diff .said').allInnerTexts()
    assert.ok(typed.includes(email) && !got.includes(email), `${typed} / ${got}`)
    assert.match(got, /Write to EMAIL_[a-z0-9]+, please\./)
    await page.keyboard.press('Escape')
    await sent.waitFor({ state: 'detached' })
    await drawer.getByRole('button', { name: 'Close receipt' }).click()
    await drawer.waitFor({ state: 'detached' })
  })

  test('a second person cannot read the receipt of the first', async () => {
    const other = await newPage(browser, complaints)
    await signIn(other, company.sallyport.url, 'employee@example.com', company.dataFolder)
    const index = await lastIntent()
    const status = (who: Page) =>
      who.evaluate(async (path) => (await fetch(path)).status, `/api/exchanges/${index}`)
    assert.equal(await status(page), 200)
    assert.equal(await status(other), 404)
    await other.context().close()
  })

  for (const [how, stop] of [
    ['the button', () => page.getByRole('button', { name: 'Stop' }).click()],
    ['Escape', () => page.keyboard.press('Escape')],
  ] as const) {
    test(`${how} stops the answer; what came stays, and the log says how it ended`, async () => {
      await newChat()
      await choose('Simulated sim-stall')
      await send(page, 'Tell me a story.')
      // The first half is shown while the second is still to come.
      await turn().getByText('Once upon a time').waitFor()
      await stop()
      await turn().getByText('You stopped the answer here.').waitFor()
      assert.match(await turn().innerText(), /Once upon a time/)
      assert.equal((await outcomeOf(company, await lastIntent())).decision, 'client-gone')
    })
  }

  test('a provider that breaks off in the middle: what came stays, and what went wrong is said', async () => {
    await newChat()
    await choose('Simulated sim-cut')
    await send(page, 'Tell me a story.')
    await turn().getByRole('alert').waitFor()
    const told = await turn().innerText()
    assert.match(told, /Once upon a time[\s\S]*before it was complete\./)
    assert.equal(told.split('What works now').length, 2, 'remedies are said once')
  })

  test('a session that ended on the way loses no draft', async () => {
    const other = await newPage(browser, complaints)
    await signIn(other, company.sallyport.url, 'employee@example.com', company.dataFolder)
    await other.context().clearCookies()
    await send(other, 'A long thought.')
    await turn(other).getByText('You are not signed in').waitFor()
    assert.equal(await messageBox(other).inputValue(), 'A long thought.')
    const opened = other.waitForEvent('popup')
    await turn(other).getByRole('button', { name: 'Sign in' }).click()
    await signInWindow(await opened, 'employee@example.com', company.dataFolder)
    await turn(other).getByRole('button', { name: 'Ask again' }).waitFor()
    assert.match(await turn(other).innerText(), /A long thought\./, 'it went by itself once it could')
    await other.context().close()
  })

  test('a refused prompt shows what was found and what works now; masked, it gets an answer', async () => {
    await newChat()
    await choose('Simulated sim-echo')
    await company.simulator.clear()
    await send(page, `Why does this fail?\naws_access_key_id = ${accessKey}`)
    await page.getByRole('heading', { name: 'What works now' }).waitFor()
    const told = await turn().innerText()
    assert.match(told, /Nothing left the company/)
    assert.match(told, /security@example\.com/)
    assert.match(told, /req_/)
    assert.deepEqual(await company.simulator.seen(), [])
    assert.match(await messageBox(page).inputValue(), /Why does this fail/)
    await page.getByRole('button', { name: 'Send masked' }).first().click()
    await answered()
    const seen = JSON.stringify(await company.simulator.seen())
    assert.match(seen, /Why does this fail/)
    assert.ok(!seen.includes(accessKey))
  })

  test('a refused message is no part of what is sent next', async () => {
    await newChat()
    await choose('Simulated sim-echo')
    await send(page, `Look at ${accessKey}`)
    await page.getByRole('heading', { name: 'What works now' }).waitFor()
    await company.simulator.clear()
    await send(page, 'Something else entirely.')
    await answered()
    const seen = JSON.stringify(await company.simulator.seen())
    assert.match(seen, /Something else entirely/)
    assert.doesNotMatch(seen, /Look at/)
  })

  test('a picture in an answer is not fetched, and markup is text', async () => {
    await newChat()
    await choose('Simulated sim-echo')
    const fetched: string[] = []
    page.on('request', (request) => fetched.push(request.url()))
    await send(
      page,
      'Repeat: ![x](https://evil.example.com/p.png?q=1) <img src="https://evil.example.com/q.png"> <script>window.broken = 1</script> [y](javascript:alert(1))',
    )
    await answered()
    assert.deepEqual(await turn().locator('.answer :is(img, script)').count(), 0)
    const links = await turn()
      .locator('.answer a')
      .evaluateAll((all) => all.map((each) => each.getAttribute('href')))
    assert.deepEqual(links, ['https://evil.example.com/p.png?q=1'])
    assert.ok(
      fetched.every((url) => !url.includes('evil.example.com')),
      fetched.join('\n'),
    )
    assert.equal(await page.evaluate(() => 'broken' in globalThis), false)
  })

  test('what somebody proposed waits on the page of the register; what is wrong is said at its field', async () => {
    const proposed = recordsText([
      offeringText({ id: 'west', connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' }),
      useCaseText('general-assistant', ['west']),
    ])
    const ada = await openSession(company, 'ada@example.com')
    const { records } = parseYaml(proposed, 'proposed').value as { records: Record<string, unknown>[] }
    for (const { kind, id, ...body } of records)
      assert.equal((await ada.put(`/api/records/${kind}/${id}`, body)).status, 200)
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByRole('link', { name: 'Simulated west' }).click()
    await page.getByRole('heading', { name: 'Version 1 waits for approval' }).waitFor()
    assert.match(await page.getByRole('main').innerText(), /Confidential[\s\S]*For restricted:/)
    await page.getByLabel('Reason').fill('Contract 17 was read.')
    await page.getByLabel('Last day').fill('2020-01-31')
    await page.getByRole('button', { name: 'Write the decision' }).click()
    await page.getByRole('alert').getByText('must not be before').waitFor()
    const described = await page.getByLabel('Last day').getAttribute('aria-describedby')
    assert.match(await page.locator(`[id="${described}"]`).innerText(), /must not be before/)
  })

  test('approved by the owner, it serves from then on, up to the class of the approval', async () => {
    await page.getByLabel('Last day').fill('2999-03-31')
    await page.getByLabel('Highest class').selectOption('internal')
    await page.getByRole('button', { name: 'Write the decision' }).click()
    await page.getByText('Version 1 serves.').waitFor()
    assert.match(
      await page.getByRole('list', { name: 'Decisions' }).innerText(),
      /owner@example\.com \(owner\) – approve, up to internal, until 2999-03-31: Contract 17 was read\./,
    )
    await page.getByRole('link', { name: 'Use cases' }).click()
    await page.getByRole('link', { name: 'General assistant' }).click()
    const version = page.getByRole('region', { name: 'Version 2' })
    await version.getByText('Differs from version 1 in: offerings.').waitFor()
    await version.getByLabel('Reason').fill('West is cheaper.')
    await version.getByRole('button', { name: 'Write the decision' }).click()
    await page.getByText('Version 2 serves.').waitFor()

    await page.getByRole('link', { name: 'Back to the chat' }).click()
    assert.ok((await turn().innerText()).includes('evil.example.com'), 'the chats are still there')
    await newChat()
    await choose('Simulated west')
    await send(page, 'Hello, west.')
    await answered()
    assert.match(await turn().innerText(), /Simulated west, eu-central[\s\S]*Hello, west\./)
    await page.getByLabel('Data class', { exact: true }).selectOption('confidential')
    await send(page, 'Hello again, west.')
    await turn().getByText('west may carry at most internal').waitFor()
  })

  test('whoever comes by a link to a record signs in and is there', async () => {
    const other = await newPage(browser, complaints)
    await other.goto(`${company.sallyport.url}/#register/offering/west`)
    await other.getByRole('link', { name: 'Sign in with your work account' }).click()
    await enterPassword(other, 'owner@example.com', company.dataFolder)
    await other.getByRole('heading', { name: 'Simulated west' }).waitFor()
    await other.context().close()
  })

  test('a suspended version serves nobody; approved again, it does', async () => {
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByRole('link', { name: 'Offerings', exact: true }).click()
    await page.getByRole('link', { name: 'Simulated west' }).click()
    for (const [verdict, follows] of [
      ['Suspend this version', 'Nothing serves.'],
      ['Approve: it serves', 'Version 1 serves.'],
    ] as const) {
      await page.getByLabel(verdict).check()
      await page.getByLabel('Reason').fill('Contract 17 ended.')
      await page.getByRole('button', { name: 'Write the decision' }).click()
      await page.getByText(follows).waitFor()
      const models = await page.evaluate(async () => (await fetch('/api/models')).text())
      assert.equal(models.includes('"west"'), follows === 'Version 1 serves.', models)
    }
    await page.getByRole('link', { name: 'Back to the chat' }).click()
  })

  test('a reviewer says that a value is not sensitive: a version of the policy waits, and nobody else may say so', async () => {
    const other = await newPage(browser, complaints)
    await signIn(other, company.sallyport.url, 'employee@example.com', company.dataFolder)
    const say = (from: typeof page, more: object) =>
      from.evaluate(async (changes) => {
        const session = (await (await fetch('/api/session')).json()) as { csrf: string }
        const entry = {
          ...{ id: 'test-card', text: '4111 1111 1111 1111', types: ['payment-card'] },
          ...{ until: '2099-06-30', reason: 'Number of a test suite.', ...changes },
        }
        const headers = { 'content-type': 'application/json', 'x-sallyport-csrf': session.csrf }
        const asked = { method: 'POST', headers, body: JSON.stringify(entry) }
        const answer = await fetch('/api/policies/company-rules/not-sensitive', asked)
        const records = await (await fetch('/api/records/policy')).text()
        return { status: answer.status, told: await answer.text(), records }
      }, more)
    assert.equal((await say(other, {})).status, 403)
    const wrong = await say(page, { types: ['payment-cart'] })
    assert.equal(wrong.status, 400)
    assert.match(wrong.told, /notSensitive\.0\.types\.0.*Did you mean/s)
    const said = await say(page, {})
    assert.equal(said.status, 201, said.told)
    assert.match(said.records, /"version":2,"serving":1/)
    await other.context().close()
  })

  test('whoever may not decide has no register, and the gate refuses the decision', async () => {
    const other = await newPage(browser, complaints)
    await signIn(other, company.sallyport.url, 'employee@example.com', company.dataFolder)
    assert.equal(await other.getByRole('link', { name: 'Register' }).count(), 0)
    const status = await other.evaluate(async () => {
      const session = (await (await fetch('/api/session')).json()) as { csrf: string }
      const body = JSON.stringify({ kind: 'offering', id: 'west', version: 1, verdict: 'stop', reason: 'x' })
      const headers = { 'content-type': 'application/json', 'x-sallyport-csrf': session.csrf }
      return (await fetch('/api/decisions', { method: 'POST', headers, body })).status
    })
    assert.equal(status, 403)
    await other.context().close()
  })

  test('on a phone: the sheet of chats, a new chat, and Escape closes one thing at a time', async () => {
    const phone = await newPage(browser, complaints, { viewport: { width: 390, height: 844 } })
    await signIn(phone, company.sallyport.url, 'employee@example.com', company.dataFolder)
    await send(phone, 'Hello from a phone.')
    await turn(phone).getByRole('button', { name: 'Receipt', exact: true }).click()
    const drawer = phone.getByRole('dialog', { name: 'What happened to this prompt' })
    await drawer.getByRole('button', { name: 'See exactly what was sent' }).click()
    const sent = phone.getByRole('dialog', { name: 'Exactly what was sent' })
    await sent.waitFor()
    await phone.keyboard.press('Escape')
    await sent.waitFor({ state: 'detached' })
    assert.ok(await drawer.isVisible())
    await phone.keyboard.press('Escape')
    await drawer.waitFor({ state: 'detached' })

    await phone.getByRole('button', { name: 'New chat' }).click()
    await phone.getByRole('heading', { name: 'What are you working on?' }).waitFor()
    await phone.getByRole('button', { name: 'Chats' }).click()
    await phone
      .getByRole('dialog', { name: 'Chats' })
      .getByRole('button', { name: 'Hello from a phone.' })
      .click()
    await turn(phone).getByText('Hello from a phone.').first().waitFor()
    assert.equal(await phone.evaluate('document.documentElement.scrollWidth'), 390, 'nothing sticks out')
    await phone.context().close()
  })

  test('after signing out nothing can be asked or read', async () => {
    await page.getByRole('button', { name: 'Olivia Owner' }).click()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByRole('link', { name: 'Sign in with your work account' }).waitFor()
    const statuses = await page.evaluate(async () => [
      (await fetch('/api/models')).status,
      (await fetch('/api/exchanges/1')).status,
      (await fetch('/api/chat', { method: 'POST', body: '{}' })).status,
    ])
    assert.deepEqual(statuses, [401, 401, 401])
  })

  test('the browser had nothing to complain about but the refusals it was shown', () => {
    const others = complaints.filter((text) => !/^Failed to load resource.*\b40[0134]\b/.test(text))
    assert.deepEqual(others, [])
  })

  async function lastIntent(): Promise<number> {
    const [head] = await company.sallyport.audit.search({ kinds: ['intent'], limit: 1 })
    return head?.index ?? assert.fail('nothing was sent')
  }
})
