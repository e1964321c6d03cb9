import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { isOwnWord } from '../fields.ts'

/**
 * Members of a delta that hold parts whose texts go on from event to event, where OpenAI has a plain text: `content` as
 * Mistral sends it while it reasons, `reasoning_details` as OpenRouter does, the transcript of `audio`.
 */
const holdParts = new Set(['content', 'reasoning', 'reasoning_content', 'reasoning_details', 'audio'])
const texts = new Set(['text', 'thinking', 'transcript', 'content', 'summary'])
const ownWords = new Set(['type', 'id', 'index', 'format'])

/** A text inside a delta that goes on in later ones. */
export interface PartText {
  /** The same for all its pieces, and for no other text of the choice. */
  readonly name: string
  readonly text: string
  readonly holder: JsonObject
  readonly key: string
  /** A delta that carries another text at the same place, and nothing else. */
  readonly write: (text: string) => JsonObject
}

const none: readonly PartText[] = Object.freeze([])

export function partTexts(delta: JsonObject): readonly PartText[] {
  let found: PartText[] | undefined
  for (const key in delta) {
    const value = delta[key]
    if (typeof value !== 'object' || value === null || !holdParts.has(key)) continue
    found ??= []
    collect(value, key, (inner) => ({ [key]: inner }), found)
  }
  return found ?? none
}

function collect(
  value: JsonObject | JsonValue[],
  path: string,
  wrap: (inner: JsonValue) => JsonObject,
  found: PartText[],
): void {
  if (Array.isArray(value)) {
    for (const [index, part] of value.entries()) {
      if (isJsonObject(part))
        collect(part, `${path}.${index} ${kindOf(part)}`, (inner) => wrap([inner]), found)
    }
    return
  }
  const own: JsonObject = {}
  for (const key in value) if (ownWords.has(key) && isOwnWord(value[key])) own[key] = value[key]
  for (const key in value) {
    const member = value[key]
    const put = (inner: JsonValue): JsonObject => wrap({ ...own, [key]: inner })
    if (typeof member === 'string') {
      if (member !== '' && texts.has(key)) {
        found.push({ name: `${path}.${key}`, text: member, holder: value, key, write: put })
      }
    } else if (typeof member === 'object' && member !== null) collect(member, `${path}.${key}`, put, found)
  }
}

const kindOf = ({ type }: JsonObject): string => (typeof type === 'string' ? type.slice(0, 64) : '')
