/** Which class of OCSF an event belongs to, and the attributes of that class. */
import type { DataClass } from '#/core/data-class.ts'
import type { EntryFacts } from '../../../api.ts'
import type { EntryEvent, ExportEvent, Product } from '../../api.ts'
import { findingsText, isOfExchange, outcomeOf, tokensOf } from '../common.ts'

type Numbered = readonly [id: number, name: string]

interface Class {
  readonly uid: number
  readonly name: string
  readonly category: string
  readonly activity: Numbered
  readonly severity: Numbered
}

export interface Classed {
  readonly class: Class
  readonly profiles?: readonly string[]
  readonly attributes: object
}

const informational: Numbered = [1, 'Informational']
const low: Numbered = [2, 'Low']
const medium: Numbered = [3, 'Medium']

const applications = 'Application Activity'
const iam = 'Identity & Access Management'

const apiActivity = (activity: Numbered, severity = informational): Class => ({
  uid: 6_003,
  name: 'API Activity',
  category: applications,
  activity,
  severity,
})

export function classOf(event: ExportEvent, product: Product): Classed {
  if (event.is === 'checkpoint')
    return ofLog(event, [1, 'Create'], 'log.checkpoint', `checkpoint over ${event.size} entries`)
  if (event.is === 'test')
    return ofLog(event, [99, 'Test'], 'log.export-test', 'test of the export: not an entry of the log')
  const { kind, facts } = event.head
  if (kind === 'refusal' && (facts.findings?.length ?? 0) > 0) return ofFinding(event)
  if (isOfExchange(kind)) return ofExchange(event)
  if (kind === 'start' || kind === 'stop') return ofLifecycle(event, product)
  if (signIns.includes(kind)) return ofSignIn(event)
  if (rolesIn(facts).length > 0) return ofRoles(event)
  if (['sign-in', 'sign-in-failed', 'sign-out', 'workload-sign-in'].includes(kind)) return ofSignIn(event)
  if (kind === 'alert' || kind === 'key-leaked') return ofDetection(event)
  const entity = ofEntity(event)
  if (entity !== undefined) return entity
  return ofLog(event, activityOf(kind), `log.${kind}`, messageOf(event))
}

/** One step of an exchange: what is about to leave, how it ended, or that nothing left. */
function ofExchange(event: EntryEvent): Classed {
  const { kind, facts } = event.head
  const refused = kind === 'refusal'
  const tokens = tokensOf(facts)
  return {
    class: apiActivity([1, 'Create'], refused ? low : informational),
    profiles: ['ai_operation', 'security_control'],
    attributes: {
      message: messageOf(event),
      ...statusOf(event),
      ...controlOf(facts),
      actor: actorOf(event),
      api: {
        operation: facts.dialect ?? 'exchange',
        service: nameIf(facts.offering),
        request: facts.requestId === undefined ? undefined : { uid: facts.requestId },
        response: facts.status === undefined ? undefined : { code: facts.status },
      },
      src_endpoint: gateOf(event),
      dst_endpoint: facts.offering === undefined ? undefined : { svc_name: facts.offering },
      ai_model:
        facts.model === undefined || facts.provider === undefined
          ? undefined
          : { name: facts.model, ai_provider: facts.provider, uid: facts.offering },
      message_context: {
        uid: facts.requestId,
        ai_role_id: kind === 'outcome' ? 2 : 1,
        ai_role: kind === 'outcome' ? 'Assistant' : 'User',
        application: nameIf(facts.useCase),
        service: { name: facts.offering ?? 'sallyport' },
        prompt_tokens: tokens?.input,
        completion_tokens: tokens?.output,
        total_tokens: tokens && tokens.input + tokens.output,
      },
    },
  }
}

/** A refusal for what was found. The class a text had is not part of a refusal, so it may be unknown. */
function ofFinding(event: EntryEvent): Classed {
  const { facts } = event.head
  const [confidentialityId, confidentiality] = confidentialityOf(facts.class)
  return {
    class: {
      uid: 2_006,
      name: 'Data Security Finding',
      category: 'Findings',
      activity: [1, 'Create'],
      severity: medium,
    },
    profiles: ['security_control'],
    attributes: {
      message: messageOf(event),
      status_id: 1,
      status: 'New',
      is_alert: true,
      ...controlOf(facts),
      actor: actorOf(event),
      finding_info: {
        uid: event.id,
        title: `Refused before it left: ${findingsText(facts)}`,
        types: [...new Set(facts.findings?.map(({ type }) => type))],
        created_time: event.atMs,
      },
      data_security: {
        confidentiality_id: confidentialityId,
        confidentiality,
        data_lifecycle_state_id: 2,
        data_lifecycle_state: 'Data in-Transit',
        policy: { uid: facts.rules?.join(',') || facts.code || 'sallyport', version: facts.snapshot },
      },
      src_endpoint: gateOf(event),
    },
  }
}

