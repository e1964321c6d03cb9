import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Offering } from './api.ts'
import { readBody } from './read-body.ts'
import { patchedUntil, selfHostedGaps } from './self-hosted.ts'

const now = Date.UTC(2026, 10, 23, 12)
const said = { source: 'ours', asOf: '2026-11-01', by: 'contract' }
const tier = (is: string) => ({ facts: { tier: { is, ...said } } })
const lookedAfter = { threatModel: 'TM-4', patchedOn: '2026-11-01', runsModelCode: false, isOwnModel: false }
const offering = (more: object): Offering =>
  readBody('offering', { title: 'Own', connection: 'own', model: 'm', ...more }) as Offering
const problems = (selfHosted: unknown): string => {
  try {
    offering({ ...tier('self'), selfHosted })
  } catch (error) {
    return (error as Error).message
  }
  return ''
}

test('own machines are not approved before it is said how they are looked after; others need none of it', () => {
  assert.match(selfHostedGaps(offering(tier('self')), now)[0]?.problem ?? '', /before they are approved/)
  assert.deepEqual(selfHostedGaps(offering({ ...tier('self'), selfHosted: lookedAfter }), now), [])
  assert.deepEqual(selfHostedGaps(offering({ ...tier('self'), selfHosted: { isInProcess: true } }), now), [])
  assert.deepEqual(selfHostedGaps(offering(tier('cloud')), now), [])
  const tomorrow = { ...lookedAfter, patchedOn: '2026-11-24' }
  assert.match(
    selfHostedGaps(offering({ ...tier('self'), selfHosted: tomorrow }), now)[0]?.problem ?? '',
    /future/,
  )
})

test('threat model, day of the patches, code of the model and whose model it is must be said', () => {
  for (const field of Object.keys(lookedAfter)) {
    const { [field as keyof typeof lookedAfter]: _, ...rest } = lookedAfter
    assert.match(problems(rest), new RegExp(`selfHosted\\.${field}.*must be there`), field)
  }
  assert.match(
    problems({ ...lookedAfter, runsModelCode: true }),
    /must be false: code that comes with a model/,
  )
  assert.match(problems({ isInProcess: true, patchedOn: '2026-11-01' }), /must be left out/)
})

test('a model of your own names its lineage, and another has none', () => {
  const lineage = { baseModel: 'Qwen 4 32B', datasets: ['support-2026'] }
  assert.match(
    problems({ ...lookedAfter, isOwnModel: true }),
    /lineage.*must be there for a model of your own/,
  )
  assert.match(problems({ ...lookedAfter, lineage }), /only then/)
  assert.match(
    problems({ ...lookedAfter, isOwnModel: true, lineage: { ...lineage, datasets: [] } }),
    /trained on/,
  )
  assert.equal(problems({ ...lookedAfter, isOwnModel: true, lineage }), '')
})

test('it has a meaning for own machines only', () => {
  assert.throws(() => offering({ ...tier('cloud'), selfHosted: lookedAfter }), /tier self only/)
})

test('patches are fresh for 90 days', () => {
  assert.equal(patchedUntil({ selfHosted: lookedAfter as never }), '2027-01-30')
  assert.equal(patchedUntil({ selfHosted: { isInProcess: true } }), undefined)
  assert.equal(patchedUntil({}), undefined)
})
