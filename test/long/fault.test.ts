import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { settingsText } from '../support/company.ts'
import { end, runCommand, startProcess } from '../support/process.ts'
import { defaultRecords } from '../support/records.ts'

/**
 * The disk fails under a running Sallyport (system calls are made to fail with strace): no request leaves that
 * the log does not hold, callers get 503 and a reason, and the next start goes on with everything acknowledged.
 */

const hasStrace = (() => {
  try {
    execFileSync('strace', ['-V'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()
const skip = hasStrace ? false : 'strace is not installed (apt-get install strace)'

let folder: string
let simulator: Simulator
let environment: NodeJS.ProcessEnv
let key: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-fault-'))
  simulator = await startSimulator()
  await writeFile(join(folder, 'sallyport.yaml'), settingsText(simulator.port, ''))
  await writeFile(join(folder, 'records.yaml'), defaultRecords)
  environment = {
    ...process.env,
    PORT: '0',
    // strace counts calls per thread; one thread makes "the twentieth" mean something.
    UV_THREADPOOL_SIZE: '1',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  const created = await runCommand(['key', 'create', '--person', 'ada@example.com', '--json'], environment)
  key = (JSON.parse(created.stdout) as { key: string }).key
})

after(async () => {
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

const ask = (url: string, text: string) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({ model: 'sim-echo', messages: [{ role: 'user', content: text }] }),
  })

for (const [name, injected] of [
  ['a sync that fails with EIO', 'inject=fdatasync:error=EIO:when=12+'],
  ['a write that fails with ENOSPC', 'inject=pwrite64,pwritev:error=ENOSPC:when=30+'],
] as const) {
  test(`${name} stops everything before it leaves, and loses nothing acknowledged`, {
    skip,
  }, async (context) => {
    await simulator.clear()
    // -D: the traced process keeps its own id, so that killing it kills Sallyport and not the tracer.
    const strace = [
      'strace',
      '-D',
      '-f',
      '-qq',
      '-o',
      '/dev/null',
      '-e',
      'trace=fdatasync,pwrite64,pwritev',
      '-e',
      injected,
    ]
    const running = await startProcess(environment, strace)
    context.after(() => end(running, 'SIGKILL'))
    const receipts: string[] = []
    let refused = 0
    for (let number = 0; number < 60; number++) {
      const response = await ask(running.url, `${name} ${number}`)
      const text = await response.text()
      if (response.status === 200) {
        assert.equal(refused, 0, 'once the log is dead nothing is answered any more')
        receipts.push(response.headers.get('x-sallyport-receipt') ?? '')
      } else {
        assert.equal(response.status, 503, text)
        assert.match(text, /log cannot be written/)
        refused++
      }
    }
    assert.ok(receipts.length > 0 && refused > 0, `${receipts.length} answered, ${refused} refused`)
    const seen = await simulator.seen()
    assert.ok(
      seen.length <= receipts.length + 1,
      `the provider saw ${seen.length}, the log holds ${receipts.length}`,
    )
    const ready = await fetch(`${running.url}/health/ready`)
    assert.equal(ready.status, 503)
    await end(running, 'SIGKILL')

    const again = await startProcess(environment)
    assert.equal((await ask(again.url, 'after the repair')).status, 200)
    await end(again)
    const verified = await runCommand(['audit', 'verify'], environment)
    assert.equal(verified.code, 0, verified.stdout)
  })
}
