import type { StateLimits } from '#/chat/api.ts'
import type { JsonObject } from '#/core/json.ts'
import type { StatefulUse } from '#/core/stateful-feature.ts'
import { serverUse, toolUses, without, withoutCaches } from '../stateful.ts'

/**
 * Tools Anthropic defines and the client runs. Every other type is run by Anthropic, also one that comes later: code
 * execution, search, connectors. Source: Anthropic API reference, tool use, and zero data retention.
 */
const clientTools = /^(?:custom$|bash_|text_editor_|computer_|browser_|memory_)/

/** What asks for files and containers by id is refused when a body is read, whatever the class. */
export const statefulUses = (body: JsonObject): readonly StatefulUse[] => [
  ...toolUses(
    body['tools'],
    ({ type }) => type === undefined || type === null || (typeof type === 'string' && clientTools.test(type)),
  ),
  ...serverUse(body, 'mcp_servers'),
]

/** `metadata` says who somebody is, and is kept for a look at abuse. */
export function withoutState(body: JsonObject, { off }: StateLimits): JsonObject {
  const changed = off.includes('stored-responses') ? without(body, ['metadata']) : body
  const isAllOff = off.includes('provider-caches')
  return isAllOff || off.includes('long-caches') ? withoutCaches(changed, isAllOff) : changed
}
