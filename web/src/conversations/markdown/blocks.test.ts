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

test('of a long answer only the last paragraphs are read again, however much came before', () => {
  const paragraph = `${'Some words of an answer. '.repeat(8)}\n\n`
  let blocks = noBlocks
  let text = ''
  let most = 0
  for (let index = 0; index < 800; index++) {
    text += paragraph
    most = Math.max(most, text.length - blocks.settledLength)
    blocks = growBlocks(blocks, text)
  }
  assert.ok(most <= 3 * paragraph.length, `${most} of ${text.length} characters were read at once`)
  assert.equal(blocks.settled.filter(({ type }) => type === 'paragraph').length, 799)
})
