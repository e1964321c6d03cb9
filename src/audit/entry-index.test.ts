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

test('headers may end up to the segment that holds one that is young, unsigned, of somebody named, or an open intent', () => {
  const alias = 'ab'.repeat(16)
  const filled = (intentIsOpen = false): EntryIndex => {
    const index = new EntryIndex()
    for (let at = 0; at < 12; at++) {
      const kind = at === 4 ? 'intent' : at === 11 ? 'outcome' : 'record'
      const intent = kind === 'outcome' && !intentIsOpen ? 4 : undefined
      const owner = at === 7 ? alias : undefined
      index.add({ segment: 1 + Math.floor(at / 3), offset: at, kind, atMs: at, alias: owner, intent })
    }
    return index
  }
  const asked = { beforeMs: 100, aliases: new Set<string>(), signedSize: 100 }
  assert.equal(filled().endable(asked), 9, 'the last segment is being written')
  assert.equal(filled().endable({ ...asked, beforeMs: 8 }), 6)
  assert.equal(filled().endable({ ...asked, signedSize: 5 }), 3)
  assert.equal(filled().endable({ ...asked, aliases: new Set([alias]) }), 6)
  assert.equal(filled(true).endable(asked), 3)
  assert.equal(filled().endable({ ...asked, beforeMs: 0 }), 0)
  assert.equal(new EntryIndex().endable(asked), 0)
})

test('what ended is forgotten, and everything behind it stays where it was', () => {
  const index = new EntryIndex()
  const entry = { segment: 1, alias: undefined }
  for (let at = 0; at < 3_000; at++) {
    const isEnd = at % 2 === 1
    index.add({
      ...entry,
      offset: at,
      atMs: at,
      kind: isEnd ? 'outcome' : 'intent',
      intent: isEnd ? at - 1 : undefined,
    })
  }
  const kept = { kind: 'decision', atMs: 7, alias: undefined } as const
  index.dropBefore(2_001, [{ index: 7, segment: 1, offset: 70, ...kept }])
  index.add({ ...entry, offset: 3_000, atMs: 3_000, kind: 'outcome', intent: 2_002 })
  assert.deepEqual([index.first, index.size], [2_001, 3_001])
  assert.deepEqual(index.place(7), { segment: 1, offset: 70, isKept: true })
  assert.deepEqual(
    [index.place(2_000), index.kindOf(2_000), index.outcomeOf(2_000)],
    [undefined, undefined, undefined],
  )
  assert.deepEqual(index.place(2_001), { segment: 1, offset: 2_001 })
  assert.deepEqual([index.outcomeOf(2_002), index.outcomeOf(2_004)], [3_000, 2_005])
  assert.deepEqual([...index.candidates({ ...everything, untilMs: 2_003 })], [2_002, 2_001, 7])
  assert.deepEqual(
    [...index.candidates({ ...everything, untilMs: 2_003, kinds: new Set(['outcome']) })],
    [2_001],
  )
  assert.deepEqual([...index.candidates({ ...everything, kinds: new Set(['decision']) })], [7])
  assert.deepEqual([...index.candidates({ ...everything, aliases: new Set(['ab'.repeat(16)]) })], [])
  const page = { kinds: new Set(['intent'] as const), sinceMs: 0, untilMs: 2_005, below: 3_001, most: 10 }
  assert.deepEqual(index.newest(page), { indexes: [2_002, 2_004], below: 0 })
  for (let at = 3_001; at < 9_000; at++)
    index.add({ ...entry, offset: at, atMs: at, kind: 'record', intent: undefined })
  assert.deepEqual(index.place(8_999), { segment: 1, offset: 8_999 })
})