/** Something about keys that somebody should look at. */
function ofDetection(event: EntryEvent): Classed {
  const { facts } = event.head
  return {
    class: {
      uid: 2_004,
      name: 'Detection Finding',
      category: 'Findings',
      activity: [1, 'Create'],
      severity: medium,
    },
    attributes: {
      message: messageOf(event),
      status_id: 1,
      status: 'New',
      is_alert: true,
      resources:
        facts.keyId === undefined ? undefined : [{ uid: facts.keyId, type: 'key', owner: userOf(event) }],
      finding_info: {
        uid: event.id,
        title: `${event.head.kind}: ${facts.reason ?? 'no reason given'}`,
        created_time: event.atMs,
      },
    },
  }
}

/** Ids of `confidentiality_id`. */
const confidentialities: Readonly<Record<DataClass, Numbered>> = {
  public: [1, 'Not Confidential'],
  internal: [5, 'Private'],
  confidential: [2, 'Confidential'],
  restricted: [6, 'Restricted'],
}

const confidentialityOf = (dataClass: DataClass | undefined): Numbered =>
  dataClass === undefined ? [0, 'Unknown'] : confidentialities[dataClass]

const signIns: readonly string[] = [
  'sign-in',
  'sign-in-failed',
  'sign-out',
  'session-ended',
  'session-renewed',
  'step-up',
]

const signInActivities: Readonly<Record<string, Numbered>> = {
  'sign-out': [2, 'Logoff'],
  'session-ended': [2, 'Logoff'],
  'session-renewed': [99, 'Renew'],
}

function ofSignIn(event: EntryEvent): Classed {
  const { kind, facts } = event.head
  const failed = kind === 'sign-in-failed'
  return {
    class: {
      uid: 3_002,
      name: 'Authentication',
      category: iam,
      activity: signInActivities[kind] ?? [1, 'Logon'],
      severity: failed ? low : informational,
    },
    attributes: {
      message: messageOf(event),
      ...statusOf(event),
      status_detail: failed ? facts.reason : undefined,
      user: userOf(event) ?? { name: 'unknown', type_id: 0 },
      service: { name: 'Sallyport' },
    },
  }
}

/** Identity writes it so: one role since grants end, several in entries from before. */
const rolesIn = ({ decision = '' }: EntryFacts): readonly string[] =>
  /^(?:roles? granted|role grant ended): (.+)$/.exec(decision)?.[1]?.split(', ') ?? []

const ofRoles = (event: EntryEvent): Classed => ({
  class: {
    uid: 3_005,
    name: 'User Access Management',
    category: iam,
    activity: event.head.kind === 'role-ended' ? [2, 'Revoke Privileges'] : [3, 'Assign Role'],
    severity: informational,
  },
  attributes: {
    message: messageOf(event),
    ...statusOf(event),
    user: userOf(event) ?? { name: 'unknown', type_id: 0 },
    privileges: rolesIn(event.head.facts),
  },
})

/** What is governed and changed, by the kind of its entry: what OCSF calls the entity, and what was done. */
const entities: Readonly<Record<string, { readonly type: string; readonly activity: Numbered }>> = {
  'key-created': { type: 'key', activity: [1, 'Create'] },
  'key-revoked': { type: 'key', activity: [4, 'Delete'] },
  'key-replaced': { type: 'key', activity: [1, 'Create'] },
  'access-ended': { type: 'account', activity: [99, 'Disable'] },
  'access-restored': { type: 'account', activity: [99, 'Enable'] },
  'access-request': { type: 'access', activity: [99, 'Request'] },
  'access-decision': { type: 'access', activity: [99, 'Decide'] },
  'device-approved': { type: 'device', activity: [1, 'Create'] },
  'device-refused': { type: 'device', activity: [99, 'Refuse'] },
  'scim-change': { type: 'account', activity: [3, 'Update'] },
  'scim-paused': { type: 'directory', activity: [99, 'Pause'] },
  'scim-resumed': { type: 'directory', activity: [99, 'Resume'] },
  'service-changed': { type: 'service', activity: [3, 'Update'] },
  probe: { type: 'connection', activity: [99, 'Measure'] },
  record: { type: 'record', activity: [3, 'Update'] },
  decision: { type: 'record', activity: [99, 'Decide'] },
  snapshot: { type: 'snapshot', activity: [1, 'Create'] },
  publication: { type: 'publication', activity: [1, 'Create'] },
}

