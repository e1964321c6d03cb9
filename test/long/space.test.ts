import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, open, readFile, rm, statfs, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type HandProvider, handEnd, handEvent, startHandProvider } from '../support/hand-provider.ts'
import { end, runCommand, startProcess } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/**
 * A disk that fills up under a running Sallyport: it refuses before the disk is full, what is under way is written down
 * to the last entry although somebody else takes the rest, and it goes on by itself once there is room.
 */

const mebibyte = 1_024 * 1_024
const isRoot = process.getuid?.() === 0

let folder: string
let disk: string
let provider: HandProvider
let environment: NodeJS.ProcessEnv
/** Why there is no small disk here. */
let skip: string | false = isRoot ? false : 'mounting a small disk needs root'

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-space-'))
  disk = join(folder, 'disk')
  await mkdir(disk)
  provider = await startHandProvider()
  if (skip !== false) return
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=192m', 'tmpfs', disk], { stdio: 'pipe' })
  } catch (error) {
    skip = `no small disk can be mounted here: ${(error as Error).message.split('\n')[0]}`
    return
  }
  await writeFile(
    join(folder, 'sallyport.yaml'),
    `connections:\n  hand: { kind: compatible, url: "http://127.0.0.1:${provider.port}/v1", silenceLimitMs: 60000 }\n` +
      'bootstrap: [records.yaml]\naudit: { ballastMiB: 8 }\n',
  )
  await writeFile(
    join(folder, 'records.yaml'),
    recordsText([
      offeringText({ id: 'hand', connection: 'hand' }),
      useCaseText('general-assistant', ['hand']),
      policyText(),
    ]),
  )
  environment = {
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: join(disk, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
})

after(async () => {
  await provider.stop()
  if (skip === false) execFileSync('umount', ['-l', disk])
  await rm(folder, { recursive: true, force: true })
})

async function freeBytes(): Promise<number> {
  const { bavail, bsize } = await statfs(disk)
  return bavail * bsize
}

/** Takes space until `leftBytes` are free, or until there is none. */
async function fill(name: string, leftBytes: number): Promise<void> {
  const file = await open(join(disk, name), 'w')
  const piece = Buffer.alloc(64 * 1_024, 1)
  try {
    while ((await freeBytes()) > leftBytes) await file.write(piece)
  } catch (error) {
    assert.equal((error as NodeJS.ErrnoException).code, 'ENOSPC')
  } finally {
    await file.close()
  }
}

async function until(isSo: () => boolean | Promise<boolean>, what: string): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    if (await isSo()) return
    await pause(100)
  }
  assert.fail(`never: ${what}`)
}

const words =
  'the a gate sea town held stood wide old long road hill rain wind tree bird stone light door'.split(' ')

/** Text that is new each time, so that the log has to keep it. */
function wordsOf(bytes: number): string {
  let text = ''
  while (text.length < bytes) text += `${words[Math.floor(Math.random() * words.length)]} `
  return text
}

test('a small disk: refused before it is full, the last entry written, on again once there is room', async (context) => {
  if (skip !== false) {
    context.skip(skip)
    return
  }
  const made = await runCommand(['key', 'create', '--person', 'ada@example.com', '--json'], environment)
  const { key } = JSON.parse(made.stdout) as { key: string }
  const running = await startProcess(environment)
  context.after(() => end(running))
  const ask = (content: string) =>
    fetch(`${running.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}` },
      body: JSON.stringify({ model: 'hand', stream: true, messages: [{ role: 'user', content }] }),
    })
  const ballast = join(disk, 'data', 'audit', 'ballast')
  await until(() => existsSync(ballast), 'the ballast is made')

  let finish: () => void = assert.fail
  provider.answering = async (response) => {
    response.write(handEvent('It begins '))
    await new Promise<void>((resolve) => {
      finish = resolve
    })
    response.end(`${handEvent('and ends.')}${handEvent('', 'stop')}${handEnd}`)
  }
  const slow = await ask('Tell me slowly.')
  provider.answering = async (response) => {
    response.end(handEvent('', 'stop') + handEnd)
  }

  await fill('first', 66 * mebibyte)
  let sent = 0
  let refused: Response | undefined
  while (refused === undefined && sent < 100) {
    const response = await ask(wordsOf(500_000))
    if (response.status === 200) sent++
    else refused = response
    await response.text()
    await pause(20)
  }
  assert.equal(refused?.status, 503)
  assert.ok(sent > 0, 'something was sent before')
  assert.ok((await freeBytes()) > 20 * mebibyte, 'it stops long before the disk is full')
  const ready = () => fetch(`${running.url}/health/ready`)
  assert.deepEqual(await (await ready()).json(), { ready: false, log: 'full' })
  context.diagnostic(
    `refused after ${sent} requests with ${Math.floor((await freeBytes()) / mebibyte)} MiB free`,
  )

  await fill('second', 0)
  finish()
  assert.match(
    await slow.text(),
    /and ends\..*\[DONE\]\n\n$/s,
    'what was under way ends with its outcome written',
  )
  await until(() => !existsSync(ballast), 'the ballast is given up')

  await rm(join(disk, 'first'))
  await rm(join(disk, 'second'))
  await until(async () => (await ask('Again?')).status === 200, 'requests go on once there is room')
  assert.equal((await ready()).status, 200)
  await until(() => existsSync(ballast), 'the ballast is made again')
  await end(running)

  const { code, stdout } = await runCommand(['audit', 'verify', '--open', '--json'], environment)
  assert.equal(code, 0, stdout)
  const [log] = (JSON.parse(stdout) as { logs: { openIntents: number[]; folder: string }[] }).logs
  assert.deepEqual(log?.openIntents, [])
  const segment = await readFile(join(log?.folder ?? '', 'seg', '0000000001.seg'), 'latin1')
  assert.match(segment, /"kind":"log-full","facts":{"reason":"\d+ MiB are free, 64 must be"}/)
})
