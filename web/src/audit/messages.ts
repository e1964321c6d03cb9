/** One text of a body, for people: who says it and what. */
export interface SaidText {
  readonly role: string
  readonly text: string
}

/** The texts of a body in OpenAI's or Anthropic's shape, in order. A body of another shape becomes one text, as JSON. */
export function messagesOf(body: unknown): readonly SaidText[] {
  const { messages, system } = (isObject(body) ? body : {}) as { messages?: unknown; system?: unknown }
  if (!Array.isArray(messages)) return [{ role: 'request', text: JSON.stringify(body, null, 2) ?? '' }]
  const first = system === undefined ? [] : [{ role: 'system', text: contentText(system) }]
  return [...first, ...messages.map(readMessage)]
}

function readMessage(message: unknown): SaidText {
  if (!isObject(message)) return { role: 'message', text: JSON.stringify(message) }
  const { role, content, ...rest } = message
  const others = Object.keys(rest).length === 0 ? '' : JSON.stringify(rest, null, 2)
  const parts = [content === undefined || content === null ? '' : contentText(content), others]
  return {
    role: typeof role === 'string' ? role : 'message',
    text: parts.filter((part) => part !== '').join('\n'),
  }
}

function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return JSON.stringify(content, null, 2)
  return content
    .map((part) =>
      isObject(part) && typeof part.text === 'string' ? part.text : JSON.stringify(part, null, 2),
    )
    .join('\n')
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

export const roleNames: Readonly<Record<string, string>> = {
  user: 'You',
  assistant: 'The model, earlier',
  system: 'Instructions',
  developer: 'Instructions',
  tool: 'A tool',
  request: 'The request',
}
