import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ChatSegment } from '#/chat/api.ts'
import type { Action, Finding } from '#/core/finding.ts'
import type { GatewayServices } from '../services.ts'
import type { Decided } from './decide.ts'
import { transform } from './transform.ts'

const texts = ['pay 5500 0000', ' 0000 0004 now']
const body = { messages: [{ role: 'user', content: texts.map((text) => ({ type: 'text', text })) }] }
const segments = texts.map(
  (text, index): ChatSegment => ({
    ...{ text, channel: 'user', part: 'value' },
    path: ['messages', 0, 'content', index, 'text'],
  }),
)
const pieces: readonly Finding[] = [
  { start: 4, end: 13, type: 'payment-card', family: 'payment', score: 1, why: 'test' },
  { start: 1, end: 10, type: 'payment-card', family: 'payment', score: 1, why: 'test', isContinued: true },
]

/** One value in two texts, with what becomes of each piece. */
const decidedWith = (actions: readonly Action[]): Decided => {
  const admitted = { identified: { caller: { person: { id: 'person-ada' } } } }
  const marked = segments.map((segment, index) => ({ segment, findings: [pieces[index]] }))
  const inspected = { read: { chat: { body, segments }, admitted, isRewritten: false }, marked }
  const decision = { actions, featuresOff: [], useCase: { id: 'everyday-questions' } }
  return { inspected, decision, facts: pieces } as unknown as Decided
}
const services = { pseudonymMac: () => () => 'aaaaaaaaaaaa' } as unknown as GatewayServices

test('the second piece of a value is masked although the first one goes as it is', () => {
  const { body: sent, isChanged, changedValues } = transform(decidedWith(['note', 'mask']), services)
  assert.ok(!JSON.stringify(sent).includes('0000 0004'), JSON.stringify(sent))
  assert.ok(JSON.stringify(sent).includes('5500 0000'))
  assert.ok(isChanged)
  assert.equal(changedValues, 1)
})

test('a value that is masked in both of its pieces is one, and one that nothing is done to leaves the body that came', () => {
  const masked = transform(decidedWith(['mask', 'mask']), services)
  assert.equal(masked.changedValues, 1)
  const noted = transform(decidedWith(['note', 'note']), services)
  assert.deepEqual([noted.body === body, noted.isChanged, noted.changedValues], [true, false, 0])
})
