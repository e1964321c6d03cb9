import type { Usage, WholeAnswer } from '#/chat/api.ts'
import { type Look, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/** Members of an answer and its blocks that are the provider's own words, never the model's. */
const ownTop = new Set(['id', 'type', 'role', 'model', 'stop_reason', 'stop_sequence', 'usage', 'container'])
const own = new Set([
  'id',
  'type',
  'name',
  'tool_use_id',
  'signature',
  'encrypted_content',
  'encrypted_index',
  'file_id',
])

const look: Look = (key, _, path, place) => {
  if (path.length === 1 && ownTop.has(key as string)) return 'checked'
  if (path[0] !== 'content' || place.channel === 'tool-arguments') return undefined
  if (key === 'input') return { channel: 'tool-arguments' }
  if (key === 'thinking') return { channel: 'answer', isFixed: true }
  return own.has(key as string) ? 'checked' : undefined
}

/** Throws a plain Error when the answer has no content. */
export function readAnswer(body: JsonObject): WholeAnswer {
  const { content } = body
  if (!Array.isArray(content)) throw new Error('the answer has no content')
  const { segments } = walkJson(body, { channel: 'answer' }, look)
  const finish = body['stop_reason']
  return {
    body,
    segments,
    usage: readUsage(body['usage'], undefined),
    finish: typeof finish === 'string' ? finish : undefined,
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
  const count = (key: string, known: number | undefined): number => {
    const value = usage[key]
    return typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : (known ?? 0)
  }
  return {
    inputTokens: count('input_tokens', before?.inputTokens),
    outputTokens: count('output_tokens', before?.outputTokens),
    cacheReadTokens: count('cache_read_input_tokens', before?.cacheReadTokens),
    cacheWriteTokens: count('cache_creation_input_tokens', before?.cacheWriteTokens),
  }
}
