import type { Usage, WholeAnswer } from '#/chat/api.ts'
import { type Look, type Place, walkJson } from '#/chat/walk.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { isOwnWord, readCount, readFinish } from '../fields.ts'

/** Members of an answer and its choices that are the provider's own words, never the model's. */
const ownTop = new Set(['id', 'object', 'created', 'model', 'system_fingerprint', 'service_tier'])
const own = new Set(['id', 'type', 'role', 'index', 'finish_reason', 'name', 'object', 'expires_at'])

const toolArguments: Place = { channel: 'tool-arguments', isJsonText: true }

const look: Look = (key, value, path, place) => {
  if (path.length === 1) {
    return key === 'usage' || (ownTop.has(key as string) && isOwnWord(value)) ? 'checked' : undefined
  }
  // Inside the arguments of a call every member is the model's, whatever it is called.
  if (path[0] !== 'choices' || place.channel === 'tool-arguments') return undefined
  // They repeat the answer piece by piece: dropped when the answer changes, and no text by themselves.
  if (path.length === 3 && key === 'logprobs') return 'checked'
  const isCall = path[3] === 'tool_calls' || path[3] === 'function_call'
  if (isCall && (key === 'arguments' || key === 'input')) return toolArguments
  return own.has(key as string) && isOwnWord(value) ? 'checked' : undefined
}

/** Throws a plain Error when the answer has no choices. */
export function readAnswer(body: JsonObject): WholeAnswer {
  const { choices } = body
  if (!Array.isArray(choices)) throw new Error('the answer has no choices')
  const { segments } = walkJson(body, { channel: 'answer' }, look)
  const [first] = choices
  return {
    body,
    segments,
    usage: readUsage(body['usage']),
    finish: isJsonObject(first) ? readFinish(first['finish_reason']) : undefined,
    toolNames: choices.flatMap(toolNamesOf),
  }
}

/** A copy whose choices have no log probabilities; the body itself when it has none. */
export function withoutEchoes(body: JsonObject): JsonObject {
  const choices = body['choices'] as JsonValue[]
  if (!choices.some(hasEcho)) return body
  return {
    ...body,
    choices: choices.map((choice) => (hasEcho(choice) ? { ...choice, logprobs: null } : choice)),
  }
}

const hasEcho = (choice: JsonValue): choice is JsonObject =>
  isJsonObject(choice) && choice['logprobs'] !== undefined && choice['logprobs'] !== null

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
  const prompt = readCount(usage['prompt_tokens'])
  const completion = readCount(usage['completion_tokens'])
  if (prompt === undefined || completion === undefined) return undefined
  const details = usage['prompt_tokens_details']
  const cached = Math.min(prompt, (isJsonObject(details) ? readCount(details['cached_tokens']) : 0) ?? 0)
  return {
    inputTokens: prompt - cached,
    outputTokens: completion,
    cacheReadTokens: cached,
    cacheWriteTokens: 0,
  }
}
