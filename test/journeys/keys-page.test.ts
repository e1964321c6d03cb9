import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { findChromium, newPage, noChromium, openBrowser, signIn } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'

/** A person makes a key on the page, uses it, replaces it and ends it; and reads there that one leaked. */

const chromium = findChromium()

describe('my keys on the page', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let browser: Browser
  let page: Page
  const complaints: string[] = []

  before(async () => {
    company = await startCompany()
    browser = await openBrowser(chromium ?? '')
    page = await newPage(browser, complaints)
    await signIn(page, company.sallyport.url, 'employee@example.com', company.dataFolder)
  })
  after(async () => {
    await browser?.close()
    await company?.end()
  })

  const statusWith = async (key: string): Promise<number> => {
    const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'hello' }] }),
    })
    await response.body?.cancel()
    return response.status
  }
  const shownKey = async (): Promise<string> =>
    (await page.getByRole('status', { name: 'The new key' }).locator('.mono').textContent()) ?? ''

  test('a key is made, shown once, and works', async () => {
    await page.getByRole('link', { name: 'My keys' }).click()
    const form = page.getByRole('form', { name: 'Make a key' })
    await form.getByLabel('What it is for').fill('laptop')
    await form.getByText('Bind it to less than you may').click()
    await form.getByLabel('Offerings, by their ids').fill('nothing-here')
    await form.getByRole('button', { name: 'Make it' }).click()
    await form.getByRole('alert').getByText('no offering that is open to you').waitFor()
    await form.getByLabel('Offerings, by their ids').fill('sim-echo')
    await form.getByRole('button', { name: 'Make it' }).click()
    await page.getByRole('status', { name: 'The new key' }).waitFor()
    const key = await shownKey()
    assert.equal(await statusWith(key), 200)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByRole('region', { name: 'Key laptop' }).getByText('only sim-echo').waitFor()
    await page.reload()
    await page.getByRole('region', { name: 'Key laptop' }).getByText('once, from 127.0.0.1').waitFor()
    assert.ok(!(await page.content()).includes(key), 'it is not shown again')
  })

  test('it is replaced, and then revoked', async () => {
    const card = page.getByRole('region', { name: 'Key laptop' })
    await card.getByRole('button', { name: /^Replace/ }).click()
    await page.getByRole('status', { name: 'The new key' }).waitFor()
    const key = await shownKey()
    assert.equal(await statusWith(key), 200)
    await page.getByRole('button', { name: 'I have it' }).click()
    await page.getByText('replaced; works until').waitFor()
    const next = card.filter({ hasText: /works until/ }).filter({ hasNotText: 'replaced' })
    await next.getByRole('button', { name: 'Revoke' }).click()
    await next.getByRole('button', { name: 'Revoke it now' }).click()
    await page.getByText('revoked', { exact: true }).waitFor()
    assert.equal(await statusWith(key), 401)
  })

  test('a key that was seen in a prompt says so to whose it was', async () => {
    const { key } = await company.createKey({ email: 'employee@example.com' })
    await company.sallyport.control['key.leaked']?.({ texts: [key], where: 'a scan' } as never)
    await page.reload()
    await page.getByText('It was seen in: a scan and is revoked.').waitFor()
    // The browser tells of the one form that was wrong on purpose.
    assert.deepEqual(
      complaints.filter((each) => !each.includes('400 (Bad Request)')),
      [],
    )
  })
})
