import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Refusal } from '#/core/refusal.ts'
import { spentHeaders, standingHeaders, usageOf } from './limit-headers.ts'

const usd = 1_000_000
const renewsAtMs = Date.UTC(2026, 10, 27)

const standing = (spent: number, more: object = {}) => ({
  ...{ useCase: 'support', limit: 8 * usd, spent: spent * usd, renewsAtMs, askedAtMs: 0 },
  ...more,
})

/** Without what all of them begin with. */
const short = (headers: Record<string, string>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.replace('anthropic-ratelimit-unified-', ''), value]),
  )

test('an answer says how much of a day is spent, and warns past three quarters and past nineteen twentieths', () => {
  const told = (spent: number) => short(standingHeaders(standing(spent)))
  assert.deepEqual(told(6), {
    status: 'allowed',
    'representative-claim': 'overage',
    'overage-status': 'allowed',
    'overage-utilization': '0.75',
    reset: '1795737600',
    'overage-reset': '1795737600',
  })
  assert.deepEqual(
    [0, 6.01, 7.6, 7.61, 7.999, 8, 9].map((spent) => {
      const { status, 'overage-utilization': share, 'overage-surpassed-threshold': past } = told(spent)
      return [status, share, past]
    }),
    [
      ['allowed', '0', undefined],
      ['allowed_warning', '0.75', '0.75'],
      ['allowed_warning', '0.95', '0.75'],
      ['allowed_warning', '0.95', '0.95'],
      ['allowed_warning', '0.99', '0.95'],
      ['allowed_warning', '0.99', '0.95'],
      ['allowed_warning', '0.99', '0.95'],
    ],
  )
  assert.deepEqual(standingHeaders(undefined), {}, 'nothing where nothing is a limit of their own')
})

const refused = (facts: object) =>
  short(
    spentHeaders(
      new Refusal('budget-spent', {
        ...{ bound: 'person-day', useCase: 'support', owner: 'owner@example.com', isLimited: true },
        ...{ limitUsd: 8, spentUsd: 8, leftUsd: 0, needsUsd: 1 },
        ...{ renewsOn: '2026-11-27', renewsInSeconds: 37_800 },
        ...facts,
      }),
    ),
  )

test('a refusal of a budget has no claim and no status of its own, so that its sentence is shown', () => {
  assert.deepEqual(refused({}), {
    'retry-after': '37800',
    status: 'rejected',
    'overage-utilization': '1',
    'overage-surpassed-threshold': '1',
    'overage-period': 'daily',
    'overage-disabled-reason': 'org_spend_cap_reached',
    reset: '1795737600',
    'overage-reset': '1795737600',
  })
})

test('what is left and too little is not told as nothing, and what all share is told as shared', () => {
  const little = refused({ spentUsd: 7, leftUsd: 1 })
  assert.deepEqual([little['overage-utilization'], little['overage-surpassed-threshold']], ['0.88', '0.75'])
  assert.equal(refused({ spentUsd: 1, leftUsd: 7 })['overage-surpassed-threshold'], undefined)
  const shared = refused({ bound: 'month', renewsOn: '2026-12-01' })
  assert.deepEqual(
    [shared['overage-period'], shared['overage-scope'], shared['reset']],
    ['monthly', 'group_pool', '1796083200'],
  )
  assert.deepEqual(spentHeaders(new Refusal('rate-reached', { limit: 60 })), {})
})

test('dollars are those of the limit last spent under, before that of the fullest one', () => {
  const [one, other] = [standing(2.345), standing(7, { limit: 10 * usd })]
  assert.deepEqual(usageOf([one, other]), {
    extra_usage: {
      ...{ is_enabled: true, monthly_limit: 1_000, used_credits: 700, utilization: 70, currency: 'USD' },
    },
    limits: [
      {
        ...{ kind: 'spend', group: 'daily', percent: 29, resets_at: '2026-11-27T00:00:00.000Z' },
        ...{ severity: 'normal', is_active: false },
      },
      {
        ...{ kind: 'spend', group: 'daily', percent: 70, resets_at: '2026-11-27T00:00:00.000Z' },
        ...{ severity: 'normal', is_active: true },
      },
    ],
  })
  const { extra_usage } = usageOf([standing(2.345, { askedAtMs: 1 }), other])
  assert.deepEqual(extra_usage, {
    ...{ is_enabled: true, monthly_limit: 800, used_credits: 234, utilization: 29, currency: 'USD' },
  })
  const severities = [6, 7, 7.9, 9].map((spent) => {
    const [row] = usageOf([standing(spent)])['limits'] as { severity: string; percent: number }[]
    return [row?.severity, row?.percent]
  })
  assert.deepEqual(severities, [
    ['normal', 75],
    ['warning', 88],
    ['critical', 99],
    ['critical', 113],
  ])
  assert.deepEqual(usageOf([]), { limits: [] }, 'no limit, no money')
})
