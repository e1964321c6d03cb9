import assert from 'node:assert/strict'
import { test } from 'node:test'
import { AnswerTooLong, readAnswer } from './read-answer.ts'

async function* inPieces(text: string, length: number, onEnd: () => void = () => undefined) {
  try {
    for (let at = 0; at < text.length; at += length)
      yield new TextEncoder().encode(text.slice(at, at + length))
  } finally {
    onEnd()
  }
}

test('an answer is read whole, however it comes, also an empty one', async () => {
  const text = 'abcdefghij'.repeat(1_000)
  for (const length of [1, 7, 4_096, 100_000])
    assert.equal(String(await readAnswer(inPieces(text, length), 10_000)), text)
  assert.equal((await readAnswer(inPieces('', 1), 0)).length, 0)
})

test('one that is longer than may be is left at once, and its end is told', async () => {
  let ended = 0
  await assert.rejects(
    readAnswer(
      inPieces('abcdef', 2, () => void ended++),
      5,
    ),
    (error: unknown) => error instanceof AnswerTooLong && error.message === 'answered with more than 5 bytes',
  )
  assert.equal(ended, 1)
})

test('an answer that comes byte by byte does not take five hundred bytes for each', async () => {
  const before = process.memoryUsage().arrayBuffers
  const bytes = await readAnswer(inPieces('a'.repeat(200_000), 1), 200_000)
  assert.equal(bytes.length, 200_000)
  assert.ok(process.memoryUsage().arrayBuffers - before < 20_000_000)
})
