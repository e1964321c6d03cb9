import assert from 'node:assert/strict'
import { afterEach, beforeEach, mock, test } from 'node:test'
import { createPacer } from './pacer.ts'

/** What the pacer needs of a window: frames that come when a test says so, and whether the tab is hidden. */
let frames: (() => void)[]
const drawFrame = (): void => {
  const due = frames
  frames = []
  for (const draw of due) draw()
}
const page = { hidden: false }

beforeEach(() => {
  frames = []
  page.hidden = false
  Object.assign(globalThis, {
    document: page,
    requestAnimationFrame: (draw: () => void) => frames.push(draw),
  })
  mock.timers.enable({ apis: ['setTimeout'] })
})
afterEach(() => {
  mock.timers.reset()
  Reflect.deleteProperty(globalThis, 'document')
  Reflect.deleteProperty(globalThis, 'requestAnimationFrame')
})

test('however often text comes, it is given once a frame, in order', () => {
  const given: string[] = []
  const pacer = createPacer((text) => given.push(text))
  for (const word of ['one ', 'two ', 'three ']) pacer.push(word)
  assert.deepEqual(given, [])
  drawFrame()
  pacer.push('four')
  drawFrame()
  drawFrame()
  assert.deepEqual(given, ['one two three ', 'four'])
})

test('a flush gives what is left at once, and the frame that was asked for gives nothing twice', () => {
  const given: string[] = []
  const pacer = createPacer((text) => given.push(text))
  pacer.push('last words')
  pacer.flush()
  drawFrame()
  pacer.flush()
  assert.deepEqual(given, ['last words'])
})

test('a hidden tab draws no frames and keeps up all the same', () => {
  page.hidden = true
  const given: string[] = []
  const pacer = createPacer((text) => given.push(text))
  pacer.push('in the ')
  pacer.push('background')
  assert.equal(frames.length, 0)
  mock.timers.tick(1_000)
  assert.deepEqual(given, ['in the background'])
})
