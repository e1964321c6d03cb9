import { withArticles } from '#/core/article.ts'
import { type Action, changesText } from '#/core/finding.ts'
import type { Clearing, ExchangeFacts, Rule, UsableOffering, UsableUseCase } from './api.ts'
import type { Passing } from './judge.ts'
import { preferredBy } from './preference.ts'
import { asksOffering } from './rule-index.ts'

interface Explained {
  readonly facts: ExchangeFacts
  /** For each finding the entry by which it is not sensitive. */
  readonly cleared: readonly (Clearing | undefined)[]
  readonly useCase: UsableUseCase
  readonly offering: UsableOffering
  /** The company's order for this class. */
  readonly order: readonly string[] | undefined
  readonly judged: Passing
  /** Rules whose notice was acknowledged with this request. */
  readonly acknowledged: readonly Rule[]
}

/** What is said of an exchange in which nothing was found and no rule acted: it depends on the records alone. */
const usual = new WeakMap<UsableUseCase, WeakMap<UsableOffering, readonly string[]>>()

/** Short sentences for the person whose exchange it is: why this class, what was changed, why there, by whose word. */
export function explain(explained: Explained): readonly string[] {
  if (!isUsual(explained)) return sentencesOf(explained)
  const { useCase, offering } = explained
  let byOffering = usual.get(useCase)
  if (byOffering === undefined) {
    byOffering = new WeakMap()
    usual.set(useCase, byOffering)
  }
  let known = byOffering.get(offering)
  if (known === undefined) {
    known = sentencesOf(explained)
    byOffering.set(offering, known)
  }
  return known
}

/** Everything `sentencesOf` looks at but use case and offering is as it mostly is; the offering was named. */
const isUsual = ({ facts, order, judged, acknowledged }: Explained): boolean =>
  facts.findings.length === 0 &&
  facts.askedModel !== 'auto' &&
  facts.declaredClass === undefined &&
  (facts.labelClass ?? 'public') === 'public' &&
  facts.unread.length === 0 &&
  order === undefined &&
  judged.acting.length + judged.gated.length + judged.gates.length === 0 &&
  acknowledged.length === 0

function sentencesOf(explained: Explained): readonly string[] {
  const { useCase, offering } = explained
  const sentences = [whyClass(explained)]
  whatChanged(explained, sentences)
  whatIsCleared(explained, sentences)
  whatWasAsked(explained, sentences)
  sentences.push(
    whyOffering(explained),
    `Use case ${useCase.title}, version ${useCase.recordVersion}, owner ${useCase.owner}.`,
  )
  for (const { why } of useCase.outside) sentences.push(why)
  if (useCase.needsReview) sentences.push('A person must check the answer before it is used.')
  if (!useCase.keepsContent) sentences.push('What was entered and answered is not kept in the log.')
  if (offering.approvedBy.length > 0)
    sentences.push(`${offering.title} was approved by ${offering.approvedBy.join(', ')}.`)
  return sentences
}

function whyOffering({ facts, offering, order, judged: { acting, leavesAs } }: Explained): string {
  if (facts.askedModel !== 'auto')
    return `You named ${offering.title}; it may carry up to ${offering.ceiling}.`
  const rulesToo = acting.some(asksOffering) ? ' and to which the rules let it go' : ''
  const entry = preferredBy(offering, order)
  return entry === undefined
    ? `${offering.title} is the first offering of this use case that may carry ${leavesAs}${rulesToo}.`
    : `${offering.title} may carry ${leavesAs} and comes first in the company's order for it, by “${entry}”.`
}

function whyClass({ facts, cleared, useCase, judged: { entered } }: Explained): string {
  const causes = facts.findings.filter(
    (finding, index) => finding.class === entered && cleared[index] === undefined,
  )
  if (causes.length > 0) {
    const labels = new Set(causes.map(({ label }) => label))
    return `This is ${entered}, because it holds ${withArticles([...labels])}.`
  }
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

function whatChanged({ facts, judged: { actions, acting } }: Explained, sentences: string[]): void {
  if (!actions.some(changesText)) return
  let what = ''
  for (const [action, words] of changes) {
    let count = 0
    for (let index = 0; index < actions.length; index++)
      if (actions[index] === action && !facts.findings[index]?.isContinued) count++
    if (count > 0) what += `${what === '' ? '' : ', '}${count} ${words}`
  }
  const titles = titlesOf(acting.filter(({ action, mayMask }) => changesText(action) || mayMask))
  sentences.push(`Values changed before anything left: ${what}, by ${titles}.`)
}

const titlesOf = (rules: readonly Rule[]): string =>
  `“${[...new Set(rules.map(({ title }) => title))].join('”, “')}”`

function whatWasAsked({ judged: { gated, gates }, acknowledged }: Explained, sentences: string[]): void {
  if (gated.length + gates.length === 0) return
  const rules = [...gated.flatMap(({ ruled }) => ruled.rules), ...gates]
  const justified = rules.filter(({ action }) => action === 'justify')
  const before = rules.filter((rule) => rule.action === 'acknowledge' && !acknowledged.includes(rule))
  if (justified.length > 0)
    sentences.push(`You gave a reason, which is kept sealed, for ${titlesOf(justified)}.`)
  if (acknowledged.length > 0)
    sentences.push(`You said you have read the notice of ${titlesOf(acknowledged)}.`)
  if (before.length > 0) sentences.push(`You had read the notice of ${titlesOf(before)} before.`)
}

function whatIsCleared({ cleared }: Explained, sentences: string[]): void {
  if (!cleared.some((each) => each !== undefined)) return
  const ids = cleared.flatMap((each) => each?.id ?? [])
  const count = ids.length === 1 ? '1 value counts' : `${ids.length} values count`
  sentences.push(`${count} as not sensitive, by ${[...new Set(ids)].join(', ')}.`)
}
