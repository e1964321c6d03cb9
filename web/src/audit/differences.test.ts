import assert from 'node:assert/strict'
import { test } from 'node:test'
import { processorMs } from '#/core/test-processor-time.ts'
import { differences, type Stretch } from './differences.ts'

const side = (stretches: readonly Stretch[], which: 'typed' | 'sent'): string =>
  stretches.map((each) => (each.kind === 'same' ? each.text : each[which])).join('')
const changes = (typed: string, sent: string) =>
  differences(typed, sent).flatMap((each) => (each.kind === 'changed' ? [[each.typed, each.sent]] : []))

test('a replaced value is one change, however many signs are in it', () => {
  assert.deepEqual(changes('Write to ines.halvard@example.com, please.', 'Write to EMAIL_a1b2, please.'), [
    ['ines.halvard@example.com', 'EMAIL_a1b2'],
  ])
  assert.deepEqual(changes('pay DE89 3704 0044 0532 0130 00 now', 'pay IBAN_c70f now'), [
    ['DE89 3704 0044 0532 0130 00', 'IBAN_c70f'],
  ])
})

test('several changes stay apart when words stand between them', () => {
  assert.deepEqual(changes('from a@example.com to b@example.com', 'from EMAIL_1 to EMAIL_2'), [
    ['a@example.com', 'EMAIL_1'],
    ['b@example.com', 'EMAIL_2'],
  ])
})

test('what was removed and what was added is told', () => {
  assert.deepEqual(changes('keep this secret word', 'keep this word'), [['secret ', '']])
  assert.deepEqual(changes('hello', 'hello there'), [['', ' there']])
})

test('texts that are the same have no change, and empty ones nothing at all', () => {
  assert.deepEqual(differences('same', 'same'), [{ kind: 'same', text: 'same' }])
  assert.deepEqual(differences('', ''), [])
  assert.deepEqual(changes('', 'all'), [['', 'all']])
})

test('both texts can always be put together again from the stretches', () => {
  // A small generator of its own, so that a failure comes again.
  let seed = 7
  const next = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
    return seed % below
  }
  const words = ['gate', ' ', '\n', 'a', '-', 'zwölf', '🏰', ', ', 'EMAIL_1', '.']
  const text = (length: number): string => Array.from({ length }, () => words[next(words.length)]).join('')
  for (let times = 0; times < 500; times++) {
    const [typed, sent] = [text(next(30)), text(next(30))]
    const stretches = differences(typed, sent)
    assert.deepEqual([side(stretches, 'typed'), side(stretches, 'sent')], [typed, sent])
  }
})

test('two long texts with nothing in common are one change, soon', () => {
  const [typed, sent] = ['left '.repeat(20_000), 'right-'.repeat(20_000)]
  const startedAt = processorMs()
  const stretches = differences(typed, sent)
  assert.ok(processorMs() - startedAt < 2_000)
  assert.deepEqual([side(stretches, 'typed'), side(stretches, 'sent')], [typed, sent])
})
