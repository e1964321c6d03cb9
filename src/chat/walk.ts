import type { JsonObject, JsonValue } from '#/core/json.ts'
import type { Channel, JsonPath, Segment } from '#/core/segment.ts'
import type { UnreadPart } from './api.ts'
import { isOpaque, isProtocolKey, isProtocolValue } from './words.ts'

/** What is known of the place a walk has reached. Passed on to everything below it. */
export interface Place {
  readonly channel: Channel
  /** Text here must not be changed: ids, names of tools, signed reasoning. */
  readonly isFixed?: boolean
  /** Strings here are JSON texts with strings of their own inside. */
  readonly isJsonText?: boolean
}

/**
 * Asked at every member of every object and array: where is this? `checked` says that the dialect itself took care
 * of it, `setting` that words of the protocol belong here (anything else found here is a text that must not be
 * changed), `sealed` that bytes of the provider's own do, `{ unread }` reports a part nobody can read here, `undefined`
 * keeps the place of its parent. The path is only lent: it changes as the walk goes on.
 */
export type Look = (
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  place: Place,
) => Place | 'checked' | 'setting' | 'sealed' | { readonly unread: string } | undefined

export interface Walked {
  readonly segments: Segment[]
  readonly unread: UnreadPart[]
}

/** A number this long may be a card, an account or a phone number; a shorter one identifies nobody. */
const longNumber = 9_999_999

/** Settings hold seeds and times in milliseconds: only what has the length of a card or an account is looked at. */
const longSetting = 999_999_999_999

/**
 * Every text of a JSON value with its place: strings, long numbers, and keys that are no words of a protocol. The
 * depth was bounded when the JSON was read. Never changes the value; the paths it gives are those `patchBody` takes.
 */
export function walkJson(value: JsonObject | JsonValue[], place: Place, look: Look): Walked {
  const walked: Walked = { segments: [], unread: [] }
  walkInto(value, [], place, look, walked)
  return walked
}

/** The way to the place a walk has reached. One for the whole walk: copied for what is found, and only then. */
type Way = (string | number)[]

function walkInto(
  value: JsonObject | JsonValue[],
  path: Way,
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
    visit(key, member, path, place, look, walked)
    if (!isProtocolKey(key)) {
      walked.segments.push({ text: key, channel: place.channel, path: [...path, key], part: 'key' })
    }
  }
}

function visit(
  key: string | number,
  value: JsonValue,
  path: Way,
  outside: Place,
  look: Look,
  walked: Walked,
): void {
  path.push(key)
  visitAt(key, value, path, outside, look, walked)
  path.pop()
}

function visitAt(
  key: string | number,
  value: JsonValue,
  path: Way,
  outside: Place,
  look: Look,
  walked: Walked,
): void {
  const seen = look(key, value, path, outside)
  if (seen === 'checked') return
  if (seen === 'setting') addSetting(value, path, walked)
  else if (seen === 'sealed' && typeof value === 'string' && isOpaque(value)) return
  else if (seen !== undefined && seen !== 'sealed' && 'unread' in seen) {
    walked.unread.push({ path: [...path], mediaType: seen.unread })
  } else {
    const place = seen === undefined || seen === 'sealed' ? outside : seen
    if (typeof value === 'string') addText(value, path, place, walked)
    else if (typeof value === 'number') addNumber(value, longNumber, path, place, walked)
    else if (typeof value === 'object' && value !== null) walkInto(value, path, place, look, walked)
  }
}

const settingPlace: Place = { channel: 'field', isFixed: true }

function addSetting(value: JsonValue, path: Way, walked: Walked): void {
  if (typeof value === 'string') {
    if (!isProtocolValue(value)) walked.segments.push(segmentOf(value, path, settingPlace))
  } else if (typeof value === 'number') addNumber(value, longSetting, path, settingPlace, walked)
  else if (typeof value === 'object' && value !== null) {
    walkInto(value, path, settingPlace, () => 'setting', walked)
  }
}

function addText(text: string, path: Way, place: Place, walked: Walked): void {
  if (text === '') return
  if (place.isJsonText && addJsonText(text, path, place, walked)) return
  walked.segments.push(segmentOf(text, path, place))
}

function addNumber(value: number, longest: number, path: JsonPath, place: Place, walked: Walked): void {
  if (Math.abs(value) > longest) walked.segments.push(segmentOf(String(value), path, place))
}

const segmentOf = (text: string, path: JsonPath, { channel, isFixed }: Place): Segment =>
  isFixed
    ? { text, channel, path: [...path], part: 'value', isFixed }
    : { text, channel, path: [...path], part: 'value' }

/** The strings inside a JSON text, each with the way on from the text. False when it is no JSON container. */
function addJsonText(text: string, path: JsonPath, { channel }: Place, walked: Walked): boolean {
  const value = readContainer(text)
  if (value === undefined) return false
  const inside = walkJson(value, { channel }, () => undefined)
  for (const { path: inner, ...segment } of inside.segments) {
    walked.segments.push({ ...segment, path: [...path], inner })
  }
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
