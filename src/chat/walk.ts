import { textOfNumber } from '#/core/exact-number.ts'
import type { JsonObject, JsonValue } from '#/core/json.ts'
import type { Channel, JsonPath } from '#/core/segment.ts'
import type { ChatSegment, UnreadPart } from './api.ts'
import { readContainer, withoutEscapes } from './json-text.ts'
import { leadOf, tail } from './lead.ts'
import { isOpaque, isProtocolKey, isProtocolValue } from './words.ts'

/** What is known of the place a walk has reached. Passed on to everything below it. */
export interface Place {
  readonly channel: Channel
  /** Text here must not be changed: ids, names of tools, signed reasoning. */
  readonly isFixed?: boolean
  /** Strings here are JSON texts with strings of their own inside. */
  readonly isJsonText?: boolean
  /** The bytes of a file stand here, of this type as the client states it. */
  readonly fileOf?: string
}

/**
 * A part nobody can read here. `isWalked`: it has texts beside what cannot be read, such as the address of a picture.
 * `base64`: its bytes.
 */
export interface Unread {
  readonly unread: string
  readonly isWalked?: boolean
  readonly base64?: string
}

/**
 * Asked at every member of every object and array: where is this?
 * - `checked`: the dialect itself took care of it
 * - `setting`: words of the protocol, seeds and counts belong here; any other text is one that must not be changed
 * - `word`: a word of the protocol belongs here; anything else is looked at like everywhere, and must not be changed
 * - `sealed`: bytes of the provider's own belong here; anything else is a text
 * - `Unread`: reported as a part nobody can read here
 * - `undefined`: the place of its parent
 *
 * The path is only lent: it changes as the walk goes on.
 */
export type Look = (
  key: string | number,
  value: JsonValue,
  path: JsonPath,
  place: Place,
) => Place | 'checked' | 'setting' | 'word' | 'sealed' | Unread | undefined

export interface Walked {
  readonly segments: ChatSegment[]
  readonly unread: UnreadPart[]
}

/** A number this long may be a card, an account or a phone number; a shorter one identifies nobody. */
export const longNumber = 9_999_999

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
  visitAt(value, path, outside, look(key, value, path, outside), look, walked)
  path.pop()
}

function visitAt(
  value: JsonValue,
  path: Way,
  outside: Place,
  seen: ReturnType<Look>,
  look: Look,
  walked: Walked,
): void {
  if (seen === undefined) addValue(value, path, outside, look, walked)
  else if (seen === 'checked') return
  else if (seen === 'setting') addSetting(value, path, walked)
  else if (seen === 'word') {
    if (typeof value !== 'string' || !isProtocolValue(value))
      addValue(value, path, { ...outside, isFixed: true }, look, walked)
  } else if (seen === 'sealed') {
    if (typeof value !== 'string' || !isOpaque(value)) addValue(value, path, outside, look, walked)
  } else if ('unread' in seen) {
    const { unread: mediaType, base64 } = seen
    walked.unread.push({ path: [...path], mediaType, ...(base64 === undefined ? {} : { base64 }) })
    if (seen.isWalked) addValue(value, path, outside, look, walked)
  } else addValue(value, path, seen, look, walked)
}

function addValue(value: JsonValue, path: Way, place: Place, look: Look, walked: Walked): void {
  if (typeof value === 'string') addText(value, path, place, walked)
  else if (addNumber(value, longNumber, path, place, walked)) return
  else if (typeof value === 'object' && value !== null) walkInto(value, path, place, look, walked)
}

const settingPlace: Place = { channel: 'field', isFixed: true }

function addSetting(value: JsonValue, path: Way, walked: Walked): void {
  if (typeof value === 'string') {
    if (!isProtocolValue(value)) walked.segments.push(segmentOf(value, path, settingPlace))
  } else if (addNumber(value, longSetting, path, settingPlace, walked)) return
  else if (typeof value === 'object' && value !== null) {
    walkInto(value, path, settingPlace, () => 'setting', walked)
  }
}

function addText(text: string, path: Way, place: Place, walked: Walked): void {
  if (text === '') return
  if (place.isJsonText) {
    if (addJsonText(text, path, place, walked)) return
    // Only a reader of JSON sees what an escape stands for, and this text cannot be taken apart to change it there.
    const plain = withoutEscapes(text)
    if (plain !== undefined) walked.segments.push(segmentOf(plain, path, { ...place, isFixed: true }))
  }
  walked.segments.push(segmentOf(text, path, place))
}

/** False for what is no number. */
function addNumber(value: JsonValue, longest: number, path: JsonPath, place: Place, walked: Walked): boolean {
  if (typeof value === 'number') {
    if (Math.abs(value) > longest) walked.segments.push(segmentOf(String(value), path, place))
    return true
  }
  const text = textOfNumber(value)
  if (text === undefined) return false
  if (Math.abs(Number(text)) > longest) walked.segments.push(segmentOf(text, path, place))
  return true
}

function segmentOf(text: string, path: JsonPath, { channel, isFixed }: Place): ChatSegment {
  const lead = leadOf(path[path.length - 1])
  const place: ChatSegment = { text, channel, path: [...path], part: 'value' }
  const fixed = isFixed ? { ...place, isFixed } : place
  return lead === undefined ? fixed : { ...fixed, text: lead + text + tail, isLed: true }
}

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
