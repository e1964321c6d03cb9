import assert from 'node:assert/strict'
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'
import { test } from 'node:test'
import { networksOf } from '../network.ts'
import { originOf, peerOf, type TrustedProxies, trustProxies } from './peer.ts'

const networks = networksOf(['10.0.0.0/8', 'fd00::/8'])

function from(remoteAddress: string, headers: IncomingHttpHeaders, header?: TrustedProxies['header']) {
  const request = { socket: { remoteAddress }, headers } as IncomingMessage
  if (header !== undefined) trustProxies(request, { networks, header })
  return request
}
const behind = (forwardedFor: string, remote = '10.0.0.1') =>
  peerOf(from(remote, { 'x-forwarded-for': forwardedFor }, 'x-forwarded-for'))

test('without proxies in the settings, forwarded headers are only text', () => {
  const headers = { 'x-forwarded-for': '192.0.2.1', forwarded: 'for=192.0.2.1', 'x-forwarded-host': 'x' }
  assert.equal(peerOf(from('198.51.100.1', headers)), '198.51.100.1')
  assert.equal(peerOf(from('::ffff:127.0.0.1', headers)), '127.0.0.1')
  assert.deepEqual(originOf(from('10.0.0.1', headers)), {
    address: '10.0.0.1',
    scheme: undefined,
    host: undefined,
  })
})

test('the word of somebody who is no trusted proxy does not count', () => {
  assert.equal(behind('192.0.2.1', '198.51.100.1'), '198.51.100.1')
  assert.equal(
    originOf(
      from('198.51.100.1', { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'a' }, 'x-forwarded-for'),
    ).host,
    undefined,
  )
})

test('the list is walked from the right through trusted proxies, so that what a client writes itself is not reached', () => {
  assert.equal(behind('192.0.2.1'), '192.0.2.1')
  assert.equal(behind('192.0.2.1, 10.0.0.7'), '192.0.2.1')
  assert.equal(behind('127.0.0.1, 10.9.9.9, 203.0.113.5, 10.0.0.7'), '203.0.113.5')
  assert.equal(behind('203.0.113.5, fd00::7', 'fd00::1'), '203.0.113.5')
})

test('ports and brackets are taken off', () => {
  assert.equal(behind('192.0.2.1:4711'), '192.0.2.1')
  assert.equal(behind('[2001:db8::1]:4711'), '2001:db8::1')
  assert.equal(behind('2001:db8::1'), '2001:db8::1')
  assert.equal(behind('::ffff:192.0.2.1'), '192.0.2.1')
})

test('what is no address ends the walk at the last proxy that is one', () => {
  for (const text of ['', 'unknown', '192.0.2.1, ', '192.0.2.1, evil.example.com', '192.0.2.1, 1.2.3.4.5'])
    assert.equal(behind(text), '10.0.0.1', text)
  assert.equal(behind('192.0.2.1, _hidden, 10.0.0.7'), '10.0.0.7')
})

test('proxies all the way give the first of them', () => {
  assert.equal(behind('10.0.0.3, 10.0.0.2'), '10.0.0.3')
})

test('a thousand proxies are looked at no further than anybody needs', () => {
  assert.equal(behind(Array.from({ length: 1_000 }, () => '10.0.0.2').join(',')), '10.0.0.2')
})

test('scheme and host are those the nearest proxy wrote', () => {
  const headers = {
    'x-forwarded-for': '192.0.2.1',
    'x-forwarded-proto': 'http, HTTPS',
    'x-forwarded-host': 'evil.example.com, ai.example.com',
  }
  assert.deepEqual(originOf(from('10.0.0.1', headers, 'x-forwarded-for')), {
    address: '192.0.2.1',
    scheme: 'https',
    host: 'ai.example.com',
  })
})

test('the header Forwarded is read when the settings say so, and then no other', () => {
  const headers = {
    forwarded: 'for=127.0.0.1, for="[2001:db8::5]:80";proto=https;host=ai.example.com, For=10.0.0.9',
    'x-forwarded-for': '203.0.113.9',
  }
  assert.deepEqual(originOf(from('10.0.0.1', headers, 'forwarded')), {
    address: '2001:db8::5',
    scheme: 'https',
    host: 'ai.example.com',
  })
  assert.equal(peerOf(from('10.0.0.1', headers, 'x-forwarded-for')), '203.0.113.9')
  for (const forwarded of ['for=_secret', 'for=unknown', 'by=10.0.0.2', '=;=', 'for', 'for="192.0.2.1'])
    assert.equal(peerOf(from('10.0.0.1', { forwarded }, 'forwarded')), '10.0.0.1', forwarded)
})

test('a socket that is gone has no address', () => {
  assert.equal(peerOf({ socket: {}, headers: {} } as IncomingMessage), '')
})
