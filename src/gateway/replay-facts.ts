import type { AskedFacts, FindingCount } from '#/audit/api.ts'
import type { DataClass } from '#/core/data-class.ts'
import { kinds, kindsOfNames } from '#/inspect/index.ts'
import type { FoundFact, Rule, RuleSlice } from '#/policy/api.ts'
import { noticeKey } from '#/policy/asking.ts'
import type { GatewayServices } from './services.ts'
import type { Inspected } from './stages/inspect.ts'

/** What the head of an entry says so that the exchange can be decided again: no name, and nothing somebody typed. */

/** A name that is of no record here; no id and no alias looks so. */
const other = '?'

export function askedFacts(
  { read, snapshot, labelClass, unread }: Inspected,
  { acknowledgements, clock }: Pick<GatewayServices, 'acknowledgements' | 'clock'>,
): AskedFacts {
  const { asked, chat, admitted } = read
  const { useCase: keyUseCase, bounds } = admitted.identified.caller
  const uses = admitted.identified.received.dialect.statefulUses(chat.body)
  const isBound = (keyUseCase ?? bounds?.highestClass ?? bounds?.offerings) !== undefined
  return {
    model: isKnownModel(chat.model, snapshot.offerings) ? chat.model : other,
    useCase: asked.useCase === undefined || snapshot.useCases.has(asked.useCase) ? asked.useCase : other,
    mask: asked.wantsMask ? true : undefined,
    labels: labelClass === 'public' ? undefined : labelClass,
    features: uses.length === 0 ? undefined : [...new Set(uses.flatMap(({ features }) => features))],
    unread: unread.length === 0 ? undefined : unread.length,
    bound: isBound ? true : undefined,
    reason: asked.justification === undefined ? undefined : true,
    notices: readNotices(
      snapshot,
      asked.acknowledges,
      acknowledgements.of(admitted.identified.caller.person.id),
      clock.now(),
    ),
  }
}

/** Of rules there are, so that no name somebody made up stands here. */
function readNotices(
  { rules, useCases }: RuleSlice,
  acknowledges: readonly string[],
  remembered: ReadonlyMap<string, number>,
  nowMs: number,
): readonly string[] | undefined {
  if (acknowledges.length + remembered.size === 0) return undefined
  const isRead = (rule: Rule): boolean =>
    rule.action === 'acknowledge' &&
    (acknowledges.includes(rule.id) || (remembered.get(noticeKey(rule)) ?? 0) > nowMs)
  const all = [rules, ...[...useCases.values()].map((useCase) => useCase.rules)]
  const ids = new Set(all.flatMap((list) => list.filter(isRead).map(({ id }) => id)))
  return ids.size === 0 ? undefined : [...ids].slice(0, mostNotices)
}

/** So that a head stays short. */
const mostNotices = 20

function isKnownModel(name: string, offerings: RuleSlice['offerings']): boolean {
  if (name === 'auto' || offerings.has(name)) return true
  for (const { aliases } of offerings.values()) if (aliases.includes(name)) return true
  return false
}

const classes: ReadonlyMap<string, DataClass> = new Map(
  [...kinds, ...kindsOfNames].map(({ type, class: usual }) => [type, usual]),
)

/** More lines than this say no more of the single finding, so that a head stays short whatever was found. */
const mostDetailed = 200
/** A value that more entries of policies say is not sensitive is a value of nothing. */
const mostCleared = 8

/** Kinds, channels and what was done; findings that go on from an earlier one are not counted again. */
export function countFound(
  facts: readonly FoundFact[],
  actionOf: (index: number) => string,
): readonly FindingCount[] {
  if (facts.length === 0) return []
  // A document has thousands of findings of a few kinds: what makes a line is compared, and a line is made once.
  const lines = new Map<string, { readonly line: Omit<FindingCount, 'count'>; count: number }>()
  for (let index = 0; index < facts.length; index++) {
    const fact = facts[index] as FoundFact
    if (fact.isContinued) continue
    const { type, channel } = fact
    const action = actionOf(index)
    const details = lines.size < mostDetailed ? detailsOf(fact) : undefined
    const key = `${type} ${channel} ${action}${details === undefined ? '' : ` ${JSON.stringify(details)}`}`
    const known = lines.get(key)
    if (known === undefined) lines.set(key, { line: { type, channel, action, ...details }, count: 1 })
    else known.count++
  }
  return Array.from(lines.values(), ({ line, count }) => ({ ...line, count }))
}

/** Undefined where the kind says it all. */
function detailsOf(fact: FoundFact): Partial<FindingCount> | undefined {
  const { type, class: own, isFixed, isInFile, clearings } = fact
  if (!isFixed && clearings === undefined && classes.get(type) === own) return undefined
  return {
    ...(classes.get(type) === own ? {} : { class: own }),
    ...(isFixed ? { place: isInFile ? 'file' : 'fixed' } : {}),
    ...(clearings === undefined ? {} : { cleared: clearings.slice(0, mostCleared).map(({ id }) => id) }),
  }
}
