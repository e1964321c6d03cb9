import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import OpenAI, { APIError } from 'openai'
import { type Company, outcomeOf, startCompany } from '../support/company.ts'

/** Providers and clients that misbehave: every exchange ends, is told about, and stands in the log as what it was. */

let company: Company
let key: string

before(async () => {
  company = await startCompany()
  key = (await company.createKey()).key
})
after(() => company.end())

const client = () => new OpenAI({ apiKey: key, baseURL: `${company.sallyport.url}/v1`, maxRetries: 0 })
const messages: OpenAI.ChatCompletionMessageParam[] = [{ role: 'user', content: 'Tell me a story.' }]

const endOf = (receipt: string) => outcomeOf(company, Number(receipt.split('#')[1]))

async function streamed(model: string): Promise<{ text: string; receipt: string; error: unknown }> {
  const { data: stream, response } = await client()
    .chat.completions.create({ model, messages, stream: true })
    .withResponse()
  const receipt = response.headers.get('x-sallyport-receipt') ?? ''
  let text = ''
  try {
    for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? ''
  } catch (error) {
    return { text, receipt, error }
  }
  return { text, receipt, error: undefined }
}

/** An error instead of an answer, whole or as a stream. */
const errorOf = async (model: string, stream = false): Promise<APIError> => {
  try {
    await client().chat.completions.create({ model, messages, stream })
  } catch (error) {
    assert.ok(error instanceof APIError, String(error))
    return error
  }
  return assert.fail('it was answered')
}

test('a provider that stalls mid-stream: what came is shown, then an error inside the stream', async () => {
  const { text, receipt, error } = await streamed('sim-stall')
  assert.ok(text.length > 0)
  assert.match(String((error as Error).message), /silent for 1500 ms/)
  assert.equal((await endOf(receipt)).decision, 'provider-timeout')
})

test('a provider that cuts the stream', async () => {
  const { text, receipt, error } = await streamed('sim-cut')
  assert.ok(text.length > 0)
  assert.match(String((error as Error).message), /before it was complete/)
  assert.equal((await endOf(receipt)).decision, 'provider-cut')
})

test('a provider that reports an error after status 200; its own words stay here', async () => {
  const { receipt, error } = await streamed('sim-error-after-200')
  assert.match(String((error as Error).message), /reported an error instead of an answer, or within it/)
  assert.doesNotMatch(String((error as Error).message), /internal words/)
  assert.equal((await endOf(receipt)).decision, 'provider-error')
  const whole = await errorOf('sim-error-after-200')
  assert.deepEqual([whole.status, whole.code], [502, 'provider-error'])
  assert.match(whole.message, /reported an error/)
  assert.doesNotMatch(whole.message, /internal words/)
})

test('a provider that sends a malformed event', async () => {
  const { receipt, error } = await streamed('sim-malformed')
  assert.match(String((error as Error).message), /cannot be read/)
  assert.equal((await endOf(receipt)).decision, 'provider-malformed')
})

test('UTF-8 split over packets arrives whole', async () => {
  const { text, receipt, error } = await streamed('sim-split-utf8')
  assert.equal(error, undefined)
  assert.doesNotMatch(text, /\ufffd/)
  assert.match(text, /[^\x00-\x7f]/)
  assert.equal((await endOf(receipt)).decision, 'answered')
})

test('statuses of a provider become ours, and say what works now', async () => {
  const busy = await errorOf('sim-429')
  assert.equal(busy.status, 429)
  assert.equal(busy.headers?.get('retry-after'), '7')
  const broken = await errorOf('sim-500')
  assert.equal(broken.status, 502)
  // A provider that refuses our credential is our trouble, not the caller's sign-in.
  const locked = await errorOf('sim-401')
  assert.equal(locked.status, 502)
  assert.match(locked.message, /What works now/)
  assert.ok(locked.requestID)
})

test('a prompt that does not fit the model is told in words packages know, whole and as a stream', async () => {
  const errors = [await errorOf('sim-too-long'), await errorOf('sim-too-long', true)]
  for (const { status, message } of errors) {
    assert.equal(status, 400)
    assert.match(message, /prompt is too long/)
    assert.doesNotMatch(message, /internal|210000/)
  }
})

test('a provider that cannot be reached', async () => {
  const error = await errorOf('nowhere')
  assert.equal(error.status, 502)
  assert.match(error.message, /did not answer/)
})

test('32 clients cut mid-stream while others go on: nothing breaks, every exchange has its outcome', async () => {
  const receipts: string[] = []
  const cut = Array.from({ length: 32 }, async (_, index) => {
    const controller = new AbortController()
    const { data: stream, response } = await client()
      .chat.completions.create(
        { model: 'sim-slow-5ms', messages, stream: true },
        { signal: controller.signal },
      )
      .withResponse()
    receipts.push(response.headers.get('x-sallyport-receipt') ?? '')
    let seen = 0
    try {
      for await (const _chunk of stream) if (++seen > index % 5) controller.abort()
    } catch {
      // Aborting may or may not throw, by how far the stream was.
    }
  })
  const kept = Array.from({ length: 8 }, () => streamed('sim-slow-5ms'))
  await Promise.all(cut)
  for (const { text, error, receipt } of await Promise.all(kept)) {
    assert.equal(error, undefined)
    assert.ok(text.length > 0)
    assert.equal((await endOf(receipt)).decision, 'answered')
  }
  for (const receipt of receipts)
    assert.match((await endOf(receipt)).decision ?? '', /^(client-gone|answered)$/)
  assert.equal(company.sallyport.openExchanges(), 0)
})

test('a client that leaves before the answer: the provider is stopped and the log says so', async () => {
  const controller = new AbortController()
  const sent = client().chat.completions.create(
    { model: 'sim-stall', messages },
    { signal: controller.signal },
  )
  const before = company.sallyport.audit.size()
  await pause(200)
  controller.abort()
  await assert.rejects(sent)
  assert.equal((await endOf(`x#${before}`)).decision, 'client-gone')
})

test('a key that is revoked cuts its open stream within a second', async () => {
  const { id, key: doomed } = await company.createKey({ email: 'emil@example.com' })
  const stream = await new OpenAI({
    apiKey: doomed,
    baseURL: `${company.sallyport.url}/v1`,
    maxRetries: 0,
  }).chat.completions.create({
    model: 'sim-stall',
    messages,
    stream: true,
  })
  const iterator = stream[Symbol.asyncIterator]()
  await iterator.next()
  const startedAt = performance.now()
  await company.revokeKey(id)
  await assert.rejects(async () => {
    while (!(await iterator.next()).done) assert.ok(performance.now() - startedAt < 1_000)
  }, /access ended/)
  assert.ok(performance.now() - startedAt < 1_000)
})
