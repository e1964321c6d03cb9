import type { ChatMessage, ChatTool, Conversation, ToolCall } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { readModel, readTokens } from '../fields.ts'

/** The canonical view of a body that `readRequest` accepted. Parts without text are left out. */
export function toConversation(body: JsonObject): Conversation {
  const messages = body['messages'] as readonly JsonObject[]
  return {
    model: readModel(body),
    messages: messages.map(toMessage),
    tools: Array.isArray(body['tools']) ? body['tools'].flatMap(toTool) : [],
    maxOutputTokens: readTokens(body, 'max_completion_tokens') ?? readTokens(body, 'max_tokens'),
  }
}

const roles: Readonly<Record<string, ChatMessage['role']>> = {
  system: 'system',
  developer: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'tool',
}

function toMessage(message: JsonObject): ChatMessage {
  const calls = Array.isArray(message['tool_calls']) ? message['tool_calls'].flatMap(toCall) : []
  const id = message['tool_call_id']
  return {
    role: roles[message['role'] as string] ?? 'user',
    text: textOf(message['content']),
    toolCalls: calls,
    ...(typeof id === 'string' ? { toolCallId: id } : {}),
  }
}

function textOf(content: JsonValue | undefined): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  const texts = content.map((part) =>
    isJsonObject(part) && typeof part['text'] === 'string' ? part['text'] : '',
  )
  return texts.filter((text) => text !== '').join('\n')
}

function toCall(call: JsonValue): ToolCall[] {
  if (!isJsonObject(call) || !isJsonObject(call['function'])) return []
  const { name, arguments: source } = call['function']
  return [{ id: String(call['id'] ?? ''), name: String(name ?? ''), arguments: String(source ?? '') }]
}

function toTool(tool: JsonValue): ChatTool[] {
  if (!isJsonObject(tool) || !isJsonObject(tool['function'])) return []
  const { name, description, parameters } = tool['function']
  return [
    {
      name: String(name ?? ''),
      description: typeof description === 'string' ? description : '',
      parameters: isJsonObject(parameters) ? parameters : {},
    },
  ]
}
