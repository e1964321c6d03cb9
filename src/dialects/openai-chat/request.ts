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
  fileOfDataUrl,
  readMessages,
  readModel,
  readRole,
  readStream,
  readTokens,
  shapesOf,
  statedMediaType,
  unknownType,
  wrong,
} from '../fields.ts'
import { identifyingMembers, searchMembers } from './stateful.ts'

const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function'] as const

/** Members of the body whose values are relied on, by name. */
const reliedOn = new Set([
  ...'model messages stream store previous_response_id conversation n max_tokens max_completion_tokens tools functions'.split(
    ' ',
  ),
  ...'modalities audio prompt_cache_retention prompt_cache_options prompt_cache_key cache_control'.split(' '),
  ...searchMembers,
  ...identifyingMembers,
])

const shapes = shapesOf({
  number: 'temperature top_p presence_penalty frequency_penalty seed top_logprobs',
  boolean: 'logprobs parallel_tool_calls',
  text: 'reasoning_effort verbosity service_tier user',
  object: 'stream_options response_format metadata logit_bias',
})

/** More answers at once than this cost more than anybody expects. */
const mostAnswers = 8

/** Source: OpenAI API reference, chat completions, as the SDK 7.57.0 sends it. */
export function readRequest(body: JsonObject): ChatRequest {
  checkSpelling(body, reliedOn)
  const model = readModel(body)
  const isStream = readStream(body)
  const maxOutputTokens = readTokens(body, 'max_completion_tokens') ?? readTokens(body, 'max_tokens')
  const answers = readTokens(body, 'n')
  if (answers !== undefined && answers > mostAnswers) throw wrong('n', `it must be at most ${mostAnswers}`)
  for (const [index, message] of readMessages(body).entries()) checkMessage(message, index)
  checkTools(body['tools'])
  checkShapes(body, shapes)
  checkState(body)
  const { segments, unread } = walkJson(body, { channel: 'field' }, look)
  return { dialect: 'openai-chat', model, isStream, body, segments, unread, maxOutputTokens }
}

function checkMessage(message: JsonObject, index: number): void {
  const role = readRole(message, index, roles)
  const { content } = message
  // Mostly it is a text; its place is only named where something is wrong with it.
  if (typeof content !== 'string')
    checkContent(content, ['messages', index, 'content'], role === 'assistant' || role === 'function')
  const calls = message['tool_calls']
  if (calls !== undefined && calls !== null && !Array.isArray(calls)) {
    throw wrong(`messages.${index}.tool_calls`, 'it must be a list')
  }
}

/** What the provider would keep cannot be checked or masked on the way. */
function checkState(body: JsonObject): void {
  // Some servers take "true" and 1 for true.
  if (body['store'] !== undefined && body['store'] !== null && body['store'] !== false)
    throw new Refusal('state-on-server', { field: 'store' })
  for (const field of ['previous_response_id', 'conversation']) {
    if (body[field] !== undefined && body[field] !== null) throw new Refusal('state-on-server', { field })
  }
}

const channelOf: Readonly<Record<(typeof roles)[number], Place>> = {
  system: { channel: 'system' },
  developer: { channel: 'system' },
  user: { channel: 'user' },
  assistant: { channel: 'assistant' },
  tool: { channel: 'tool-result' },
  function: { channel: 'tool-result' },
}

const fixedField: Place = { channel: 'field', isFixed: true }
const attachment: Place = { channel: 'attachment' }
const toolArguments: Place = { channel: 'tool-arguments', isJsonText: true }

/** Members of the body that are settings of the model: words of the protocol belong there, no texts. */
const settings = new Set(
  'stream stream_options n temperature top_p max_tokens max_completion_tokens presence_penalty frequency_penalty seed logprobs top_logprobs logit_bias parallel_tool_calls reasoning_effort service_tier modalities verbosity store'.split(
    ' ',
  ),
)

/** Where a member of the body stands. */
const look: Look = (key, value, path, place) => {
  if (path.length === 1) return lookAtTop(key)
  if (path[0] === 'messages') {
    // Each is an object with one of the roles: that was checked before.
    if (path.length === 2) return channelOf[(value as JsonObject)['role'] as (typeof roles)[number]]
    return lookInMessage(key, value, path, place)
  }
  if (path[0] === 'tools' || path[0] === 'functions') return lookInTool(key, value, path)
  return key === 'type' ? 'word' : undefined
}

function lookAtTop(key: string | number): ReturnType<Look> {
  // The name was checked, and is replaced by the one the provider knows.
  if (key === 'model') return 'checked'
  if (settings.has(key as string)) return 'setting'
  if (key === 'messages') return { channel: 'user' }
  if (key === 'tools' || key === 'functions') return { channel: 'tool-definition' }
  // Choices of a tool by name, and schemas for the answer.
  if (key === 'tool_choice' || key === 'function_call') return fixedField
  return undefined
}

function lookInMessage(
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  place: Place,
): ReturnType<Look> {
  if (path.length === 3) {
    if (key === 'role') return 'checked'
    if (key === 'tool_call_id') return fixedField
    if (key === 'audio' && isJsonObject(value))
      throw new Refusal('state-on-server', { field: formatPath(path) })
    return undefined
  }
  if (path[2] === 'tool_calls' || path[2] === 'function_call') return lookInToolCall(key, place)
  if (path[2] === 'content') return lookInPart(key, value, path)
  return undefined
}

function lookInToolCall(key: string | number, { channel }: Place): ReturnType<Look> {
  // Inside the arguments of a call every member is somebody's data, whatever it is called.
  if (channel === 'tool-arguments') return undefined
  if (key === 'arguments' || key === 'input') return toolArguments
  if (key === 'type') return 'word'
  if (key === 'id' || key === 'name') return fixedField
  return undefined
}

function lookInPart(key: string | number, value: JsonValue, path: JsonPath): ReturnType<Look> {
  if (key === 'type' || key === 'cache_control') return 'word'
  if (key === 'file_id') throw new Refusal('state-on-server', { field: formatPath(path) })
  if (key === 'url' && path.at(-2) === 'image_url') return lookAtPicture(value)
  // Some servers take the address without an object around it.
  if (key === 'image_url' && typeof value === 'string') return lookAtPicture(value)
  if (key === 'url') return fileOfDataUrl(value)
  if (key === 'file_data') return fileOfDataUrl(value) ?? lookAtBytes(value)
  if (key === 'filename') return attachment
  if (key === 'input_audio' && isJsonObject(value)) {
    const { format } = value
    return { unread: statedMediaType(typeof format === 'string' ? `audio/${format}` : undefined) }
  }
  return undefined
}

/** Nobody has seen what a picture shows. Where it is not sent along, its address is a text that leaves beside it. */
function lookAtPicture(url: JsonValue): ReturnType<Look> {
  return fileOfDataUrl(url) ?? { unread: unknownType, isWalked: true }
}

/** Some clients send the bytes of a file without saying what they are. */
const lookAtBytes = (value: JsonValue): ReturnType<Look> =>
  typeof value === 'string' ? { unread: unknownType, base64: value } : { unread: unknownType }

function lookInTool(key: string | number, value: JsonValue, path: JsonPath): ReturnType<Look> {
  // In a schema `type` says what a value is, unless it is the name of a property.
  if (key === 'type' && typeof value === 'string' && path.at(-2) !== 'properties') return 'word'
  const isToolName = key === 'name' && (path.length === 3 || (path.length === 4 && path[2] === 'function'))
  return isToolName ? { channel: 'tool-definition', isFixed: true } : undefined
}
