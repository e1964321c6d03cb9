import assert from 'node:assert/strict'
import { test } from 'node:test'
import { offeringHandlers } from '#/register/catalogue/control.ts'
import type { Register } from '#/register/register.ts'
import { run } from './test-world.ts'

const now = Date.parse('2026-11-26T12:00:00Z')
/** Nothing in the register: the catalogue is the real one. */
const empty = { find: () => undefined, list: () => [] } as unknown as Register

const runOffering = (...argv: readonly string[]) =>
  run(['offering', ...argv], {
    environment: { SALLYPORT_DATA: '/nowhere' },
    handlers: offeringHandlers(empty, { of: () => undefined }, () => now),
  })

test('offerings are listed, shown with every source, and compared with what differs marked', async () => {
  const listed = await runOffering('list')
  assert.match(listed.out, /^ {2}bedrock-none-private +restricted +/m)
  assert.match(listed.out, /^ {2}chatgpt-personal +nothing +/m)
  const shown = await runOffering('show', 'claude-api')
  assert.match(
    shown.out,
    /retentionDays +30\n +doc, https:\S+, as of 2026-08-05, until 2027-02-01\n +30 here; 0 by https/,
  )
  const compared = await runOffering('compare', 'openai-api', 'bedrock-none-private')
  assert.match(compared.out, /^\* retentionDays +30 +0$/m)
  assert.match(compared.out, /^ {2}dpa +true +true$/m)
  assert.match(compared.out, /^\* carries at most +confidential +restricted$/m)
  assert.match(compared.out, /^ {2}For restricted: It must be kept 0 days\.$/m)
})

test('a draft needs connection and model, and a name that is not there gets the nearest one', async () => {
  const drafted = await runOffering('draft', 'openai-api', '--connection', 'west', '--model', 'large')
  assert.equal(drafted.exitCode, 0)
  assert.match(drafted.out, /^ {4}connection: west$/m)
  assert.equal((await runOffering('draft', 'openai-api', '--connection', 'west')).exitCode, 2)
  const wrong = await runOffering('compare', 'openai-ap', 'xai-api')
  assert.equal(wrong.exitCode, 1)
  assert.match(wrong.err, /Did you mean "openai-api"/)
})

test('what ends soon is asked for with a number of days', async () => {
  assert.match((await runOffering('ending')).out, /ends within 30 days/)
  assert.match((await runOffering('ending', '--days', '60')).out, /within 60 days/)
  assert.equal((await runOffering('ending', '--days', 'soon')).exitCode, 2)
})
