import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { systemDisk } from '#/audit/disk.ts'
import { type Company, startCompany } from '../support/company.ts'
import { handEnd, handEvent } from '../support/hand-provider.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** While the disk has not taken an entry, nothing goes on that must come after it: in both directions. */

let provider: Server
/** Answers the provider owes, by the question. */
const asked = new Map<string, ServerResponse>()
let company: Company
let key: string
/** While set, syncs of the log wait. */
let held: (() => void)[] | undefined
const { sync } = systemDisk

before(async () => {
  provider = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (piece: string) => {
      body += piece
    })
    request.on('end', () => {
      const question = /the question is (\w+)/.exec(body)?.[1]
      if (question === undefined) response.writeHead(404).end()
      else asked.set(question, response)
    })
  })
  await once(provider.listen(0, '127.0.0.1'), 'listening')
  Object.assign(systemDisk, {
    sync: (...words: Parameters<typeof sync>) => {
      if (held === undefined) sync(...words)
      else held.push(() => sync(...words))
    },
  })
  const { port } = provider.address() as AddressInfo
  company = await startCompany({
    connections: `  hand: { kind: compatible, url: "http://127.0.0.1:${port}/v1", silenceLimitMs: 60000 }`,
    records: recordsText([
      offeringText({ id: 'hand', connection: 'hand' }),
      useCaseText('general-assistant', ['hand']),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(async () => {
  Object.assign(systemDisk, { sync })
  await company.end()
  provider.close()
  provider.closeAllConnections()
})

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    assert.ok(tries < 500, `never: ${what}`)
    await pause(10)
  }
  // Whatever follows without waiting for the disk would have come by now.
  await pause(100)
}

function letGo(): void {
  const waiting = held ?? []
  held = undefined
  for (const go of waiting) go()
}

for (const how of ['stream', 'whole'] as const) {
  test(`${how}: nothing reaches the provider before its intent is durable, nor the end of an answer its reader before the outcome is`, async () => {
    held = []
    let received = ''
    let hasEnded = false
    const reading = (async () => {
      const content = `the question is ${how}`
      const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}` },
        body: JSON.stringify({
          model: 'hand',
          stream: how === 'stream',
          messages: [{ role: 'user', content }],
        }),
      })
      const decoder = new TextDecoder()
      for await (const piece of response.body ?? []) received += decoder.decode(piece, { stream: true })
      hasEnded = true
    })()
    await until(() => (held?.length ?? 0) > 0, 'the intent waits for the disk')
    assert.equal(asked.has(how), false, 'it was sent before')
    letGo()
    await until(() => asked.has(how), 'it is sent')
    held = []
    const answer = asked.get(how) ?? assert.fail()
    if (how === 'stream') {
      answer.writeHead(200, { 'content-type': 'text/event-stream' })
      answer.end(`${handEvent('It ends.')}${handEvent('', 'stop')}${handEnd}`)
    } else answer.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(whole))
    await until(() => (held?.length ?? 0) > 0, 'the outcome waits for the disk')
    assert.equal(hasEnded, false, 'it ended before')
    assert.doesNotMatch(received, how === 'stream' ? /\[DONE\]/ : /It ends/)
    letGo()
    await reading
    assert.match(received, how === 'stream' ? /It ends.*\[DONE\]\n\n$/s : /It ends/)
  })
}

const whole = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'hand',
  choices: [{ index: 0, message: { role: 'assistant', content: 'It ends.' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 },
}
