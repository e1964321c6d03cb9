import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Finding } from '#/core/finding.ts'
import type { LogLine } from '#/core/log-line.ts'
import type { Inspector } from '#/inspect/api.ts'
import type { TextInChannel } from './inspect-worker.ts'
import { mostInPlace, TextInspection } from './text-inspection.ts'
import { VerdictCache } from './verdict-cache.ts'

/** Finds one thing per text: its own length. Counts where it was looked at. */
function counting(isOutdated = false) {
  const inPlace: string[] = []
  const inWorker: string[] = []
  const lines: LogLine[] = []
  const look = (text: string): readonly Finding[] => [
    { start: 0, end: text.length, type: 'all', family: 'other', score: 1, why: 'all of it' },
  ]
  const inspector: Inspector = {
    version: '1',
    kinds: [],
    classOf: () => 'public',
    inspect: (text) => {
      inPlace.push(text)
      return look(text)
    },
  }
  const workers = {
    inspect: async (_: unknown, __: unknown, texts: readonly TextInChannel[]) => {
      if (isOutdated) return undefined
      inWorker.push(...texts.map(({ text }) => text))
      return texts.map(({ text }) => look(text))
    },
  }
  const texts = new TextInspection({
    verdicts: new VerdictCache(),
    workers,
    writeLine: (line) => lines.push(line),
  })
  const asked = { snapshot: { terms: [], patterns: [] }, inspector, isWanted: () => true }
  const all = (...them: string[]) =>
    texts.inspectAll(
      asked,
      them.map((text) => ({ text, channel: 'user' as const })),
    )
  return { all, inPlace, inWorker, lines }
}

const lengths = (found: readonly (readonly Finding[])[]) => found.map((each) => each[0]?.end ?? 0)
const long = 'a'.repeat(mostInPlace + 1)

test('a long text nobody has seen goes to a worker, and is answered from memory the next time', async () => {
  const { all, inPlace, inWorker } = counting()
  assert.deepEqual(lengths(await all(long)), [long.length])
  assert.deepEqual(lengths(await all(long)), [long.length])
  assert.deepEqual([inPlace.length, inWorker.length], [0, 1])
})

test('many texts count together: what is new in a long conversation stays in place while it is short', async () => {
  const { all, inPlace, inWorker } = counting()
  const turns = Array.from({ length: 40 }, (_, index) => `${index} ${'b'.repeat(1_000)}`)
  assert.deepEqual(
    lengths(await all(...turns, 'hi')),
    [...turns, ''].map(({ length }) => length),
  )
  assert.equal(inWorker.length, 40)
  assert.deepEqual(lengths(await all(...turns, 'and now?')).at(-1), 8)
  assert.deepEqual(inPlace, ['and now?'])
})

test('while workers find by another knowledge file, texts are looked at in place, and that is told once', async () => {
  const { all, inPlace, lines } = counting(true)
  assert.deepEqual(lengths(await all(long, `${long}b`)), [long.length, long.length + 1])
  await all(`${long}c`)
  assert.equal(inPlace.length, 3)
  assert.deepEqual(
    lines.map(({ level }) => level),
    ['warning'],
  )
})
