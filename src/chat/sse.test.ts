import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
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

test('an event is bounded also when it comes in small pieces, and one just below the bound is read', () => {
  const parser = createSseParser()
  const line = `data: ${'x'.repeat(1_000_000)}`
  assert.deepEqual(parser.push(line), [])
  assert.equal(parser.push('\n\n').length, 1)
  assert.throws(() => {
    for (let count = 0; count < 5_000; count++) parser.push(`: ${'y'.repeat(998)}\n`)
  }, /too large/)
})

test('the bound is for one event, not for all', () => {
  const parser = createSseParser()
  let events = 0
  for (let count = 0; count < 6; count++) events += parser.push(`data: ${'x'.repeat(1_000_000)}\n\n`).length
  assert.equal(events, 6)
})

test('an event that comes byte by byte costs in proportion to its length', () => {
  const parser = createSseParser()
  const startedAt = processorMs()
  for (let count = 0; count < 300_000; count++) parser.push('x')
  assert.equal(parser.push('\ndata: end\n\n')[0]?.data, 'end')
  assert.ok(processorMs() - startedAt < 2_000)
})

test('line ends may be mixed, and each counts once', () => {
  assert.deepEqual(parse('data: a\r', '\n', '\n', 'data: b\n\r', '\r\n'), [
    { event: undefined, data: 'a' },
    { event: undefined, data: 'b' },
  ])
  assert.deepEqual(parse('data: a\r', '', '\n', '', '\r\n'), [{ event: undefined, data: 'a' }])
})

test('a byte order mark may come alone, and is one only at the very beginning', () => {
  assert.deepEqual(parse('', '\ufeff', 'data: a\n\n'), [{ event: undefined, data: 'a' }])
  assert.deepEqual(parse('data: \ufeffa\n\n'), [{ event: undefined, data: '\ufeffa' }])
})

test('one blank behind the colon belongs to the line, the next one to the data', () => {
  assert.deepEqual(parse('data:a\n\ndata: b\n\ndata:  c\n\ndata\n\ndata:\n\n'), [
    { event: undefined, data: 'a' },
    { event: undefined, data: 'b' },
    { event: undefined, data: ' c' },
    { event: undefined, data: '' },
    { event: undefined, data: '' },
  ])
})

test('the last name counts, a name alone makes no event, and blank lines make none', () => {
  assert.deepEqual(parse('event: a\nevent: b\ndata: x\n\nevent: c\n\n\n\n\nid: 1\nretry: 5\n\n'), [
    { event: 'b', data: 'x' },
  ])
})

test('what an event is made of stays in it: the next one has no name of the last', () => {
  assert.deepEqual(parse('event: a\ndata: x\n\ndata: y\n\n'), [
    { event: 'a', data: 'x' },
    { event: undefined, data: 'y' },
  ])
})

test('any cut into three pieces gives the same events', () => {
  const text = '\ufeffdata: a\r\n\r\nevent: e\rdata: b\r\rdata: c\ndata: d\n\n'
  const whole = parse(text)
  assert.equal(whole.length, 3)
  for (let first = 0; first <= text.length; first++) {
    for (let second = first; second <= text.length; second++) {
      const pieces = [text.slice(0, first), text.slice(first, second), text.slice(second)]
      assert.deepEqual(parse(...pieces), whole, `cut at ${first} and ${second}`)
    }
  }
})

test('raw events put together are the stream, but for comments', () => {
  const parser = createSseParser()
  const text = 'event: a\ndata: {"x": 1}\n\n: comment\n\ndata: y\nid: 3\n\n'
  assert.equal(
    parser
      .push(text)
      .map(({ raw }) => raw)
      .join(''),
    text.replace(': comment\n\n', ''),
  )
})
