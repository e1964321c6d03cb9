import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Blocks, growBlocks, noBlocks } from './blocks.ts'

const answer =
  '# Head\n\nA paragraph\nof two lines.\n\n- one\n- two\n\n```ts\nlet a = 1\n\nlet b\n```\n\n| a |\n|---|\n| 1 |\n\nThe end.'

const shapeOf = ({ settled, open }: Blocks) => [...settled, ...open].map(({ type, raw }) => [type, raw])

/** The answer as it would come, so many characters at a time. */
function grow(text: string, step: number): Blocks {
  let blocks = noBlocks
  for (let at = step; at < text.length + step; at += step) blocks = growBlocks(blocks, text.slice(0, at))
  return blocks
}

test('however it came, an answer ends as the same blocks', () => {
  const whole = shapeOf(growBlocks(noBlocks, answer))
  for (const step of [1, 2, 3, 7, 50]) assert.deepEqual(shapeOf(grow(answer, step)), whole, `by ${step}`)
})

test('a block that another follows is never read again: it stays the same object', () => {
  const early = growBlocks(noBlocks, 'one\n\ntwo\n\nthr')
  const late = growBlocks(early, 'one\n\ntwo\n\nthree\n\nfour')
  for (const [index, token] of early.settled.entries()) assert.equal(late.settled[index], token)
  assert.ok(early.settled.length > 0)
})

test('the same text is the same state', () => {
  const blocks = growBlocks(noBlocks, answer)
  assert.equal(growBlocks(blocks, answer), blocks)
})

test('another text starts anew', () => {
  const blocks = growBlocks(growBlocks(noBlocks, answer), 'Something else.')
  assert.deepEqual(shapeOf(blocks), [['paragraph', 'Something else.']])
})

test('a line end that is cut in two does not become two', () => {
  const whole = shapeOf(growBlocks(noBlocks, 'one\r\ntwo\r\n\r\nthree'))
  assert.deepEqual(shapeOf(grow('one\r\ntwo\r\n\r\nthree', 1)), whole)
})

test('a long answer costs a time that grows with its length, not with its square', () => {
  const paragraph = `${'Some words of an answer. '.repeat(8)}\n\n`
  const time = (paragraphs: number): number => {
    const startedAt = performance.now()
    let blocks = noBlocks
    let text = ''
    for (let index = 0; index < paragraphs; index++) {
      text += paragraph
      blocks = growBlocks(blocks, text)
    }
    return performance.now() - startedAt
  }
  // The least of several: what else the machine does only ever adds.
  const least = (paragraphs: number): number => Math.min(...[1, 2, 3, 4, 5].map(() => time(paragraphs)))
  const [short, long] = [least(100), least(800)]
  assert.ok(long < Math.max(short, 5) * 40, `${short} ms for 100, ${long} ms for 800`)
})
