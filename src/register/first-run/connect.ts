import type { CatalogueOffering } from '../catalogue/read-catalogue.ts'
import type { Connecting, Home } from './api.ts'

const key = (url: string, variable: string, note: string | null = null): Connecting => ({
  kind: 'compatible',
  url,
  variable,
  note,
})

const notYet = (note: string): Connecting => ({ kind: null, url: '', variable: null, note })

const bedrock = key(
  'https://bedrock-runtime.REGION.amazonaws.com/openai/v1',
  'BEDROCK_KEY',
  'An API key of Amazon Bedrock. Chat completions reach the models Bedrock offers there; Claude and Nova need an interface Sallyport does not speak yet.',
)
const azure = key(
  'https://RESOURCE.openai.azure.com/openai/v1',
  'AZURE_OPENAI_KEY',
  'The key of the resource. As model write the name of the deployment.',
)
const own = (url: string): Connecting => ({
  kind: 'compatible',
  url,
  variable: null,
  note: 'Where the server of your machines listens. Over a network it must be https; add a credential when it asks for one.',
})

/**
 * How platforms of the catalogue are reached, by the name the catalogue gives them. Addresses by the vendors' documents,
 * read 2026-11-26; Bedrock: docs.aws.amazon.com/bedrock/latest/userguide/inference-chat-completions.html, Azure:
 * learn.microsoft.com/azure/foundry/openai/api-version-lifecycle.
 */
const byPlatform: Readonly<Record<string, Connecting>> = {
  'Amazon Bedrock': bedrock,
  'Azure OpenAI in Microsoft Foundry': azure,
  'Claude API': {
    kind: 'anthropic',
    url: 'https://api.anthropic.com',
    variable: 'ANTHROPIC_KEY',
    note: 'It answers what speaks the Messages API, such as Claude Code. The chat of this page and clients of chat completions need another provider beside it.',
  },
  'OpenAI API': key('https://api.openai.com/v1', 'OPENAI_KEY'),
  'Mistral AI': key('https://api.mistral.ai/v1', 'MISTRAL_KEY'),
  'Your own machines': own('https://models.example.com/v1'),
  'Google Gemini Enterprise Agent Platform (Vertex AI)': notYet(
    'Google takes tokens that end within the hour, and Sallyport cannot ask for them yet. A gateway of your own in front of it that speaks chat completions can be connected as compatible.',
  ),
}

const byId: Readonly<Record<string, Connecting>> = {
  'openai-api-eu-zero': key('https://eu.api.openai.com/v1', 'OPENAI_KEY'),
  'self-ollama': own('http://127.0.0.1:11434/v1'),
  'self-vllm': own('http://127.0.0.1:8000/v1'),
}

/** Of every other platform: most speak chat completions, and only its documents say at which address. */
const other = key(
  '',
  'PROVIDER_KEY',
  'Take the address from the documents of the provider: what ends before /chat/completions.',
)

export const connectingOf = ({ id, platform }: Pick<CatalogueOffering, 'id' | 'platform'>): Connecting =>
  (Object.hasOwn(byId, id) ? byId[id] : undefined) ??
  (Object.hasOwn(byPlatform, platform) ? byPlatform[platform] : undefined) ??
  other

/** The cloud an offering belongs to; undefined for the interfaces of vendors. */
export const homeOf = ({
  facts,
  platform,
}: Pick<CatalogueOffering, 'facts' | 'platform'>): Home | undefined => {
  if (facts.tier?.is === 'self') return 'self'
  if (facts.tier?.is !== 'cloud') return undefined
  if (platform.startsWith('Amazon')) return 'aws'
  if (platform.includes('Microsoft')) return 'azure'
  return platform.startsWith('Google') ? 'google' : undefined
}
