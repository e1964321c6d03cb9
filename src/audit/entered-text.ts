/** Of the text entered, this much is shown; the whole stands in the log. */
const shownCharacters = 500

/** What the person entered last, out of `{"typed": body}`: the strings of the last message, whatever the dialect. */
export function enteredText(payload: Uint8Array): string | undefined {
  const typed = typedOf(Buffer.from(payload).toString('utf8'))
  if (typed === undefined) return undefined
  const texts: string[] = []
  collect(lastMessage(typed), texts, 0)
  const text = texts.join('\n')
  return text.length > shownCharacters ? `${cutWhole(text)}…` : text
}

function typedOf(json: string): unknown {
  try {
    const value: unknown = JSON.parse(json)
    return isObject(value) ? value.typed : undefined
  } catch {
    // Not by our convention: there is nothing to show.
    return undefined
  }
}

function lastMessage(typed: unknown): unknown {
  if (!isObject(typed)) return typed
  const messages = typed.messages ?? typed.input ?? typed.prompt ?? typed
  return Array.isArray(messages) ? messages.at(-1) : messages
}

/** Fields of a message that are not what somebody said: names of things, ids, and the bytes of files. */
const silentFields = new Set([
  ...['role', 'type', 'id', 'name', 'tool_call_id', 'tool_use_id', 'media_type', 'signature', 'data', 'url'],
  ...['cache_control', 'model', 'detail', 'format'],
])

const nestingMax = 20

function collect(value: unknown, texts: string[], depth: number): void {
  if (depth > nestingMax || texts.length > shownCharacters) return
  if (typeof value === 'string') {
    if (value !== '') texts.push(value.slice(0, shownCharacters + 1))
  } else if (Array.isArray(value)) {
    for (const each of value) collect(each, texts, depth + 1)
  } else if (isObject(value)) {
    for (const [name, each] of Object.entries(value)) {
      if (!silentFields.has(name)) collect(each, texts, depth + 1)
    }
  }
}

/** Cuts without leaving half of a character at the end. */
const cutWhole = (text: string): string => text.slice(0, shownCharacters).replace(/[\ud800-\udbff]$/, '')

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
