import assert from 'node:assert/strict'
import { test } from 'node:test'
import { excerptOf } from './excerpt.ts'

const label = 'a key'
const span = (text: string, found: string, from = 0) => {
  const start = text.indexOf(found, from)
  return { start, end: start + found.length, label }
}
const joined = (pieces: readonly { text: string }[]): string => pieces.map(({ text }) => text).join('')

test('a short text is shown whole, with the place marked', () => {
  const text = 'use AKIA123 for it'
  assert.deepEqual(excerptOf(text, [span(text, 'AKIA123')]), [
    { text: 'use ' },
    { text: 'AKIA123', label },
    { text: ' for it' },
  ])
})

test('of a long text only what stands around the place is shown, in whole words', () => {
  const text = `${'before '.repeat(50)}FOUND${' after'.repeat(50)}`
  const [head, found, tail] = excerptOf(text, [span(text, 'FOUND')])
  assert.match(head?.text ?? '', /^… (before )+$/)
  assert.deepEqual(found, { text: 'FOUND', label })
  assert.match(tail?.text ?? '', /^( after)+ …$/)
  assert.ok(joined(excerptOf(text, [span(text, 'FOUND')])).length < 120)
})

test('places far from each other have a gap between them, and stand in order', () => {
  const text = `ONE ${'word '.repeat(60)}TWO`
  const pieces = excerptOf(text, [span(text, 'TWO'), span(text, 'ONE')])
  assert.deepEqual(
    pieces.filter(({ label: marked }) => marked !== undefined).map(({ text: shown }) => shown),
    ['ONE', 'TWO'],
  )
  assert.match(joined(pieces), /^ONE word .* … word .*TWO$/)
})

test('places that overlap are marked once, and at most five are', () => {
  const text = 'abcdefghij'.repeat(2)
  const overlapping = [
    { start: 0, end: 5, label },
    { start: 3, end: 8, label },
  ]
  assert.equal(excerptOf(text, overlapping).filter((piece) => piece.label).length, 1)
  const many = Array.from({ length: 9 }, (_, at) => ({ start: at * 2, end: at * 2 + 1, label }))
  assert.equal(excerptOf(text, many).filter((piece) => piece.label).length, 5)
})

test('places outside the text show nothing', () => {
  for (const [start, end] of [
    [-1, 2],
    [3, 3],
    [4, 2],
    [0, 99],
  ] as const) {
    assert.deepEqual(excerptOf('short', [{ start, end, label }]), [])
  }
  assert.deepEqual(excerptOf('text', []), [])
})

test('found text as long as a key file is shortened in its middle', () => {
  const text = `-----BEGIN-----${'x'.repeat(2_000)}-----END-----`
  const [found] = excerptOf(text, [{ start: 0, end: text.length, label }])
  assert.ok((found?.text.length ?? 999) <= 130)
  assert.match(found?.text ?? '', /^-----BEGIN-----x+ … .*-----END-----$/)
})

test('no character is cut in two', () => {
  const text = `${'🏰'.repeat(100)}FOUND${'🏰'.repeat(100)}`
  for (const { text: piece } of excerptOf(text, [span(text, 'FOUND')])) {
    assert.ok(piece.isWellFormed(), piece)
  }
  const long = '🏰'.repeat(200)
  const [found] = excerptOf(long, [{ start: 0, end: long.length, label }])
  assert.ok(found?.text.isWellFormed())
})
