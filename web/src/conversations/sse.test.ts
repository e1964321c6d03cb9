import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSseReader } from './sse.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

const readAll = (pieces: readonly Uint8Array[]): readonly string[] => {
  const reader = createSseReader()
  return pieces.flatMap((piece) => reader.push(piece))
}

const stream = 'data: {"a":1}\n\n: a comment\ndata: zwölf €\ndata: 🏰\nid: 7\n\ndata:[DONE]\n\n'
const expected = ['{"a":1}', 'zwölf €\n🏰', '[DONE]']

test('events come out whole, with several data lines joined, and nothing else of them', () => {
  assert.deepEqual(readAll([bytes(stream)]), expected)
})

test('it does not matter where the bytes are cut, inside a character too', () => {
  const whole = bytes(stream)
  for (let at = 0; at <= whole.length; at++) {
    assert.deepEqual(readAll([whole.slice(0, at), whole.slice(at)]), expected, `cut at ${at}`)
  }
  assert.deepEqual(readAll(Array.from(whole, (byte) => Uint8Array.of(byte))), expected)
})

test('lines may end with LF, CR or CRLF, and a CRLF cut in two ends one line', () => {
  for (const end of ['\n', '\r', '\r\n']) {
    const whole = bytes(stream.replaceAll('\n', end))
    for (let at = 0; at <= whole.length; at++) {
      assert.deepEqual(readAll([whole.slice(0, at), whole.slice(at)]), expected, JSON.stringify([end, at]))
    }
  }
})

test('one space after the colon belongs to the format, further ones to the text', () => {
  assert.deepEqual(readAll([bytes('data:  two\n\ndata:none\n\ndata:\n\n')]), [' two', 'none', ''])
})

test('an event that is not ended is not given, and blank lines alone are no event', () => {
  assert.deepEqual(readAll([bytes('\n\n\ndata: half\n')]), [])
})

test('an event that never ends is refused instead of filling the memory', () => {
  const reader = createSseReader()
  const piece = bytes(`data: ${'x'.repeat(300_000)}\n`)
  reader.push(piece)
  reader.push(piece)
  reader.push(piece)
  assert.throws(() => reader.push(piece), /too long/)
})

test('a line that never ends is refused as well', () => {
  const reader = createSseReader()
  assert.throws(() => {
    for (let times = 0; times < 5; times++) reader.push(bytes('x'.repeat(300_000)))
  }, /too long/)
})
