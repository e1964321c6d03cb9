import assert from 'node:assert/strict'
import { test } from 'node:test'
import { randomText, seeded } from './test-random.ts'

test('the same seed gives the same numbers and texts, another one others', () => {
  const texts = (seed: number): readonly string[] => {
    const random = seeded(seed)
    return Array.from({ length: 20 }, () => randomText(random, 10))
  }
  assert.deepEqual(texts(1), texts(1))
  assert.notDeepEqual(texts(1), texts(2))
})

test('pieces of a text are the text again, and none is longer than was said', () => {
  const random = seeded(3)
  for (let round = 0; round < 200; round++) {
    const text = randomText(random, 20)
    const longest = 1 + random.below(10)
    const pieces = random.cut(text, longest)
    assert.equal(pieces.join(''), text)
    assert.ok(pieces.every((piece) => piece.length <= longest))
  }
})
