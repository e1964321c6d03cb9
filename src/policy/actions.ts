import { type Action, type Family, strongerAction } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Rule } from './api.ts'

/** What rules are matched against: a finding in its channel. */
export interface Matched {
  readonly type: string
  readonly family: Family
}

/** An action with the rules that gave it. */
export interface Ruled {
  readonly action: Action
  readonly rules: readonly Rule[]
}

const nothingApplies: Ruled = { action: 'note', rules: [] }

/** A rule names types, families, or both; a finding fits when it is in either list. */
export const ruleFits = (rule: Rule, { type, family }: Matched, channel: Channel): boolean =>
  (rule.types.includes(type) || rule.families.includes(family)) &&
  (rule.channels.length === 0 || rule.channels.includes(channel))

/**
 * What happens to a finding in a request. Rules of the use case that fit replace the company's for that finding; among
 * those that fit, the strictest wins, so that the order of a table never matters. Where no rule fits it is noted.
 */
export function actionFor(
  finding: Matched,
  channel: Channel,
  useCaseRules: readonly Rule[],
  companyRules: readonly Rule[],
): Ruled {
  const own = strictest(finding, channel, useCaseRules)
  if (own.rules.length > 0) return own
  return strictest(finding, channel, companyRules)
}

function strictest(finding: Matched, channel: Channel, rules: readonly Rule[]): Ruled {
  let ruled = nothingApplies
  for (const rule of rules) {
    if (rule.direction !== 'request' || !ruleFits(rule, finding, channel)) continue
    if (ruled.rules.length === 0 || strongerAction(rule.action, ruled.action) !== ruled.action) {
      ruled = { action: rule.action, rules: [rule] }
    } else if (rule.action === ruled.action) ruled = { action: ruled.action, rules: [...ruled.rules, rule] }
  }
  return ruled
}
