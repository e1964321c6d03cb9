import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { TaskAnswer, TaskView } from '#/gateway/tasks/api.ts'
import { aboutAnswer, emptyInputs, shownAnswer } from './words.ts'

const answer: TaskAnswer = {
  answer: 'Done.',
  isComplete: true,
  useCase: 'sort',
  offering: 'west',
  class: 'internal',
  changedValues: 0,
  needsReview: false,
  notice: null,
  receipt: 'sallyport.local#4',
  requestId: 'r',
}

test('a form begins with the first of each list and no text', () => {
  const inputs = [
    { name: 'text', kind: 'text', maxCharacters: 9 },
    { name: 'tone', kind: 'choice', of: ['formal', 'friendly'] },
  ] as const
  assert.deepEqual(emptyInputs({ inputs } as unknown as TaskView), { text: '', tone: 'formal' })
})

test('a text is shown as it is, and JSON as JSON', () => {
  assert.equal(shownAnswer(answer), 'Done.')
  assert.equal(shownAnswer({ ...answer, answer: { topic: 'bill' } }), '{\n  "topic": "bill"\n}')
})

test('what is to be known of an answer is said, and nothing where there is nothing', () => {
  assert.deepEqual(aboutAnswer(answer), [])
  const said = aboutAnswer({
    ...answer,
    isComplete: false,
    needsReview: true,
    notice: 'Drafts.',
    changedValues: 1,
  })
  assert.equal(said.length, 4)
  assert.match(said[3] ?? '', /^1 value was /)
})
