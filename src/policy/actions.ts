import type { DataClass } from '#/core/data-class.ts'
import type { Role } from '#/core/role.ts'
import type { Channel } from '#/core/segment.ts'
import type { Rule, RuleAudience, UsableOffering } from './api.ts'
import type { MetRules } from './met-rules.ts'
import { isHeardIn, type Matched, type RuleIndex } from './rule-index.ts'
import { type Ruled, strictest } from './strictest.ts'

/** What conditions of a rule are compared with, beside what was found. */
export interface Circumstances {
  readonly roles: readonly Role[]
  readonly groups: readonly string[]
  /** Undefined: not known yet, and no rule that names classes bites. */
  readonly leavesAs: DataClass | undefined
  /** Where it would go. */
  readonly offering: Pick<UsableOffering, 'tier' | 'hasBaa'>
}

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
  { own, company }: Pick<MetRules, 'own' | 'company'>,
  circumstances: Circumstances,
): Ruled {
  const ruled = ruledBy(own, finding, channel, circumstances)
  return ruled.rules.length > 0 ? ruled : ruledBy(company, finding, channel, circumstances)
}

function ruledBy(index: RuleIndex, finding: Matched, channel: Channel, circumstances: Circumstances): Ruled {
  const { rules, always } = index.about(finding, channel)
  return always ?? strictest(bitingOf(rules, circumstances))
}

/** Rules about the whole exchange that bite: the use case's own, else the company's. */
export function wholeRules(
  { own, company }: Pick<MetRules, 'own' | 'company'>,
  circumstances: Circumstances,
): readonly Rule[] {
  const biting = bitingOf(own.whole, circumstances)
  return biting.length > 0 ? biting : bitingOf(company.whole, circumstances)
}

const bitingOf = (rules: readonly Rule[], circumstances: Circumstances): readonly Rule[] =>
  rules.length === 0 ? rules : rules.filter((rule) => bites(rule, circumstances))
