import assert from 'node:assert/strict'
import { test } from 'node:test'
import { changedFields, fieldsOf } from './fields.ts'

test('plain fields are a row each, lists are joined, empty lists say so', () => {
  assert.deepEqual(fieldsOf({ title: 'West', aliases: [], offerings: ['a', 'b'], mayMask: false }), [
    ['title', 'West'],
    ['aliases', 'none'],
    ['offerings', 'a, b'],
    ['mayMask', 'false'],
  ])
})

test('facts are a row each, with where they are from and until when', () => {
  const fact = { is: 30, source: 'contract 17', asOf: '2026-03-01', by: 'contract' }
  assert.deepEqual(
    fieldsOf({ facts: { retentionDays: fact, dpa: { ...fact, is: true, until: '2027-02-28' } } }),
    [
      ['facts.retentionDays', '30 – contract, contract 17, as of 2026-03-01'],
      ['facts.dpa', 'true – contract, contract 17, as of 2026-03-01, until 2027-02-28'],
    ],
  )
})

test('rules are a line each, without their empty lists', () => {
  const rules = [
    { id: 'a', types: [], families: ['secret'], action: 'block' },
    { id: 'b', types: ['iban'], families: [], action: 'mask' },
  ]
  assert.deepEqual(fieldsOf({ rules }), [
    ['rules', 'id: a; families: secret; action: block\nid: b; types: iban; action: mask'],
  ])
})

test('an audience is one row', () => {
  assert.deepEqual(fieldsOf({ audience: { roles: ['legal'], people: [] } }), [['audience', 'roles: legal']])
})

test('what differs is named once, by its first-level field', () => {
  const before = { title: 'A', facts: { dpa: { is: true } }, model: 'm' }
  assert.deepEqual(changedFields(before, { ...before, facts: { dpa: { is: false } }, terms: [] }), [
    'facts',
    'terms',
  ])
  assert.deepEqual(changedFields(before, before), [])
})
