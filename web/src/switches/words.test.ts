import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emptyStop, reportWords, seesSwitches, stopOf, titleOf } from './words.ts'

test('what is stopped has a name people know', () => {
  assert.equal(titleOf({ scope: 'all', name: '' }), 'Everything')
  assert.equal(titleOf({ scope: 'use-case', name: 'support' }), 'The use case support')
  assert.equal(titleOf({ scope: 'person', name: 'mia@example.com' }), 'mia@example.com')
})

test('a stop is sent as the gate reads it', () => {
  const words = { ...emptyStop(['all', 'tool']), reason: ' It leaks. ' }
  assert.deepEqual(stopOf({ ...words, target: 'left over' }), {
    scope: 'all',
    target: '',
    reason: 'It leaks.',
    drill: false,
  })
  assert.deepEqual(stopOf({ ...words, scope: 'tool', target: ' shell ', minutes: '5', isDrill: true }), {
    scope: 'tool',
    target: 'shell',
    reason: 'It leaks.',
    drill: true,
    minutes: 5,
  })
})

test('a drill says what it measured, or that nothing is known', () => {
  const report = {
    cut: 2,
    slowestMs: 0.4,
    refused: 7,
    people: 3,
    asks: ['sam@example.com'],
    isInterrupted: false,
  }
  assert.match(
    reportWords(report).join(' '),
    /cut: 2, the last of them after 0\.4 ms.*elsewhere: 7\..*told: 3\. Whom to ask: sam@/,
  )
  assert.match(reportWords({ ...report, cut: 0, asks: [] }).join(' '), /^No answer.*security or an owner\.$/)
  assert.equal(reportWords({ ...report, isInterrupted: true }).length, 1)
})

test('those who may pull any switch, and auditors, see the page in the list', () => {
  assert.deepEqual([seesSwitches(['employee']), seesSwitches(['employee', 'operator'])], [false, true])
})
