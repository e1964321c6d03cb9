import assert from 'node:assert/strict'
import { test } from 'node:test'
import { availabilityOf } from './views.ts'

test('availability counts every probe, times only those that were answered, by nearest rank', () => {
  assert.equal(availabilityOf([]), null)
  const runs = Array.from({ length: 20 }, (_, at) => ({
    isAvailable: at > 0,
    latencyMs: at > 0 ? at * 10 : undefined,
  }))
  assert.deepEqual(availabilityOf(runs), { probes: 20, answered: 19, p50Ms: 100, p95Ms: 190 })
  assert.deepEqual(availabilityOf([{ isAvailable: true, latencyMs: 7 }]), {
    ...{ probes: 1, answered: 1, p50Ms: 7, p95Ms: 7 },
  })
})
