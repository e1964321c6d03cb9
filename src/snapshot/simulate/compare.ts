import { type Action, strongerAction } from '#/core/finding.ts'
import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, RuleSlice } from '#/policy/api.ts'
import { decide } from '#/policy/decide.ts'
import type { ChangeKind, Outcome } from './api.ts'

/** What these rules do with an exchange. Throws what is no refusal. */
export function outcomeOf(facts: ExchangeFacts, slice: RuleSlice, nowMs: number): Outcome {
  try {
    const { offering, leavesAs, actions, rules } = decide(facts, slice, nowMs)
    return { goes: true, offering: offering.id, leavesAs, actions, rules }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { goes: false, code: error.code, rules: rulesOf(error) }
  }
}

/** For findings, for the exchange as a whole, and else the one that is named. */
function rulesOf({ facts }: Refusal): readonly string[] {
  const {
    stoppedBy = [],
    rules = [],
    rule,
  } = facts as {
    readonly stoppedBy?: readonly string[]
    readonly rules?: readonly string[]
    readonly rule?: string
  }
  const all = [...stoppedBy, ...rules, ...(rule === undefined ? [] : [rule])]
  return [...new Set(all)].filter((id) => id !== '')
}

/** One thing that would be otherwise. */
export interface Change {
  readonly kind: ChangeKind
  readonly what: string
  readonly from: string
  readonly to: string
}

/** What of an exchange differs between two outcomes; empty when nothing does. `types` are the kinds of what was found. */
export function changesBetween(from: Outcome, to: Outcome, types: readonly string[]): readonly Change[] {
  if (!from.goes) {
    if (to.goes) return [{ kind: 'allowed', what: '', from: from.code, to: 'allowed' }]
    return from.code === to.code
      ? []
      : [{ kind: 'refused-otherwise', what: '', from: from.code, to: to.code }]
  }
  if (!to.goes) return [{ kind: 'refused', what: '', from: 'allowed', to: to.code }]
  const changes: Change[] = []
  if (from.offering !== to.offering)
    changes.push({ kind: 'offering', what: '', from: from.offering, to: to.offering })
  const seen = new Set<string>()
  for (const [index, what] of types.entries()) {
    const [before, after] = [from.actions[index] ?? '', to.actions[index] ?? '']
    const key = `${what} ${before} ${after}`
    if (before === after || seen.has(key)) continue
    seen.add(key)
    const isMore = strongerAction(before as Action, after as Action) === after
    changes.push({ kind: isMore ? 'changed-more' : 'changed-less', what, from: before, to: after })
  }
  if (from.leavesAs !== to.leavesAs)
    changes.push({ kind: 'class', what: '', from: from.leavesAs, to: to.leavesAs })
  return changes
}
