import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Decision, RecordHistory } from './api.ts'
import { readBody } from './read-body.ts'
import { servingOf } from './serving.ts'

const start = Date.UTC(2026, 10, 26)
const by = { id: 'p1', name: 'ada@example.com' }
const body = readBody('policy', { title: 'Rules', owner: 'owner@example.com' }) as never

const growing = (untilMs?: number) => {
  const approval: Decision = {
    ...{ kind: 'policy', id: 'rules', version: 1, hash: 'h1', by: { id: 'p2', name: 'sam@example.com' } },
    ...{ role: 'security', verdict: 'approve', reason: 'Fine.', conditions: {}, atMs: start, untilMs },
    ...{ isBootstrap: false, number: 1, receipt: 'log#1' },
  }
  const decisions = [approval]
  const versions = [{ kind: 'policy' as const, id: 'rules', version: 1, body, hash: 'h1', by, atMs: start }]
  const history: RecordHistory<'policy'> = { kind: 'policy', id: 'rules', versions, decisions }
  return { history, decisions, versions, approval }
}

test('what is remembered ends at its end, also when the clock is set back', () => {
  const { history } = growing(start + 1_000)
  assert.equal(servingOf(history, start).serving?.record.version, 1)
  assert.equal(servingOf(history, start + 999).serving?.record.version, 1)
  assert.equal(servingOf(history, start + 1_000).serving, undefined)
  assert.equal(servingOf(history, start + 5_000).serving, undefined)
  assert.equal(servingOf(history, start).serving?.record.version, 1)
})

test('a decision and a version that are added count at once', () => {
  const { history, decisions, versions, approval } = growing()
  assert.equal(servingOf(history, start).serving?.record.version, 1)
  versions.push({ ...versions[0]!, version: 2 })
  assert.equal(servingOf(history, start).serving?.record.version, 2, 'nothing material changed')
  decisions.push({ ...approval, verdict: 'suspend', number: 2 })
  assert.equal(servingOf(history, start).serving, undefined)
})
