import { Refusal } from '#/core/refusal.ts'
import { secondsToNextMinute } from '#/core/when.ts'
import type { KeyRecord, SpentRecord } from './record.ts'

const minuteMs = 60_000
const dayMs = 86_400_000

/** Counts exchanges and tokens of keys that are bound to a number of them. State of this process, stored now and then. */
export interface Budgets {
  /**
   * Counts one exchange for a key and for every key above it, so that many children together spend no more than their
   * parent may. `line` is the key and then its parents. Throws `key-rate-reached` and `key-budget-spent`, and counts
   * nothing then.
   */
  readonly admit: (line: readonly KeyRecord[]) => void
  readonly spend: (line: readonly KeyRecord[], tokens: number) => void
  /** What changed since the last time. Call `putBack` when it could not be stored. */
  readonly take: () => readonly SpentRecord[]
  readonly putBack: (taken: readonly SpentRecord[]) => void
}

interface Counter {
  minute: number
  requestsThisMinute: number
  day: number
  requests: number
  tokens: number
}

export function createBudgets(now: () => number, spent: readonly SpentRecord[]): Budgets {
  const counters = new Map<string, Counter>(
    spent.map(({ budgetId, ...counted }) => [budgetId, { minute: 0, requestsThisMinute: 0, ...counted }]),
  )
  const changed = new Set<string>()
  let sweptDay = 0

  const counterOf = (budgetId: string): Counter => {
    const minute = Math.floor(now() / minuteMs)
    const day = Math.floor(now() / dayMs)
    if (day !== sweptDay) sweep(day)
    let counter = counters.get(budgetId)
    if (counter === undefined) {
      counter = { minute, requestsThisMinute: 0, day, requests: 0, tokens: 0 }
      counters.set(budgetId, counter)
    }
    if (counter.minute !== minute) Object.assign(counter, { minute, requestsThisMinute: 0 })
    if (counter.day !== day) Object.assign(counter, { day, requests: 0, tokens: 0 })
    return counter
  }
  /** Yesterday's counters of keys that are not used today are forgotten, so the table holds what is used in a day. */
  const sweep = (day: number): void => {
    sweptDay = day
    for (const [budgetId, counter] of counters) if (counter.day !== day) counters.delete(budgetId)
  }

  return {
    admit: (line) => {
      const bound = line.filter(isCounted)
      for (const { budgetId, bounds } of bound) {
        const { requestsThisMinute, requests, tokens } = counterOf(budgetId)
        const { requestsPerMinute, requestsPerDay, tokensPerDay } = bounds
        if (requestsPerMinute !== undefined && requestsThisMinute >= requestsPerMinute)
          throw new Refusal('key-rate-reached', {
            bound: 'requestsPerMinute',
            limit: requestsPerMinute,
            retryAfterSeconds: secondsToNextMinute(now()),
          })
        if (requestsPerDay !== undefined && requests >= requestsPerDay)
          throw new Refusal('key-budget-spent', {
            bound: 'requestsPerDay',
            limit: requestsPerDay,
            unit: 'requests',
          })
        if (tokensPerDay !== undefined && tokens >= tokensPerDay)
          throw new Refusal('key-budget-spent', {
            bound: 'tokensPerDay',
            limit: tokensPerDay,
            unit: 'tokens',
          })
      }
      for (const { budgetId } of bound) {
        const counter = counterOf(budgetId)
        counter.requestsThisMinute++
        counter.requests++
        changed.add(budgetId)
      }
    },
    spend: (line, tokens) => {
      for (const { budgetId } of line.filter(isCounted)) {
        counterOf(budgetId).tokens += tokens
        changed.add(budgetId)
      }
    },
    take: () => {
      const taken = [...changed].flatMap((budgetId) => {
        const counter = counters.get(budgetId)
        return counter === undefined
          ? []
          : [{ budgetId, day: counter.day, requests: counter.requests, tokens: counter.tokens }]
      })
      changed.clear()
      return taken
    },
    putBack: (taken) => {
      for (const { budgetId } of taken) changed.add(budgetId)
    },
  }
}

const isCounted = ({ bounds }: KeyRecord): boolean =>
  bounds.requestsPerMinute !== undefined ||
  bounds.requestsPerDay !== undefined ||
  bounds.tokensPerDay !== undefined

/** Days since 1970 (UTC). */
export const dayNumber = (ms: number): number => Math.floor(ms / dayMs)
