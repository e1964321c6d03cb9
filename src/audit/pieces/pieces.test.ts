import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compose } from './compose.ts'
import { endOfPiece } from './cut.ts'
import { KnownPieces, sumOf } from './known-pieces.ts'
import { mostParts, readParts, writeParts } from './parts.ts'
import { restore } from './restore.ts'
import { wordsOf } from './words-for-tests.ts'

function cutsOf(text: string): Set<string> {
  const bytes = Buffer.from(text)
  const pieces = new Set<string>()
  for (let from = 0; from < bytes.length; ) {
    const end = endOfPiece(bytes, from)
    pieces.add(bytes.toString('utf8', from, end))
    from = end
  }
  return pieces
}

test('a text is cut in the same places whatever is put before it', () => {
  const text = wordsOf(100_000, 7)
  const plain = cutsOf(text)
  const behind = cutsOf(`{"role":"user","content":"${wordsOf(3_333, 8)}${text}`)
  const shared = [...plain].filter((piece) => behind.has(piece))
  assert.ok(shared.length >= plain.size - 4, `${shared.length} of ${plain.size} pieces are the same`)
})

test('a piece has 1 KB to 16 KB, but for the last, and a row of one letter is cut, too', () => {
  for (const text of [wordsOf(200_000, 3), 'a'.repeat(100_000)]) {
    const lengths = [...cutsOf(text)].map(({ length }) => length)
    assert.ok(Math.max(...lengths) <= 16_384)
    assert.ok(lengths.slice(0, -1).every((length) => length > 1_024))
  }
})

test('a piece is known under its own key only, and the bound forgets the oldest', () => {
  const known = new KnownPieces(8)
  known.add('key-1', 'sum', { entry: 1, offset: 0 })
  assert.deepEqual(known.find('key-1', 'sum'), { entry: 1, offset: 0 })
  assert.equal(known.find('key-2', 'sum'), undefined)
  for (let at = 0; at < 4; at++) known.add('key-1', `other ${at}`, { entry: 2, offset: at })
  assert.deepEqual(known.find('key-1', 'sum'), { entry: 1, offset: 0 }, 'what is asked for stays')
  for (let at = 4; at < 20; at++) known.add('key-1', `other ${at}`, { entry: 2, offset: at })
  assert.equal(known.find('key-1', 'sum'), undefined)
})

test('a list of parts is read as it was written, and what is no list is not read', () => {
  const parts = [
    { back: 0, offset: 0, length: 3 },
    { back: 2_000_000_000, offset: 2 ** 31, length: 300 },
  ]
  const sealed = Buffer.concat([writeParts(parts), Buffer.from('new')])
  assert.deepEqual(readParts(sealed), { parts, newText: Buffer.from('new') })
  assert.equal(readParts(Buffer.alloc(0)), undefined)
  assert.equal(readParts(Buffer.from([1, 0, 0, 9, 65])), undefined, 'nine bytes of a new text of one')
  assert.equal(readParts(Buffer.alloc(40, 255)), undefined)
  for (let length = 0; length < sealed.length - 3; length++) {
    assert.equal(readParts(sealed.subarray(0, length)), undefined)
  }
})

test('a text that is known in too many places is sealed whole, and is known as a whole then', () => {
  const known = new KnownPieces()
  const text = Buffer.from(wordsOf(6_000_000, 5))
  const cuts: number[] = []
  for (let from = 0; from < text.length; from = endOfPiece(text, from)) cuts.push(from)
  assert.ok(cuts.length > mostParts)
  for (const [at, from] of cuts.entries()) {
    known.add('key', sumOf(text.subarray(from, endOfPiece(text, from))), { entry: at, offset: 0 })
  }
  const composed = compose(text, 10_000, 'key', known)
  assert.equal(composed.isInParts, false)
  assert.equal(composed.sealed[0], text)
  for (const [sum, place] of composed.added) known.add('key', sum, place)
  const again = compose(text, 10_001, 'key', known)
  assert.deepEqual(readParts(Buffer.from(again.sealed[0] ?? []))?.parts, [
    { back: 1, offset: 0, length: text.length },
  ])
})

test('a part that leads before the log, or beyond the text it leads to, is named as damaged', async () => {
  const parts = [
    { back: 9, offset: 0, length: 5 },
    { back: 1, offset: 2, length: 5 },
    { back: 0, offset: 0, length: 3 },
  ]
  const sealed = Buffer.concat([writeParts(parts), Buffer.from('new')])
  const restored = await restore(sealed, 3, async () => Buffer.from('four'))
  assert.deepEqual(
    restored?.lostParts.map(({ entry, why }) => [entry, why]),
    [
      [-6, 'damaged'],
      [2, 'damaged'],
    ],
  )
  assert.match(restored.bytes.toString(), /^\[5 bytes of entry -6 are damaged.*\]\[5 bytes .*\]new$/)
})
