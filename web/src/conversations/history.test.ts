import assert from 'node:assert/strict'
import { test } from 'node:test'
import { classSoFar, isMasked, messagesFor, reasonGiven, textAt } from './history.ts'
import { chatOf, crossing, sending, turn } from './test-turns.ts'

test('earlier questions and answers go along, in order, before the new message', () => {
  const before = [turn({ typed: 'q1', answer: 'a1' }), turn({ typed: 'q2', answer: 'a2' })]
  assert.deepEqual(messagesFor(before, 'q3'), [
    { role: 'user', content: 'q1' },
    { role: 'assistant', content: 'a1' },
    { role: 'user', content: 'q2' },
    { role: 'assistant', content: 'a2' },
    { role: 'user', content: 'q3' },
  ])
})

test('a refused message never goes along, nor one that got no answer', () => {
  const before = [
    turn({ status: 'refused', typed: 'secret', answer: '' }),
    turn({ status: 'stopped', answer: '' }),
    turn({ status: 'broken', answer: '' }),
  ]
  assert.deepEqual(messagesFor(before, 'next'), [{ role: 'user', content: 'next' }])
})

test('what came of an answer that was stopped or broke off goes along', () => {
  for (const status of ['stopped', 'broken'] as const) {
    assert.equal(messagesFor([turn({ status, answer: 'half' })], 'next').length, 3)
  }
})

test('a chat in which something was sent masked stays masked, or its history would be refused', () => {
  const masked = turn({ sending: { ...sending, mask: true } })
  assert.equal(isMasked([masked, turn()]), true)
  assert.equal(isMasked([turn()]), false)
  assert.equal(
    isMasked([turn({ sending: { ...sending, mask: true }, status: 'refused', answer: '' })]),
    false,
  )
})

test('the class of a chat never falls below what went along, found or declared', () => {
  const found = turn({ crossing: { ...crossing, class: 'confidential' } })
  const declared = turn({ sending: { ...sending, declaredClass: 'internal' } })
  assert.equal(classSoFar(chatOf([])), 'public')
  assert.equal(classSoFar(chatOf([declared])), 'internal')
  assert.equal(classSoFar(chatOf([found, declared])), 'confidential')
  assert.equal(classSoFar(chatOf([turn({ crossing: undefined })])), 'public')
})

test('a refused message does not raise the class of the chat', () => {
  const refused = turn({
    status: 'refused',
    answer: '',
    sending: { ...sending, declaredClass: 'restricted' },
  })
  assert.equal(classSoFar(chatOf([refused])), 'public')
})

test('a place of a refusal leads to the text it points into', () => {
  const messages = messagesFor([turn({ typed: 'q1', answer: 'a1' })], 'q2')
  assert.equal(textAt(messages, 'messages.2.content'), 'q2')
  for (const field of ['messages.9.content', 'messages.x.content', 'tools.0', 'messages.1.content.0.text']) {
    assert.equal(textAt(messages, field), undefined, field)
  }
})

test('a reason that was given holds for the rest of the chat, the newest of them', () => {
  const gave = (justification: string) => turn({ sending: { ...sending, justification } })
  assert.deepEqual(reasonGiven([]), {})
  assert.deepEqual(reasonGiven([gave('an older one'), gave('a newer one'), turn()]), {
    justification: 'a newer one',
  })
  const refused = turn({ sending: { ...sending, justification: 'not taken' }, status: 'refused', answer: '' })
  assert.deepEqual(reasonGiven([refused]), {})
})
