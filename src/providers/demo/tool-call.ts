import type { ChatTool, Conversation } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/** The tool the last message asks for: named in it, or any when it says "use the tool". */
export function wantedTool({ messages, tools }: Conversation): ChatTool | undefined {
  const last = messages.at(-1)
  if (last?.role !== 'user' || tools.length === 0) return undefined
  const text = last.text.toLowerCase()
  const named = tools.find(({ name }) => name !== '' && text.includes(name.toLowerCase()))
  return named ?? (text.includes('use the tool') ? tools[0] : undefined)
}

/** A call whose arguments follow the tool's schema and carry the text that reached the model. */
export function composeCall(
  { messages }: Conversation,
  tool: ChatTool,
): { readonly id: string; readonly source: string } {
  const text = messages.at(-1)?.text ?? ''
  const value = fill(tool.parameters, text, 0)
  return {
    id: `call_demo_${messages.length}`,
    source: JSON.stringify(isJsonObject(value) ? value : { text }),
  }
}

/** Schemas nest; ours to fill are shallow. */
const deepestFilled = 5

function fill(schema: JsonObject, text: string, depth: number): JsonValue {
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return schema['enum'][0] as JsonValue
  switch (schema['type']) {
    case 'string':
      return text
    case 'number':
    case 'integer':
      return 1
    case 'boolean':
      return true
    case 'array':
      return isJsonObject(schema['items']) && depth < deepestFilled
        ? [fill(schema['items'], text, depth + 1)]
        : []
    default:
      return fillObject(schema, text, depth)
  }
}

function fillObject(schema: JsonObject, text: string, depth: number): JsonObject {
  const { properties } = schema
  if (!isJsonObject(properties) || depth >= deepestFilled) return depth === 0 ? { text } : {}
  const filled: JsonObject = {}
  for (const [name, property] of Object.entries(properties)) {
    if (isJsonObject(property)) filled[name] = fill(property, text, depth + 1)
  }
  return filled
}
