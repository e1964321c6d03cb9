/**
 * What makes a provider keep something of an exchange beyond the answer, whatever is agreed on retention. Agreements on
 * zero retention name what they do not cover in these terms. Source: data-retention pages of OpenAI, Anthropic and Mistral.
 */
export const statefulFeatures = [
  /** Answers kept to be looked up or listed later, and what is attached to them. */
  'stored-responses',
  'files',
  'batch',
  /** Tools the provider runs itself: code, search, connectors. */
  'server-tools',
  /** Tools of the provider that ask a search engine. */
  'grounding',
  /** Caches of prompts, however short. */
  'provider-caches',
  /** Caches of prompts that live longer than five minutes. */
  'long-caches',
] as const

export type StatefulFeature = (typeof statefulFeatures)[number]

/** A feature of the provider that a request uses and that cannot be taken out on the way, and where it does. */
export interface StatefulUse {
  readonly field: string
  /** Any of them off is enough to refuse it. */
  readonly features: readonly StatefulFeature[]
}
