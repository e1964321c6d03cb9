import { type Action, strongerAction } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import { ruleFits } from './actions.ts'
import type { Rule } from './api.ts'
import type { Matched } from './rule-index.ts'

/** What happens to a finding in an answer: the strictest rule that fits, else it is noted. */
export function decideAnswer(rules: readonly Rule[], finding: Matched, channel: Channel): Action {
  let action: Action = 'note'
  for (const rule of rules) {
    if (rule.direction === 'answer' && ruleFits(rule, finding, channel))
      action = strongerAction(action, rule.action)
  }
  return action
}
