import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ReadLine, readLines } from './read-lines.ts'

async function* chunksOf(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function read(
  text: string | Buffer,
  size = 1_000,
  maxBytes = 20,
): Promise<readonly (readonly ReadLine[])[]> {
  const groups: (readonly ReadLine[])[] = []
  for await (const group of readLines(chunksOf(Buffer.from(text as string), size), maxBytes))
    groups.push(group)
  return groups
}

const texts = (groups: readonly (readonly ReadLine[])[]) =>
  groups.flat().map((line) => ('text' in line ? line.text : `! ${line.problem}`))

test('lines are the same however the bytes are cut, also inside a letter', async () => {
  for (const size of [1, 2, 3, 7, 1_000]) {
    assert.deepEqual(texts(await read('grün\r\n\n😀 b\nlast', size)), ['grün', '', '😀 b', 'last'], `${size}`)
  }
})

test('a byte order mark is no part of a line', async () => {
  for (const size of [1, 2, 1_000])
    assert.deepEqual(
      texts(await read('\ufeff{}\n\ufeff{}\na\ufeff', size)),
      ['{}', '{}', 'a\ufeff'],
      `${size}`,
    )
})

test('lines that end in one chunk come together', async () => {
  assert.deepEqual(
    (await read('a\nb\nc', 4)).map((group) => group.length),
    [2, 1],
  )
})

test('a line too long is told in its place and the next one is read', async () => {
  for (const size of [1, 8, 1_000]) {
    const lines = texts(await read(`${'x'.repeat(21)}\nok\n${'y'.repeat(100)}`, size))
    assert.deepEqual(lines, [
      '! the line is longer than 20 bytes',
      'ok',
      '! the line is longer than 20 bytes',
    ])
  }
  assert.deepEqual(texts(await read('x'.repeat(20))), ['x'.repeat(20)])
})

test('bytes that are no UTF-8 are told in their place', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe, 0x0a]), Buffer.from('ok\n')])
  assert.deepEqual(texts(await read(bytes)), ['! the line is not UTF-8', 'ok'])
})

test('nothing has no lines', async () => {
  assert.deepEqual(await read(''), [])
})