function ofEntity(event: EntryEvent): Classed | undefined {
  const { kind, facts } = event.head
  const entity = Object.hasOwn(entities, kind) ? entities[kind] : undefined
  if (entity === undefined) return undefined
  const uid = facts.keyId ?? facts.about ?? facts.version ?? kind
  return {
    class: {
      uid: 3_004,
      name: 'Entity Management',
      category: iam,
      activity: entity.activity,
      severity: informational,
    },
    attributes: {
      message: messageOf(event),
      ...statusOf(event),
      actor: actorOf(event),
      comment: facts.decision,
      entity: { uid, type: entity.type, version: facts.version },
    },
  }
}

function ofLifecycle(event: EntryEvent, product: Product): Classed {
  const { kind } = event.head
  return {
    class: {
      uid: 6_002,
      name: 'Application Lifecycle',
      category: applications,
      activity: kind === 'start' ? [3, 'Start'] : [4, 'Stop'],
      severity: informational,
    },
    attributes: {
      message: messageOf(event),
      ...statusOf(event),
      app: { name: 'Sallyport', vendor_name: 'Sallyport', version: product.version },
    },
  }
}

/** What is done with the log itself, and every kind of entry that has no class of its own. */
function ofLog(event: ExportEvent, activity: Numbered, operation: string, message: string): Classed {
  return {
    class: apiActivity(activity),
    attributes: {
      message,
      ...(event.is === 'entry' ? statusOf(event) : { status_id: 1, status: 'Success' }),
      actor: event.is === 'entry' ? actorOf(event) : { app_name: 'Sallyport' },
      api: { operation, service: { name: 'Sallyport' } },
      src_endpoint: gateOf(event),
    },
  }
}

/** Reading is reading, destroying is deleting; anything else is `Other` under its own name. */
function activityOf(kind: string): Numbered {
  const reads = ['read', 'export', 'backup', 'simulation']
  if (reads.includes(kind) || kind.startsWith('read-')) return [2, 'Read']
  if (kind === 'erase' || kind === 'retention' || kind === 'key-destroyed') return [4, 'Delete']
  return [99, kind]
}

const gateOf = ({ origin }: ExportEvent): object => ({ name: origin, svc_name: 'sallyport' })

const nameIf = (name: string | undefined): object | undefined => (name === undefined ? undefined : { name })

function userOf({ head, person }: EntryEvent): object | undefined {
  if (head.alias === undefined) return undefined
  return { uid: head.alias, type_id: 1, type: 'User', email_addr: person?.email, full_name: person?.name }
}

/** At least one of its attributes must be there. */
function actorOf(event: EntryEvent): object {
  const { facts } = event.head
  const user = userOf(event)
  if (user === undefined && facts.keyId === undefined) return { app_name: facts.about ?? 'unknown' }
  return { user, app_uid: facts.keyId }
}

function statusOf({ head }: EntryEvent): object {
  const outcome = outcomeOf(head.kind, head.facts)
  if (outcome === undefined) return { status_id: 0, status: 'Unknown' }
  return {
    status_id: outcome === 'success' ? 1 : 2,
    status: outcome === 'success' ? 'Success' : 'Failure',
    status_code: head.facts.code ?? (outcome === 'failure' ? head.facts.decision : undefined),
  }
}

/** Ids of `action_id` and `disposition_id`, by what the gate decided. */
function controlOf({ decision }: EntryFacts): object {
  if (decision === 'refuse') {
    return { action_id: 2, action: 'Denied', disposition_id: 2, disposition: 'Blocked' }
  }
  if (decision === 'transform') return { action_id: 4, action: 'Modified' }
  if (decision === 'allow') {
    return { action_id: 1, action: 'Allowed', disposition_id: 1, disposition: 'Allowed' }
  }
  return {}
}

function messageOf({ head }: EntryEvent): string {
  const { kind, facts } = head
  const said = [facts.code ?? facts.decision, facts.offering, findingsText(facts)].filter(Boolean)
  return said.length === 0 ? kind : `${kind}: ${said.join(', ')}`
}
