/**
 * OCSF 1.8.0, released 16 March 2026. Read there: profile `ai_operation` with `ai_model` (`name` and `ai_provider`
 * required) and `message_context` (needs an application or a service), classes API Activity 6003 (`actor`, `api`,
 * `src_endpoint` required), Application Lifecycle 6002, Authentication 3002, Entity Management 3004, User Access
 * Management 3005, Data Security Finding 2006, profile `security_control`.
 * Source: github.com/ocsf/ocsf-schema, tag 1.8.0, and docs.tenzir.com/reference/ocsf, read in November 2026.
 *
 * What has no place there stands in `unmapped`: our facts under `facts`, the proof under `tlog` (the profile
 * `record_integrity` is only in 1.9.0). Addresses of callers are not in the log, so `src_endpoint` names the gate.
 */
import { printableJson } from '../../../printable.ts'
import type { EntryEvent, EventFormat, ExportEvent, Product } from '../../api.ts'
import { withoutEmpty } from '../common.ts'
import { type Classed, classOf } from './classes.ts'

const schemaVersion = '1.8.0'

export const ocsf = (product: Product): EventFormat => ({
  name: 'ocsf',
  version: `ocsf-${schemaVersion}`,
  isJson: true,
  format: (event) => printableJson(withoutEmpty(toOcsf(event, product))),
})

function toOcsf(event: ExportEvent, product: Product): object {
  const { attributes, class: chosen, profiles = [] } = classOf(event, product)
  return {
    activity_id: chosen.activity[0],
    activity_name: chosen.activity[1],
    category_uid: Math.floor(chosen.uid / 1_000),
    category_name: chosen.category,
    class_uid: chosen.uid,
    class_name: chosen.name,
    type_uid: chosen.uid * 100 + chosen.activity[0],
    type_name: `${chosen.name}: ${chosen.activity[1]}`,
    time: event.atMs,
    severity_id: chosen.severity[0],
    severity: chosen.severity[1],
    metadata: metadataOf(event, product, profiles),
    ...attributes,
    unmapped: unmappedOf(event),
  }
}

function metadataOf(event: ExportEvent, product: Product, profiles: Classed['profiles']): object {
  const facts = event.is === 'entry' ? event.head.facts : {}
  return {
    version: schemaVersion,
    uid: event.id,
    product: { name: 'Sallyport', vendor_name: 'Sallyport', version: product.version },
    profiles,
    log_name: event.origin,
    log_provider: 'Sallyport',
    logged_time: event.atMs,
    event_code: event.is === 'entry' ? event.head.kind : event.is,
    sequence: event.is === 'entry' ? event.head.index : undefined,
    correlation_uid: facts.requestId,
  }
}

function unmappedOf(event: ExportEvent): object {
  if (event.is === 'test') return {}
  if (event.is === 'checkpoint') {
    return { tlog: { origin: event.origin, size: event.size, checkpoint: event.note } }
  }
  return { facts: event.head.facts, tlog: proofOf(event) }
}

const proofOf = ({ origin, head, leafHash }: EntryEvent): object => ({
  origin,
  index: head.index,
  leaf_hash: leafHash,
})
