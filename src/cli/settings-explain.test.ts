import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { run } from './test-world.ts'

const folder = mkdtempSync(join(tmpdir(), 'sallyport-explain-cli-'))
after(() => rmSync(folder, { recursive: true }))

test('settings are told with their source, for people and for programs', async () => {
  const environment = { PORT: '9000' }
  assert.match(
    (await run(['settings', 'explain'], { environment })).out,
    /\nport +9000 +environment variable PORT\n/,
  )
  const { settings } = JSON.parse((await run(['settings', 'explain', '--json'], { environment })).out)
  assert.deepEqual(
    settings.find(({ key }: { key: string }) => key === 'port'),
    { key: 'port', value: 9000, from: 'environment variable PORT' },
  )
})

test('wrong settings are told whole and end with 1', async () => {
  const file = join(folder, 'sallyport.yaml')
  writeFileSync(file, 'prot: 1\nlimits: { openPerCaller: 0 }\n')
  const { exitCode, err } = await run(['settings', 'explain'], { environment: { SALLYPORT_SETTINGS: file } })
  assert.equal(exitCode, 1)
  assert.match(err, /sallyport\.yaml:1:1: prot is not a setting/)
  assert.match(err, /sallyport\.yaml:2:11: limits\.openPerCaller/)
})
