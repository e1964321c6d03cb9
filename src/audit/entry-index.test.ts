import assert from 'node:assert/strict'
import { test } from 'node:test'
import { EntryIndex } from './entry-index.ts'

const everything = {
  aliases: undefined,
  sinceMs: Number.NEGATIVE_INFINITY,
  untilMs: Number.POSITIVE_INFINITY,
  kinds: undefined,
}

test('places come back exactly, far beyond the first thousand entries and the first gigabyte', () => {
  const index = new EntryIndex()
  const offsetOf = (at: number): number => (at * 104_729) % 2 ** 32
  for (let at = 0; at < 5_000; at++) {
    index.add({
      segment: at + 1,
      offset: offsetOf(at),
      kind: 'record',
      atMs: at,
      alias: undefined,
      intent: undefined,
    })
  }
  assert.equal(index.size, 5_000)
  for (let at = 0; at < 5_000; at++)
    assert.deepEqual(index.place(at), { segment: at + 1, offset: offsetOf(at) })
  assert.equal(index.place(5_000), undefined)
  assert.equal(index.place(-1), undefined)
})

test('an intent knows its outcome, whichever comes in between', () => {
  const index = new EntryIndex()
  const entry = { segment: 1, offset: 0, atMs: 0, alias: undefined }
  for (let at = 0; at < 3; at++) index.add({ ...entry, kind: 'intent', intent: undefined })
  index.add({ ...entry, kind: 'outcome', intent: 2 })
  index.add({ ...entry, kind: 'outcome', intent: 0 })
  assert.deepEqual(
    [0, 1, 2, 3, 9, -1].map((intent) => index.outcomeOf(intent)),
    [4, undefined, 3, undefined, undefined, undefined],
  )
})

test('candidates are filtered by person, time and kind, newest first', () => {
  const index = new EntryIndex()
  const aliases = ['00000000'.padEnd(32, 'a'), 'ffffffff'.padEnd(32, 'b')] as const
  for (let at = 0; at < 6; at++) {
    const kind = at < 4 ? 'intent' : 'refusal'
    index.add({ segment: 1, offset: at, kind, atMs: at * 10, alias: aliases[at % 2], intent: undefined })
  }
  index.add({ segment: 1, offset: 6, kind: 'start', atMs: 60, alias: undefined, intent: undefined })
  assert.deepEqual([...index.candidates(everything)], [6, 5, 4, 3, 2, 1, 0])
  assert.deepEqual([...index.candidates({ ...everything, aliases: new Set([aliases[0]]) })], [4, 2, 0])
  assert.deepEqual(
    [...index.candidates({ ...everything, aliases: new Set([aliases[1]]), kinds: new Set(['intent']) })],
    [3, 1],
  )
  assert.deepEqual([...index.candidates({ ...everything, sinceMs: 20, untilMs: 40 })], [3, 2])
})
