import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { customProperties, pdfOf, picture, wordOf, zipOf } from '#/attachments/test-files.ts'
import type { JsonObject } from '#/core/json.ts'
import { type Company, startCompany } from '../support/company.ts'
import { offeringText, policyText, recordsText, useCaseText } from '../support/records.ts'

/** Files and long texts in exchanges: read and judged like everything else, and nobody else waits for them. */

// A test number of the card networks, in parts so that nobody takes this file for a leak.
const card = ['4111', '1111', '1111', '1111'].join(' ')
const email = 'ines.halvard@example.com'

let company: Company
let key: string

before(async () => {
  company = await startCompany({
    records: recordsText([
      offeringText({ id: 'sim-echo', connection: 'simulator-openai' }),
      offeringText({ id: 'west', model: 'sim-echo', connection: 'simulator-openai', tier: 'commercial' }),
      useCaseText('general-assistant', ['west', 'sim-echo']),
      useCaseText('pictures', ['west', 'sim-echo'], '\n    unread: allow\n    unreadClass: restricted'),
      policyText(),
    ]),
  })
  key = (await company.createKey()).key
})
after(() => company.end())

interface Told {
  readonly status: number
  readonly text: string
  readonly headers: Headers
}

async function ask(
  content: string | readonly JsonObject[],
  headers: Record<string, string> = {},
): Promise<Told> {
  const response = await fetch(`${company.sallyport.url}/v1/chat/completions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ model: 'auto', messages: [{ role: 'user', content }] }),
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}

const dataOf = (bytes: Uint8Array, type: string): string =>
  `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
const carried = (bytes: Uint8Array, type = 'application/pdf'): JsonObject[] => [
  { type: 'text', text: 'Sum this up.' },
  { type: 'file', file: { filename: 'notes.pdf', file_data: dataOf(bytes, type) } },
]
const wordType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

const lastEntry = async (kind: 'intent' | 'refusal') => {
  const [head] = await company.sallyport.audit.search({ kinds: [kind], limit: 1 })
  return company.sallyport.audit.open(head?.index ?? -1)
}
const seen = async (): Promise<string> =>
  JSON.stringify((await company.simulator.seen()).map(({ body }) => body))

test('a file without anything in it that a rule is about goes on as it is', async () => {
  await company.simulator.clear()
  const file = pdfOf([{ lines: ['The plan is sound.'] }])
  const { status, headers, text } = await ask(carried(file))
  assert.equal(status, 200, text)
  assert.equal(headers.get('x-sallyport-class'), 'public')
  assert.ok((await seen()).includes(Buffer.from(file).toString('base64')))
})

test('what is found in a file stands in the log by channel, and decides where the file may go', async () => {
  const { status, headers, text } = await ask(carried(wordOf(['Project Kestrel begins.']), wordType))
  assert.equal(status, 200, text)
  assert.equal(headers.get('x-sallyport-class'), 'confidential')
  const intent = await lastEntry('intent')
  assert.deepEqual(intent?.facts.findings, [
    { type: 'company-term', channel: 'attachment', action: 'note', place: 'file', count: 1 },
  ])
})

test('a label on a file raises its class', async () => {
  const label = customProperties({
    'MSIP_Label_0b5e0c1c-1111-4222-8333-444455556666_Name': 'Highly Confidential',
  })
  const content = carried(wordOf(['Hello.'], { 'docProps/custom.xml': label }), wordType)
  // Without the file its label is gone, and what it said still holds.
  for (const remedy of [{}, { 'x-sallyport-remedy': 'file-text' }]) {
    const { headers, text } = await ask(content, remedy)
    assert.equal(headers.get('x-sallyport-class'), 'restricted', text)
    assert.equal(headers.get('x-sallyport-offering'), 'sim-echo')
  }
})

test('a card in a file is refused with the way to send the text, and that way works and is in the log', async () => {
  await company.simulator.clear()
  const content = carried(pdfOf([{ lines: [`Card ${card}`, `of ${email}`] }]))
  const refused = await ask(content)
  assert.equal(refused.status, 400)
  assert.match(refused.text, /file-unchangeable/)
  assert.match(refused.text, /x-sallyport-remedy: file-text/)
  assert.equal(refused.text.includes('4111'), false)
  assert.equal(await seen(), '[]')
  const sent = await ask(content, { 'x-sallyport-remedy': 'mask, file-text' })
  assert.equal(sent.status, 200, sent.text)
  const reached = await seen()
  assert.match(reached, /Card \[PAYMENT CARD\]/)
  assert.ok(!reached.includes('base64') && !reached.includes(email), reached)
  // What stands for the address was put back in what the model repeated.
  assert.ok(sent.text.includes(email), sent.text)
  const payload = (await lastEntry('intent'))?.payload?.toString() ?? ''
  assert.match(payload, /"typed":.*base64/)
  assert.match(payload, /"sent":.*\[PAYMENT CARD\]/)
})

test('a file nobody can read is refused with the reason, or goes as the class its use case says', async () => {
  const encrypted = await ask(carried(Buffer.from('d0cf11e0a1b11ae100', 'hex'), 'application/octet-stream'))
  assert.equal(encrypted.status, 400)
  assert.match(encrypted.text, /attachment-unread/)
  assert.match(encrypted.text, /formats before 2007/)
  const content = [{ type: 'image_url', image_url: { url: dataOf(picture, 'image/png') } }]
  assert.match((await ask(content)).text, /attachment-unread/)
  const allowed = await ask(content, { 'x-sallyport-use-case': 'pictures' })
  assert.equal(allowed.status, 200, allowed.text)
  assert.equal(allowed.headers.get('x-sallyport-class'), 'restricted')
  assert.equal(allowed.headers.get('x-sallyport-offering'), 'sim-echo')
})

/** A gzip inside a zip that unpacks to 64 MB of blanks; another name makes another file of it. */
function bomb(name: string): Uint8Array {
  const packed = gzipSync(Buffer.alloc(64 * 1024 * 1024, 32))
  return zipOf({ [name]: packed })
}

test('bombs are told, and while they are looked at others are answered', async () => {
  const bombs = Array.from({ length: 6 }, (_, index) => ask(carried(bomb(`${index}.gz`), 'application/zip')))
  const slowest = await slowestOf(20)
  for (const { text } of await Promise.all(bombs)) assert.match(text, /attachment-unread/)
  assert.ok(slowest < 1_000, `an exchange beside bombs took ${slowest} ms`)
})

/** Milliseconds of the slowest of some short exchanges, one after the other. */
async function slowestOf(count: number): Promise<number> {
  let slowest = 0
  for (let index = 0; index < count; index++) {
    const startedAt = performance.now()
    const { status } = await ask(`Short question ${index}.`)
    assert.equal(status, 200)
    slowest = Math.max(slowest, performance.now() - startedAt)
  }
  return slowest
}

test('a long text is masked to its last word, and while it is looked at others are answered', async () => {
  await company.simulator.clear()
  const prose = 'The order of work is clear and the plan is sound for every site. '.repeat(16_000)
  const long = ask(`${prose}Card ${card}`)
  const slowest = await slowestOf(10)
  const { status, text } = await long
  assert.equal(status, 200, text.slice(0, 300))
  assert.ok(text.includes('[PAYMENT CARD]') && !text.includes(card))
  assert.ok(slowest < 500, `an exchange beside a long text took ${slowest} ms`)
})
