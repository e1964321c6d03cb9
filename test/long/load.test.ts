import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { settingsText } from '../support/company.ts'
import { end, type Running, runCommand, startProcess } from '../support/process.ts'
import { defaultRecords } from '../support/records.ts'

/**
 * Sixty-four clients at once, of every kind: whole answers, streams, slow readers, clients that leave, prompts that
 * are refused. Nothing fails that should not, nothing stays open, memory does not grow with the number of requests,
 * and the log holds one intent and one outcome for each.
 */

const clients = 64
const burstMs = 10_000

let folder: string
let simulator: Simulator
let environment: NodeJS.ProcessEnv
let running: Running
let key: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-load-'))
  simulator = await startSimulator()
  const limits = 'limits: { requestsPerMinute: 10000000, openPerCaller: 1000 }'
  await writeFile(join(folder, 'sallyport.yaml'), settingsText(simulator.port, limits))
  await writeFile(join(folder, 'records.yaml'), defaultRecords)
  environment = {
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  running = await startProcess(environment)
  const made = await runCommand(['key', 'create', '--person', 'ada@example.com', '--json'], environment)
  key = (JSON.parse(made.stdout) as { key: string }).key
})

after(async () => {
  await end(running, 'SIGKILL')
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

const agent = new Agent({ keepAlive: true, maxSockets: clients * 2 })

type Manner = 'whole' | 'stream' | 'slow' | 'leaves' | 'refused'
const manners: readonly Manner[] = [
  'whole',
  'stream',
  'whole',
  'slow',
  'stream',
  'leaves',
  'whole',
  'refused',
]
const counts: Record<Manner, number> = { whole: 0, stream: 0, slow: 0, leaves: 0, refused: 0 }

function bodyOf(manner: Manner, number: number): string {
  const stays = `Question ${number} of reader${number}@example.com: ${'what is the order of work? '.repeat(20)}`
  const secret = `-----BEGIN ${'PRIVATE KEY'}-----\n${'MIIEvQIBADANBgkqhkiG9w0BAQEFAASC'.repeat(3)}\n-----END ${'PRIVATE KEY'}-----`
  const isStream = manner !== 'whole' && manner !== 'refused'
  const model = manner === 'leaves' || manner === 'slow' ? 'sim-slow-5ms' : 'sim-echo'
  return JSON.stringify({
    model,
    stream: isStream,
    messages: [{ role: 'user', content: manner === 'refused' ? secret : stays }],
  })
}

function send(body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${key}`, 'content-length': Buffer.byteLength(body) }
    const sent = request(
      { port: running.port, host: '127.0.0.1', method: 'POST', path: '/v1/chat/completions', agent, headers },
      resolve,
    )
    sent.on('error', reject)
    sent.end(body)
  })
}

async function ask(manner: Manner, number: number): Promise<void> {
  const response = await send(bodyOf(manner, number))
  let text = ''
  if (manner === 'leaves') {
    response.on('error', () => undefined)
    response.once('data', () => response.destroy())
    await new Promise((resolve) => response.once('close', resolve))
    counts.leaves++
    return
  }
  for await (const piece of response.setEncoding('utf8')) {
    text += piece
    if (manner === 'slow') await pause(5)
  }
  assert.equal(response.statusCode, manner === 'refused' ? 400 : 200, text)
  if (manner === 'stream' || manner === 'slow') assert.match(text, /\[DONE\]\s*$/)
  if (manner === 'whole' || manner === 'stream') assert.match(text, new RegExp(`reader${number}@example`))
  counts[manner]++
}

async function burst(): Promise<void> {
  const until = performance.now() + burstMs
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let turn = 0; performance.now() < until; turn++) {
        await ask(manners[(client + turn) % manners.length] as Manner, client * 100_000 + turn)
      }
    }),
  )
}

/** MB the process holds, once it has had time to give back what it does not need. */
async function residentMb(): Promise<number> {
  await pause(1_000)
  const status = readFileSync(`/proc/${running.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024
}

const isLinux = process.platform === 'linux'

test('sixty-four clients of every kind: all are served as they should, and memory does not grow', {
  skip: !isLinux && 'memory is read from /proc',
}, async (context) => {
  await burst()
  const first = await residentMb()
  for (let round = 0; round < 2; round++) await burst()
  const last = await residentMb()
  context.diagnostic(
    `${JSON.stringify(counts)}; ${first.toFixed(0)} MB after one burst, ${last.toFixed(0)} MB after three`,
  )
  for (const [manner, count] of Object.entries(counts)) assert.ok(count > 100, `${manner}: ${count}`)
  assert.ok(last < first + 100, `${first} MB, then ${last} MB`)

  const ready = await fetch(`${running.url}/health/ready`)
  assert.equal(ready.status, 200)
  await end(running)
  const verified = await runCommand(['audit', 'verify', '--open', '--json'], environment)
  assert.equal(verified.code, 0, verified.stdout)
  const [log] = (JSON.parse(verified.stdout) as { logs: { openIntents: number[]; entries: number }[] }).logs
  assert.deepEqual(log?.openIntents, [])
  const { refused, ...sent } = counts
  const exchanges = Object.values(sent).reduce((sum, each) => sum + each, 0)
  assert.ok((log?.entries ?? 0) >= exchanges * 2 + refused)
})
