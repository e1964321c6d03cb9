import assert from 'node:assert/strict'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { assertOwnFetch } from './fetch-metadata.ts'

const ask =
  (headers: IncomingHttpHeaders, url = '/', method = 'GET') =>
  () =>
    assertOwnFetch({ headers, url, method } as IncomingMessage)
const refused = { code: 'origin-refused', facts: { header: 'Sec-Fetch-Site' } }
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' }

test('our own page, an address somebody types and a program may ask for everything', () => {
  for (const headers of [{}, { 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }])
    assert.doesNotThrow(ask(headers, '/api/log/entries', 'POST'))
})

test('a foreign page may lead here by a link, and not to what programs use', () => {
  assert.doesNotThrow(ask(link))
  assert.doesNotThrow(ask(link, '/sign-in/callback?code=1'))
  for (const url of ['/api/log/entries?q=x', '/v1/models', '/scim/v2/Users', '/oauth/token'])
    assert.throws(ask(link, url), refused, url)
})

test('a foreign page may not send forms, fetch, or show ours within its own', () => {
  for (const site of ['cross-site', 'same-site', 'made-up']) {
    assert.throws(ask({ ...link, 'sec-fetch-site': site }, '/', 'POST'), refused)
    assert.throws(
      ask({ 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' }),
      refused,
    )
    assert.throws(ask({ ...link, 'sec-fetch-site': site, 'sec-fetch-dest': 'iframe' }), refused)
    assert.throws(ask({ 'sec-fetch-site': site }), refused)
  }
})

test('a program in a browser that sends a key may come from anywhere: no page knows a key by itself', () => {
  const cross = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' }
  assert.doesNotThrow(ask({ ...cross, authorization: 'Bearer x' }, '/v1/messages', 'POST'))
  assert.doesNotThrow(ask({ ...cross, 'x-api-key': 'x' }, '/v1/messages', 'POST'))
})
