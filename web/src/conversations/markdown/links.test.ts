import assert from 'node:assert/strict'
import { test } from 'node:test'
import { decodeEntities } from './entities.ts'
import { safeAddress } from './links.ts'

test('only http, https and mailto lead out', () => {
  assert.equal(safeAddress('https://example.com'), 'https://example.com/')
  assert.equal(safeAddress('mailto:a@example.com'), 'mailto:a@example.com')
  for (const address of [
    'javascript:1',
    ' javascript:1',
    'java\nscript:1',
    'data:,x',
    'ftp://a',
    '/a',
    'a',
    '',
  ]) {
    assert.equal(safeAddress(address), undefined, JSON.stringify(address))
  }
})

test('character references are characters, once', () => {
  assert.equal(decodeEntities('a &amp;lt; b'), 'a &lt; b')
  assert.equal(decodeEntities('&#x1F3F0; &#8364; &EURO; &nbsp;|'), '🏰 € &EURO; \u00a0|')
})

test('references to what is no character are shown as such, and unknown names stay', () => {
  assert.equal(decodeEntities('&#0; &#xD800; &#1114112;'), '\ufffd \ufffd \ufffd')
  assert.equal(decodeEntities('&constructor; &nope; & &;'), '&constructor; &nope; & &;')
})
