import type { AnswerWriter, ChatEvent, Usage } from '#/chat/api.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'

interface WriterFacts {
  readonly id: string
  readonly model: string
  readonly createdAtMs: number
  readonly includeUsage: boolean
}

const finishes = { stop: 'stop', 'tool-calls': 'tool_calls', length: 'length' } as const

/** Writes canonical events as chat completions, streamed and whole. */
export function openWriter(facts: WriterFacts): AnswerWriter {
  const head = {
    id: `chatcmpl-${facts.id}`,
    created: Math.floor(facts.createdAtMs / 1_000),
    model: facts.model,
  }
  const calls: { id: string; name: string; text: string }[] = []
  let text = ''
  let end: Extract<ChatEvent, { kind: 'end' }> | undefined
  let hasBegun = false

  const chunk = (delta: JsonObject, finish: string | null = null): string => {
    const opened = hasBegun ? delta : { role: 'assistant', ...delta }
    hasBegun = true
    const choices = [{ index: 0, delta: opened, finish_reason: finish }]
    const usage = facts.includeUsage ? { usage: null } : {}
    return `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...usage })}\n\n`
  }

  const writeEnd = (usage: Usage): string => {
    const last = { ...head, object: 'chat.completion.chunk', choices: [], usage: toUsage(usage) }
    return `${facts.includeUsage ? `data: ${JSON.stringify(last)}\n\n` : ''}data: [DONE]\n\n`
  }

  const event = (given: ChatEvent): string => {
    if (given.kind === 'text') {
      text += given.text
      return chunk({ content: given.text })
    }
    if (given.kind === 'end') {
      end = given
      return chunk({}, finishes[given.finish]) + writeEnd(given.usage)
    }
    if (given.kind === 'tool-call') {
      calls.push({ id: given.id, name: given.name, text: '' })
      const opened = {
        index: calls.length - 1,
        id: given.id,
        type: 'function',
        function: { name: given.name, arguments: '' },
      }
      return chunk({ tool_calls: [opened] })
    }
    const index = calls.findIndex(({ id }) => id === given.id)
    const call = calls[index]
    if (call === undefined) throw new Error('arguments of a tool call that never began')
    call.text += given.text
    return chunk({ tool_calls: [{ index, function: { arguments: given.text } }] })
  }

  const whole = (): JsonObject => {
    if (end === undefined) throw new Error('the answer has not ended')
    const toolCalls: JsonValue[] = calls.map(({ id, name, text: source }) => ({
      id,
      type: 'function',
      function: { name, arguments: source },
    }))
    const message: JsonObject = {
      role: 'assistant',
      content: text === '' && calls.length > 0 ? null : text,
      refusal: null,
      ...(calls.length > 0 ? { tool_calls: toolCalls } : {}),
    }
    const choices = [{ index: 0, message, logprobs: null, finish_reason: finishes[end.finish] }]
    return { ...head, object: 'chat.completion', choices, usage: toUsage(end.usage) }
  }

  return { event, whole }
}

function toUsage({ inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens }: Usage): JsonObject {
  const prompt = inputTokens + cacheReadTokens + cacheWriteTokens
  return {
    prompt_tokens: prompt,
    completion_tokens: outputTokens,
    total_tokens: prompt + outputTokens,
    prompt_tokens_details: { cached_tokens: cacheReadTokens },
  }
}
