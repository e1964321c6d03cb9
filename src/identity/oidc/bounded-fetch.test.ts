import assert from 'node:assert/strict'
import { test } from 'node:test'
import { boundFetch, maxAnswerBytes } from './bounded-fetch.ts'
import { problemCodeOf } from './problem.ts'

const url = 'https://id.example.com/token'

test('addresses in clear are asked on this machine only', async () => {
  const asked: string[] = []
  const fetch = boundFetch(async (each) => {
    asked.push(each)
    return new Response('{}')
  })
  for (const away of [
    'http://id.example.com/',
    'http://127.0.0.1.example.com/',
    'file:///etc/passwd',
    'data:,x',
    '',
  ])
    await assert.rejects(fetch(away), { code: 'provider-refused' }, away)
  assert.deepEqual(asked, [])
  for (const near of ['http://127.0.0.1:9/', 'http://localhost:9/', url]) await fetch(near)
  assert.equal(asked.length, 3)
})

test('redirects are not followed, and end in a refusal that names where they came from', async () => {
  for (const status of [301, 302, 303, 307, 308]) {
    const fetch = boundFetch(async (_url, init) => {
      assert.equal(init?.redirect, 'manual')
      return new Response(null, { status, headers: { location: 'https://evil.example.com' } })
    })
    await assert.rejects(fetch(url, { redirect: 'follow' }), {
      code: 'provider-refused',
      message: 'https://id.example.com redirects elsewhere; redirects are not followed',
    })
  }
})

test('a failure of the provider is a silence, a refusal of it is an answer', async () => {
  const answering = (status: number) => boundFetch(async () => new Response('{"error":"x"}', { status }))
  for (const status of [500, 502, 503, 504])
    await assert.rejects(answering(status)(url), { code: 'provider-unreachable' })
  for (const status of [200, 400, 401, 404, 429])
    assert.deepEqual(await (await answering(status)(url)).json(), { error: 'x' })
})

test('an answer is read to a mebibyte, and one that goes on is left', async () => {
  const whole = `{"a":"${'x'.repeat(maxAnswerBytes - 8)}"}`
  assert.equal((await (await boundFetch(async () => new Response(whole))(url)).text()).length, maxAnswerBytes)
  await assert.rejects(boundFetch(async () => new Response(`${whole} `))(url), { code: 'provider-refused' })
  let isLeft = false
  const endless = new ReadableStream({
    pull: (controller) => controller.enqueue(new Uint8Array(65_536)),
    cancel: () => {
      isLeft = true
    },
  })
  await assert.rejects(boundFetch(async () => new Response(endless))(url), { code: 'provider-refused' })
  assert.equal(isLeft, true)
})

test('what keeps an answer from coming is told from what an answer says', () => {
  const hidden = (code: string) =>
    new TypeError('fetch failed', { cause: Object.assign(new Error(), { code }) })
  for (const code of [
    'ECONNREFUSED',
    'ENOTFOUND',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'EAI_AGAIN',
  ])
    assert.equal(problemCodeOf(hidden(code)), 'provider-unreachable', code)
  assert.equal(problemCodeOf(new DOMException('late', 'TimeoutError')), 'provider-unreachable')
  assert.equal(
    problemCodeOf(new TypeError('fetch failed', { cause: new Error('bad port') })),
    'provider-unreachable',
  )
  const refusal = Object.assign(new Error('x'), { code: 'OAUTH_INVALID_RESPONSE' })
  for (const error of [new Error('x'), refusal, new TypeError('x'), undefined, 'text'])
    assert.equal(problemCodeOf(error), 'provider-refused')
})
