import assert from 'node:assert/strict'
import { test } from 'node:test'
import { asWhole, backwards, forwards } from './position-map.ts'
import { ReadingWriter } from './reading-writer.ts'

test('what is written leads back to where it stands, each part in its own way', () => {
  const writer = new ReadingWriter('0123456789')
  writer.unit(97, 1, 3)
  writer.text('bcd', 3, 4, asWhole)
  writer.done = 5
  writer.text('fe', 6, 8, backwards)
  writer.text('i', 8, 9, forwards)
  writer.copyUntil(10)
  const { text, spanOf } = writer.view()
  assert.equal(text, '0abcd5fei9')
  assert.deepEqual(
    Array.from(text, (_, at) => spanOf(at, at + 1)).map(({ start, end }) => [start, end]),
    [
      [0, 1],
      [1, 3],
      [3, 4],
      [3, 4],
      [3, 4],
      [5, 6],
      [7, 8],
      [6, 7],
      [8, 9],
      [9, 10],
    ],
  )
  assert.deepEqual(spanOf(1, 7), { start: 1, end: 8 })
})

test('what is longer than the memory all readings share is written as well, and disturbs none that was', () => {
  const before = new ReadingWriter('before')
  before.copyUntil(6)
  const short = before.view()
  const length = 400_000
  const writer = new ReadingWriter('a\u00ad'.repeat(length))
  for (let at = 0; at < length; at++) {
    writer.copyUntil(2 * at + 1)
    writer.done = 2 * at + 2
  }
  const long = writer.view()
  assert.equal(long.text, 'a'.repeat(length))
  assert.deepEqual(long.spanOf(length - 2, length), { start: 2 * length - 4, end: 2 * length - 1 })
  assert.equal(short.text, 'before')
  assert.deepEqual(short.spanOf(2, 4), { start: 2, end: 4 })
})

test('long parts and single units between them are put together in order', () => {
  const long = 'Ein längerer Text. '.repeat(200)
  const writer = new ReadingWriter(`${long}x${long}y`)
  writer.unit(0x2014, long.length, long.length + 1)
  writer.unit(97, 2 * long.length + 1, 2 * long.length + 2)
  const { text, spanOf } = writer.view()
  assert.equal(text, `${long}\u2014${long}a`)
  assert.deepEqual(spanOf(long.length - 1, long.length + 2), { start: long.length - 1, end: long.length + 2 })
})
