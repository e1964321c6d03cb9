import assert from 'node:assert/strict'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditLog } from '#/audit/api.ts'
import { openLogKeys } from '#/audit/keys.ts'
import { openAuditLog } from '#/audit/log.ts'
import { readExchange } from '#/gateway/exchange-details.ts'
import { type HandProvider, handEnd, handEvent, startHandProvider } from '../support/hand-provider.ts'
import { type Prepared, prepare } from '../support/prepared.ts'
import { end, runCommand, startProcess } from '../support/process.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** Answers so long that they are written down while they come. */

let prepared: Prepared
let key: string
let provider: HandProvider

before(async () => {
  provider = await startHandProvider()
  const { port } = provider
  prepared = await prepare({
    providerPort: port,
    connections: `  long: { kind: compatible, url: "http://127.0.0.1:${port}/v1", silenceLimitMs: 60000 }`,
    records: recordsText([
      offeringText({ id: 'long', connection: 'long' }),
      useCaseText('general-assistant', ['long']),
      policyText(),
    ]),
  })
  key = await prepared.createKey()
})

after(async () => {
  await provider.stop()
  await prepared.remove()
})

const ask = (url: string) =>
  fetch(`${url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: JSON.stringify({
      model: 'long',
      stream: true,
      messages: [{ role: 'user', content: 'Tell me all.' }],
    }),
  })

const indexOf = (response: Response): number =>
  Number((response.headers.get('x-sallyport-receipt') ?? '').split('#')[1])

async function withLog<T>(use: (log: AuditLog) => Promise<T>): Promise<T> {
  const origin = 'sallyport.local'
  const keys = await openLogKeys({ folder: join(prepared.dataFolder, 'keys'), origin })
  const log = await openAuditLog({
    folder: join(prepared.dataFolder, 'audit'),
    origin,
    segmentBytes: 64 * 1_024 * 1_024,
    keys,
  })
  try {
    return await use(log)
  } finally {
    await log.close()
    keys.close()
  }
}

async function detailsOf(log: AuditLog, index: number) {
  const entry = await log.open(index)
  return readExchange(log, index, entry?.subject ?? '', [])
}

async function verifyOpen(): Promise<void> {
  const { code, stdout } = await runCommand(['audit', 'verify', '--open'], prepared.environment)
  assert.equal(code, 0, stdout)
}

test('an answer of 700 KB is written down twice while it comes, and is read back whole', async () => {
  const texts = Array.from(
    { length: 700 },
    (_, at) => `${String(at).padStart(6, '0')} ${'word '.repeat(203)}`,
  )
  provider.answering = async (response) => {
    for (const text of texts.slice(0, 350)) response.write(handEvent(text))
    // One is written at a time: what comes all at once, while the disk is at the first, would be left to the outcome.
    await pause(1_000)
    for (const text of texts.slice(350)) response.write(handEvent(text))
    response.end(`${handEvent('', 'stop')}${handEnd}`)
  }
  const running = await startProcess(prepared.environment)
  const response = await ask(running.url)
  assert.match(await response.text(), /\[DONE\]\n\n$/)
  await end(running)
  await withLog(async (log) => {
    const progress = await log.progressOf(indexOf(response))
    assert.equal(progress.length, 2)
    const facts = (await log.outcomeOf(indexOf(response)))?.facts
    assert.equal(facts?.decision, 'answered')
    assert.equal(facts?.progress, progress[1]?.index)
    const details = await detailsOf(log, indexOf(response))
    assert.equal(details.answer, texts.join(''))
  })
  await verifyOpen()
})

test('kill -9 in the middle of a stream: what came more than five seconds before is known', async () => {
  provider.answering = async (response) => {
    response.write(handEvent('What was said '))
    await pause(5_600)
    response.write(handEvent('and what was not.'))
  }
  const running = await startProcess(prepared.environment)
  const response = await ask(running.url)
  const reader = (response.body as ReadableStream<Uint8Array>).getReader()
  let shown = ''
  while (!shown.includes('not.')) shown += new TextDecoder().decode((await reader.read()).value)
  await end(running, 'SIGKILL')
  await reader.closed.catch(() => undefined)
  await withLog(async (log) => {
    const facts = (await log.outcomeOf(indexOf(response)))?.facts
    assert.equal(facts?.decision, 'unknown-after-crash')
    assert.equal(facts?.answerBytes, Buffer.byteLength('What was said '))
    const details = await detailsOf(log, indexOf(response))
    assert.equal(details.status, 'unknown-after-crash')
    assert.equal(details.answer, 'What was said ')
  })
  await verifyOpen()
})
