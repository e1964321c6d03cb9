import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, newPage, noChromium, openBrowser, send, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'

/** Two people read what a third entered, on the page; the third is told there. */

const chromium = findChromium()
const words = 'The heron flies at <b>midnight</b>.'
const reason = 'A customer complained about case 17.'

describe('readings on the page', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let browser: Browser
  let olga: Page
  let sofia: Page
  let emil: Page
  let receipt = ''
  const complaints: string[] = []

  before(async () => {
    company = await startCompany({
      settings: `identity:
  kind: embedded
  owners: [olga@example.com, sofia@example.com]
  accounts:
    - { email: olga@example.com, name: Olga }
    - { email: sofia@example.com, name: Sofia }
    - { email: emil@example.com, name: Emil }`,
    })
    browser = await openBrowser(chromium ?? '')
    const enter = async (name: string, options = {}): Promise<Page> => {
      const page = await newPage(browser, complaints, options)
      await signIn(page, company.sallyport.url, `${name}@example.com`, company.dataFolder)
      return page
    }
    olga = await enter('olga')
    sofia = await enter('sofia')
    emil = await enter('emil', { viewport: { width: 390, height: 844 } })
    await send(emil, words)
    await emil.getByRole('button', { name: 'Ask again' }).waitFor()
    const found = await company.sallyport.audit.search({ kinds: ['intent'], limit: 1 })
    receipt = `${company.sallyport.audit.origin}#${found[0]?.index}`
  })
  after(async () => {
    await browser?.close()
    await company?.end()
  })

  test('somebody asks, and may not approve it', async () => {
    await olga.getByRole('link', { name: 'Log' }).click()
    const form = olga.getByRole('form', { name: 'Ask for a reading' })
    await form.getByLabel('Receipts, one on a line').fill('nothing')
    await form.getByLabel(/^Reason/).fill(reason)
    await form.getByRole('button', { name: 'Ask' }).click()
    await form.getByText('a receipt of this log is').waitFor()
    await form.getByLabel('Receipts, one on a line').fill(receipt)
    await form.getByRole('button', { name: 'Ask' }).click()
    await olga.getByText('waits for approval').waitFor()
    assert.equal(await olga.getByRole('button', { name: 'Approve' }).count(), 0)
    assert.equal(await olga.getByRole('button', { name: 'Show what it covers' }).count(), 0)
  })

  test('somebody else approves, with a reason', async () => {
    await sofia.getByRole('link', { name: 'Log' }).click()
    await sofia.getByText(reason).waitFor()
    assert.ok(await sofia.getByRole('button', { name: 'Approve' }).isDisabled())
    await sofia.getByLabel(/^Why you approve/).fill('Case 17 is known to me.')
    await sofia.getByRole('button', { name: 'Approve' }).click()
    await sofia.getByText('approved', { exact: true }).waitFor()
    assert.equal(await sofia.getByRole('button', { name: 'Show what it covers' }).count(), 0)
  })

  test('who asked opens it, as text and never as markup', async () => {
    await olga.reload()
    await olga.getByRole('button', { name: 'Show what it covers' }).click()
    await olga.getByRole('button', { name: 'Open, and tell the person' }).click()
    await olga.getByRole('region', { name: 'Entered' }).getByText(words).waitFor()
    await olga.getByRole('region', { name: 'What came back' }).waitFor()
  })

  test('the person concerned sees who read it and why, on a phone', async () => {
    await emil.goto(`${company.sallyport.url}/#mine`)
    const told = emil.getByRole('region', { name: 'Who read my entries' })
    await told.getByText(reason).waitFor()
    assert.match(
      (await told.textContent()) ?? '',
      /olga@example\.com read this entry, with the approval of sofia@/,
    )
    assert.ok((await told.textContent())?.includes(receipt))
    const own = emil.getByRole('region', { name: 'What the log holds of me' })
    const entry = own.getByRole('listitem').filter({ hasText: 'intent' })
    await entry.getByRole('button', { name: 'Read' }).click()
    await entry.getByRole('region', { name: 'Entered' }).getByText(words).waitFor()
    assert.equal(await emil.getByRole('link', { name: 'Readings' }).count(), 0)
    assert.equal(await emil.evaluate('document.documentElement.scrollWidth'), 390, 'nothing sticks out')
  })

  test('it is ended on the page, and nothing more is opened', async () => {
    await sofia.reload()
    await sofia.getByRole('button', { name: 'End this reading' }).click()
    await sofia.getByText('ended', { exact: true }).waitFor()
    await olga.reload()
    await olga.getByText('ended', { exact: true }).waitFor()
    assert.equal(await olga.getByRole('button', { name: 'Show what it covers' }).count(), 0)
  })

  test('the browser had nothing to complain about but the refusals it was shown', () => {
    const others = complaints.filter((text) => !/^Failed to load resource.*\b40[0134]\b/.test(text))
    assert.deepEqual(others, [])
  })
})
