import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

const names = ['chromium', 'chromium-browser', 'google-chrome']

/** The path of a Chromium on this machine: CHROMIUM, or the first on the PATH. Undefined when there is none. */
export function findChromium(): string | undefined {
  const named = process.env.CHROMIUM
  if (named !== undefined && named !== '') return named
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/bin']
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find((path) => existsSync(path))
}

export const noChromium = 'there is no Chromium (apt-get install chromium, or name one with CHROMIUM)'

export const openBrowser = (path: string): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      `--disable-features=${[...offByPlaywright, ...offHere].join()}`,
    ],
  })

/**
 * What each window costs beside its page: two pages for suggestions under the address bar, which nobody sees, and a process for
 * the page after. Measured with Chromium 156: five windows take 1.3 s of processor instead of 3.3.
 */
const offHere = ['WebUIOmniboxPopup', 'WebUIOmniboxAimPopup', 'SpareRendererForSitePerProcess']

/** Of two such options the last one counts, so those of Playwright stand here, too. Source: chromiumSwitches of playwright-core 1.65. */
const offByPlaywright = [
  'AvoidUnnecessaryBeforeUnloadCheckSync',
  'DestroyProfileOnBrowserClose',
  'HttpsUpgrades',
  'HttpsFirstBalancedModeAutoEnable',
  'LensOverlay',
  'MediaRouter',
  'PaintHolding',
  'ThirdPartyStoragePartitioning',
  'AvoidCorsURLLoaderRestartOnRedirect',
  'OptimizationHints',
  'NetworkTimeServiceQuerying',
  'AimEnabled',
  'PreconnectToSearch',
]

/** A step that takes longer on a slow machine is stuck. */
const stepLimitMs = 10_000

/** A page of its own session. What the browser complains about, a broken content policy too, goes to `complaints`. */
export async function newPage(
  browser: Browser,
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ reducedMotion: 'reduce', locale: 'en-GB', ...options })
  context.setDefaultTimeout(stepLimitMs)
  const page = await context.newPage()
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text())
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return page
}

/** From the first page to the message box, as a person does it. */
export async function signIn(page: Page, url: string, email: string, dataFolder: string): Promise<void> {
  await page.goto(url)
  await page.getByRole('link', { name: 'Sign in with your work account' }).click()
  await enterPassword(page, email, dataFolder)
}

/** The page of the embedded provider, and back to ours, whichever it was. */
export async function enterPassword(page: Page, email: string, dataFolder: string): Promise<void> {
  await fillPassword(page, email, dataFolder)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await messageBox(page).waitFor({ state: 'attached' })
}

/** The same in a window of its own, which closes by itself. */
export async function signInWindow(window: Page, email: string, dataFolder: string): Promise<void> {
  await fillPassword(window, email, dataFolder)
  const closed = window.waitForEvent('close')
  await window.getByRole('button', { name: 'Sign in' }).click()
  await closed
}

async function fillPassword(page: Page, email: string, dataFolder: string): Promise<void> {
  await page.getByRole('radio', { name: email }).check()
  const password = await readFile(join(dataFolder, 'keys', 'development-password'), 'utf8')
  await page.getByLabel('Development password').fill(password.trim())
}

/** Behind the register it is there too, hidden. */
export const messageBox = (page: Page) =>
  page.getByRole('textbox', { name: 'Your message', includeHidden: true })

export async function send(page: Page, text: string): Promise<void> {
  await messageBox(page).fill(text)
  await page.getByRole('form', { name: 'Message' }).getByRole('button', { name: /^Send/ }).click()
}
