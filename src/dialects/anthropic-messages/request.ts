import type { ChatRequest } from '#/chat/api.ts'
import { type Look, type Place, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { formatPath, type JsonPath } from '#/core/segment.ts'
import {
  checkContent,
  checkShapes,
  checkSpelling,
  checkTools,
  readMessages,
  readModel,
  readRole,
  readStream,
  readTokens,
  shapesOf,
  statedMediaType,
  unknownType,
} from '../fields.ts'

/** `system` in the middle of a conversation is allowed since 2026. */
const roles = ['user', 'assistant', 'system'] as const

/** Members of the body whose values are relied on, by name. */
const reliedOn = new Set(
  'model messages stream system tools container max_tokens mcp_servers metadata cache_control'.split(' '),
)

const shapes = shapesOf({
  number: 'temperature top_p top_k',
  text: 'service_tier',
  list: 'stop_sequences',
  object: 'metadata thinking tool_choice',
})

/** Source: Anthropic API reference, messages, versions 2023-06-01 and 2026-10-21, as the SDK 1.14.0 sends it. */
export function readRequest(body: JsonObject): ChatRequest {
  checkSpelling(body, reliedOn)
  const model = readModel(body)
  const isStream = readStream(body)
  // With 0 nothing is answered: it only fills the provider's cache.
  const maxOutputTokens = readTokens(body, 'max_tokens', 0)
  for (const [index, message] of readMessages(body).entries()) {
    readRole(message, index, roles)
    checkContent(message['content'], ['messages', index, 'content'], false)
  }
  checkContent(body['system'], ['system'], true)
  checkTools(body['tools'])
  checkShapes(body, shapes)
  if (body['container'] !== undefined && body['container'] !== null) {
    throw new Refusal('state-on-server', { field: 'container' })
  }
  const { segments, unread } = walkJson(body, { channel: 'field' }, look)
  return { dialect: 'anthropic-messages', model, isStream, body, segments, unread, maxOutputTokens }
}

const channelOf: Readonly<Record<string, Place>> = {
  user: { channel: 'user' },
  assistant: { channel: 'assistant' },
  system: { channel: 'system' },
}
const fixedField: Place = { channel: 'field', isFixed: true }
const signedReasoning: Place = { channel: 'assistant', isFixed: true }
const toolArguments: Place = { channel: 'tool-arguments' }
const toolResult: Place = { channel: 'tool-result' }
const attachment: Place = { channel: 'attachment' }

/** Members of the body that are settings of the model, not texts. */
const settings = new Set(
  'stream max_tokens temperature top_p top_k thinking service_tier speed inference_geo'.split(' '),
)

/** Where a member of the body stands. */
const look: Look = (key, value, path, place) => {
  if (path.length === 1) return lookAtTop(key)
  if (path[0] === 'tools') return lookInTool(key, value, path)
  if (path[0] === 'messages') {
    // Each is an object with one of the roles: that was checked before.
    if (path.length === 2) return channelOf[(value as JsonObject)['role'] as string]
    if (path.length === 3) return key === 'role' ? 'checked' : undefined
    return lookInBlock(key, value, path, place)
  }
  if (path[0] === 'system') return lookInBlock(key, value, path, place)
  return key === 'type' ? 'word' : undefined
}

function lookAtTop(key: string | number): ReturnType<Look> {
  // The name was checked, and is replaced by the one the provider knows.
  if (key === 'model') return 'checked'
  if (settings.has(key as string)) return 'setting'
  if (key === 'messages') return { channel: 'user' }
  if (key === 'system') return { channel: 'system' }
  if (key === 'tools') return { channel: 'tool-definition' }
  if (key === 'tool_choice') return fixedField
  return undefined
}

function lookInTool(key: string | number, value: JsonValue, path: JsonPath): ReturnType<Look> {
  // In a schema `type` says what a value is, unless it is the name of a property.
  if (key === 'type' && typeof value === 'string' && path.at(-2) !== 'properties') return 'word'
  if (path.length !== 3) return undefined
  if (key === 'cache_control') return 'word'
  return key === 'name' ? { channel: 'tool-definition', isFixed: true } : undefined
}

/** Content blocks, also those inside a tool result. */
function lookInBlock(
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  { channel, fileOf }: Place,
): ReturnType<Look> {
  if (fileOf !== undefined) return lookInFile(key, value, fileOf)
  // Inside the arguments of a call every member is somebody's data, whatever it is called.
  if (channel === 'tool-arguments') return undefined
  if (typeof key === 'number') return isJsonObject(value) ? placeOfBlock(value) : undefined
  if (key === 'type' || key === 'cache_control') return 'word'
  if (key === 'file_id') throw new Refusal('state-on-server', { field: formatPath(path) })
  if (key === 'input') return toolArguments
  if (key === 'tool_use_id' || key === 'id' || key === 'name') return fixedField
  // Sealed by the provider for itself: nobody else can read or make it, and it must come back byte for byte.
  if (key === 'signature' || key === 'encrypted_content' || key === 'encrypted_index') return 'sealed'
  // Only sealed reasoning holds its bytes in the block itself; all others have a source for them.
  if (key === 'data' && path.at(-2) !== 'source') return 'sealed'
  if (isJsonObject(value)) return key === 'source' ? lookInSource(value) : placeOfBlock(value)
  return key === 'thinking' ? signedReasoning : undefined
}

/** What a block holds by its type; undefined keeps the place it stands in. */
function placeOfBlock({ type }: JsonObject): Place | undefined {
  if (typeof type !== 'string') return undefined
  // Also what tools of the provider found or ran: `web_search_tool_result`, `mcp_tool_result`.
  if (type.endsWith('tool_result')) return toolResult
  return type === 'document' || type === 'search_result' ? attachment : undefined
}

/** Bytes stand in `data`; what stands beside them is a text like any other. */
function lookInFile(key: string | number, value: JsonValue, mediaType: string): ReturnType<Look> {
  if (key === 'data' && typeof value === 'string') return { unread: mediaType, base64: value }
  if (key === 'media_type' && value === mediaType) return 'checked'
  if (key === 'type') return 'word'
  // Below the source nothing is bytes any more.
  return attachment
}

/** A picture or document: text is read, what is bytes or an address is reported as unread. */
function lookInSource(source: JsonObject): ReturnType<Look> {
  switch (source['type']) {
    case 'base64': {
      const mediaType = statedMediaType(source['media_type'])
      return typeof source['data'] === 'string' ? { ...attachment, fileOf: mediaType } : { unread: mediaType }
    }
    case 'url':
      // Nobody has seen what stands there; the address is a text that leaves.
      return { unread: unknownType, isWalked: true }
    case 'text':
    case 'content':
      return attachment
    default:
      return undefined
  }
}
