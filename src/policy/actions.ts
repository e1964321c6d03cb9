import type { DataClass } from '#/core/data-class.ts'
import { type Action, strongerAction } from '#/core/finding.ts'
import type { Role } from '#/core/role.ts'
import type { Channel } from '#/core/segment.ts'
import type { Rule, RuleAudience, UsableOffering } from './api.ts'
import { indexOf, type Matched } from './rule-index.ts'

/** What conditions of a rule are compared with, beside what was found. */
export interface Circumstances {
  readonly roles: readonly Role[]
  readonly groups: readonly string[]
  /** Undefined: not known yet, and no rule that names classes bites. */
  readonly leavesAs: DataClass | undefined
  /** Where it would go. */
  readonly offering: Pick<UsableOffering, 'tier' | 'hasBaa'>
}

/** An action with the rules that gave it. */
export interface Ruled {
  readonly action: Action
  readonly rules: readonly Rule[]
}

const nothingApplies: Ruled = { action: 'note', rules: [] }

/** Whether what the rule says of class, tier, audience and the offering holds here. */
export function bites(
  { classes, tiers, audience, unless }: Rule,
  { leavesAs, offering, roles, groups }: Circumstances,
): boolean {
  if (classes !== undefined && (leavesAs === undefined || !classes.includes(leavesAs))) return false
  // Nothing goes by consumer terms: an offering of which no more is known is held to be of every tier.
  const { tier } = offering
  if (tiers !== undefined && tier !== 'consumer' && !tiers.includes(tier)) return false
  if (unless !== undefined && offering.hasBaa) return false
  return audience === undefined || isFor(audience, roles, groups)
}

const isFor = (audience: RuleAudience, roles: readonly Role[], groups: readonly string[]): boolean =>
  audience.roles?.some((role) => roles.includes(role)) === true ||
  audience.groups?.some((group) => groups.includes(group)) === true

/** No channel named: every one. */
export const isHeardIn = ({ channels }: Rule, channel: Channel): boolean =>
  channels.length === 0 || channels.includes(channel)

/** A rule names types, families, or both; a finding fits when it is in either list. */
export const ruleFits = (rule: Rule, { type, family }: Matched, channel: Channel): boolean =>
  (rule.types.includes(type) || rule.families.includes(family)) && isHeardIn(rule, channel)

/**
 * What happens to a finding in a request. Rules of the use case that fit replace the company's for that finding; among
 * those that fit, the strictest wins, so that the order of a table never matters. Where no rule fits it is noted.
 */
export function actionFor(
  finding: Matched,
  channel: Channel,
  useCaseRules: readonly Rule[],
  companyRules: readonly Rule[],
  circumstances: Circumstances,
): Ruled {
  const isFitting = (rule: Rule) => isHeardIn(rule, channel) && bites(rule, circumstances)
  const own = strictest(indexOf(useCaseRules).about(finding), isFitting)
  if (own.rules.length > 0) return own
  return strictest(indexOf(companyRules).about(finding), isFitting)
}

/** Rules about the whole exchange that bite: the use case's own, else the company's. */
export function wholeRules(
  useCaseRules: readonly Rule[],
  companyRules: readonly Rule[],
  circumstances: Circumstances,
): readonly Rule[] {
  const own = bitingOf(indexOf(useCaseRules).whole, circumstances)
  if (own.length > 0) return own
  return bitingOf(indexOf(companyRules).whole, circumstances)
}

const bitingOf = (rules: readonly Rule[], circumstances: Circumstances): readonly Rule[] =>
  rules.length === 0 ? rules : rules.filter((rule) => bites(rule, circumstances))

function strictest(rules: readonly Rule[], isFitting: (rule: Rule) => boolean): Ruled {
  let ruled = nothingApplies
  for (const rule of rules) {
    if (!isFitting(rule)) continue
    if (ruled.rules.length === 0 || strongerAction(rule.action, ruled.action) !== ruled.action) {
      ruled = { action: rule.action, rules: [rule] }
    } else if (rule.action === ruled.action) ruled = { action: ruled.action, rules: [...ruled.rules, rule] }
  }
  return ruled
}
