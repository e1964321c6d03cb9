import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createSseParser } from './sse.ts'

const parse = (...pieces: string[]) => {
  const parser = createSseParser()
  return pieces.flatMap((piece) => parser.push(piece)).map(({ event, data }) => ({ event, data }))
}

const stream = 'event: start\ndata: {"a":1}\n\n: a comment\n\ndata: one\ndata: two\n\ndata:[DONE]\n\n'
const expected = [
  { event: 'start', data: '{"a":1}' },
  { event: undefined, data: 'one\ntwo' },
  { event: undefined, data: '[DONE]' },
]

test('events are read with their names and their data, comments left out', () => {
  assert.deepEqual(parse(stream), expected)
})

test('wherever a stream is cut into pieces, the events are the same', () => {
  for (const text of [stream, stream.replaceAll('\n', '\r\n'), stream.replaceAll('\n', '\r')]) {
    for (let at = 0; at <= text.length; at++)
      assert.deepEqual(parse(text.slice(0, at), text.slice(at)), expected, `cut at ${at}`)
    assert.deepEqual(parse(...text), expected)
  }
})

test('a byte order mark before the first event is no part of it', () => {
  assert.deepEqual(parse(`\ufeff${stream}`), expected)
})

test('an event passes on as it came', () => {
  const parser = createSseParser()
  const [event] = parser.push('event: x\nid: 7\ndata: {"a": 1}\n\n')
  assert.equal(event?.raw, 'event: x\nid: 7\ndata: {"a": 1}\n\n')
})

test('an event without its blank line is not an event yet', () => {
  assert.deepEqual(parse('data: half\n'), [])
})

test('fields that only begin like data or event are others', () => {
  assert.deepEqual(parse('dataset: x\nevents: y\ndata: z\n\n'), [{ event: undefined, data: 'z' }])
})

test('an event that never ends is bounded', () => {
  const parser = createSseParser()
  assert.throws(() => {
    for (let count = 0; count < 100; count++) parser.push('x'.repeat(100_000))
  }, /too large/)
})

test('many small events in one piece are all read', () => {
  assert.equal(parse('data: x\n\n'.repeat(10_000)).length, 10_000)
})
