import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatHeader, type Header, readHeader, readStatement } from './header.ts'

const header: Header = {
  index: 7,
  atMs: 1_795_000_000_000,
  monoMs: 12,
  boot: '0011223344556677',
  kind: 'intent',
  subject: 'a'.repeat(32),
  facts: {
    requestId: 'req_one',
    class: 'internal',
    usage: { inputTokens: 1, outputTokens: 2, cacheReadTokens: 0, cacheWriteTokens: 0 },
  },
  payload: { file: '2026-11/0000000001', offset: 0, length: 40, sha256: 'b'.repeat(64), key: 'c'.repeat(64) },
}

const changed = (change: (value: Record<string, unknown>) => void): Header | undefined => {
  const value = JSON.parse(formatHeader(header)) as Record<string, unknown>
  change(value)
  return readHeader(Buffer.from(JSON.stringify(value)))
}

test('a header is JSON in one fixed order and reads back', () => {
  const text = formatHeader(header)
  assert.deepEqual(Object.keys(JSON.parse(text)), [
    ...['v', 'index', 'atMs', 'monoMs', 'boot', 'kind', 'subject', 'facts', 'payload'],
  ])
  assert.deepEqual(readHeader(Buffer.from(text)), header)
})

test('what a header says is read without where its payload lies', () => {
  const { payload: _, ...said } = header
  for (const payload of [header.payload, undefined]) {
    const text = formatHeader({ ...header, payload })
    assert.deepEqual(readStatement(Buffer.from(text)), { v: 1, ...said })
    assert.equal(readStatement(Buffer.from(text.slice(0, 90))), undefined)
  }
  assert.equal(readStatement(Buffer.from(formatHeader({ ...header, index: -1 }))), undefined)
})

test('a fact may be named like the place of a payload', () => {
  const facts = { payload: { file: 'x' } } as Header['facts']
  const text = formatHeader({ ...header, facts, payload: undefined })
  assert.deepEqual(readStatement(Buffer.from(text))?.facts, facts)
})

test('an entry of nobody without payload leaves both out', () => {
  const text = formatHeader({ ...header, subject: undefined, payload: undefined })
  assert.doesNotMatch(text, /subject|payload/)
  assert.equal(readHeader(Buffer.from(text))?.subject, undefined)
})

test('text that would break out of the JSON stays text', () => {
  const facts = { model: '","kind":"stop\u0000\ud800' }
  const read = readHeader(Buffer.from(formatHeader({ ...header, facts })))
  assert.equal(read?.kind, 'intent')
  assert.equal(read?.facts.model, facts.model)
})

test('a payload place that leads elsewhere is not read', () => {
  for (const file of ['../../etc/passwd', '2026-11/../../x', '2026-11/1', '/2026-11/0000000001', 5]) {
    assert.equal(
      changed((value) => Object.assign(value.payload as object, { file })),
      undefined,
      String(file),
    )
  }
  for (const length of [-1, 1.5, '9', 2 ** 60]) {
    assert.equal(
      changed((value) => Object.assign(value.payload as object, { length })),
      undefined,
    )
  }
})

test('what is no header of ours is not read', () => {
  for (const text of ['', '{', '[]', 'null', '{"v":2}'])
    assert.equal(readHeader(Buffer.from(text)), undefined)
  assert.equal(
    changed((value) => Object.assign(value, { kind: 'other' })),
    undefined,
  )
  assert.equal(
    changed((value) => Object.assign(value, { index: -1 })),
    undefined,
  )
  assert.equal(
    changed((value) => Object.assign(value, { subject: 'ada' })),
    undefined,
  )
  assert.equal(
    changed((value) => Object.assign(value, { facts: [] })),
    undefined,
  )
})
