import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createTestBrowser } from '#/identity/test-browser.ts'
import { startTestProvider, type TestProvider, testClientId } from '#/identity/test-provider.ts'
import { end, type Running, startProcess } from '../support/process.ts'

/** Secrets in files are changed while a real process serves, and a real signal tells it. */

const secretOf = (which: string): string => [which, 'secret', 'of', 'a', 'test'].join('-').padEnd(40, '0')

let folder: string
let provider: TestProvider
let running: Running
const path = (name: string): string => join(folder, name)

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-renew-'))
  provider = await startTestProvider()
  await writeFile(path('client'), secretOf('first'))
  await writeFile(path('scim'), secretOf('first'))
  await writeFile(
    path('sallyport.yaml'),
    `identity:
  kind: oidc
  issuer: ${provider.url}
  clientId: ${testClientId}
  clientSecret: file:${path('client')}
  scim:
    - { id: directory, token: "file:${path('scim')}" }
`,
  )
  running = await startProcess({
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: path('data'),
    SALLYPORT_SETTINGS: path('sallyport.yaml'),
  })
})
after(async () => {
  await end(running)
  await provider.close()
  await rm(folder, { recursive: true, force: true })
})

/** What Sallyport proved itself with at a whole sign-in. */
async function signInSecret(): Promise<string | undefined> {
  const browser = createTestBrowser()
  const begun = await browser.get(`${running.url}/sign-in`)
  const back = await browser.get(provider.approve(new URL(begun.headers.get('location') ?? '')).href)
  assert.equal(back.status, 302, await back.text())
  return provider.clientSecrets.at(-1)
}

const directory = async (token: string): Promise<number> =>
  (await fetch(`${running.url}/scim/v2/Users`, { headers: { authorization: `Bearer ${token}` } })).status

test('a new client secret and a new token of a directory serve after SIGHUP, and what cannot be read changes nothing', async () => {
  assert.equal(await signInSecret(), secretOf('first'))
  assert.equal(await directory(secretOf('first')), 200)

  await writeFile(path('client'), secretOf('second'))
  await writeFile(path('scim'), 'too short')
  running.child.kill('SIGHUP')
  await pause(500)
  assert.equal(await signInSecret(), secretOf('first'), 'all of them, or none')
  assert.equal(await directory(secretOf('first')), 200)

  await writeFile(path('scim'), secretOf('second'))
  running.child.kill('SIGHUP')
  for (let tries = 0; tries < 200 && (await directory(secretOf('second'))) !== 200; tries++) await pause(25)
  assert.equal(await directory(secretOf('second')), 200)
  assert.equal(await directory(secretOf('first')), 401)
  assert.equal(await signInSecret(), secretOf('second'))
  assert.equal(running.child.exitCode, null)
})

test('where there is nothing to read, SIGHUP stops it as SIGTERM does, with its log closed', async () => {
  const alone = await startProcess({ ...process.env, PORT: '0', SALLYPORT_DATA: path('alone') })
  // It hears signals a moment after it says that it is ready.
  assert.equal((await fetch(`${alone.url}/health/live`)).status, 200)
  await end(alone, 'SIGHUP')
  assert.equal(alone.child.exitCode, 0)
  assert.equal(alone.child.signalCode, null)
})
