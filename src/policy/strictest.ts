import { type Action, strongerAction } from '#/core/finding.ts'
import type { Rule } from './api.ts'

/** An action with the rules that gave it. */
export interface Ruled {
  readonly action: Action
  readonly rules: readonly Rule[]
}

const nothingApplies: Ruled = { action: 'note', rules: [] }

/** The strictest of what these rules do, so that the order of a table never matters. No rule: it is noted. */
export function strictest(rules: readonly Rule[]): Ruled {
  const [first] = rules
  if (first === undefined) return nothingApplies
  const action = rules.reduce((strongest, rule) => strongerAction(strongest, rule.action), first.action)
  return { action, rules: rules.filter((rule) => rule.action === action) }
}
