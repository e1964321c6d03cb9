import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '#/core/finding.ts'
import type { Channel, Segment } from '#/core/segment.ts'
import { keysIn, ownKeyType, reportInAnswer, reportInRequest } from './own-keys.ts'

const key = `sp_${'k7q2m9xa3bcd4efg5hij6kmn7pqr8stu9vwx2yzab'.slice(0, 40)}`

test('a key is read however it stands: plain, taken apart, in Base64, behind percent signs', () => {
  const percent = [...key].map((each) => `%${each.charCodeAt(0).toString(16)}`).join('')
  for (const text of [
    key,
    `"${key}"`,
    [...key].join('\u200b'),
    [...key].join(' '),
    Buffer.from(`KEY=${key}\n`).toString('base64'),
    percent,
  ])
    assert.deepEqual(keysIn(text), [key], text)
  assert.deepEqual(keysIn('nothing of ours'), [])
})

const finding = (type: string, start: number, end: number): Finding => ({
  ...{ start, end, type, family: 'secret', score: 1, why: 'test' },
})
const segment = (text: string, channel: Channel): Segment => ({ text, channel, path: [], part: 'value' })

function reporting() {
  const told: string[] = []
  const identity = {
    reportLeaked: async (texts: readonly string[], where: string) => {
      told.push(`${where}: ${texts.join(', ')}`)
      return []
    },
  }
  return { told, identity }
}

test('what was found in a request is told with the channel it stands in, and nothing else is read', async () => {
  const { told, identity } = reporting()
  const text = `use ${key} and ${key.replace('k7q', 'k7r')}`
  await reportInRequest(
    [
      {
        segment: segment(text, 'tool-result'),
        findings: [finding(ownKeyType, 4, 47), finding('password', 52, 95)],
      },
      { segment: segment('', 'attachment'), findings: [finding(ownKeyType, 4, 47)] },
    ],
    { identity },
  )
  assert.deepEqual(told, [`tool-result: ${key}`])
})

test('a key that the border of two texts cuts in two is one key', async () => {
  const { told, identity } = reporting()
  const piece = { ...finding(ownKeyType, 0, 23), isContinued: true } as const
  await reportInRequest(
    [
      { segment: segment(`use ${key.slice(0, 20)}`, 'user'), findings: [finding(ownKeyType, 4, 24)] },
      { segment: segment(key.slice(20), 'user'), findings: [piece] },
    ],
    { identity },
  )
  assert.deepEqual(told, [`user: ${key}`])
})

test('that an answer goes on although the log failed is told to the operator', async () => {
  const lines: unknown[] = []
  const identity = { reportLeaked: () => Promise.reject(new Error('the log is broken')) }
  reportInAnswer({ identity, writeLine: (line) => lines.push(line) })(key)
  await new Promise(setImmediate)
  assert.equal(lines.length, 1)
})
