import type { ChatRequest } from '#/chat/api.ts'
import { type Look, type Place, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { formatPath, type JsonPath } from '#/core/segment.ts'
import {
  checkContent,
  readMessages,
  readModel,
  readRole,
  readStream,
  readTokens,
  statedMediaType,
  wrong,
} from '../fields.ts'

/** `system` in the middle of a conversation is allowed since 2026. */
const roles = ['user', 'assistant', 'system'] as const

/** Source: Anthropic API reference, messages, versions 2023-06-01 and 2026-10-21, as the SDK 1.12.0 sends it. */
export function readRequest(body: JsonObject): ChatRequest {
  const model = readModel(body)
  const isStream = readStream(body)
  const maxOutputTokens = readTokens(body, 'max_tokens')
  for (const [index, message] of readMessages(body).entries()) {
    readRole(message, index, roles)
    checkContent(message['content'], ['messages', index, 'content'], false)
  }
  checkContent(body['system'], ['system'], true)
  if (body['tools'] !== undefined && !Array.isArray(body['tools'])) throw wrong('tools', 'it must be a list')
  if (body['container'] !== undefined && body['container'] !== null) {
    throw new Refusal('state-on-server', { field: 'container' })
  }
  const { segments, unread } = walkJson(body, { channel: 'field' }, look(body))
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

/** Members of the body that are settings of the model, not texts. */
const settings = new Set(
  'stream max_tokens temperature top_p top_k thinking service_tier speed inference_geo'.split(' '),
)

function look(body: JsonObject): Look {
  const messages = body['messages'] as readonly JsonObject[]
  return (key, value, path, place) => {
    if (path.length === 1) return lookAtTop(key)
    if (key === 'cache_control') return 'setting'
    if (path[0] === 'tools') return lookInTool(key, path)
    // Inside the arguments of a call every member is somebody's data, whatever it is called.
    if (place.channel === 'tool-arguments') return undefined
    if (path[0] === 'messages') {
      if (path.length === 2) return channelOf[(messages[path[1] as number] as JsonObject)['role'] as string]
      if (path.length === 3) return key === 'role' ? 'checked' : undefined
      return lookInBlock(key, value, path, body)
    }
    if (path[0] === 'system') return lookInBlock(key, value, path, body)
    return key === 'type' ? 'setting' : undefined
  }
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

function lookInTool(key: string | number, path: JsonPath): ReturnType<Look> {
  if (path.length !== 3) return undefined
  if (key === 'type') return 'setting'
  return key === 'name' ? { channel: 'tool-definition', isFixed: true } : undefined
}

/** Content blocks, also those inside a tool result. */
function lookInBlock(
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  body: JsonObject,
): ReturnType<Look> {
  if (key === 'type') return 'setting'
  if (key === 'file_id') throw new Refusal('state-on-server', { field: formatPath(path) })
  if (key === 'input') return toolArguments
  if (key === 'tool_use_id' || key === 'id' || key === 'name') return fixedField
  // Sealed by the provider for itself: nobody else can read or make it, and it must come back byte for byte.
  if (key === 'signature' || key === 'encrypted_content' || key === 'encrypted_index') return 'sealed'
  if (isJsonObject(value)) {
    if (key === 'source') return lookInSource(value)
    return undefined
  }
  if (key === 'thinking') return signedReasoning
  if (key === 'data') return isRedactedThinking(body, path) ? 'sealed' : undefined
  return undefined
}

/** Where a block of a known type stands, its type says what it is. */
function isRedactedThinking(body: JsonObject, path: JsonPath): boolean {
  let value: JsonValue | undefined = body
  for (const key of path.slice(0, -1)) value = (value as JsonObject | undefined)?.[key]
  return isJsonObject(value) && value['type'] === 'redacted_thinking'
}

/** A picture or document: text is read, bytes are reported as unread, an address is a text that leaves. */
function lookInSource(source: JsonObject): ReturnType<Look> {
  if (source['type'] === 'base64') return { unread: statedMediaType(source['media_type']) }
  if (source['type'] === 'text' || source['type'] === 'content') return { channel: 'attachment' }
  return undefined
}
