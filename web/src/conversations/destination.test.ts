import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { DataClass } from '#/core/data-class.ts'
import type { ModelChoice } from '#/gateway/api.ts'
import { likelyDestination } from './destination.ts'

const offering = (id: string, ceiling: DataClass): ModelChoice => ({
  id,
  title: id,
  processor: 'West Models',
  region: 'eu-west-1',
  retentionDays: 30,
  trains: 'never',
  ceiling,
  ceilingReasons: [],
})
const models = [offering('west', 'internal'), offering('own', 'restricted')]

test('auto goes to the first offering that may carry the class', () => {
  assert.equal(likelyDestination(models, 'auto', 'public')?.id, 'west')
  assert.equal(likelyDestination(models, 'auto', 'internal')?.id, 'west')
  assert.equal(likelyDestination(models, 'auto', 'confidential')?.id, 'own')
})

test('a chosen offering is never swapped for another, whatever the class', () => {
  assert.equal(likelyDestination(models, 'west', 'restricted')?.id, 'west')
})

test('when none may carry it, or it is not there any more, nothing is claimed', () => {
  assert.equal(likelyDestination(models.slice(0, 1), 'auto', 'restricted'), undefined)
  assert.equal(likelyDestination(models, 'gone', 'public'), undefined)
  assert.equal(likelyDestination([], 'auto', 'public'), undefined)
})
