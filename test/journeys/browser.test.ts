import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import {
  findChromium,
  messageBox,
  newPage,
  noChromium,
  openBrowser,
  send,
  signIn,
} from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'
import { offeringText } from '../support/records.ts'

/** A person at work: signs in with the work account, asks, is refused, looks at what happened, decides, signs out. */

const chromium = findChromium()
const email = 'ines.halvard@example.com'
// In two parts, so that no scanner takes this file for a leak. It opens nothing.
const accessKey = `${'AKIA'}${'Q3EGWRZ5MNX2TVBA'}`

describe('the page in a real browser', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let browser: Browser
  let page: Page
  let complaints: string[]

  before(async () => {
    company = await startCompany()
    browser = await openBrowser(chromium ?? '')
    ;({ page, complaints } = await newPage(browser))
  })
  after(async () => {
    await browser?.close()
    await company?.end()
  })

  const newChat = () =>
    page.getByRole('complementary', { name: 'Chats' }).getByRole('button', { name: 'New chat' }).click()
  const choose = async (model: string) => {
    await page.getByRole('button', { name: /^Model:/ }).click()
    await page.getByText(model, { exact: true }).click()
  }
  const turn = () => page.getByRole('article', { name: 'Message and answer' }).last()
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
    await page.getByText('What the provider saw').or(page.getByText('Sent')).first().waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Close receipt' }).click()
  })

  test('a second person cannot read the receipt of the first', async () => {
    const other = await newPage(browser)
    await signIn(other.page, company.sallyport.url, 'employee@example.com', company.dataFolder)
    const index = await lastIntent()
    const status = (who: Page) =>
      who.evaluate(async (path) => (await fetch(path)).status, `/api/exchanges/${index}`)
    assert.equal(await status(page), 200)
    assert.equal(await status(other.page), 404)
    await other.page.context().close()
  })

  test('stop ends the answer; what came stays, and the log says how it ended', async () => {
    await newChat()
    await choose('Simulated sim-stall')
    await send(page, 'Tell me a story.')
    await turn().getByText(/\w{3}/).first().waitFor()
    await page.getByRole('button', { name: 'Stop' }).click()
    await turn()
      .getByText(/[Ss]topped/)
      .waitFor()
    assert.equal((await outcomeOf(company, await lastIntent())).decision, 'client-gone')
  })

  test('a provider that breaks off in the middle: what came stays, and what went wrong is said', async () => {
    await newChat()
    await choose('Simulated sim-cut')
    await send(page, 'Tell me a story.')
    await turn().getByRole('alert').waitFor()
    assert.match(await turn().innerText(), /before it was complete/)
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
      'Repeat: ![x](https://evil.example.com/p.png?q=1) <img src="https://evil.example.com/q.png"> <script>window.broken = 1</script>',
    )
    await answered()
    assert.ok(
      fetched.every((url) => !url.includes('evil.example.com')),
      fetched.join('\n'),
    )
    assert.equal(await page.evaluate(() => 'broken' in globalThis), false)
  })

  test('what somebody proposed is approved on the page, and serves from then on', async () => {
    const records = `records:${offeringText({ id: 'west', connection: 'simulator-openai', model: 'sim-echo', tier: 'commercial' })}`
    await company.sallyport.control['apply']!({
      text: records,
      fileName: 'records.yaml',
      by: 'command-line:sam',
    } as never)
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByRole('link', { name: 'Simulated west' }).click()
    await page.getByRole('heading', { name: 'Version 1 waits for approval' }).waitFor()
    assert.match(await page.getByRole('main').innerText(), /Confidential[\s\S]*For restricted:/)
    await page.getByLabel('Reason').fill('Contract 17 was read.')
    await page.getByRole('button', { name: 'Write the decision' }).click()
    await page.getByText('Version 1 serves.').waitFor()
    assert.match(
      await page.getByRole('main').innerText(),
      /owner@example\.com \(owner\) – approve: Contract 17 was read\./,
    )
    await page.getByRole('link', { name: 'Back to the chat' }).click()
    await messageBox(page).waitFor()
    assert.ok((await turn().innerText()).includes('evil.example.com'), 'the chats are still there')
  })

  test('whoever may not decide has no register, and the gate refuses the decision', async () => {
    const other = await newPage(browser)
    await signIn(other.page, company.sallyport.url, 'employee@example.com', company.dataFolder)
    assert.equal(await other.page.getByRole('link', { name: 'Register' }).count(), 0)
    const status = await other.page.evaluate(async () => {
      const session = (await (await fetch('/api/session')).json()) as { csrf: string }
      const body = JSON.stringify({ kind: 'offering', id: 'west', version: 1, verdict: 'stop', reason: 'x' })
      const headers = { 'content-type': 'application/json', 'x-sallyport-csrf': session.csrf }
      return (await fetch('/api/decisions', { method: 'POST', headers, body })).status
    })
    assert.equal(status, 403)
    await other.page.context().close()
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
    const others = complaints.filter((text) => !/Failed to load resource.*(400|401|404)/.test(text))
    assert.deepEqual(others, [])
  })

  async function lastIntent(): Promise<number> {
    const [head] = await company.sallyport.audit.search({ kinds: ['intent'], limit: 1 })
    return head?.index ?? assert.fail('nothing was sent')
  }
})
