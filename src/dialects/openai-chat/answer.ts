import type { Usage, WholeAnswer } from '#/chat/api.ts'
import { type Look, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/** Texts of an answer; everything else of it (ids, log probabilities, fingerprints) is the provider's own. */
const textKeys = new Set(['content', 'refusal', 'reasoning_content', 'reasoning', 'text'])

const look: Look = (key, value, path) => {
  if (path[0] !== 'choices') return 'skip'
  if (path.length <= 2) return undefined
  if (path.length === 3) return key === 'message' || key === 'text' ? undefined : 'skip'
  if (path[3] === 'tool_calls' || path[3] === 'function_call') {
    if (key === 'arguments' || key === 'input') return { channel: 'tool-arguments', isJsonText: true }
    return typeof value === 'object' ? undefined : 'skip'
  }
  return textKeys.has(key as string) || typeof value === 'object' ? undefined : 'skip'
}

/** Throws a plain Error when the answer has no choices. */
export function readAnswer(body: JsonObject): WholeAnswer {
  const { choices } = body
  if (!Array.isArray(choices)) throw new Error('the answer has no choices')
  const { segments } = walkJson(body, { channel: 'answer' }, look)
  const [first] = choices
  const finish = isJsonObject(first) ? first['finish_reason'] : undefined
  return {
    body,
    segments,
    usage: readUsage(body['usage']),
    finish: typeof finish === 'string' ? finish : undefined,
    toolNames: choices.flatMap(toolNamesOf),
  }
}

function toolNamesOf(choice: JsonValue): string[] {
  const message = isJsonObject(choice) ? choice['message'] : undefined
  const calls = isJsonObject(message) ? message['tool_calls'] : undefined
  if (!Array.isArray(calls)) return []
  return calls.flatMap((call) => {
    const name = isJsonObject(call) ? nameOfCall(call) : undefined
    return name === undefined ? [] : [name]
  })
}

/** Tool names stand in the log: bounded and printable, or not at all. */
export function nameOfCall(call: JsonObject): string | undefined {
  const holder = isJsonObject(call['function'])
    ? call['function']
    : isJsonObject(call['custom'])
      ? call['custom']
      : call
  const name = holder['name']
  return typeof name === 'string' && /^[\w.:/-]{1,128}$/.test(name) ? name : undefined
}

/** OpenAI counts cached tokens inside the prompt; the log counts them apart. */
export function readUsage(usage: JsonValue | undefined): Usage | undefined {
  if (!isJsonObject(usage)) return undefined
  const prompt = count(usage['prompt_tokens'])
  const completion = count(usage['completion_tokens'])
  if (prompt === undefined || completion === undefined) return undefined
  const details = usage['prompt_tokens_details']
  const cached = Math.min(prompt, (isJsonObject(details) ? count(details['cached_tokens']) : 0) ?? 0)
  return {
    inputTokens: prompt - cached,
    outputTokens: completion,
    cacheReadTokens: cached,
    cacheWriteTokens: 0,
  }
}

const count = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 ? value : undefined
