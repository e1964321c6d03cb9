import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createInspector } from '../inspector.ts'
import { exampleOf } from '../test-found.ts'
import { seeded } from '../test-random.ts'
import { detectors } from './index.ts'

const { inspect } = createInspector({ terms: [] })

/** Sentences in which nothing is found, with numbers and signs of their own. */
const sentences: readonly string[] = [
  'The plan says who does what until when.',
  'Version 10.15.7 takes 1234 ms for 1,000,000 rows.',
  'On 2026-11-23 at 10:58 the server 127.0.0.1 was started again.',
  'Is it 50 % or 60 %? See https://example.com/a?b=c#d, section 4.1.',
  'Order 4500012345 of 12 boxes (3 x 4) costs $1,234.56.',
  'Ein Satz mit Umlauten: Größe, Öl und Übung.',
  '这是一个句子，有数字 12345。',
  'const total = items.length * 0xff - 1e3',
  'id 550e8400-e29b-41d4-a716-446655440000 is known.',
  'Thanks! 😀👍🏽',
]

for (const detector of detectors) {
  test(`${detector.type}: its examples are found among sentences of every kind, at their place`, () => {
    const random = seeded(detector.type.length)
    for (const marked of detector.finds) {
      const { text, wanted } = exampleOf(marked)
      const before = `${random.pick(sentences)}\n${random.pick(sentences)}\n\n`
      const whole = `${before}${text}\n\n${random.pick(sentences)}\n${random.pick(sentences)}`
      const findings = inspect(whole, 'user').filter(({ type }) => type === detector.type)
      assert.deepEqual(
        findings.map(({ start, end }) => whole.slice(start, end)),
        wanted,
        marked,
      )
      for (const { start, end } of findings) {
        assert.ok(start >= before.length && end <= before.length + text.length, 'at its place')
      }
    }
  })

  test(`${detector.type}: what it ignores stays ignored among sentences`, () => {
    const random = seeded(detector.type.length + 1)
    for (const text of detector.ignores) {
      const whole = `${random.pick(sentences)}\n\n${text}\n\n${random.pick(sentences)}`
      const found = inspect(whole, 'user').filter(({ type }) => type === detector.type)
      assert.deepEqual(found, [], text)
    }
  })

  test(`${detector.type}: looked at in any text, at any place, it neither throws nor leaves the text`, () => {
    const random = seeded(detector.type.length + 2)
    const texts = [
      ...detector.finds.map((marked) => exampleOf(marked).text),
      ...detector.ignores,
      '',
      '\ud83d',
    ]
    for (const text of texts) {
      for (let round = 0; round < 30; round++) {
        const start = random.below(text.length + 1)
        const end = start + random.below(text.length + 1 - start)
        let last = -1
        for (const match of detector.examine(text, start, end)) {
          assert.ok(match.start > last && match.start < match.end && match.end <= text.length)
          assert.ok(match.score >= 0.5 && match.score <= 1)
          last = match.start
        }
      }
    }
  })
}

test('in none of the sentences anything is found', () => {
  for (const text of sentences) assert.deepEqual(inspect(text, 'user'), [], text)
})
