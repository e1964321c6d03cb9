import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, before, test } from 'node:test'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { askChat, type Prepared, prepare } from '../support/prepared.ts'
import { end, runCommand, startProcess } from '../support/process.ts'

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

let simulator: Simulator
let prepared: Prepared
let key: string

before(async () => {
  simulator = await startSimulator()
  // strace counts calls per thread; one thread makes "the twentieth" mean something.
  prepared = await prepare({ providerPort: simulator.port, environment: { UV_THREADPOOL_SIZE: '1' } })
  key = await prepared.createKey()
})

after(async () => {
  await simulator.stop()
  await prepared.remove()
})

for (const [name, injected] of [
  ['a sync that fails with EIO', 'inject=fdatasync:error=EIO:when=12+'],
  // A start takes dozens of them: zeros for what the log will write.
  ['a write that fails with ENOSPC', 'inject=pwrite64,pwritev:error=ENOSPC:when=120+'],
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
    const running = await startProcess(prepared.environment, strace)
    context.after(() => end(running, 'SIGKILL'))
    const receipts: string[] = []
    let refused = 0
    for (let number = 0; number < 60; number++) {
      const response = await askChat(running.url, key, `${name} ${number}`)
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

    const again = await startProcess(prepared.environment)
    assert.equal((await askChat(again.url, key, 'after the repair')).status, 200)
    await end(again)
    const verified = await runCommand(['audit', 'verify'], prepared.environment)
    assert.equal(verified.code, 0, verified.stdout)
  })
}
