import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { readAcknowledges, readJustification } from './answers-to-rules.ts'

const refused = (read: () => unknown): string => {
  try {
    read()
  } catch (error) {
    assert.ok(error instanceof Refusal)
    assert.equal(error.code, 'header-invalid')
    return error.message
  }
  return assert.fail('it was taken')
}

test('a reason is read as it is written, and percent-encoded where it is not plain', () => {
  assert.equal(readJustification(undefined), undefined)
  assert.equal(readJustification('  The customer asked us to  '), 'The customer asked us to')
  assert.equal(
    readJustification(encodeURIComponent('Für die Kundin, per Öko-Vertrag')),
    'Für die Kundin, per Öko-Vertrag',
  )
  assert.equal(readJustification('They take 5 % of it, as agreed'), 'They take 5 % of it, as agreed')
})

test('what is no reason is refused: too short, too long, of two lines, twice, or of letters that were lost', () => {
  const bad = [
    '',
    'ok',
    'x'.repeat(501),
    'one line%0Aand another',
    'F\u00fcr die Kundin',
    ['a reason here', 'and another'],
  ]
  for (const header of bad)
    assert.match(
      refused(() => readJustification(header)),
      /10 to 500 characters/,
    )
})

test('notices are named by the ids of their rules, twenty at most', () => {
  assert.deepEqual(readAcknowledges(undefined), [])
  assert.deepEqual(readAcknowledges('one, two'), ['one', 'two'])
  for (const header of ['', 'One', 'a,,b', Array.from({ length: 21 }, (_, index) => `r${index}`).join(',')])
    assert.match(
      refused(() => readAcknowledges(header)),
      /ids of rules, 20 at most/,
    )
})
