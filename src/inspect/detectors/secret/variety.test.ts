import assert from 'node:assert/strict'
import { test } from 'node:test'
import { prefixed } from '../../secrets/marked.ts'
import { leastDifferent, longestKey, mayBecomeKey, unitsOfEnd } from './variety.ts'
import { vendorKeys } from './vendor-keys.ts'

/** Whether the end of something that begins at a position holds as many different units as that of a key. */
const endsLikeKey = (text: string, start: number): boolean =>
  [...text].some(
    (_, at) =>
      at >= start && new Set(text.slice(Math.max(start, at + 1 - unitsOfEnd), at + 1)).size >= leastDifferent,
  )

test('of prefixes side by side none becomes a key, unless one stands behind them', () => {
  const prefixes = 'xoxc-'.repeat(400)
  const text = `${prefixes}q7RtB2mXz9`
  for (let at = 0; at < prefixes.length; at += 5) {
    assert.equal(mayBecomeKey(prefixes, at), false)
    assert.equal(mayBecomeKey(text, at), true)
  }
})

test('what is asked in turn, and again from before, is never denied where a key may end', () => {
  for (const piece of [
    'ghp_',
    'ab ab ',
    'aaaaaaaaaaaaaaaaaaaaabcdef',
    'abcdef',
    'aabbccddeeffgghh',
    'xx1xx2xx3xx4xx5xx6',
  ])
    for (const step of [1, 3, 7, 40]) {
      const text = `${piece.repeat(5)}${'a'.repeat(30)}${piece.repeat(3)}`
      for (const from of [0, 10, 2, 60])
        for (let at = from; at < text.length; at += step)
          if (!mayBecomeKey(text, at)) assert.equal(endsLikeKey(text, at), false, `${text} ${at}`)
    }
})

test('beyond ASCII a key may always stand', () => {
  assert.equal(mayBecomeKey(`sk-${'\u00fc'.repeat(40)}`, 0), true)
})

/** What is repeated at most in all parts of an expression, and its signs; endless where a part has no bound. */
function longestOf(pattern: string): number {
  const withoutClasses = pattern.replace(/\[[^\]]*\]/g, 'x').replace(/\\./g, 'x')
  if (/[*+]|\{\d+,\}/.test(withoutClasses)) return Number.POSITIVE_INFINITY
  const repeated = [...withoutClasses.matchAll(/\{(?:\d+,)?(\d+)\}/g)]
  return repeated.reduce((sum, [, most]) => sum + Number(most), withoutClasses.length)
}

test('no key of a vendor is longer than what is read of one', () => {
  assert.equal(longestOf('a[b]{3}(?:c{2,7}|\\d)'), 3 + 7 + 'ax{3}(?:c{2,7}|x)'.length)
  assert.equal(longestOf('ab+'), Number.POSITIVE_INFINITY)
  const patterns = vendorKeys.map(({ source }) => /; pattern \/(.*)\/$/.exec(source)?.[1])
  for (const pattern of [...patterns, ...prefixed.map(([, , each]) => each)])
    assert.ok(longestOf(String(pattern)) <= longestKey, pattern)
  assert.ok(patterns.every((pattern) => pattern !== undefined))
})
