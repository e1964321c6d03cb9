import assert from 'node:assert/strict'
import { test } from 'node:test'
import { exampleOf } from '../test-found.ts'
import { createTriggerScan } from '../trigger-scan.ts'
import { accountKind } from './account-kind.ts'
import { accountNames } from './accounts.ts'

const scan = createTriggerScan(accountNames)

function found(text: string): readonly string[] {
  const values: string[] = []
  scan(text, (detector, start, end) => {
    for (const match of detector.examine(text, start, end)) values.push(text.slice(match.start, match.end))
  })
  return values
}

const [account] = accountNames
assert.ok(account !== undefined)

test('names and ids of accounts are found, whole', () => {
  for (const marked of account.finds) {
    const { text, wanted } = exampleOf(marked)
    assert.deepEqual(found(text), wanted, marked)
  }
})

test('services themselves, stand-ins and what only resembles an id are none', () => {
  for (const text of account.ignores) assert.deepEqual(found(text), [], text)
})

test('they are no secrets: rules against secrets leave them alone', () => {
  assert.equal(accountKind.family, 'network')
  assert.equal(accountKind.class, 'internal')
})

test('a name that ends at the end of a sentence, or of a text, is found', () => {
  assert.deepEqual(found('It is acme-widgets.okta.com. Next'), ['acme-widgets.okta.com'])
  assert.deepEqual(found('acme-widgets.okta.com'), ['acme-widgets.okta.com'])
  assert.deepEqual(found('acme-widgets.okta.community'), [])
})

test('a name as long as a text costs no more than a look at its end', () => {
  assert.equal(found(`${'a-'.repeat(50_000)}.okta.com`).length, 1)
})
