import type { Family } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { Rule } from './api.ts'
import { type Ruled, strictest } from './strictest.ts'

/** What rules are matched against. */
export interface Matched {
  readonly type: string
  readonly family: Family
}

/** What a list of rules says of a kind of finding in a channel. */
export interface RulesAbout {
  /** Rules for requests that name this kind or its family and are heard there, in the order of the list. */
  readonly rules: readonly Rule[]
  /** What comes of them for everybody, everywhere; undefined where one of them has a condition. */
  readonly always: Ruled | undefined
}

/** A list of rules as decisions look things up in it. */
export interface RuleIndex {
  readonly about: (found: Matched, channel: Channel) => RulesAbout
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

/** Whether what it says holds only for some callers, classes or places. */
const isConditional = (rule: Rule): boolean =>
  rule.classes !== undefined || rule.audience !== undefined || asksOffering(rule)

/** No channel named: every one. */
export const isHeardIn = ({ channels }: Rule, channel: Channel): boolean =>
  channels.length === 0 || channels.includes(channel)

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
    about: kinds.length === 0 ? () => nothingAbout : lookUp(kinds),
    whole: requests.filter((rule) => !namesKinds(rule)),
    answers: rules.filter(({ direction }) => direction === 'answer'),
    asksClass: kinds.some(({ classes }) => classes !== undefined),
    asksOffering: requests.some(asksOffering),
  }
}

const nothingAbout: RulesAbout = { rules: [], always: strictest([]) }

interface KnownAbout extends RulesAbout {
  readonly family: Family
  readonly channel: Channel
}

/**
 * Kept per type, family and channel: there are as many types as detectors and patterns and no more, each of one family, and
 * a dozen channels.
 */
function lookUp(rules: readonly Rule[]): RuleIndex['about'] {
  const byType = new Map<string, KnownAbout[]>()
  return ({ type, family }, channel) => {
    let known = byType.get(type)
    if (known === undefined) {
      known = []
      byType.set(type, known)
    }
    for (const each of known) if (each.channel === channel && each.family === family) return each
    const fitting = rules.filter(
      (rule) => (rule.types.includes(type) || rule.families.includes(family)) && isHeardIn(rule, channel),
    )
    const always = fitting.some(isConditional) ? undefined : strictest(fitting)
    const about: KnownAbout = { family, channel, rules: fitting, always }
    known.push(about)
    return about
  }
}
