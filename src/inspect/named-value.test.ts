import assert from 'node:assert/strict'
import { test } from 'node:test'
import { isWithinWord, namedValue } from './named-value.ts'

const { examine, trigger } = namedValue({
  wakes: ['ticket'],
  names: 'tickets?',
  value: '\\d{3,6}',
  isList: true,
  judge: (value) => (value === '000' ? undefined : { score: 0.9, why: 'digits after a name' }),
})

/** What is found from each place the name stands at. */
const valuesIn = (text: string): readonly string[] =>
  [...text.matchAll(/ticket/gi)].flatMap(({ index }) =>
    examine(text, index, index + 6).map(({ start, end }) => text.slice(start, end)),
  )

test('the names wake the search, in any case', () => {
  assert.deepEqual(trigger, { literals: ['ticket'], isAnyCase: true })
})

test('a value is found behind its name, whatever small stands between them', () => {
  for (const between of [' ', ': ', '=', ' no. ', ' number is "', '":"', '</td><td>', ' **', '\n', ' #'])
    assert.deepEqual(valuesIn(`ticket${between}1234`), ['1234'], between)
})

test('other words between name and value part them', () => {
  assert.deepEqual(valuesIn('ticket sold to room 1234'), [])
  assert.deepEqual(valuesIn(`ticket ${'. '.repeat(20)}1234`), [])
})

test('a value that goes on as a word or a longer number is none', () => {
  for (const text of ['ticket 1234a', 'ticket 1234567', 'ticket a1234'])
    assert.deepEqual(valuesIn(text), [], text)
})

test('a list is read to its end, and no further', () => {
  assert.deepEqual(valuesIn('tickets 123, 456 and 789, then 101'), ['123', '456', '789'])
  assert.deepEqual(valuesIn('tickets 123, 000, 456'), ['123'])
})

test('a list ends after a dozen values', () => {
  assert.equal(valuesIn(`tickets ${Array(40).fill('123').join(', ')}`).length, 12)
})

test('a name inside a word is none; one in camel or snake case is', () => {
  assert.deepEqual(valuesIn('parkticket 123'), [])
  assert.deepEqual(valuesIn('éticket 123'), [])
  assert.deepEqual(valuesIn('parkTicket=123'), ['123'])
  assert.deepEqual(valuesIn('park_ticket=123'), ['123'])
  assert.deepEqual(valuesIn('\\nticket=123'), ['123'])
})

test('what dismisses a name is asked with its place', () => {
  const { examine: dismissed } = namedValue({
    wakes: ['ticket'],
    names: 'ticket',
    value: '\\d+',
    isDismissed: (text, start) => text[start - 1] === '(',
    judge: () => ({ score: 0.9, why: 'digits' }),
  })
  assert.equal(dismissed('ticket 1', 0, 6).length, 1)
  assert.equal(dismissed('(ticket 1', 1, 7).length, 0)
})

test('the start of a text is the start of a word', () => assert.equal(isWithinWord('ticket', 0), false))
