import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { PublicationSummary } from '#/snapshot/publications/api.ts'
import { changeWords, countWords, modeWords, readPublicationPlace, whoWords } from './words.ts'

const summary = {
  ...{ number: 3, cause: 'by-person', digest: 'd', at: '2026-11-26T10:00:00.000Z', reason: 'Fits.' },
  ...{ by: 'sam@example.com', second: null, counts: { added: 1, changed: 0, takenAway: 2 } },
} as const satisfies PublicationSummary

test('a page is the list or one publication, and nothing else is', () => {
  assert.deepEqual(readPublicationPlace('publications'), { number: undefined })
  assert.deepEqual(readPublicationPlace('publications/12'), { number: 12 })
  assert.deepEqual(readPublicationPlace('publications/soon'), { number: undefined })
  assert.equal(readPublicationPlace('publications/1/2'), undefined)
  assert.equal(readPublicationPlace('register/offering'), undefined)
})

test('a change says which versions, and an approval alone is one too', () => {
  const change = { kind: 'policy', id: 'rules', fields: ['rules'] } as const
  assert.equal(changeWords({ ...change, from: 1, to: 2 }), 'policy rules, version 1 to 2 (rules)')
  assert.equal(changeWords({ ...change, from: null, to: 2 }), 'policy rules, version 2')
  assert.equal(changeWords({ ...change, from: 1, to: null }), 'policy rules, version 1')
  assert.equal(changeWords({ ...change, from: 2, to: 2 }), 'policy rules, version 2, by another approval')
})

test('counts leave out what did not happen, and who names both', () => {
  assert.equal(countWords(summary), '1 added, 2 taken away')
  assert.equal(countWords({ ...summary, counts: { added: 0, changed: 0, takenAway: 0 } }), 'nothing changed')
  assert.equal(whoWords(summary), 'sam@example.com')
  assert.equal(whoWords({ ...summary, second: 'olga@example.com' }), 'sam@example.com and olga@example.com')
  assert.equal(whoWords({ ...summary, by: null }), '')
})

test('the mode says who has to do something', () => {
  assert.match(modeWords({ mode: 'automatic', secondPerson: false }), /at once/)
  assert.match(modeWords({ mode: 'by-person', secondPerson: false }), /somebody publishes it\.$/)
  assert.match(modeWords({ mode: 'by-person', secondPerson: true }), /another person agrees/)
})
