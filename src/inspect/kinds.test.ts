import assert from 'node:assert/strict'
import { test } from 'node:test'
import { detectors } from './detectors/index.ts'
import { describeKinds, kinds } from './kinds.ts'

test("every detector has its kind, in its order, then those further ones, accounts, the company's own, injection, harm and topics", () => {
  assert.deepEqual(
    kinds.map(({ type }) => type),
    [
      ...detectors.map(({ type }) => type),
      'health-plan-id',
      'in-vehicle-registration',
      'recovery-phrase',
      'one-time-code',
      'service-identifier',
      'company-record',
      'company-document',
      'source-code',
      'company-term',
      'prompt-injection',
      'suspected-prompt-injection',
      'harm-weapons',
      'harm-self',
      'harm-malware',
      'harm-children',
      'harm-violence',
      'harm-crime',
      'harm-harassment',
      'harm-sexual',
      'harm-other',
      'topic-legal',
      'topic-mergers',
      'topic-fundraising',
      'topic-personnel',
      'topic-pricing',
      'topic-product',
    ],
  )
})

test('a kind is data: name, family, class and label', () => {
  for (const kind of kinds) {
    assert.deepEqual(Object.keys(kind).toSorted(), ['class', 'family', 'label', 'type'])
    assert.deepEqual(JSON.parse(JSON.stringify(kind)), kind)
  }
})

test('the kinds the first release promises are there', () => {
  const promised = [
    'payment-card',
    'iban',
    'email',
    'phone',
    'us-ssn',
    'private-key',
    'jwt',
    'aws-access-key',
    'openai-api-key',
    'anthropic-api-key',
    'github-token',
    'google-api-key',
    'azure-storage-key',
    'url-credentials',
    'company-term',
  ]
  for (const type of promised)
    assert.ok(
      kinds.some((kind) => kind.type === type),
      type,
    )
})

test('a description adds what proves a find and where that comes from', () => {
  const rows = describeKinds()
  assert.deepEqual(
    rows.map(({ type }) => type),
    kinds.map(({ type }) => type),
  )
  for (const { proof, source } of rows) assert.ok(proof.length > 2 && source.length > 2)
  assert.equal(rows.find(({ type }) => type === 'company-term')?.source, 'the company')
})
