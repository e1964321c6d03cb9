import assert from 'node:assert/strict'
import { afterEach, describe, mock, test } from 'node:test'
import { crossingOf, type Outgoing, readChunk, requestOf, send } from './send.ts'
import { sending } from './test-turns.ts'

const outgoing: Outgoing = { messages: [{ role: 'user', content: 'hello' }], sending, csrf: 'token' }

const chunk = (content: string, finish: string | null = null): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finish }] })}\n\n`
const done = 'data: [DONE]\n\n'
const headers = {
  'x-request-id': 'req_7',
  'x-sallyport-receipt': 'sallyport.local#7',
  'x-sallyport-class': 'internal',
  'x-sallyport-offering': 'demo',
  'x-sallyport-changed': '2',
}

/** Sends to a gate that answers so, and tells what was heard in which order. */
async function ask(answer: Response | Error, signal = new AbortController().signal) {
  mock.method(globalThis, 'fetch', () =>
    answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer),
  )
  const heard: string[] = []
  const ending = await send(
    outgoing,
    { onTaken: ({ offering }) => heard.push(`taken by ${offering}`), onText: (text) => heard.push(text) },
    signal,
  )
  return { heard, ending }
}
const streamOf = (...parts: readonly (string | Error)[]): ReadableStream<Uint8Array> =>
  new ReadableStream({
    async pull(controller) {
      for (const part of parts) {
        if (part instanceof Error) return controller.error(part)
        controller.enqueue(new TextEncoder().encode(part))
        await new Promise((resolve) => setImmediate(resolve))
      }
      controller.close()
    },
  })
const streamed = (...parts: readonly (string | Error)[]) => ask(new Response(streamOf(...parts), { headers }))

afterEach(() => mock.restoreAll())

describe('what is sent', () => {
  test('is an OpenAI body, with the token of the session', () => {
    const request = requestOf(outgoing)
    assert.deepEqual(JSON.parse(String(request.body)), {
      model: 'auto',
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'hello' }],
    })
    assert.deepEqual(request.headers, { 'content-type': 'application/json', 'x-sallyport-csrf': 'token' })
  })

  test('names the use case only where it is not the one the gate takes by itself', () => {
    const named = requestOf({ ...outgoing, sending: { ...sending, useCase: 'letters' } })
    assert.equal((named.headers as Record<string, string>)['x-sallyport-use-case'], 'letters')
  })

  test('carries a reason in letters a header can hold, and the notices that were read', () => {
    const answered = { ...sending, justification: 'Für 5 % Rabatt', acknowledge: ['one', 'two'] }
    const { headers: sent } = requestOf({ ...outgoing, sending: answered }) as {
      headers: Record<string, string>
    }
    assert.equal(decodeURIComponent(sent['x-sallyport-justification'] ?? ''), 'Für 5 % Rabatt')
    assert.match(sent['x-sallyport-justification'] ?? '', /^[\x20-\x7e]+$/)
    assert.equal(sent['x-sallyport-acknowledge'], 'one, two')
    const nothing = requestOf({ ...outgoing, sending: { ...sending, acknowledge: [] } })
    assert.ok(!Object.hasOwn(nothing.headers as object, 'x-sallyport-acknowledge'))
  })

  test('names a raised class and a remedy only when there is one', () => {
    const raised = { ...sending, declaredClass: 'restricted', mask: true } as const
    const { headers: sent } = requestOf({ ...outgoing, sending: raised })
    assert.equal((sent as Record<string, string>)['x-sallyport-class'], 'restricted')
    assert.equal((sent as Record<string, string>)['x-sallyport-remedy'], 'mask')
  })
})

describe('an answer', () => {
  test('is told as it comes: first that the gate took it, then its text, then its end', async () => {
    const { heard, ending } = await streamed(chunk('Good '), chunk('morning'), chunk('', 'stop'), done)
    assert.deepEqual(heard, ['taken by demo', 'Good ', 'morning'])
    assert.deepEqual(ending, { status: 'answered', finish: 'stop' })
  })

  test('of a model that declines is its text as well', () => {
    const declined = JSON.stringify({ choices: [{ delta: { refusal: 'I will not.' } }] })
    assert.deepEqual(readChunk(declined, undefined), { text: 'I will not.' })
  })

  test('may hold chunks without text: roles, tool calls, usage', () => {
    for (const other of [{ choices: [] }, { choices: [{ delta: {} }] }, { usage: { total_tokens: 3 } }, {}]) {
      assert.deepEqual(readChunk(JSON.stringify(other), undefined), { text: '' })
    }
  })

  test('without its end marker is cut, whatever came before', async () => {
    const { heard, ending } = await streamed(chunk('Half an ans'))
    assert.deepEqual(heard.at(-1), 'Half an ans')
    assert.equal(ending.status === 'broken' && ending.problem.code, 'cut')
  })

  test('whose connection is lost is cut, with the request id', async () => {
    const { ending } = await streamed(chunk('Half'), new TypeError('network'))
    assert.deepEqual(ending.status === 'broken' && [ending.problem.code, ending.problem.requestId], [
      'cut',
      'req_7',
    ])
  })

  test('with an error in its middle says what the gate said, once', async () => {
    const remedies = [{ id: 'retry-later', text: 'Send it again.' }]
    const error = {
      message: 'The provider stopped. What works now: Send it again. (request req_7)',
      type: 'api_error',
      param: null,
      code: 'provider-cut',
      remedies,
      request_id: 'req_7',
    }
    const { ending } = await streamed(chunk('Half'), `data: ${JSON.stringify({ error })}\n\n`)
    assert.equal(ending.status, 'broken')
    const problem = ending.status === 'broken' ? ending.problem : assert.fail()
    assert.equal(problem.message, 'The provider stopped.')
    assert.deepEqual(problem.remedies, remedies)
    assert.equal(problem.code, 'provider-cut')
  })

  test('that cannot be read stops there, and says so', async () => {
    const { heard, ending } = await streamed(chunk('Half'), 'data: {"choices": [\n\n', chunk('more'), done)
    assert.deepEqual(heard, ['taken by demo', 'Half'])
    assert.equal(ending.status === 'broken' && ending.problem.code, 'malformed')
  })
})

describe('no answer', () => {
  test('a refusal comes before any text, with its evidence', async () => {
    const finding = { field: 'messages.0.content', start: 0, end: 5, type: 'x', label: 'X' }
    const error = {
      code: 'finding-blocked',
      message: 'No.',
      remedies: [],
      requestId: 'r',
      findings: [finding],
    }
    const { heard, ending } = await ask(Response.json({ error }, { status: 400 }))
    assert.deepEqual(heard, [])
    assert.deepEqual(ending.status === 'refused' && ending.problem.findings, [finding])
  })

  test('a page of a proxy instead of an envelope is a problem that says so', async () => {
    const { ending } = await ask(new Response('<html>Bad gateway', { status: 502 }))
    assert.match(ending.status === 'refused' ? ending.problem.message : '', /status 502/)
  })

  test('a gate that cannot be reached is said to be so', async () => {
    const { ending } = await ask(new TypeError('fetch failed'))
    assert.equal(ending.status === 'refused' && ending.problem.code, 'offline')
  })

  test('who stops it gets no error', async () => {
    const controller = new AbortController()
    controller.abort()
    const { ending } = await ask(new DOMException('aborted', 'AbortError'), controller.signal)
    assert.deepEqual(ending, { status: 'stopped' })
  })
})

test('the headers of an answer are read; what is missing or strange is left out', () => {
  assert.deepEqual(crossingOf(new Headers(headers), 'req_7', sending, 5), {
    changed: 2,
    class: 'internal',
    offering: 'demo',
    receipt: 'sallyport.local#7',
    requestId: 'req_7',
    atMs: 5,
  })
  const strange = new Headers({ 'x-sallyport-class': 'secret', 'x-sallyport-changed': 'many' })
  const read = crossingOf(strange, undefined, { ...sending, model: 'west' }, 5)
  assert.deepEqual([read.changed, read.class, read.offering, read.receipt], [0, undefined, 'west', undefined])
})
