import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { EntryFacts } from '../api.ts'
import { formatHeader, type Header, readHeader } from '../header.ts'
import { readKnownFields } from './known-fields.ts'
import { endRow, entryRow } from './row.ts'

const base: Header = {
  index: 41,
  atMs: 1_764_100_000_000,
  monoMs: 22_000,
  boot: 'b_0123456789abcdef',
  kind: 'intent',
  subject: '0123456789abcdef0123456789abcdef',
  facts: {},
  payload: {
    file: '2026-11/0000000001',
    offset: 12,
    length: 345,
    sha256: 'd'.repeat(64),
    key: 'e'.repeat(64),
  },
}

const intent: EntryFacts = {
  requestId: 'req_1',
  isStream: false,
  useCase: 'general-assistant',
  offering: 'sim-fast',
  class: 'public',
  // The same names within another field are not those of the entry.
  asked: { model: 'auto', useCase: 'another' },
  findings: [
    { type: 'email', channel: 'user', action: 'mask', count: 2, cleared: ['one', 'two'] },
    { type: 'iban', channel: 'user', action: 'mask', count: 1 },
  ],
  decision: 'transform',
  rules: ['a', 'b'],
  timingsMs: { inspect: 0.123 },
}

const outcome: EntryFacts = {
  requestId: 'req_1',
  intent: 40,
  useCase: 'general-assistant',
  decision: 'answered',
  status: 200,
  usage: { inputTokens: 100, outputTokens: 50, cacheReadTokens: 1, cacheWriteTokens: 0 },
  costMicroUsd: 120,
  tools: ['status', 'intent'],
  timingsMs: { total: 5 },
}

const bytesOf = (header: Header): Buffer => Buffer.from(formatHeader(header))

const headers: readonly (readonly [what: string, header: Header])[] = [
  ['an intent', { ...base, facts: intent }],
  ['an outcome', { ...base, kind: 'outcome', facts: outcome }],
  ['nothing but what every entry has', { ...base, kind: 'start', subject: undefined, payload: undefined }],
  ['a code', { ...base, kind: 'refusal', facts: { code: 'rule-blocked', keyId: 'key_1', findings: [] } }],
  ['an escape', { ...base, facts: { ...intent, useCase: 'a "quoted" \\ name' } }],
  ['letters beyond ASCII', { ...base, facts: { ...intent, offering: 'größe-日本' } }],
  ['braces within a text', { ...base, facts: { ...intent, useCase: '}],{"code":', class: 'public' } }],
  ['a text that looks like more', { ...base, facts: { ...intent, model: ',"payload":{' } }],
]

for (const [what, header] of headers) {
  test(`a header with ${what} gives the rows that it gives when all of it is read`, () => {
    const whole = readHeader(bytesOf(header))
    const known = readKnownFields(bytesOf(header))
    assert.ok(whole && known)
    assert.deepEqual(entryRow(known), entryRow(whole))
    assert.deepEqual(endRow(known), endRow(whole))
  })
}

test('what the index does not keep is not made of a header', () => {
  const { facts = {} } = readKnownFields(bytesOf({ ...base, facts: { ...intent, ...outcome } })) ?? {}
  assert.equal(facts.useCase, 'general-assistant')
  assert.deepEqual(
    [facts.requestId, facts.asked, facts.rules, facts.tools, facts.timingsMs],
    [undefined, undefined, undefined, undefined, undefined],
  )
})

test('what is written in another way is read whole, and what is no header is none', () => {
  const value = JSON.parse(formatHeader({ ...base, facts: intent })) as object
  const spaced = readKnownFields(Buffer.from(JSON.stringify(value, null, 1)))
  assert.deepEqual(spaced && entryRow(spaced), entryRow({ ...base, facts: intent }))
  const text = formatHeader({ ...base, facts: outcome })
  const broken = ['', '{}', text.slice(0, 200), text.replace('"kind":"intent"', '"kind":"other"')]
  broken.push(text.replace('"status":200', '"status":2x0'), text.replace('"index":41', '"index":-1'))
  for (const each of broken) assert.equal(readKnownFields(Buffer.from(each)), undefined, each)
})
