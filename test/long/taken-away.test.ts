import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { rename, rm } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { askChat, type Prepared, prepare } from '../support/prepared.ts'
import { end, type Running, runCommand, startProcess } from '../support/process.ts'

/** What a running Sallyport stands on is taken away: the folders of its log and its keys, and the numbers files and connections are opened with. */

let simulator: Simulator
let prepared: Prepared
let key: string

before(async () => {
  simulator = await startSimulator()
  prepared = await prepare({ providerPort: simulator.port })
  key = await prepared.createKey()
})

after(async () => {
  await simulator.stop()
  await prepared.remove()
})

async function ask(
  running: Running,
  signal?: AbortSignal,
): Promise<{ readonly status: number; readonly text: string }> {
  const response = await askChat(running.url, key, 'the heron', signal === undefined ? {} : { signal })
  return { status: response.status, text: await response.text() }
}

async function assertSound(): Promise<void> {
  const { code, stdout } = await runCommand(['audit', 'verify', '--open', '--json'], prepared.environment)
  assert.equal(code, 0, stdout)
}

test('with more connections than it has numbers for, it refuses or answers, and what it answered is in the log', {
  skip: hasPrlimit() ? false : 'prlimit is not installed (apt-get install util-linux)',
}, async (context) => {
  const running = await startProcess(prepared.environment, ['prlimit', '--nofile=160:160'])
  context.after(() => end(running, 'SIGKILL'))
  assert.equal((await ask(running)).status, 200)
  const sockets: Socket[] = []
  const letGo = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  context.after(letGo)
  for (let number = 0; number < 250; number++) {
    const socket = connect(running.port, '127.0.0.1')
    socket.on('error', (error: NodeJS.ErrnoException) => assert.match(error.code ?? '', /ECONNRESET|EPIPE/))
    sockets.push(socket)
  }
  await pause(300)
  const during = await Promise.allSettled(
    Array.from({ length: 5 }, () => ask(running, AbortSignal.timeout(1_000))),
  )
  letGo()
  await pause(200)
  const afterwards = await ask(running)
  const got = during.filter((each) => each.status === 'fulfilled').map(({ value }) => value)
  context.diagnostic(`${got.length} of 5 got an answer meanwhile; afterwards ${afterwards.status}`)
  assert.equal(running.child.exitCode, null, 'it still runs')
  assert.equal(afterwards.status, 200, afterwards.text)
  // No number is left to reach the provider with, either.
  for (const { status, text } of got) assert.ok([200, 502, 503].includes(status), `${status} ${text}`)
  await end(running)
  await assertSound()
})

for (const [what, how] of [
  ['keys', 'moved'],
  ['audit', 'moved'],
  ['audit', 'removed'],
] as const) {
  test(`once ${what}/ was ${how}, nothing is sent any more and health says so`, async (context) => {
    const data = prepared.dataFolder
    const running = await startProcess(prepared.environment)
    context.after(() => end(running, 'SIGKILL'))
    assert.equal((await ask(running)).status, 200)
    await simulator.clear()
    const away = join(prepared.folder, 'elsewhere')
    if (how === 'moved') await rename(join(data, what), away)
    else await rm(join(data, what), { recursive: true })
    const takenAt = performance.now()
    let answered = 0
    let last = await ask(running)
    while (last.status === 200 && performance.now() - takenAt < 10_000) {
      answered++
      await pause(50)
      last = await ask(running)
    }
    const noticedMs = performance.now() - takenAt
    context.diagnostic(`${answered} answered within the ${Math.round(noticedMs)} ms until it was noticed`)
    assert.equal(last.status, 503, last.text)
    assert.match(last.text, /log cannot be written/)
    // What was removed is noticed with the next entry; of what was moved nothing is lost, and the next look at the disk notices.
    assert.ok(how === 'removed' ? answered === 0 : noticedMs < 6_000, `${answered} answered, ${noticedMs} ms`)
    // One may have been under way: begun in the log, and its end no longer written.
    const seen = (await simulator.seen()).length
    assert.ok(seen >= answered && seen <= answered + (how === 'removed' ? 0 : 1), `${seen} sent`)
    assert.equal((await fetch(`${running.url}/health/ready`)).status, 503)
    await end(running, 'SIGKILL')
    if (how === 'removed') return
    // Folders of the tree may have been made anew meanwhile.
    await rm(join(data, what), { recursive: true, force: true })
    await rename(away, join(data, what))
    const again = await startProcess(prepared.environment)
    assert.equal((await ask(again)).status, 200)
    await end(again)
    await assertSound()
  })
}

function hasPrlimit(): boolean {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}
