import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { startSimulator } from '../simulator/start.ts'
import { settingsText } from '../support/company.ts'
import { end, runCommand, startProcess } from '../support/process.ts'
import { defaultRecords } from '../support/records.ts'

const ask = (url: string, key: string) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: 'the heron flies' }] }),
  })

test('killed in the middle five times, nothing is missing in the file and no line is torn', async (context) => {
  const folder = await mkdtemp(join(tmpdir(), 'sallyport-export-kill-'))
  const simulator = await startSimulator()
  context.after(async () => {
    await simulator.stop()
    await rm(folder, { recursive: true })
  })
  const local = join(folder, 'log.jsonl')
  await writeFile(
    join(folder, 'sallyport.yaml'),
    settingsText(
      simulator.port,
      `limits: { requestsPerMinute: 1000000 }\naudit: { export: [{ id: local, kind: file, format: sallyport, path: log.jsonl }] }`,
    ),
  )
  await writeFile(join(folder, 'records.yaml'), defaultRecords)
  const environment = {
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  const made = await runCommand(['key', 'create', '--person', 'ada@example.com', '--json'], environment)
  const { key } = JSON.parse(made.stdout) as { key: string }
  for (let kill = 0; kill < 5; kill++) {
    const running = await startProcess(environment)
    const settled = Promise.allSettled(
      Array.from({ length: 40 }, () => ask(running.url, key).then((answer) => answer.text())),
    )
    // Somewhere between the first line written and the last one made sure of.
    await pause(100 + kill * 130)
    await end(running, 'SIGKILL')
    await settled
  }
  const last = await startProcess(environment)
  const status = async () => {
    const { stdout } = await runCommand(['audit', 'export', 'status', '--json'], environment)
    return JSON.parse(stdout) as { size: number; sinks: { lag: number }[] }
  }
  for (let tries = 0; (await status()).sinks[0]?.lag !== 0; tries++) assert.ok(tries < 100, 'it catches up')
  const { size } = await status()
  await end(last)
  const lines = (await readFile(local, 'utf8')).split('\n').slice(0, -1)
  const ids = new Set(lines.map((line) => (JSON.parse(line) as { id: string }).id))
  assert.ok(size > 100, String(size))
  for (let index = 0; index < size; index++)
    assert.ok(ids.has(`sallyport.local#${index}`), `entry ${index} is missing`)
})
