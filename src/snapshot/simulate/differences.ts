import type { Rule, UsableOffering, UsableUseCase } from '#/policy/api.ts'
import type { Snapshot } from '../api.ts'
import type { Outcome } from './api.ts'

/** What of a draft differs from what serves, as far as an exchange can feel it. */
export interface Differences {
  /** Ids of rules that are new, gone or changed. */
  readonly rules: ReadonlySet<string>
  /** Of those, rules for requests that are in the draft and do something. */
  readonly actingRules: ReadonlySet<string>
  readonly useCases: ReadonlySet<string>
  readonly offerings: ReadonlySet<string>
  /** The order in which the company prefers offerings, and what health data needs. */
  readonly order: boolean
  /** Which tools may be used in a use case. */
  readonly tools: boolean
  /** Ids and aliases the draft has and what serves has not: somebody may have asked for them. */
  readonly newNames: boolean
  readonly terms: boolean
  readonly patterns: boolean
  readonly clearings: boolean
  readonly answerRules: boolean
  readonly triggers: boolean
}

export function differencesOf(serving: Snapshot, drafted: Snapshot): Differences {
  const before = rulesOf(serving)
  const after = rulesOf(drafted)
  const rules = changedKeys(before, after)
  const changed = [...rules].flatMap((key) => [...(before.get(key) ?? []), ...(after.get(key) ?? [])])
  const acting = [...rules]
    .flatMap((key) => after.get(key) ?? [])
    .filter(({ direction, action }) => direction === 'request' && action !== 'note')
  return {
    rules: new Set(changed.map(({ id }) => id)),
    actingRules: new Set(acting.map(({ id }) => id)),
    useCases: changedKeys(mapped(serving.useCases, feltUseCase), mapped(drafted.useCases, feltUseCase)),
    offerings: changedKeys(mapped(serving.offerings, feltOffering), mapped(drafted.offerings, feltOffering)),
    order: differ([serving.preference, serving.healthNeeds], [drafted.preference, drafted.healthNeeds]),
    tools: changedKeys(mapped(serving.useCases, toolsOf), mapped(drafted.useCases, toolsOf)).size > 0,
    newNames: !namesOf(drafted).isSubsetOf(namesOf(serving)),
    terms: differ(serving.terms, drafted.terms),
    patterns: differ(serving.patterns, drafted.patterns),
    clearings: differ([...serving.clearings], [...drafted.clearings]),
    answerRules: changed.some(({ direction }) => direction === 'answer'),
    triggers: differ(serving.triggers, drafted.triggers),
  }
}

/**
 * What of the draft changes an exchange: rules of it that act before or after, else its use case, and the offering that
 * would be another, else the company's order of offerings; `otherwise` when it is none of them.
 */
export function causesOf(
  { rules, useCases, offerings, order }: Differences,
  from: Outcome,
  to: Outcome,
  useCase: string,
): readonly string[] {
  const acting = [...new Set([...from.rules, ...to.rules])].filter((id) => rules.has(id))
  const ids = [from, to].flatMap((each) => (each.goes ? [each.offering] : []))
  const causes = [
    ...acting.map((id) => `rule ${id}`),
    ...(acting.length === 0 && useCases.has(useCase) ? [`use-case ${useCase}`] : []),
    ...[...new Set(ids)].filter((id) => offerings.has(id)).map((id) => `offering ${id}`),
  ]
  if (causes.length > 0) return causes
  return [order ? 'the order of offerings and what health data needs' : 'otherwise']
}

/** Rules by where they stand and what they are called: a use case may have one of the same id. */
function rulesOf({ rules, useCases }: Snapshot): ReadonlyMap<string, readonly Rule[]> {
  const all = new Map<string, Rule[]>()
  const add = (where: string, rule: Rule): void => {
    const key = `${where} ${rule.id}`
    all.set(key, [...(all.get(key) ?? []), rule])
  }
  for (const rule of rules) add('', rule)
  for (const useCase of useCases.values()) for (const rule of useCase.rules) add(useCase.id, rule)
  return all
}

/** Whose word it is, and what it is called, decides nothing. */
const feltUseCase = ({
  title,
  purpose,
  owner,
  recordVersion,
  approvedBy,
  untilMs,
  rules,
  notice,
  needsReview,
  keepsContent,
  budget,
  tools,
  ...felt
}: UsableUseCase) => ({
  ...felt,
  grants: [...felt.grants],
})

const feltOffering = ({
  title,
  recordVersion,
  approvedBy,
  untilMs,
  ceilingReasons,
  ...felt
}: UsableOffering) => felt

const toolsOf = ({ tools }: UsableUseCase) => tools ?? null

const mapped = <T, R>(from: ReadonlyMap<string, T>, to: (value: T) => R): ReadonlyMap<string, R> =>
  new Map([...from].map(([key, value]) => [key, to(value)]))

const namesOf = ({ useCases, offerings }: Snapshot): ReadonlySet<string> =>
  new Set([...useCases.keys(), ...[...offerings.values()].flatMap(({ id, aliases }) => [id, ...aliases])])

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other)

const changedKeys = (
  before: ReadonlyMap<string, unknown>,
  after: ReadonlyMap<string, unknown>,
): ReadonlySet<string> =>
  new Set([...before.keys(), ...after.keys()].filter((key) => differ(before.get(key), after.get(key))))
