import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Fact } from './fact.ts'
import { usableFacts } from './usable-facts.ts'

const now = Date.UTC(2026, 10, 23, 12)
const said = <T>(is: T, until?: string): Fact<T> => ({
  is,
  source: 'contract 17',
  asOf: '2026-01-01',
  by: 'contract',
  ...(until === undefined ? {} : { until }),
})

test('an agreement that has ended, and one that was not signed, is none', () => {
  const of = (baa: Fact<boolean> | undefined) => usableFacts({ baa, dpa: baa }, now)
  assert.deepEqual([of(said(true)).hasBaa, of(said(true)).hasDpa], [true, true])
  for (const none of [undefined, said(false), said(true, '2026-11-22')])
    assert.deepEqual([of(none).hasBaa, of(none).hasDpa], [false, false])
})

test('zero retention counts when it is in force, and what it leaves out is left out for good', () => {
  const retentionDays = said(0)
  assert.equal(usableFacts({ retentionDays }, now).isZeroRetention, true)
  assert.equal(usableFacts({ retentionDays, zeroRetention: said('active') }, now).isZeroRetention, true)
  assert.equal(usableFacts({ retentionDays, zeroRetention: said('approved') }, now).isZeroRetention, false)
  assert.equal(usableFacts({ retentionDays: said(1) }, now).isZeroRetention, false)
  assert.equal(usableFacts({ retentionDays: said(0, '2026-11-22') }, now).isZeroRetention, false)
  const excepted = usableFacts({ zeroRetentionExcept: said(['files'], '2026-11-22') }, now)
  assert.deepEqual(excepted.zeroRetentionExcept, ['files'])
})

test('what is unknown is said to be', () => {
  const facts = usableFacts({ region: said('eu', '2026-11-22') }, now)
  assert.deepEqual([facts.processor, facts.region, facts.trains], ['unknown', 'unknown', 'unknown'])
  assert.equal(facts.tier, 'consumer')
})
