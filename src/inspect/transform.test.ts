import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Action, actions } from '#/core/finding.ts'
import type { Treated } from './api.ts'
import { createInspector } from './inspector.ts'
import { kinds } from './kinds.ts'
import { createPseudonyms } from './pseudonyms.ts'
import { stringHash } from './string-hash.ts'
import { randomText, seeded } from './test-random.ts'
import { maskOf, transformText } from './transform.ts'

const treated = (action: Action, start: number, end: number, type = 'email'): Treated => ({
  action,
  finding: { start, end, type, family: 'contact', score: 1, why: 'a reason' },
})

const pseudonyms = () => createPseudonyms({ mac: stringHash })

test('a text of which nothing is to be changed is the very same text', () => {
  assert.deepEqual(transformText('Anna', [], pseudonyms()), { text: 'Anna', changed: 0 })
  assert.deepEqual(transformText('Anna', [treated('note', 0, 4)], pseudonyms()), { text: 'Anna', changed: 0 })
})

test('a masked value gives way to the name of its kind', () => {
  assert.deepEqual(transformText('to a@b.cd!', [treated('mask', 3, 9)], pseudonyms()), {
    text: 'to [EMAIL]!',
    changed: 1,
  })
})

test('a pseudonymised value gives way to a token that stands for it', () => {
  const issuer = pseudonyms()
  const { text, changed } = transformText('to a@b.cd!', [treated('pseudonymise', 3, 9)], issuer)
  assert.match(text, /^to EMAIL_[0-9a-f]{10}!$/)
  assert.equal(changed, 1)
  assert.deepEqual([...issuer.issued.values()], ['a@b.cd'])
})

test('a value that is made coarser leaves its kind and what is left, and where nothing may be left its kind', () => {
  const text = (type: string) =>
    transformText('on 12.03.1984!', [treated('generalise', 3, 13, type)], pseudonyms()).text
  assert.equal(text('date-of-birth'), 'on [DATE OF BIRTH 1984]!')
  assert.equal(text('us-ssn'), 'on [US SSN]!')
})

test('a value that is removed leaves no gap, and does not join the words it stood between', () => {
  const removed = (text: string) => {
    const start = text.indexOf('<')
    const end = text.indexOf('>') + 1
    return transformText(text, [treated('remove', start, end)], pseudonyms())
  }
  assert.deepEqual(removed('to <a@b.cd>, please'), { text: 'to , please', changed: 1 })
  assert.equal(removed('to <a@b.cd> now').text, 'to now')
  assert.equal(removed('to<a@b.cd>now').text, 'to now')
  assert.equal(removed('12<a@b.cd>34').text, '12 34')
  assert.equal(removed('"<a@b.cd>"').text, '""')
  assert.equal(removed('<a@b.cd>').text, '[REMOVED]')
  assert.equal(removed(' <a@b.cd>\n').text, '[REMOVED]')
})

test('several values are treated each in its own way, at the start and at the end as well', () => {
  const list = [treated('mask', 0, 2), treated('note', 3, 5), treated('pseudonymise', 6, 8)]
  const { text, changed } = transformText('aa bb cc', list, pseudonyms())
  assert.match(text, /^\[EMAIL\] bb EMAIL_[0-9a-f]{10}$/)
  assert.equal(changed, 2)
})

test('values that touch each other are both replaced', () => {
  const { text } = transformText(
    'aabb',
    [treated('mask', 0, 2), treated('mask', 2, 4, 'us-ssn')],
    pseudonyms(),
  )
  assert.equal(text, '[EMAIL][US SSN]')
})

test('the same text with the same decisions gives the same bytes', () => {
  const list = [treated('pseudonymise', 3, 9)]
  const [one, other] = [pseudonyms(), pseudonyms()]
  assert.equal(transformText('to a@b.cd!', list, one).text, transformText('to a@b.cd!', list, other).text)
})

for (const action of ['block', 'hold'] as const) {
  test(`a value that stops the text must not come here: ${action}`, () => {
    assert.throws(() => transformText('a@b.cd', [treated(action, 0, 6)], pseudonyms()), /stops the text/)
  })
}

const misplaced: readonly (readonly Treated[])[] = [
  [treated('mask', 3, 3)],
  [treated('mask', 4, 3)],
  [treated('mask', -1, 3)],
  [treated('mask', 0, 7)],
  [treated('mask', 0, 4), treated('mask', 3, 5)],
  [treated('mask', 4, 5), treated('mask', 0, 2)],
]

for (const list of misplaced) {
  const places = list.map(({ finding }) => `${finding.start}-${finding.end}`).join(' and ')
  test(`findings out of place are refused rather than guessed at: ${places}`, () => {
    assert.throws(() => transformText('abcdef', list, pseudonyms()), /out of place/)
  })
}

test('a mask says which kind of value stood there, and no two kinds share one', () => {
  assert.equal(maskOf('payment-card'), '[PAYMENT CARD]')
  assert.equal(maskOf('us-ssn'), '[US SSN]')
  assert.equal(new Set(kinds.map(({ type }) => maskOf(type))).size, kinds.length)
})

test('of every value that is masked there is one less in the text', () => {
  const inspector = createInspector({ terms: [] })
  const random = seeded(11)
  for (let round = 0; round < 500; round++) {
    const text = randomText(random, 20)
    const findings = inspector.inspect(text, 'user')
    const masked = transformText(
      text,
      findings.map((finding) => ({ finding, action: 'mask' })),
      pseudonyms(),
    )
    assert.equal(masked.changed, findings.length)
    for (const { start, end } of findings) {
      const value = text.slice(start, end)
      const times = (whole: string): number => whole.split(value).length - 1
      assert.ok(times(masked.text) < times(text), `${JSON.stringify(value)} left in ${masked.text}`)
    }
  }
})

test('every action has a meaning here', () => {
  for (const action of actions) {
    const transform = () => transformText('a@b.cd', [treated(action, 0, 6)], pseudonyms()).text
    if (action === 'block' || action === 'hold') assert.throws(transform)
    else assert.equal(transform() === 'a@b.cd', ['note', 'acknowledge', 'justify'].includes(action), action)
  }
})
