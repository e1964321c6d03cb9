import assert from 'node:assert/strict'
import { test } from 'node:test'
import { browserOf, networkOf } from './came-from.ts'

test('a browser is told by its family and its system, whatever it is built on', () => {
  const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)'
  for (const [header, told] of [
    ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
    [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/140.0 Safari/537.36`, 'Chrome on Windows'],
    [`Mozilla/5.0 (Windows NT 10.0) ${webkit} Chrome/140.0 Safari/537.36 Edg/140.0`, 'Edge on Windows'],
    [
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605 Version/19 Safari/605',
      'Safari on macOS',
    ],
    ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) CriOS/140 Mobile Safari/604', 'Chrome on iOS'],
    ['curl/8.5.0', 'another program'],
    ['', 'another program'],
    [`Firefox/${'9'.repeat(100_000)}`, 'Firefox'],
  ] as const)
    assert.equal(browserOf(header), told, header.slice(0, 80))
})

test('an address is kept as its network only', () => {
  for (const [address, told] of [
    ['192.0.2.77', '192.0.2.0/24'],
    ['::ffff:192.0.2.77', '192.0.2.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['2001:db8::1', '2001:db8:0::/48'],
    ['fe80::1', 'fe80:0:0::/48'],
    ['127.0.0.1', 'this machine'],
    ['::1', 'this machine'],
    ['', 'unknown'],
    ['/run/socket', 'unknown'],
  ] as const)
    assert.equal(networkOf(address), told, address)
})
