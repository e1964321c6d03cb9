import assert from 'node:assert/strict'
import { test } from 'node:test'
import { beginTag, Decoder, insideTag } from './decode.ts'

const decode = (
  rows: readonly (readonly number[])[],
  transitions = new Float32Array(9),
): readonly number[] => {
  const path = new Uint8Array(rows.length)
  new Decoder(3).decode(Float32Array.from(rows.flat()), rows.length, transitions, path)
  return [...path]
}

test('the best tag of each token is taken when nothing speaks against it', () => {
  assert.deepEqual(
    decode([
      [0, 5, 0],
      [0, 0, 5],
      [5, 0, 0],
    ]),
    [beginTag(0), insideTag(0), 0],
  )
})

test('a name never begins inside', () => {
  assert.deepEqual(decode([[0, 1, 9]]), [beginTag(0)])
  assert.deepEqual(
    decode([
      [9, 0, 0],
      [0, 1, 9],
    ]),
    [0, beginTag(0)],
  )
})

test('transitions weigh against single scores', () => {
  const transitions = new Float32Array(9)
  transitions[beginTag(0) * 3 + beginTag(0)] = -10
  assert.deepEqual(
    decode(
      [
        [0, 5, 4],
        [0, 5, 4],
      ],
      transitions,
    ),
    [beginTag(0), insideTag(0)],
  )
})
