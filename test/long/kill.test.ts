import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { openLogKeys } from '#/audit/keys.ts'
import { openAuditLog } from '#/audit/log.ts'
import { type Simulator, startSimulator } from '../simulator/start.ts'
import { settingsText } from '../support/company.ts'
import { end, runCommand, startProcess } from '../support/process.ts'
import { defaultRecords } from '../support/records.ts'

/**
 * kill -9 under load, twenty times on one data folder: every answer a client got has its intent and its outcome in the log,
 * every other intent says `unknown-after-crash`, and the verifier is green after each start.
 */

const kills = 20

let folder: string
let simulator: Simulator
let environment: NodeJS.ProcessEnv
let key: string

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sallyport-kill-'))
  simulator = await startSimulator()
  await writeFile(
    join(folder, 'sallyport.yaml'),
    settingsText(simulator.port, 'limits: { requestsPerMinute: 1000000 }'),
  )
  await writeFile(join(folder, 'records.yaml'), defaultRecords)
  environment = {
    ...process.env,
    PORT: '0',
    SALLYPORT_DATA: join(folder, 'data'),
    SALLYPORT_SETTINGS: join(folder, 'sallyport.yaml'),
  }
  key = (
    JSON.parse(await command('key', 'create', '--person', 'ada@example.com', '--json')) as { key: string }
  ).key
})

after(async () => {
  await simulator.stop()
  await rm(folder, { recursive: true, force: true })
})

async function command(...words: string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(words, environment)
  assert.ok(code === 0 || words[0] === 'audit', stderr)
  return stdout
}

interface Verified {
  readonly ok: boolean
  readonly logs: readonly { readonly problems: readonly string[]; readonly openIntents: readonly number[] }[]
}

const verify = async (): Promise<Verified> =>
  JSON.parse(await command('audit', 'verify', '--json')) as Verified

/** How every intent in the log ended, by its index. */
async function readEndings(): Promise<ReadonlyMap<number, string | undefined>> {
  const origin = 'sallyport.local'
  const keys = await openLogKeys({ folder: join(folder, 'data', 'keys'), origin })
  const log = await openAuditLog({
    folder: join(folder, 'data', 'audit'),
    origin,
    segmentBytes: 64 * 1024 * 1024,
    keys,
  })
  const endings = new Map<number, string | undefined>()
  try {
    for (let index = 0; index < log.size(); index++) {
      const { kind, facts } = (await log.open(index)) ?? assert.fail(`entry ${index} is not there`)
      if (kind === 'intent') endings.set(index, (await log.outcomeOf(index))?.facts.decision)
      // An outcome stands for one intent, and says which.
      else if (kind === 'outcome') assert.ok(endings.has(facts.intent as number))
    }
  } finally {
    await log.close()
    keys.close()
  }
  return endings
}

interface Acknowledged {
  readonly receipt: string
  readonly text: string
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 })

/** One exchange; undefined when the connection broke before the whole answer was here. */
function ask(port: number, number: number, isStream: boolean): Promise<Acknowledged | undefined> {
  return new Promise((resolve) => {
    const text = `question ${number}`
    const body = JSON.stringify({
      model: 'sim-echo',
      stream: isStream,
      messages: [{ role: 'user', content: text }],
    })
    const sent = request(
      {
        port,
        host: '127.0.0.1',
        method: 'POST',
        path: '/v1/chat/completions',
        agent,
        headers: { authorization: `Bearer ${key}`, 'content-length': Buffer.byteLength(body) },
      },
      (response) => {
        let received = ''
        response.setEncoding('utf8').on('data', (piece: string) => {
          received += piece
        })
        response.on('error', () => resolve(undefined))
        response.on('close', () => resolve(undefined))
        response.on('end', () => {
          const isWhole = isStream ? received.includes('[DONE]') : response.complete
          const isAnswer = response.statusCode === 200 && isWhole
          resolve(isAnswer ? { receipt: String(response.headers['x-sallyport-receipt']), text } : undefined)
        })
      },
    )
    sent.on('error', () => resolve(undefined))
    sent.end(body)
  })
}

test(`kill -9 under load, ${kills} times: nothing acknowledged is lost and the verifier is green`, async (context) => {
  const acknowledged: Acknowledged[] = []
  let asked = 0
  for (let round = 0; round < kills; round++) {
    const running = await startProcess(environment)
    let isRunning = true
    const clients = Array.from({ length: 16 }, async (_, index) => {
      while (isRunning) {
        const answer = await ask(running.port, asked++, index % 2 === 0)
        if (answer !== undefined) acknowledged.push(answer)
        else await pause(2)
      }
    })
    await pause(300 + Math.random() * 500)
    const killed = end(running, 'SIGKILL')
    isRunning = false
    await Promise.all([killed, ...clients])
    // Offline, before the next start mends anything: what is on disk is consistent as it is.
    const crashed = await verify()
    assert.ok(crashed.ok, `round ${round}: ${JSON.stringify(crashed)}`)
  }
  assert.ok(acknowledged.length > kills * 20, `only ${acknowledged.length} answers: this was no load`)
  context.diagnostic(`${acknowledged.length} answers acknowledged of ${asked} asked over ${kills} kills`)

  const last = await startProcess(environment)
  assert.ok(last.startMs < 5_000, `started in ${last.startMs} ms`)
  await end(last)
  const verified = await verify()
  assert.ok(verified.ok, JSON.stringify(verified))
  assert.deepEqual(verified.logs[0]?.openIntents, [])

  const endings = await readEndings()
  for (const { receipt } of acknowledged) {
    assert.equal(endings.get(Number(receipt.split('#')[1])), 'answered', receipt)
  }
  for (const [index, ending] of endings) {
    assert.match(ending ?? 'none', /^(answered|unknown-after-crash|client-gone)$/, `intent ${index}`)
  }
})
