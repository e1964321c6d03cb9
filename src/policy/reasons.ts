import { withArticles } from '#/core/article.ts'
import type { DataClass } from '#/core/data-class.ts'
import type { Action } from '#/core/finding.ts'
import type { Clearing, ExchangeFacts, Rule, UsableOffering, UsableUseCase } from './api.ts'
import { preferredBy } from './preference.ts'

interface Explained {
  readonly facts: ExchangeFacts
  /** For each finding the entry by which it is not sensitive. */
  readonly cleared: readonly (Clearing | undefined)[]
  readonly useCase: UsableUseCase
  readonly offering: UsableOffering
  /** The company's order for this class. */
  readonly order: readonly string[] | undefined
  readonly actions: readonly Action[]
  readonly acting: readonly Rule[]
  readonly entered: DataClass
  readonly leavesAs: DataClass
}

/** Short sentences for the person whose exchange it is: why this class, what was changed, why there, by whose word. */
export function explain(explained: Explained): readonly string[] {
  const { useCase, offering } = explained
  return [
    whyClass(explained),
    ...whatChanged(explained),
    ...whatIsCleared(explained),
    whyOffering(explained),
    `Use case ${useCase.title}, version ${useCase.recordVersion}, owner ${useCase.owner}.`,
    ...useCase.outside.map(({ why }) => why),
    ...(useCase.needsReview ? ['A person must check the answer before it is used.'] : []),
    ...(useCase.keepsContent ? [] : ['What was entered and answered is not kept in the log.']),
    ...(offering.approvedBy.length === 0
      ? []
      : [`${offering.title} was approved by ${offering.approvedBy.join(', ')}.`]),
  ]
}

function whyOffering({ facts, offering, order, leavesAs }: Explained): string {
  if (facts.askedModel !== 'auto')
    return `You named ${offering.title}; it may carry up to ${offering.ceiling}.`
  const entry = preferredBy(offering, order)
  return entry === undefined
    ? `${offering.title} is the first offering of this use case that may carry ${leavesAs}.`
    : `${offering.title} may carry ${leavesAs} and comes first in the company's order for it, by “${entry}”.`
}

function whyClass({ facts, cleared, useCase, entered }: Explained): string {
  const counted = facts.findings.filter((_, index) => cleared[index] === undefined)
  const labels = [
    ...new Set(counted.filter((finding) => finding.class === entered).map(({ label }) => label)),
  ]
  if (labels.length > 0) return `This is ${entered}, because it holds ${withArticles(labels)}.`
  if (facts.declaredClass === entered && entered !== 'public')
    return `This is ${entered}, because you said so.`
  if (facts.labelClass === entered && entered !== 'public')
    return `This is ${entered}, because a label on a file says so.`
  if (facts.unread.length > 0 && useCase.unreadClass === entered && entered !== 'public')
    return `This is ${entered}, because it holds a part that nobody has read.`
  if (useCase.contextClass === entered && entered !== 'public')
    return `This is ${entered}, as everything in this use case is.`
  return 'Nothing was found that raises the class: it is public.'
}

const changes: readonly (readonly [Action, string])[] = [
  ['remove', 'removed'],
  ['mask', 'masked'],
  ['generalise', 'made coarser'],
  ['pseudonymise', 'replaced and put back in the answer'],
]

function whatChanged({ facts, actions, acting }: Explained): string[] {
  const what = changes.flatMap(([action, words]) => {
    const isCounted = (each: Action, index: number) => each === action && !facts.findings[index]?.isContinued
    const count = actions.filter(isCounted).length
    return count === 0 ? [] : [`${count} ${words}`]
  })
  if (what.length === 0) return []
  const titles = [...new Set(acting.map(({ title }) => title))].join('”, “')
  return [`Values changed before anything left: ${what.join(', ')}, by “${titles}”.`]
}

function whatIsCleared({ cleared }: Explained): string[] {
  const ids = cleared.flatMap((each) => each?.id ?? [])
  if (ids.length === 0) return []
  const count = ids.length === 1 ? '1 value counts' : `${ids.length} values count`
  return [`${count} as not sensitive, by ${[...new Set(ids)].join(', ')}.`]
}
