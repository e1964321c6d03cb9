import assert from 'node:assert/strict'
import { test } from 'node:test'
import { askerRoles } from '#/audit/reading/api.ts'
import { roles } from '#/core/role.ts'
import { readLogPlace, seesLogPlace } from './log-place.ts'

test('the page shows readings to whom the gate lets ask, and own entries to everybody', () => {
  const asking = roles.filter((role) => seesLogPlace('readings', ['employee', role]))
  assert.deepEqual(new Set(asking), new Set(askerRoles))
  assert.ok(roles.every((role) => seesLogPlace('mine', [role])))
})

test('only its own addresses are pages of the log', () => {
  assert.deepEqual(['readings', 'mine', '', 'chat', 'register/offering', 'toString'].map(readLogPlace), [
    'readings',
    'mine',
    undefined,
    undefined,
    undefined,
    undefined,
  ])
})
