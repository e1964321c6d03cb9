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
  signInWindow,
} from '../support/browser.ts'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'

/** A day with a session: it runs out while nobody works, goes on while somebody does, must be fresh, and ends with the account. */

const chromium = findChromium()
const hourMs = 3_600_000

describe('sessions in a real browser', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let browser: Browser
  let page: Page
  const complaints: string[] = []
  let aheadMs = 0
  const clock = { now: () => Date.now() + aheadMs, monotonic: () => performance.now() + aheadMs }

  before(async () => {
    company = await startCompany({
      clock,
      settings: 'identity: { kind: embedded, sessions: { absoluteHours: 12 } }',
    })
    browser = await openBrowser(chromium ?? '')
    page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'owner@example.com', company.dataFolder)
  })
  after(async () => {
    await browser?.close()
    await company?.end()
  })

  const turn = (where = page) => where.getByRole('article', { name: 'Message and answer' }).last()
  const answered = (where = page) => turn(where).getByRole('button', { name: 'Ask again' }).waitFor()
  const choose = async (model: string, where = page) => {
    await where.getByRole('button', { name: /^Model:/ }).click()
    await where.getByRole('dialog', { name: 'Choose a model' }).getByText(model, { exact: true }).click()
  }
  const sessionOf = (where: Page) =>
    where.evaluate(
      async () =>
        (await (await fetch('/api/session?quietly')).json()) as { person: object | null; endsInMs: number },
    )
  /** What a browser does when a machine wakes, or a tab is looked at again. */
  const comeBack = (where: Page) => where.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`)

  test('runs out while somebody writes: the page says so, and keeps the draft and the chats', async () => {
    await choose('Simulated sim-echo')
    await send(page, 'Good morning.')
    await answered()
    await messageBox(page).fill('A long thought that nobody wants to type twice.')
    aheadMs += 9 * hourMs
    await comeBack(page)
    await page.getByRole('alert').getByText('Your session has ended.').waitFor()
    assert.equal((await sessionOf(page)).person, null)
    assert.equal(await messageBox(page).inputValue(), 'A long thought that nobody wants to type twice.')
  })

  test('is renewed in a window of its own; draft and chats are there, and the message goes', async () => {
    const opened = page.waitForEvent('popup')
    await page.getByRole('alert').getByRole('button', { name: 'Sign in again' }).click()
    await signInWindow(await opened, 'owner@example.com', company.dataFolder)
    await page.getByText('Your session has ended.').waitFor({ state: 'detached' })
    assert.match(await turn().innerText(), /Good morning/, 'the chat is still there')
    assert.equal(await messageBox(page).inputValue(), 'A long thought that nobody wants to type twice.')
    await page.getByRole('form', { name: 'Message' }).getByRole('button', { name: /^Send/ }).click()
    await answered()
    assert.match(await turn().innerText(), /A long thought/)
  })

  test('goes on without a click beyond its longest life, because the provider says who it is; the draft stays', async () => {
    await messageBox(page).fill('A thought on the way.')
    aheadMs += 7 * hourMs
    await page.evaluate(() => fetch('/api/session'))
    // Twelve hours at most: five are left until the provider has answered.
    while ((await sessionOf(page)).endsInMs < 6 * hourMs) await page.waitForTimeout(10)
    aheadMs += 7 * hourMs
    await comeBack(page)
    assert.notEqual((await sessionOf(page)).person, null)
    assert.equal(await page.getByText('Your session has ended.').count(), 0)
    assert.equal(await messageBox(page).inputValue(), 'A thought on the way.')
    await page.getByRole('form', { name: 'Message' }).getByRole('button', { name: /^Send/ }).click()
    await answered()
    assert.match(await turn().innerText(), /A thought on the way/)
  })

  test('must be fresh for a decision: what was typed stays, and the decision is written after the sign-in', async () => {
    await page.getByRole('link', { name: 'Register' }).click()
    await page.getByRole('link', { name: 'Offerings', exact: true }).click()
    await page.getByRole('link', { name: 'Simulated sim-cut' }).click()
    await page.getByLabel('Suspend this version').check()
    await page.getByLabel('Reason').fill('Contract 17 ended.')
    await page.getByRole('button', { name: 'Write the decision' }).click()
    await page.getByText('This needs a sign-in that is not older than 15 minutes.').waitFor()
    assert.equal(await page.getByLabel('Reason').inputValue(), 'Contract 17 ended.')
    const opened = page.waitForEvent('popup')
    await page.getByRole('button', { name: 'Sign in again' }).click()
    await signInWindow(await opened, 'owner@example.com', company.dataFolder)
    await page.getByText('Nothing serves.').waitFor()
    assert.match(
      await page.getByRole('list', { name: 'Decisions' }).innerText(),
      /suspend: Contract 17 ended\./,
    )
    await page.getByRole('link', { name: 'Back to the chat' }).click()
  })

  test('is listed among my devices; another one is ended there', async () => {
    const other = await newPage(browser, complaints)
    await signIn(other, company.sallyport.url, 'owner@example.com', company.dataFolder)
    await page.getByRole('button', { name: 'Olivia Owner' }).click()
    await page.getByRole('link', { name: 'My devices' }).click()
    const browsers = page.getByRole('region', { name: 'Browsers' })
    await browsers.getByText('– this one').waitFor()
    assert.match(await browsers.innerText(), /Chrome on Linux[\s\S]*this machine/)
    assert.equal(await browsers.getByRole('button', { name: 'End', exact: true }).count(), 1)
    await browsers.getByRole('button', { name: 'End', exact: true }).click()
    await browsers.getByRole('button', { name: 'End', exact: true }).waitFor({ state: 'detached' })
    assert.equal((await sessionOf(other)).person, null)
    assert.notEqual((await sessionOf(page)).person, null)
    await page.getByRole('link', { name: 'Back to the chat' }).click()
    await other.context().close()
  })

  test('ends with the account, in the middle of an answer: what came stays, and the page says why', async () => {
    const leaver = await newPage(browser, complaints)
    await signIn(leaver, company.sallyport.url, 'employee@example.com', company.dataFolder)
    await choose('Simulated sim-stall', leaver)
    await send(leaver, 'Tell me a story.')
    await turn(leaver).getByText('Once upon a time').waitFor()
    const intent = await lastIntent()
    await company.sallyport.control['person.end']!({
      who: 'employee@example.com',
      by: 'command-line:test',
      reason: 'left',
    } as never)
    await turn(leaver).getByText('the account was ended').waitFor()
    assert.match(await turn(leaver).innerText(), /Once upon a time/)
    const outcome = await outcomeOf(company, intent)
    assert.deepEqual([outcome.decision, outcome.reason], ['access-ended', 'account'])
    assert.equal((await sessionOf(leaver)).person, null)
    await leaver.context().close()
  })

  test('broke no content policy, and no page complained of anything else than the refusals', () => {
    assert.deepEqual(
      complaints.filter((text) => !/status of 40[13]/.test(text)),
      [],
    )
  })

  async function lastIntent(): Promise<number> {
    const [head] = await company.sallyport.audit.search({ kinds: ['intent'], limit: 1 })
    return head?.index ?? assert.fail('nothing was sent')
  }
})
