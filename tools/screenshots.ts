// Takes the pictures of docs/pictures with a real browser: `npm run screenshots`. A Sallyport of its own is started
// with nothing configured, in a folder that is removed afterwards. CHROMIUM names another browser.
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { type Sallyport, startSallyport } from '#/main.ts'
import { findChromium, newPage, noChromium, openBrowser, send, signIn } from '../test/support/browser.ts'

const pictures = join(import.meta.dirname, '..', 'docs', 'pictures')

/** Every clone carries these for ever. */
const pictureMaxBytes = 250_000

const wide = { width: 1280, height: 800 }
const phone = { width: 390, height: 844 }

const reminder =
  'Write two friendly lines to Ines Halvard, ines.halvard@tarnwick.example.com: invoice 20417 is due on Friday, ' +
  'please pay to DE89 3704 0044 0532 0130 00.'

// In two parts, so that no scanner takes this file for a leak. It opens nothing.
const accessKey = `${'AKIA'}${'Q3EGWRZ5MNX2TVBA'}`
const withSecret = `Why does the upload stop after a minute?\n\naws_access_key_id = ${accessKey}\nregion = eu-central-1`

/** A new model somebody wants to use: it waits on the page of the register. */
const proposal = `
records:
  - kind: offering
    id: west-large
    title: West, large
    connection: demo
    model: west-large-2026
    facts:
      tier: { is: commercial, source: contract 17, asOf: 2026-03-01, by: contract }
      processor: { is: West Models, source: contract 17, asOf: 2026-03-01, by: contract }
      region: { is: eu-west-1, source: console, asOf: 2026-11-01, by: probe }
      retentionDays: { is: 30, source: contract 17 section 4, asOf: 2026-03-01, by: contract }
      trains: { is: never, source: contract 17 section 6, asOf: 2026-03-01, by: contract }
      regionScope: { is: region, source: contract 17 section 3, asOf: 2026-03-01, by: contract }
      makerReceives: { is: false, source: contract 17 section 4, asOf: 2026-03-01, by: contract }
      dpa: { is: true, source: contract 17 appendix 2, asOf: 2026-03-01, until: 2027-02-28, by: contract }
  - kind: policy
    id: contacts-stay
    title: Contacts stay
    owner: owner@example.com
    rules:
      - { id: addresses-stay, title: Addresses stay here, families: [contact], action: block, mayMask: true, owner: owner@example.com }
`

async function main(): Promise<void> {
  const chromium = findChromium()
  if (chromium === undefined) throw new Error(noChromium)
  await mkdir(pictures, { recursive: true })
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-pictures-'))
  const dataFolder = join(folder, 'data')
  const sallyport = await startSallyport({
    environment: { PORT: '0', SALLYPORT_DATA: dataFolder },
    print: () => undefined,
  })
  try {
    const browser = await openBrowser(chromium)
    try {
      await takeAll(browser, sallyport, dataFolder)
    } finally {
      await browser.close()
    }
  } finally {
    await sallyport.stop()
    await rm(folder, { recursive: true, force: true })
  }
}

async function takeAll(browser: Browser, sallyport: Sallyport, dataFolder: string): Promise<void> {
  const page = await newPage(browser, [], { viewport: wide, deviceScaleFactor: 1, colorScheme: 'light' })
  await page.goto(sallyport.url)
  await page.getByRole('link', { name: 'Sign in with your work account' }).waitFor()
  await take(page, 'sign-in')

  await signIn(page, sallyport.url, 'owner@example.com', dataFolder)
  // The models are asked for after the page is there; before that the picture would show an empty place.
  await page.getByRole('button', { name: /^Goes to/ }).waitFor()
  await take(page, 'start')

  await send(page, reminder)
  await page.getByRole('button', { name: 'Ask again' }).waitFor()
  await take(page, 'chat')
  await page.emulateMedia({ colorScheme: 'dark' })
  await take(page, 'chat-dark')
  await page.emulateMedia({ colorScheme: 'light' })
  await page.setViewportSize(phone)
  await take(page, 'phone')
  await page.setViewportSize(wide)

  await page.getByRole('button', { name: 'Receipt', exact: true }).click()
  const drawer = page.getByRole('dialog', { name: 'What happened to this prompt' })
  await drawer.getByRole('button', { name: 'Download receipt' }).waitFor()
  await take(page, 'receipt')
  await drawer.getByRole('button', { name: 'Close receipt' }).click()

  await page.getByRole('complementary', { name: 'Chats' }).getByRole('button', { name: 'New chat' }).click()
  await send(page, withSecret)
  await page.getByRole('heading', { name: 'What works now' }).waitFor()
  await page.locator('#draft-class').getByText('may not leave').waitFor()
  await take(page, 'refusal')

  await sallyport.control.apply?.({
    files: [{ name: 'records.yaml', text: proposal }],
    by: 'command-line:sam',
  } as never)
  await page.getByRole('link', { name: 'Register' }).click()
  await page.getByRole('link', { name: 'West, large' }).click()
  await page.getByRole('heading', { name: 'West, large' }).waitFor()
  await take(page, 'register')
  await takeGovernance(page, sallyport)
  await takeIdentity(page, sallyport)
}

