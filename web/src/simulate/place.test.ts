import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readSimulatePlace, seesSimulate, simulateAddress } from './place.ts'

test('an address leads to the record it was made for; without one all that waits is tried', () => {
  const asked = { kind: 'policy', id: 'company-rules' } as const
  assert.deepEqual(readSimulatePlace(simulateAddress(asked.kind, asked.id).slice(1)), asked)
  for (const hash of ['simulate', 'simulate/nonsense/x', 'simulate/policy', 'simulate/policy/'])
    assert.equal(readSimulatePlace(hash), 'all')
  for (const hash of ['', 'simulated', 'register/policy/x']) assert.equal(readSimulatePlace(hash), undefined)
})

test('who may not search the log has no simulation', () => {
  assert.equal(seesSimulate(['employee', 'reviewer', 'legal']), false)
  assert.equal(seesSimulate(['employee', 'auditor']), true)
})
