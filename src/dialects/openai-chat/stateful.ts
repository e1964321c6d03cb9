import type { StateLimits } from '#/chat/api.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import type { StatefulUse } from '#/core/stateful-feature.ts'
import { noUses, searchUse, toolUses, without, withoutCaches } from '../stateful.ts'

/**
 * Members by which providers of this dialect search: OpenAI, xAI, OpenRouter, Alibaba. What asks them to keep state
 * (`store`, `file_id`, an answer by its id) is refused when a body is read, whatever the class.
 */
export const searchMembers = ['web_search_options', 'search_parameters', 'plugins', 'enable_search'] as const

/** What says who somebody is, and is kept for a look at abuse; none of it changes an answer. */
export const identifyingMembers = ['metadata', 'user', 'safety_identifier'] as const

export function statefulUses(body: JsonObject): readonly StatefulUse[] {
  let uses = toolUses(body['tools'], isClients)
  for (const member of searchMembers) uses = both(uses, searchUse(body, member))
  return both(uses, audioUses(body))
}

const both = (some: readonly StatefulUse[], more: readonly StatefulUse[]): readonly StatefulUse[] =>
  more.length === 0 ? some : [...some, ...more]

const isClients = ({ type, function: named, name }: JsonObject): boolean =>
  type === 'function' ||
  type === 'custom' ||
  // Some clients leave the type out.
  ((type === undefined || type === null) && (isJsonObject(named) || typeof name === 'string'))

/** A spoken answer is kept for an hour, to be named in the next request. Source: OpenAI, data controls. */
function audioUses({ modalities, audio }: JsonObject): readonly StatefulUse[] {
  if (Array.isArray(modalities) && modalities.includes('audio'))
    return [{ field: 'modalities', features: ['stored-responses'] }]
  return isJsonObject(audio) ? [{ field: 'audio', features: ['stored-responses'] }] : noUses
}

export function withoutState(body: JsonObject, { off, storesUnasked }: StateLimits): JsonObject {
  let changed = body
  if (off.includes('stored-responses')) {
    changed = without(changed, identifyingMembers)
    // Not every server of this dialect knows the member, so it is only written for one that is said to store.
    if (storesUnasked && changed['store'] !== false) changed = { ...changed, store: false }
  }
  const isAllOff = off.includes('provider-caches')
  if (!isAllOff && !off.includes('long-caches')) return changed
  // It says how long at least a prompt is cached, which is always half an hour and more.
  changed = without(changed, ['prompt_cache_options', ...(isAllOff ? ['prompt_cache_key'] : [])])
  const retention = changed['prompt_cache_retention']
  if (retention !== undefined && retention !== null && retention !== 'in_memory' && retention !== 'in-memory')
    changed = { ...changed, prompt_cache_retention: 'in_memory' }
  return withoutCaches(changed, isAllOff)
}
