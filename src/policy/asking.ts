import { Refusal } from '#/core/refusal.ts'
import type { ExchangeFacts, Rule, UsableOffering } from './api.ts'
import type { Passing } from './judge.ts'
import { factsOf } from './stopping.ts'

/** What is remembered when somebody has read the notice of a rule: a changed rule has another. */
export const noticeKey = ({ id, version }: Pick<Rule, 'id' | 'version'>): string => `${id}@${version ?? ''}`

/** What the caller has still to do, and what they did with this request. */
export interface Asking {
  readonly isOpen: boolean
  readonly unjustified: readonly Rule[]
  readonly unread: readonly Rule[]
  /** Acknowledged now, and not remembered from before. */
  readonly acknowledged: readonly Rule[]
}

const nothingAsked: Asking = { isOpen: true, unjustified: [], unread: [], acknowledged: [] }

export function asking(
  { isJustified = false, acknowledges = [], acknowledged }: ExchangeFacts,
  { gated, gates }: Passing,
  nowMs: number,
): Asking {
  if (gated.length + gates.length === 0) return nothingAsked
  const rules = [...new Set([...gated.flatMap(({ ruled }) => ruled.rules), ...gates])]
  const notices = rules.filter(({ action }) => action === 'acknowledge')
  const open = notices.filter((rule) => (acknowledged?.get(noticeKey(rule)) ?? 0) <= nowMs)
  const unread = open.filter(({ id }) => !acknowledges.includes(id))
  const unjustified = isJustified ? [] : rules.filter(({ action }) => action === 'justify')
  return {
    isOpen: unread.length + unjustified.length === 0,
    unjustified,
    unread,
    acknowledged: open.filter((rule) => !unread.includes(rule)),
  }
}

/** Everything the caller has to do is told at once, so that nobody has to try again and again. */
export function refuseUntilDone(
  facts: ExchangeFacts,
  { gated, gates, leavesAs }: Passing,
  { unjustified, unread }: Asking,
  offering: UsableOffering,
  autoWorks: boolean,
): Refusal {
  const undone = new Set([...unjustified, ...unread])
  const bound = gated.filter(({ ruled }) => ruled.rules.some((rule) => undone.has(rule)))
  const [first] = undone
  const found = factsOf(facts, bound)
  return new Refusal(unjustified.length > 0 ? 'justification-needed' : 'acknowledgement-needed', {
    ...(bound.length === 0 ? {} : found),
    // Where a rule about the whole asks, too, masking alone is no way on.
    mayMask: bound.length > 0 && found.mayMask && !gates.some((rule) => undone.has(rule)),
    class: leavesAs,
    offering: offering.title,
    rule: first?.id,
    ruleTitle: first?.title,
    owner: first?.owner,
    rules: [...undone].map(({ id }) => id),
    titles: unjustified.map(({ title }) => title),
    acknowledge: unread.map(({ id }) => id),
    notices: unread.map(({ notice, title }) => notice ?? title),
    ...(autoWorks ? { autoWorks } : {}),
  })
}
