import assert from 'node:assert/strict'
import { test } from 'node:test'
import { addressOf, catalogueAddress, readPlace, seesRegister } from './place.ts'

test('an address leads to the place it was made for', () => {
  assert.deepEqual(readPlace(addressOf('use-case', 'support').slice(1)), { kind: 'use-case', id: 'support' })
  assert.deepEqual(readPlace(addressOf('policy').slice(1)), { kind: 'policy', id: undefined })
})

test('other addresses are another page, and an unknown kind shows what waits', () => {
  for (const hash of ['', 'chat', 'registers']) assert.equal(readPlace(hash), undefined)
  assert.deepEqual(readPlace('register'), { kind: 'waiting' })
  assert.deepEqual(readPlace('register/nonsense/'), { kind: 'waiting' })
})

test('who is only an employee has no register', () => {
  assert.equal(seesRegister(['employee']), false)
  assert.equal(seesRegister(['employee', 'auditor']), true)
})

test('the catalogue has an address of its own, and so has a comparison', () => {
  assert.deepEqual(readPlace(catalogueAddress().slice(1)), { kind: 'catalogue', compared: undefined })
  const compared = ['register:west', 'catalogue:xai-api'] as const
  assert.deepEqual(readPlace(catalogueAddress(compared).slice(1)), {
    kind: 'catalogue',
    compared: [...compared],
  })
  assert.deepEqual(readPlace('register/catalogue/only-one'), { kind: 'catalogue', compared: undefined })
})
