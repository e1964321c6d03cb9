import type { Usage, WholeAnswer } from '#/chat/api.ts'
import { type Look, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

const look: Look = (key, value, path, place) => {
  if (path[0] !== 'content') return 'skip'
  if (path.length <= 2 || place.channel === 'tool-arguments') return undefined
  if (key === 'input') return { channel: 'tool-arguments', hasFreeKeys: true }
  if (key === 'thinking') return { channel: 'answer', isFixed: true }
  if (key === 'text' || key === 'cited_text' || key === 'document_title') return undefined
  return typeof value === 'object' ? undefined : 'skip'
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
