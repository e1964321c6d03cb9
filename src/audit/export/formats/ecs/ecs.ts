/**
 * Elastic Common Schema 9.2.0 with its `gen_ai.*` fields, which Elastic calls beta and subject to change. What has no
 * field of ECS stands under `sallyport`. Not used: `gen_ai.response.finish_reasons` is mapped as nested there and would
 * refuse the plain words OpenTelemetry has in it. `gen_ai.system` is ECS's name of OpenTelemetry's `gen_ai.provider.name`.
 * Source: github.com/elastic/ecs, schemas/gen_ai.yml at 065887cb, and elastic.co/docs/reference/ecs (allowed values of
 * event.category and event.type), read in November 2026.
 */
import type { EntryFacts } from '../../../api.ts'
import { printableJson } from '../../../printable.ts'
import type { EntryEvent, EventFormat, ExportEvent, Product } from '../../api.ts'
import { isOfExchange, outcomeOf, tokensOf, withoutEmpty } from '../common.ts'

const schemaVersion = '9.2.0'

export const ecs = (product: Product): EventFormat => ({
  name: 'ecs',
  version: `ecs-${schemaVersion}`,
  isJson: true,
  format: (event) => printableJson(withoutEmpty(toEcs(event, product))),
})

function toEcs(event: ExportEvent, product: Product): object {
  return {
    '@timestamp': new Date(event.atMs).toISOString(),
    ecs: { version: schemaVersion },
    observer: { vendor: 'Sallyport', product: 'Sallyport', type: 'gateway', version: product.version },
    log: { logger: event.origin },
    ...(event.is === 'entry' ? entryFields(event) : ofLogItself(event)),
  }
}

function ofLogItself(event: Exclude<ExportEvent, EntryEvent>): object {
  return {
    event: {
      ...sharedFields(event),
      action: event.is,
      kind: 'event',
      category: ['configuration'],
      type: ['info'],
    },
    ...(event.is === 'checkpoint' ? { sallyport: { checkpoint: event.note, size: event.size } } : {}),
  }
}

const sharedFields = ({ id }: ExportEvent): object => ({ id, module: 'sallyport', dataset: 'sallyport.log' })

function entryFields(event: EntryEvent): object {
  const { head, person, leafHash } = event
  const { facts, kind } = head
  return {
    event: {
      ...sharedFields(event),
      action: kind,
      ...categoryOf(kind, facts),
      outcome: outcomeOf(kind, facts),
      sequence: head.index,
      hash: leafHash,
      code: facts.code,
      reason: facts.reason,
    },
    user:
      head.alias === undefined
        ? undefined
        : { id: head.alias, email: person?.email, full_name: person?.name },
    service: facts.offering === undefined ? undefined : { name: facts.offering },
    http:
      facts.requestId === undefined && facts.status === undefined
        ? undefined
        : { request: { id: facts.requestId }, response: { status_code: facts.status || undefined } },
    rule: { id: facts.rules, version: facts.snapshot },
    gen_ai: isOfExchange(kind) ? genAiOf(facts) : undefined,
    sallyport: { kind, facts },
  }
}

/** Providers as OpenTelemetry calls them; others keep our word. */
const systems: Readonly<Record<string, string>> = {
  bedrock: 'aws.bedrock',
  azure: 'azure.ai.openai',
  vertex: 'gcp.vertex_ai',
}

function genAiOf(facts: EntryFacts): object {
  const tokens = tokensOf(facts)
  return {
    system: facts.provider === undefined ? undefined : (systems[facts.provider] ?? facts.provider),
    operation: { name: facts.dialect?.includes('embeddings') ? 'embeddings' : 'chat' },
    request: { model: facts.model },
    usage: tokens && { input_tokens: tokens.input, output_tokens: tokens.output },
    tool: { name: facts.tools },
  }
}

interface Category {
  readonly kind: 'event' | 'alert'
  readonly category: readonly string[]
  readonly type: readonly string[]
}

const category = (name: string, ...type: readonly string[]): Category => ({
  kind: 'event',
  category: [name],
  type,
})

const categories: Readonly<Record<string, Category>> = {
  intent: category('api', 'start', 'allowed'),
  progress: category('api', 'info'),
  outcome: category('api', 'end'),
  'sign-in': category('authentication', 'start'),
  'sign-in-failed': category('authentication', 'start'),
  'sign-out': category('authentication', 'end'),
  'session-ended': category('authentication', 'end'),
  'session-renewed': category('authentication', 'info'),
  'step-up': category('authentication', 'start'),
  'device-approved': category('iam', 'creation'),
  'device-refused': category('iam', 'info'),
  'key-created': category('iam', 'creation'),
  'key-revoked': category('iam', 'deletion'),
  'key-replaced': category('iam', 'change'),
  'key-leaked': { ...category('iam', 'deletion'), kind: 'alert' },
  alert: { ...category('intrusion_detection', 'info'), kind: 'alert' },
  'workload-sign-in': category('authentication', 'start'),
  'access-ended': category('iam', 'user', 'change'),
  'access-restored': category('iam', 'user', 'change'),
  'role-granted': category('iam', 'user', 'change'),
  'role-ended': category('iam', 'user', 'change'),
  'access-request': category('iam', 'info'),
  'access-decision': category('iam', 'change'),
  'scim-change': category('iam', 'user', 'change'),
  'scim-paused': category('iam', 'user', 'change'),
  'scim-resumed': category('iam', 'user', 'change'),
  'service-changed': category('iam', 'change'),
  probe: category('configuration', 'change'),
  simulation: category('database', 'access'),
  moderation: category('api', 'start', 'allowed'),
  record: category('configuration', 'change'),
  decision: category('configuration', 'change'),
  snapshot: category('configuration', 'creation'),
  publication: category('configuration', 'change'),
  read: category('database', 'access'),
  export: category('database', 'access'),
  start: category('process', 'start'),
  stop: category('process', 'end'),
}

function categoryOf(kind: string, facts: EntryFacts): Category {
  if (kind === 'refusal') {
    const isFound = (facts.findings?.length ?? 0) > 0
    return { ...category('api', 'denied'), kind: isFound ? 'alert' : 'event' }
  }
  return (Object.hasOwn(categories, kind) ? categories[kind] : undefined) ?? category('configuration', 'info')
}
