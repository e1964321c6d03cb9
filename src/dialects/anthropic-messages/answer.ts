import type { Usage, WholeAnswer } from '#/chat/api.ts'
import { type Look, type Place, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { isOwnWord, readCount, readFinish } from '../fields.ts'

/** Members of an answer and its blocks that are the provider's own words, never the model's. */
const ownTop = new Set(['id', 'type', 'role', 'model', 'stop_reason'])
const own = new Set(['id', 'type', 'name', 'tool_use_id', 'file_id'])
const sealed = new Set(['signature', 'encrypted_content', 'encrypted_index'])

const toolArguments: Place = { channel: 'tool-arguments' }
const signedReasoning: Place = { channel: 'answer', isFixed: true }

const look: Look = (key, value, path, place) => {
  if (path.length === 1) {
    return key === 'usage' || (ownTop.has(key as string) && isOwnWord(value)) ? 'checked' : undefined
  }
  if (path[0] !== 'content' || place.channel === 'tool-arguments') return undefined
  if (key === 'input') return toolArguments
  if (key === 'thinking') return signedReasoning
  // Only sealed reasoning holds its bytes in the block itself.
  const isSealed = sealed.has(key as string) || (key === 'data' && path.length === 3)
  if (isSealed && typeof value === 'string') return 'checked'
  return own.has(key as string) && isOwnWord(value) ? 'checked' : undefined
}

/** Throws a plain Error when the answer has no content. */
export function readAnswer(body: JsonObject): WholeAnswer {
  const { content } = body
  if (!Array.isArray(content)) throw new Error('the answer has no content')
  const { segments } = walkJson(body, { channel: 'answer' }, look)
  return {
    body,
    segments,
    usage: readUsage(body['usage'], undefined),
    finish: readFinish(body['stop_reason']),
    toolNames: content.flatMap((block) => (isJsonObject(block) ? toolNameOf(block) : [])),
  }
}

/** Tool names stand in the log: bounded and printable, or not at all. */
export function toolNameOf(block: JsonObject): string[] {
  const { type, name } = block
  const isCall = type === 'tool_use' || type === 'server_tool_use' || type === 'mcp_tool_use'
  return isCall && typeof name === 'string' && /^[\w.:/-]{1,128}$/.test(name) ? [name] : []
}

/** Anthropic counts cached tokens beside the input. Counts of a stream are cumulative: later ones replace earlier ones. */
export function readUsage(usage: JsonValue | undefined, before: Usage | undefined): Usage | undefined {
  if (!isJsonObject(usage)) return before
  const count = (key: string, known: number | undefined): number => readCount(usage[key]) ?? known ?? 0
  return {
    inputTokens: count('input_tokens', before?.inputTokens),
    outputTokens: count('output_tokens', before?.outputTokens),
    cacheReadTokens: count('cache_read_input_tokens', before?.cacheReadTokens),
    cacheWriteTokens: count('cache_creation_input_tokens', before?.cacheWriteTokens),
  }
}
