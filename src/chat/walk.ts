import type { JsonObject, JsonValue } from '#/core/json.ts'
import type { Channel, JsonPath, Segment } from '#/core/segment.ts'
import type { UnreadPart } from './api.ts'

/** What is known of the place a walk has reached. Passed on to everything below it. */
export interface Place {
  readonly channel: Channel
  /** Text here must not be changed: ids, names of tools, signed reasoning. */
  readonly isFixed?: boolean
  /** Strings here are JSON texts with strings of their own inside. */
  readonly isJsonText?: boolean
  /** Keys here are somebody's words, not words of a protocol. */
  readonly hasFreeKeys?: boolean
}

/**
 * Asked at every member of every object and array: where is this? `skip` leaves it out (words of the protocol),
 * `{ unread }` reports it as a part nobody can read here, `undefined` keeps the place of its parent.
 */
export type Look = (
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  place: Place,
) => Place | 'skip' | { readonly unread: string } | undefined

export interface Walked {
  readonly segments: Segment[]
  readonly unread: UnreadPart[]
}

/** A number this long may be a card, an account or a phone number; a shorter one identifies nobody. */
const longNumber = 9_999_999

/**
 * Every text of a JSON value with its place. The depth was bounded when the JSON was read.
 * Never changes the value; the paths it gives are those `patchBody` takes.
 */
export function walkJson(value: JsonObject | JsonValue[], place: Place, look: Look): Walked {
  const walked: Walked = { segments: [], unread: [] }
  walkInto(value, [], place, look, walked)
  return walked
}

function walkInto(
  value: JsonObject | JsonValue[],
  path: JsonPath,
  place: Place,
  look: Look,
  walked: Walked,
): void {
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length; index++)
      visit(index, value[index] as JsonValue, path, place, look, walked)
    return
  }
  for (const key in value) {
    const member = value[key]
    if (member === undefined) continue
    const inside = visit(key, member, path, place, look, walked)
    if (inside?.hasFreeKeys && !isSchemaWord(key)) {
      walked.segments.push({ text: key, channel: inside.channel, path: [...path, key], part: 'key' })
    }
  }
}

/** Gives the place of the parent's keys when this member was walked at all. */
function visit(
  key: string | number,
  value: JsonValue,
  parent: JsonPath,
  outside: Place,
  look: Look,
  walked: Walked,
): Place | undefined {
  const path = [...parent, key]
  const seen = look(key, value, path, outside)
  if (seen === 'skip') return undefined
  if (seen !== undefined && 'unread' in seen) {
    walked.unread.push({ path, mediaType: seen.unread })
    return undefined
  }
  const place = seen ?? outside
  if (typeof value === 'string') addText(value, path, place, walked)
  else if (typeof value === 'number') addNumber(value, path, place, walked)
  else if (typeof value === 'object' && value !== null) walkInto(value, path, place, look, walked)
  return outside
}

function addText(text: string, path: JsonPath, place: Place, walked: Walked): void {
  if (text === '') return
  if (place.isJsonText && addJsonText(text, path, place, walked)) return
  walked.segments.push(segmentOf(text, path, place))
}

function addNumber(value: number, path: JsonPath, place: Place, walked: Walked): void {
  if (place.hasFreeKeys && Math.abs(value) > longNumber)
    walked.segments.push(segmentOf(String(value), path, place))
}

const segmentOf = (text: string, path: JsonPath, { channel, isFixed }: Place): Segment =>
  isFixed ? { text, channel, path, part: 'value', isFixed } : { text, channel, path, part: 'value' }

/** The strings inside a JSON text, each with the way on from the text. False when it is no JSON container. */
function addJsonText(text: string, path: JsonPath, { channel }: Place, walked: Walked): boolean {
  const value = readContainer(text)
  if (value === undefined) return false
  const inside = walkJson(value, { channel, hasFreeKeys: true }, () => undefined)
  for (const { path: inner, ...segment } of inside.segments) walked.segments.push({ ...segment, path, inner })
  return true
}

/** Levels of a JSON text inside a JSON body: as many as a body itself may have by default. */
const jsonTextDepth = 100

/** An object or array, or undefined for anything else. A text too deep to walk is taken as plain text. */
export function readContainer(text: string): JsonObject | JsonValue[] | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    const value = JSON.parse(text) as JsonObject | JsonValue[]
    return isAtMostDeep(value, jsonTextDepth) ? value : undefined
  } catch {
    // Half a JSON text is what a model may well have written; it is inspected as the text it is.
    return undefined
  }
}

function isAtMostDeep(value: JsonValue | undefined, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true
  if (levels === 0) return false
  for (const key in value) {
    if (!isAtMostDeep((value as JsonObject)[key], levels - 1)) return false
  }
  return true
}

/** Words of JSON Schema stand in every tool definition; they are nobody's data. */
const schemaWords = new Set(
  'type properties required description items enum title default format additionalProperties anyOf oneOf allOf not const minimum maximum minLength maxLength pattern minItems maxItems uniqueItems examples $schema $ref $defs definitions nullable strict name parameters function input_schema'.split(
    ' ',
  ),
)

const isSchemaWord = (key: string): boolean => schemaWords.has(key)
