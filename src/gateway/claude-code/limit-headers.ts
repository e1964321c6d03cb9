import type { JsonObject } from '#/core/json.ts'
import type { Refusal } from '#/core/refusal.ts'
import type { Standing } from '../spending/spending.ts'

/**
 * How whoever asked stands against what they may spend in a day, as Claude Code shows it: past three quarters, and
 * past nineteen twentieths. Nothing where there is no limit of their own: what all may spend together is not theirs.
 * Kept below 1, because this request was let through.
 * Source: `GET /protocol` of its own gateway, 2.1.330, "Usage-limit headers".
 */
export function standingHeaders(standing: Standing | undefined): Record<string, string> {
  if (standing === undefined) return {}
  const threshold = thresholdOf(standing)
  const status = threshold === undefined ? 'allowed' : 'allowed_warning'
  return {
    [`${unified}-status`]: status,
    // `5h` and `7d` are windows the tool does sums of time with; a day of the calendar is neither.
    [`${unified}-representative-claim`]: 'overage',
    [`${unified}-overage-status`]: status,
    [`${unified}-overage-utilization`]: String(Math.min(shownShare(standing), 0.99)),
    ...(threshold === undefined ? {} : { [`${unified}-overage-surpassed-threshold`]: String(threshold) }),
    ...resetHeaders(standing.renewsAtMs),
  }
}

/**
 * Beside a refusal of a budget. What is left may be too little for this request and enough for a smaller one, so the
 * share is the true one. Without a claim and a status of its own the tool shows our sentence as it is.
 */
export function spentHeaders({ code, facts }: Refusal): Record<string, string> {
  if (code !== 'budget-spent') return {}
  const [spent, limit] = [Number(facts['spentUsd']), Number(facts['limitUsd'])]
  const threshold = spent >= limit ? 1 : thresholdOf({ spent, limit })
  const isShared = facts['bound'] === 'month'
  return {
    'retry-after': String(facts['renewsInSeconds']),
    [`${unified}-status`]: 'rejected',
    [`${unified}-overage-utilization`]: String(shownShare({ spent, limit })),
    ...(threshold === undefined ? {} : { [`${unified}-overage-surpassed-threshold`]: String(threshold) }),
    [`${unified}-overage-period`]: isShared ? 'monthly' : 'daily',
    [`${unified}-overage-disabled-reason`]: 'org_spend_cap_reached',
    ...(isShared ? { [`${unified}-overage-scope`]: 'group_pool' } : {}),
    ...resetHeaders(Date.parse(String(facts['renewsOn']))),
  }
}

/**
 * The same as dollars, one row for each limit; the headline is the one whoever asks last spent under, so that it is
 * the one their answers told of, and the fullest when they have not yet. Without a limit nothing is said of money:
 * what is spent where nobody counts it is not known here.
 */
export function usageOf(standings: readonly Standing[]): JsonObject {
  const headline = standings.toSorted(
    (one, other) => other.askedAtMs - one.askedAtMs || shareOf(other) - shareOf(one),
  )[0]
  return {
    ...(headline === undefined
      ? {}
      : {
          extra_usage: {
            is_enabled: true,
            monthly_limit: headline.limit / microUsdPerCent,
            used_credits: Math.floor(headline.spent / microUsdPerCent),
            utilization: percentOf(headline),
            currency: 'USD',
          },
        }),
    limits: standings.map((standing) => ({
      kind: 'spend',
      group: 'daily',
      percent: percentOf(standing),
      resets_at: new Date(standing.renewsAtMs).toISOString(),
      severity: severityOf(shareOf(standing)),
      is_active: standing === headline,
    })),
  }
}

const unified = 'anthropic-ratelimit-unified'
const thresholds = [0.95, 0.75]
const microUsdPerCent = 10_000

const resetHeaders = (atMs: number): Record<string, string> => ({
  [`${unified}-reset`]: String(atMs / 1_000),
  [`${unified}-overage-reset`]: String(atMs / 1_000),
})

type Spent = Pick<Standing, 'spent' | 'limit'>

const shareOf = ({ spent, limit }: Spent): number => (limit > 0 ? spent / limit : 1)

const thresholdOf = (spent: Spent): number | undefined => thresholds.find((each) => shareOf(spent) > each)

/** Two decimals, below 1 while something is left. */
const shownShare = (spent: Spent): number => {
  const share = Math.round(shareOf(spent) * 100) / 100
  return spent.spent < spent.limit ? Math.min(share, 0.99) : share
}

const percentOf = (spent: Spent): number => Math.round(shownShare(spent) * 100)

const severityOf = (share: number): string =>
  share > 0.95 ? 'critical' : share > 0.75 ? 'warning' : 'normal'
