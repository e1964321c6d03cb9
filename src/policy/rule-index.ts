import type { Family } from '#/core/finding.ts'
import type { Rule } from './api.ts'

/** What rules are matched against. */
export interface Matched {
  readonly type: string
  readonly family: Family
}

/** A list of rules as decisions look things up in it. */
export interface RuleIndex {
  /** Rules for requests that name this kind or its family, in the order of the list. */
  readonly about: (found: Matched) => readonly Rule[]
  /** Rules that name no kind: they are about the whole exchange. */
  readonly whole: readonly Rule[]
  readonly answers: readonly Rule[]
  /** A rule about findings names classes. */
  readonly asksClass: boolean
  /** A rule for requests depends on where they go. */
  readonly asksOffering: boolean
}

const namesKinds = ({ types, families }: Rule): boolean => types.length + families.length > 0

export const asksOffering = ({ tiers, unless }: Rule): boolean => tiers !== undefined || unless !== undefined

const indexes = new WeakMap<readonly Rule[], RuleIndex>()

/** Built once for a list, which never changes; a decision must not walk hundreds of rules for each finding. */
export function indexOf(rules: readonly Rule[]): RuleIndex {
  const known = indexes.get(rules)
  if (known !== undefined) return known
  const index = build(rules)
  indexes.set(rules, index)
  return index
}

function build(rules: readonly Rule[]): RuleIndex {
  const requests = rules.filter(({ direction }) => direction === 'request')
  const kinds = requests.filter(namesKinds)
  return {
    about: lookUp(kinds),
    whole: requests.filter((rule) => !namesKinds(rule)),
    answers: rules.filter(({ direction }) => direction === 'answer'),
    asksClass: kinds.some(({ classes }) => classes !== undefined),
    asksOffering: requests.some(asksOffering),
  }
}

/** Kept per type and family: there are as many of both as detectors and patterns, and no more. */
function lookUp(rules: readonly Rule[]): RuleIndex['about'] {
  const byType = new Map<string, Map<Family, readonly Rule[]>>()
  return ({ type, family }) => {
    const known = byType.get(type)?.get(family)
    if (known !== undefined) return known
    const found = rules.filter(({ types, families }) => types.includes(type) || families.includes(family))
    byType.set(type, (byType.get(type) ?? new Map<Family, readonly Rule[]>()).set(family, found))
    return found
  }
}
