import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { startRenewingProvider } from '#/identity/provider-sessions/test-company.ts'
import { type ShapedProvider, shapedClientId, shapedClientSecret } from '#/identity/test-shaped-provider.ts'
import { findChromium, messageBox, newPage, noChromium, openBrowser, send } from '../support/browser.ts'
import { type Company, startCompany } from '../support/company.ts'

/** Signing out goes both ways, in a real browser with a real provider: from the page, and from the provider. */

const chromium = findChromium()

describe('signing out at the provider', { skip: chromium === undefined && noChromium }, () => {
  let company: Company
  let provider: ShapedProvider
  let browser: Browser
  let folder: string
  const complaints: string[] = []

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'sallyport-sign-out-'))
    await writeFile(join(folder, 'client'), shapedClientSecret)
    provider = await startRenewingProvider(() => company.sallyport.url)
    company = await startCompany({
      settings: `identity:
  kind: oidc
  name: Muster id
  issuer: ${provider.issuer}
  shape: keycloak
  clientId: ${shapedClientId}
  clientSecret: file:${join(folder, 'client')}`,
    })
    browser = await openBrowser(chromium ?? '')
  })
  after(async () => {
    await browser?.close()
    await company?.end()
    await provider?.close()
    await rm(folder, { recursive: true, force: true })
  })

  const enter = async (): Promise<Page> => {
    const page = await newPage(browser, complaints)
    await page.goto(company.sallyport.url)
    await page.getByRole('link', { name: 'Sign in with your work account' }).click()
    await messageBox(page).waitFor()
    return page
  }
  /** The provider asks whether the person means it; its form has one button for it, or none and a script. */
  const confirm = (page: Page) => page.evaluate(confirming)
  const confirming = `(() => {
    const form = document.querySelector('form')
    const said = document.createElement('input')
    said.name = 'logout'
    said.value = 'yes'
    form.append(said)
    form.submit()
  })()`

  test('from the page: the sessions here end, the provider signs out, and the browser comes back', async () => {
    const page = await enter()
    await page.goto(`${company.sallyport.url}/#devices`)
    await page.getByRole('button', { name: 'Sign out everywhere, at Muster id too' }).click()
    await page.waitForURL(`${provider.issuer}/session/end*`)
    await confirm(page)
    await page.getByRole('heading', { name: 'You are signed out' }).waitFor()
    assert.equal(page.url(), `${company.sallyport.url}/sign-in/signed-out`)
    await page.getByRole('link', { name: 'Sign in again' }).click()
    await page.getByRole('link', { name: 'Sign in with your work account' }).waitFor()
    await page.context().close()
  })

  test('from the provider: an answer under way in that browser is cut within a second', async (context) => {
    const page = await enter()
    await page.getByRole('button', { name: /^Model:/ }).click()
    await page
      .getByRole('dialog', { name: 'Choose a model' })
      .getByText('Simulated sim-stall', { exact: true })
      .click()
    await send(page, 'Tell me a story.')
    const turn = page.getByRole('article', { name: 'Message and answer' }).last()
    await turn.getByText('Once upon a time').waitFor()
    const there = await page.context().newPage()
    await there.goto(`${provider.issuer}/session/end`)
    const began = performance.now()
    await confirm(there)
    await turn.getByText(/session ended|signed out/i).waitFor()
    const tookMs = performance.now() - began
    context.diagnostic(
      `from the press at the provider to the end of the answer on the page: ${tookMs.toFixed(0)} ms`,
    )
    assert.ok(tookMs < 1_000, `${tookMs} ms`)
    assert.match(await turn.innerText(), /Once upon a time/)
    await page.context().close()
  })
})
