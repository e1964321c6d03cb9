import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ownHosts } from './own-hosts.ts'

test('a server answers to its public name, to the names it was given, and on this machine', () => {
  const isOwn = ownHosts({ origin: 'https://ai.example.com', port: 8787, names: ['10.0.0.5:8787'] })
  for (const host of [
    'ai.example.com',
    'AI.Example.com',
    'ai.example.com:443',
    '10.0.0.5:8787',
    '127.0.0.1:8787',
    'localhost:8787',
    'localhost',
    '[::1]:8787',
  ])
    assert.ok(isOwn(host), host)
})

test('any other name is not its own, however much it looks like one', () => {
  const isOwn = ownHosts({ origin: 'https://ai.example.com', port: 8787, names: [] })
  for (const host of [
    '',
    'evil.example.com',
    'ai.example.com.',
    'ai.example.com.evil.example.com',
    'ai.example.com:80',
    'ai.example.com:8787',
    'ai.example.com:443:443',
    'localhost:1',
    '127.0.0.1:1',
    '0.0.0.0:8787',
    'ai.example.com@evil.example.com',
    ' ai.example.com',
  ])
    assert.ok(!isOwn(host), host)
})
