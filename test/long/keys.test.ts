import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startTestVault, type TestVault } from '#/sealing/guards/test-vault.ts'
import { type Company, startCompany } from '../support/company.ts'

/** The key service goes away under a running Sallyport, for longer than what it opened may be used. */

let vault: TestVault
let company: Company
let key: string
let folder: string

before(async () => {
  vault = await startTestVault()
  folder = await mkdtemp(join(tmpdir(), 'sallyport-token-'))
  const token = join(folder, 'token')
  await writeFile(token, vault.token)
  company = await startCompany({
    settings: `keys: { source: vault, vault: { url: "${vault.url}", key: sallyport, token: "file:${token}", limitMs: 300 } }`,
  })
  key = (await company.createKey()).key
})
after(async () => {
  await company.end()
  await vault.stop()
  await rm(folder, { recursive: true })
})

const ask = async (): Promise<Response> => {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'the heron' }] }),
  })
  return new Response(await response.text(), { status: response.status })
}

test('for a minute what Vault opened serves, then nothing is sent, and it goes on once Vault is back', async () => {
  assert.equal((await ask()).status, 200)
  vault.fault = [503, { errors: ['Vault is sealed'] }]
  const downAt = performance.now()
  let refused = await ask()
  while (refused.status === 200 && performance.now() - downAt < 70_000) {
    await pause(250)
    refused = await ask()
  }
  const servedMs = performance.now() - downAt
  assert.equal(refused.status, 503)
  assert.match(await refused.text(), /log_unavailable|log-unavailable/)
  // It had been opened at most 20 seconds before, so it serves for 40 to 60.
  assert.ok(servedMs > 35_000 && servedMs < 61_000, `${servedMs} ms`)
  const ready = await fetch(`${company.sallyport.url}/health/ready`)
  assert.equal(ready.status, 503)
  assert.match(await ready.text(), /"keys":"closed/)
  const { size } = company.sallyport.audit
  const before = size()
  assert.equal((await ask()).status, 503)
  assert.equal(size(), before)
  vault.fault = undefined
  for (let tries = 0; (await ask()).status !== 200; tries++) {
    assert.ok(tries < 50, 'it does not come back')
    await pause(200)
  }
  const again = await fetch(`${company.sallyport.url}/health/ready`)
  assert.equal(again.status, 200)
})
