import type { ChatMessage, ChatTool, Conversation } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { readModel, readTokens } from '../fields.ts'

/** The canonical view of a body that `readRequest` accepted. Parts without text are left out. */
export function toConversation(body: JsonObject): Conversation {
  const messages = body['messages'] as readonly JsonObject[]
  const system = textOf(body['system'])
  return {
    model: readModel(body),
    messages: [
      ...(system === '' ? [] : [{ role: 'system' as const, text: system, toolCalls: [] }]),
      ...messages.flatMap(toMessages),
    ],
    tools: Array.isArray(body['tools']) ? body['tools'].flatMap(toTool) : [],
    maxOutputTokens: readTokens(body, 'max_tokens', 0),
  }
}

/** One message may hold results of several tools; each becomes a message of its own. */
function toMessages(message: JsonObject): ChatMessage[] {
  const { role, content } = message
  const blocks = Array.isArray(content) ? content.filter(isJsonObject) : []
  const results = blocks
    .filter(({ type }) => type === 'tool_result')
    .map(
      (block): ChatMessage => ({
        role: 'tool',
        text: textOf(block['content']),
        toolCalls: [],
        toolCallId: String(block['tool_use_id'] ?? ''),
      }),
    )
  const toolCalls = blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, name, input }) => ({
      id: String(id),
      name: String(name),
      arguments: JSON.stringify(input ?? {}),
    }))
  const text = textOf(content)
  const isOnlyResults = results.length > 0 && text === ''
  const own: ChatMessage[] = isOnlyResults
    ? []
    : [{ role: role as 'user' | 'assistant' | 'system', text, toolCalls }]
  return [...results, ...own]
}

function textOf(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const texts = content.map((block) =>
    isJsonObject(block) && typeof block['text'] === 'string' ? block['text'] : '',
  )
  return texts.filter((text) => text !== '').join('\n')
}

function toTool(tool: JsonValue): ChatTool[] {
  if (!isJsonObject(tool) || !isJsonObject(tool['input_schema'])) return []
  const { name, description, input_schema: parameters } = tool
  return [
    { name: String(name ?? ''), description: typeof description === 'string' ? description : '', parameters },
  ]
}
