import assert from 'node:assert/strict'
import { hash } from 'node:crypto'
import { test } from 'node:test'
import type { Finding } from '#/core/finding.ts'
import type { Inspector } from '#/inspect/api.ts'
import { VerdictCache } from './verdict-cache.ts'

const finding: Finding = { start: 0, end: 1, type: 'letter', family: 'other', score: 1, why: 'a letter' }
const counting = (version: string) => {
  const seen: string[] = []
  const inspector: Inspector = {
    version,
    kinds: [],
    classOf: () => 'public',
    inspect: (text) => {
      seen.push(text)
      return [finding]
    },
  }
  return { inspector, seen }
}
const long = 'x'.repeat(1_200)

test('a long text is inspected once, and the same verdict is given again', () => {
  const cache = new VerdictCache()
  const { inspector, seen } = counting('1')
  const first = cache.inspect(inspector, long, 'user')
  assert.equal(cache.inspect(inspector, long, 'user'), first)
  assert.equal(seen.length, 1)
})

test('another channel, another text and another version of the detectors are inspected anew', () => {
  const cache = new VerdictCache()
  const { inspector, seen } = counting('1')
  cache.inspect(inspector, long, 'user')
  cache.inspect(inspector, long, 'tool-result')
  cache.inspect(inspector, `${long}y`, 'user')
  assert.equal(seen.length, 3)
  const newer = counting('2')
  cache.inspect(newer.inspector, long, 'user')
  assert.equal(newer.seen.length, 1)
})

test('a short text is inspected each time: that is faster than hashing it', () => {
  const cache = new VerdictCache()
  const { inspector, seen } = counting('1')
  cache.inspect(inspector, 'short', 'user')
  cache.inspect(inspector, 'short', 'user')
  assert.equal(seen.length, 2)
})

test('a failing inspection is not remembered as an empty one', () => {
  const cache = new VerdictCache()
  const { inspector } = counting('1')
  const broken: Inspector = {
    ...inspector,
    inspect: () => {
      throw new Error('out of order')
    },
  }
  assert.throws(() => cache.inspect(broken, long, 'user'), /out of order/)
  assert.deepEqual(cache.inspect(inspector, long, 'user'), [finding])
})

test('the cache is bounded: old verdicts make room for new ones', () => {
  const cache = new VerdictCache()
  const { inspector, seen } = counting('1')
  for (let index = 0; index < 20_001; index++) cache.inspect(inspector, `${index} ${long}`, 'user')
  cache.inspect(inspector, `0 ${long}`, 'user')
  assert.equal(seen.length, 20_002)
})

test('the key of a text is a hash of version, channel and text, whatever its length', () => {
  const cache = new VerdictCache()
  const { inspector } = counting('1')
  for (const text of ['short', long, `ł${'y'.repeat(65_534)}`, `ł${'y'.repeat(70_000)}`]) {
    assert.equal(cache.keyOf(inspector, text, 'user'), hash('sha256', `1\nuser\n${text}`, 'base64'))
  }
})
