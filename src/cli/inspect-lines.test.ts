import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { World } from './command.ts'
import { inspectLines } from './inspect-lines.ts'
import type { Inspected } from './inspect-text.ts'

const inspectText = (text: string): Inspected => ({
  class: text.includes('secret') ? 'restricted' : 'public',
  findings: [],
  injection: { score: text.length, verdict: 'none', why: [] },
})

async function* chunks(...parts: readonly (string | Buffer)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part as string)
}

async function inspectAll(input: AsyncIterable<Uint8Array>) {
  const writes: string[] = []
  const world = {
    standardInput: input,
    write: async (text: string) => void writes.push(text),
  } as Partial<World> as World
  const exitCode = await inspectLines(world, inspectText)
  return {
    exitCode,
    writes,
    lines: writes
      .join('')
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  }
}

test('each line gets its answer, in order, under its id', async () => {
  const { exitCode, lines } = await inspectAll(chunks('{"id":"a","text":"hi"}\n{"id":7,"text":"secret"}\n'))
  assert.equal(exitCode, 0)
  assert.deepEqual(lines, [
    { id: 'a', class: 'public', findings: [], injection: { score: 2, verdict: 'none', why: [] } },
    { id: 7, class: 'restricted', findings: [], injection: { score: 6, verdict: 'none', why: [] } },
  ])
})

test('a bad line is told with its number, the others are answered, and the exit code is 1', async () => {
  const bad = [
    'nonsense',
    '[]',
    'null',
    '{"text":"x"}',
    '{"id":{},"text":"x"}',
    '{"id":"b"}',
    '{"id":"c","text":5}',
  ]
  const { exitCode, lines } = await inspectAll(chunks(`${bad.join('\n')}\n\n{"id":"z","text":"fine"}`))
  assert.equal(exitCode, 1)
  assert.deepEqual(
    lines.slice(0, bad.length).map(({ id, error }) => [id, error.code, error.line]),
    [null, null, null, null, null, 'b', 'c'].map((id, index) => [id, 'line-invalid', index + 1]),
  )
  assert.equal(lines[1].error.message, 'the line is not a JSON object')
  assert.equal(lines.at(-1).id, 'z')
})

test('an error never repeats the line', async () => {
  const { lines } = await inspectAll(chunks('{"id":"a","text": my hidden word'))
  assert.doesNotMatch(JSON.stringify(lines), /hidden/)
})

test('a line of more than 4 MiB is told and read over', async () => {
  const long = `{"id":"long","text":"${'x'.repeat(4 * 1024 * 1024)}"}\n`
  const { exitCode, lines } = await inspectAll(chunks(long, '{"id":"b","text":"ok"}\n'))
  assert.equal(exitCode, 1)
  assert.match(lines[0].error.message, /longer than 4194304 bytes/)
  assert.equal(lines[1].id, 'b')
})

test('what comes in one chunk goes out in one write, so that a program can ask line by line', async () => {
  const { writes } = await inspectAll(
    chunks('{"id":"a","text":""}\n', '{"id":"b","text":""}\n{"id":"c","text":""}\n'),
  )
  assert.deepEqual(
    writes.map((text) => text.trim().split('\n').length),
    [1, 2],
  )
})

test('nothing in, nothing out', async () => {
  assert.deepEqual(await inspectAll(chunks()), { exitCode: 0, writes: [], lines: [] })
})
