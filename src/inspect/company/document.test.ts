import assert from 'node:assert/strict'
import { test } from 'node:test'
import { seeded } from '../test-random.ts'
import { buildDocument, createDocumentMatcher } from './document.ts'

const random = seeded(11)
const vocabulary = Array.from({ length: 900 }, (_, index) => `word${index.toString(36)}`)
const wordsOf = (count: number): string[] => Array.from({ length: count }, () => random.pick(vocabulary))

const plan = wordsOf(2_000)
const contract = wordsOf(2_000)
const find = createDocumentMatcher([
  buildDocument('the plan', 'restricted', plan.join(' ')),
  buildDocument('the contract', 'confidential', contract.join(' ')),
])

test('a pasted part of sixty words is found wherever it stands, in the class of its document', () => {
  for (let round = 0; round < 200; round++) {
    const at = random.below(1_900)
    const pasted = plan.slice(at, at + 60).join(' ')
    const before = `${wordsOf(40).join(' ')}. `
    const text = `${before}${pasted}. ${wordsOf(40).join(' ')}`
    const matches = find(text)
    assert.equal(matches.length, 1)
    assert.equal(matches[0]?.class, 'restricted')
    assert.match(matches[0]?.why ?? '', /the company's document the plan$/)
    const { start = 0, end = 0 } = matches[0] ?? {}
    assert.ok(
      start <= before.length && end >= before.length + pasted.length,
      'all that was pasted is covered',
    )
    const over = before.length - start + (end - before.length - pasted.length)
    assert.ok(over < 8 * 10, 'and hardly more')
  }
})

test('case, punctuation, line ends and a few changed words make no difference', () => {
  const changed = plan.slice(100, 180)
  changed[30] = 'somethingelse'
  changed[55] = 'another'
  const text = changed.map((word, index) => (index % 9 === 0 ? `${word.toUpperCase()},\n` : word)).join('  ')
  assert.equal(find(text).length, 1)
})

test('other texts, and sentences everybody uses, are none of it', () => {
  for (let round = 0; round < 100; round++) assert.deepEqual(find(wordsOf(300).join(' ')), [])
  assert.deepEqual(find(plan.slice(10, 19).join(' ')), [])
})

test('parts of two documents are two findings', () => {
  const text = `${plan.slice(0, 50).join(' ')} ${wordsOf(60).join(' ')} ${contract.slice(300, 350).join(' ')}`
  assert.deepEqual(
    find(text).map((match) => match.class),
    ['restricted', 'confidential'],
  )
})

test('what two documents share has the higher class', () => {
  const both = createDocumentMatcher([
    buildDocument('one', 'internal', plan.join(' ')),
    buildDocument('other', 'restricted', plan.join(' ')),
  ])
  assert.deepEqual(
    both(plan.slice(0, 40).join(' ')).map((match) => match.class),
    ['restricted'],
  )
})

test('no clear text is kept, a third of a number for each word', () => {
  const document = buildDocument('the plan', 'restricted', plan.join(' '))
  assert.ok(document.fingerprints.length < plan.length * 0.4)
  assert.equal(JSON.stringify(document).includes('word'), false)
})

test('a text too short to be told from others is refused', () => {
  assert.throws(() => buildDocument('note', 'internal', 'a few words'), /at least 23 words, this one has 3/)
})
