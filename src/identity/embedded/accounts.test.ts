import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createPasswordCheck, readAccounts } from './accounts.ts'

function create() {
  let now = 0
  const check = createPasswordCheck(readAccounts([]), () => 'open-sesame', {
    now: () => now,
    monotonic: () => now,
  })
  return {
    check,
    forward: (ms: number) => {
      now += ms
    },
  }
}

test('without accounts in the settings there are an owner and an employee', () => {
  assert.deepEqual(
    readAccounts([]).map(({ email }) => email),
    ['owner@example.com', 'employee@example.com'],
  )
})

test('addresses of the settings are read without regard to case', () => {
  assert.deepEqual(readAccounts([{ email: ' Maria@Example.com ', name: 'Maria' }]), [
    { email: 'maria@example.com', name: 'Maria' },
  ])
})

test('the password opens every account there is, and no other', () => {
  const { check } = create()
  assert.equal(check('owner@example.com', 'open-sesame'), 'right')
  assert.equal(check('employee@example.com', 'open-sesame'), 'right')
  assert.equal(check('stranger@example.com', 'open-sesame'), 'wrong')
})

test('what is nearly the password is wrong', () => {
  const { check } = create()
  for (const given of ['', 'open-sesam', 'Open-sesame', 'open-sesame ']) {
    assert.equal(check('stranger@example.com', given), 'wrong', JSON.stringify(given))
  }
})

test('after five wrong ones an account waits a minute, and the other one does not', () => {
  const { check, forward } = create()
  for (let tries = 0; tries < 5; tries++) assert.equal(check('owner@example.com', 'no'), 'wrong')
  assert.equal(check('owner@example.com', 'open-sesame'), 'wait')
  assert.equal(check('employee@example.com', 'open-sesame'), 'right')
  forward(60_000)
  assert.equal(check('owner@example.com', 'open-sesame'), 'right')
})

test('a right one starts the count anew', () => {
  const { check } = create()
  for (let rounds = 0; rounds < 3; rounds++) {
    for (let tries = 0; tries < 4; tries++) assert.equal(check('owner@example.com', 'no'), 'wrong')
    assert.equal(check('owner@example.com', 'open-sesame'), 'right')
  }
})
