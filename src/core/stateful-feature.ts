/**
 * What makes a provider keep something of an exchange beyond the answer, whatever is agreed on retention. Agreements on
 * zero retention name what they do not cover in these terms. Source: data-retention pages of OpenAI, Anthropic and Mistral.
 */
export const statefulFeatures = [
  'stored-responses',
  'files',
  'batch',
  'server-tools',
  'grounding',
  'provider-caches',
] as const

export type StatefulFeature = (typeof statefulFeatures)[number]
