import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isHost, isLoopback, problemOfOrigin, problemOfUrl } from './address.ts'

test('only addresses of this machine are loopback', () => {
  for (const host of ['127.0.0.1', '127.9.9.9', '::1', '[::1]', 'localhost'])
    assert.equal(isLoopback(host), true, host)
  for (const host of [
    '0.0.0.0',
    '::',
    '10.0.0.1',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '127.1',
    '',
  ]) {
    assert.equal(isLoopback(host), false, host)
  }
})

test('a host is a name or an address and nothing else', () => {
  for (const host of ['0.0.0.0', '::', 'ai.example.com', 'a-b', 'LOCALHOST'])
    assert.equal(isHost(host), true, host)
  for (const host of ['', 'a b', 'http://x', '-a', 'a..b', 'x'.repeat(300), 'a\nb'])
    assert.equal(isHost(host), false)
})

test('https goes anywhere, http only to this machine', () => {
  assert.equal(problemOfUrl('https://api.example.com/v1'), undefined)
  assert.equal(problemOfUrl('http://127.0.0.1:8080/v1'), undefined)
  assert.equal(problemOfUrl('http://[::1]:8080'), undefined)
  assert.match(problemOfUrl('http://api.example.com/v1') ?? '', /https/)
  assert.match(problemOfUrl('http://127.0.0.1.example.com') ?? '', /https/)
  for (const url of ['ftp://example.com', 'file:///etc/passwd', 'javascript:1'])
    assert.match(problemOfUrl(url) ?? '', /https/)
  for (const url of ['', 'api.example.com', '/v1', `https://example.com/${'x'.repeat(3_000)}`]) {
    assert.match(problemOfUrl(url) ?? '', /must be an address/)
  }
})

test('user name, password, query and fragment are refused, also when they are empty, and never repeated', () => {
  const password = 'hunter' + '2'
  const problem = problemOfUrl(`https://ada:${password}@api.example.com`) ?? ''
  assert.match(problem, /credential: env:NAME/)
  assert.equal(problem.includes(password), false)
  assert.match(problemOfUrl('https://ada@api.example.com') ?? '', /user name/)
  assert.match(problemOfUrl('https://api.example.com/v1?key=1') ?? '', /query/)
  assert.match(problemOfUrl('https://api.example.com/v1?') ?? '', /query/)
  assert.match(problemOfUrl('https://api.example.com/v1#') ?? '', /fragment/)
})

test('the address people use has no path', () => {
  assert.equal(problemOfOrigin('https://ai.example.com'), undefined)
  assert.equal(problemOfOrigin('https://ai.example.com/'), undefined)
  assert.match(problemOfOrigin('https://example.com/ai') ?? '', /without a path/)
})