/** The pages of who decided what, and what of it serves. */
async function takeGovernance(page: Page, { url, control }: Sallyport): Promise<void> {
  await page.goto(`${url}/#simulate`)
  await page.getByRole('button', { name: 'Try it' }).first().click()
  await page
    .getByRole('heading', { name: /of .* exchanges/ })
    .first()
    .waitFor()
  await take(page, 'simulate')

  const by = 'command-line:sam'
  const stop = { scope: 'offering', target: 'demo', reason: 'A drill of the first Monday of the month.' }
  await control['switch.pull']!({ by, asked: { ...stop, drill: true, minutes: 30 } } as never)
  for (const { name, hash, text } of [
    { name: 'waiting', hash: 'register', text: 'West, large' },
    { name: 'rules', hash: 'register/policy/company-rules', text: 'Secrets never leave' },
    { name: 'catalogue', hash: 'register/catalogue', text: 'Bedrock' },
    { name: 'publications', hash: 'publications', text: 'serves' },
    { name: 'switches', hash: 'switches', text: 'first Monday' },
  ]) {
    await page.goto(`${url}/#${hash}`)
    await page.getByText(text).filter({ visible: true }).first().waitFor()
    await take(page, name)
  }
}

/** A tool that asks to be signed in: the code a person decides about, and what it polls with. */
async function startTool(url: string) {
  const answer = await fetch(`${url}/oauth/device_authorization`, {
    method: 'POST',
    headers: { 'user-agent': 'claude-code/2.1.330' },
    body: new URLSearchParams({ surface: 'claude_code' }),
  })
  return (await answer.json()) as { readonly user_code: string; readonly device_code: string }
}

/** The pages of who may do what: people, access, keys, devices, and the one that signs in a tool. */
async function takeIdentity(page: Page, { url, control }: Sallyport): Promise<void> {
  const by = 'command-line:sam'
  const given = { role: 'security', days: 30, reason: 'Stands in for Rita while she is away.' }
  await control['role.grant']!({ by, asked: { email: 'employee@example.com', ...given } } as never)
  await control['service.save']!({
    id: 'builds',
    owner: 'owner@example.com',
    label: 'Nightly builds',
    by,
  } as never)
  const bounds = { highestClass: 'internal', networks: ['10.20.0.0/16'], requestsPerDay: 500 }
  const key = { service: 'builds', label: 'Reviews of the night', useCase: 'general-assistant', bounds, by }
  await control['key.create']!(key as never)
  await control['key.create']!({ email: 'owner@example.com', label: 'Laptop', by } as never)

  const tool = await startTool(url)
  await page.goto(`${url}/device?user_code=${tool.user_code}`)
  await page.getByRole('button', { name: 'Approve' }).waitFor()
  await take(page, 'device')
  await page.getByRole('button', { name: 'Approve' }).click()
  await page.getByRole('heading', { name: 'The tool is signed in' }).waitFor()
  const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
  await fetch(`${url}/oauth/token`, {
    method: 'POST',
    body: new URLSearchParams({ grant_type, device_code: tool.device_code }),
  })

  for (const { name, hash, text } of [
    { name: 'devices', hash: 'devices', text: 'Claude Code' },
    { name: 'keys', hash: 'keys', text: 'Reviews of the night' },
    { name: 'access', hash: 'access', text: 'named in the settings' },
    { name: 'people', hash: 'people', text: 'employee@example.com' },
  ]) {
    await page.goto(`${url}/#${hash}`)
    await page.getByText(text).filter({ visible: true }).first().waitFor()
    await take(page, name)
  }
}

async function take(page: Page, name: string): Promise<void> {
  const bytes = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  if (bytes.length > pictureMaxBytes)
    throw new Error(`the picture ${name} has ${bytes.length} bytes, more than ${pictureMaxBytes}`)
  await writeFile(join(pictures, `${name}.png`), bytes)
  process.stdout.write(`docs/pictures/${name}.png  ${bytes.length} bytes\n`)
}

await main()
