import type { Kind } from '../api.ts'

/** In the order in which the weights stand. */
export const topicNames = ['legal', 'mergers', 'fundraising', 'personnel', 'pricing', 'product'] as const

export type TopicName = (typeof topicNames)[number]

export interface TopicKind extends Kind {
  readonly proof: string
  readonly source: string
}

/** Family other: a topic is a passage, there is no value to replace and put back. */
const kind = (name: TopicName, dataClass: Kind['class'], label: string): TopicKind => ({
  type: `topic-${name}`,
  family: 'other',
  class: dataClass,
  label,
  proof: 'the trained classifier of topics, and a word of a theme',
  source: 'own texts, catalogue/topics/SOURCES.md',
})

/**
 * Restricted is what moves markets or loses cases when it is known: legal strategy loses its privilege, talks about a
 * sale and a round are inside information. Who is paid what, what a customer pays and what comes next year harms the
 * company and the people in it, but is known to whole departments: confidential.
 */
export const topicKinds: Readonly<Record<TopicName, TopicKind>> = {
  legal: kind('legal', 'restricted', 'legal strategy or dispute'),
  mergers: kind('mergers', 'restricted', 'merger or acquisition'),
  fundraising: kind('fundraising', 'restricted', 'fundraising or cap table'),
  personnel: kind('personnel', 'confidential', 'personnel matter'),
  pricing: kind('pricing', 'confidential', 'prices and discounts'),
  product: kind('product', 'confidential', 'unreleased product'),
}
