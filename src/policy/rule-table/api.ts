/** Rules as one table people can read: class x tier x kind of finding -> action, in the command line and on the page. */
import type { DataClass } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import type { ClassNames, Rule, RuleSlice } from '../api.ts'

export interface RuleRow {
  readonly id: string
  readonly title: string
  /** Classes of what leaves, as the company calls them; `any` where the rule names none. */
  readonly classes: string
  readonly tiers: string
  readonly finds: string
  readonly action: Action
  /** What else must hold, and what is allowed beside, as short phrases. */
  readonly also: readonly string[]
  readonly owner: string
}

export interface RuleTable {
  /** The snapshot they are in. */
  readonly version: string
  readonly company: readonly RuleRow[]
  /** Rules of a use case replace those of the company where they bite. */
  readonly useCases: readonly {
    readonly id: string
    readonly title: string
    readonly rules: readonly RuleRow[]
  }[]
}

/** A rule as it is written or as it serves; only what is written names packs. */
export type ReadableRule = Omit<Rule, 'version'> & { readonly packs?: readonly string[] }

const any = 'any'

export const ruleRow = (rule: ReadableRule, names: ClassNames = {}): RuleRow => ({
  id: rule.id,
  title: rule.title,
  classes: rule.classes === undefined ? any : classText(rule.classes, names),
  tiers: rule.tiers?.join(', ') ?? any,
  finds: findsText(rule),
  action: rule.action,
  also: alsoOf(rule),
  owner: rule.owner,
})

/** Two of our classes may have one name. */
const classText = (classes: readonly DataClass[], names: ClassNames): string =>
  [...new Set(classes.map((each) => names[each] ?? each))].join(', ')

function findsText({ types, families, packs = [] }: ReadableRule): string {
  const named = [...packs.map((pack) => `pack ${pack}`), ...families.map((each) => `all ${each}`), ...types]
  return named.length === 0 ? 'the whole exchange' : named.join(', ')
}

function alsoOf(rule: ReadableRule): string[] {
  const { direction, channels, audience, unless, mayMask, notice, rememberedDays } = rule
  const who = [...(audience?.roles ?? []), ...(audience?.groups ?? [])]
  return [
    ...(direction === 'answer' ? ['in answers'] : []),
    ...(channels.length === 0 ? [] : [`in ${channels.map(channelText).join(', ')}`]),
    ...(who.length === 0 ? [] : [`for ${who.join(', ')}`]),
    ...(unless === undefined ? [] : [`unless the offering has a ${unless.offering.toUpperCase()}`]),
    ...(mayMask ? ['may be sent masked'] : []),
    ...(notice === undefined ? [] : [`notice: ${notice}`]),
    ...(rememberedDays === undefined ? [] : [`remembered ${rememberedDays} days`]),
  ]
}

const channelText = (channel: Channel): string => channel.replaceAll('-', ' ')

/** What serves: the company's, then those of use cases that have rules of their own. */
export const ruleTable = ({
  version,
  rules,
  useCases,
  classNames,
}: RuleSlice & { readonly version: string; readonly classNames?: ClassNames }): RuleTable => ({
  version,
  company: rules.map((rule) => ruleRow(rule, classNames)),
  useCases: [...useCases.values()]
    .filter((useCase) => useCase.rules.length > 0)
    .map(({ id, title, rules: own }) => ({
      id,
      title,
      rules: own.map((rule) => ruleRow(rule, classNames)),
    })),
})
