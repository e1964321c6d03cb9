import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { Refusal } from '#/core/refusal.ts'
import { formatPath, type JsonPath } from '#/core/segment.ts'

/** Reading the few fields we rely on. Everything else passes as it is. Throws `request-invalid` naming the field. */

export const wrong = (field: string, problem: string): Refusal =>
  new Refusal('request-invalid', { field, problem })

/**
 * Some servers read names without regard to case, and take a long s for an s: `Model` beside `model` would choose another
 * model there than here. Throws for a name that is one of these only to such a reader. `message` is which one of the
 * conversation it is; the body itself without it.
 */
export function checkSpelling(body: JsonObject, names: ReadonlySet<string>, message?: number): void {
  for (const name in body) {
    if (names.has(name)) continue
    const usual = name.toUpperCase().toLowerCase()
    if (names.has(usual))
      throw wrong(
        message === undefined ? usual : `messages.${message}.${usual}`,
        'it stands here in another spelling',
      )
  }
}

const inMessage: ReadonlySet<string> = new Set(['role', 'content', 'tool_calls'])

const longestModelName = 200

/** The model's name stands in headers and in the log, so it takes no control characters. */
export function readModel(body: JsonObject): string {
  const { model } = body
  if (typeof model !== 'string' || model === '') throw wrong('model', 'it must be a name, or "auto"')
  if (model.length > longestModelName)
    throw wrong('model', `it must be at most ${longestModelName} characters`)
  if (!/^[\x21-\x7e]+$/.test(model)) throw wrong('model', 'it must be printable ASCII without blanks')
  return model
}

export function readStream(body: JsonObject): boolean {
  const { stream } = body
  if (stream === undefined || stream === null) return false
  if (typeof stream !== 'boolean') throw wrong('stream', 'it must be true or false')
  return stream
}

export function readTokens(body: JsonObject, field: string, least = 1): number | undefined {
  const value = body[field]
  if (value === undefined || value === null) return undefined
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least) {
    throw wrong(field, `it must be a whole number, ${least} or more`)
  }
  return value
}

export type Shape = 'number' | 'boolean' | 'text' | 'list' | 'object'

const isOf: Readonly<Record<Shape, (value: JsonValue) => boolean>> = {
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  text: (value) => typeof value === 'string',
  list: Array.isArray,
  object: isJsonObject,
}

const shapeWords: Readonly<Record<Shape, string>> = {
  number: 'a number',
  boolean: 'true or false',
  text: 'a text',
  list: 'a list',
  object: 'an object',
}

/** Shapes of members, as names with blanks between them. */
export const shapesOf = (names: Readonly<Partial<Record<Shape, string>>>): ReadonlyMap<string, Shape> =>
  new Map(
    Object.entries(names).flatMap(([shape, list]) =>
      list.split(' ').map((name) => [name, shape as Shape] as const),
    ),
  )

/** No provider takes these otherwise: here the field is named, where its own words are not passed on. */
export function checkShapes(body: JsonObject, shapes: ReadonlyMap<string, Shape>): void {
  for (const name in body) {
    const shape = shapes.get(name)
    const value = body[name]
    if (shape === undefined || value === undefined || value === null || isOf[shape](value)) continue
    throw wrong(name, `it must be ${shapeWords[shape]}`)
  }
}

/** Messages of a conversation. More than this is a mistake of a program. */
const mostMessages = 10_000

export function readMessages(body: JsonObject): readonly JsonObject[] {
  const { messages } = body
  if (!Array.isArray(messages) || messages.length === 0)
    throw wrong('messages', 'it must be a list with at least one message')
  if (messages.length > mostMessages) throw wrong('messages', `it must hold at most ${mostMessages} messages`)
  return messages.map((message, index) => {
    if (!isJsonObject(message)) throw wrong(`messages.${index}`, 'it must be an object')
    checkSpelling(message, inMessage, index)
    return message
  })
}

export function readRole<Role extends string>(
  message: JsonObject,
  index: number,
  roles: readonly Role[],
): Role {
  const { role } = message
  if (!roles.includes(role as Role))
    throw wrong(`messages.${index}.role`, `it must be one of ${roles.join(', ')}`)
  return role as Role
}

/** Content is a text, a list of parts, or (where `mayBeAbsent`) nothing. */
export function checkContent(content: JsonValue | undefined, path: JsonPath, mayBeAbsent: boolean): void {
  if (content === undefined || content === null) {
    if (mayBeAbsent) return
    throw wrong(formatPath(path), 'it is missing')
  }
  if (typeof content === 'string') return
  if (!Array.isArray(content)) throw wrong(formatPath(path), 'it must be a text or a list of parts')
  for (const [index, part] of content.entries()) {
    if (!isJsonObject(part) || typeof part['type'] !== 'string') {
      throw wrong(formatPath([...path, index]), 'it must be an object with a type')
    }
    if (part['type'] === 'text' && typeof part['text'] !== 'string')
      throw wrong(formatPath([...path, index, 'text']), 'it must be a text')
  }
}

export function checkTools(tools: JsonValue | undefined): void {
  if (tools === undefined || tools === null) return
  if (!Array.isArray(tools)) throw wrong('tools', 'it must be a list')
  const index = tools.findIndex((tool) => !isJsonObject(tool))
  if (index >= 0) throw wrong(`tools.${index}`, 'it must be an object')
}

/** What a part may be said to be. A closed list: what a client states is text of its own, and stands in refusals. */
const mediaTypes = new Set(
  (
    'image/png image/jpeg image/gif image/webp image/svg+xml image/heic image/bmp image/tiff application/pdf text/plain ' +
    'text/csv text/html text/markdown text/xml application/json application/xml application/zip application/msword ' +
    'application/vnd.ms-excel application/vnd.ms-powerpoint application/octet-stream ' +
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document ' +
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet ' +
    'application/vnd.openxmlformats-officedocument.presentationml.presentation ' +
    'audio/wav audio/mp3 audio/mpeg audio/flac audio/opus audio/ogg audio/pcm16 audio/webm video/mp4 video/webm'
  ).split(' '),
)

export const unknownType = 'unknown type'

/** A media type as a client states it, fit to be shown in a refusal and to stand in the log. */
export const statedMediaType = (value: JsonValue | undefined): string => {
  const stated = typeof value === 'string' ? value.trim().toLowerCase() : ''
  return mediaTypes.has(stated) ? stated : unknownType
}

/** The media type a data URL states; undefined for any other URL. */
export const mediaTypeOfDataUrl = (url: JsonValue | undefined): string | undefined => {
  const stated = typeof url === 'string' ? /^\s{0,100}data:([^;,]{0,100})/i.exec(url) : null
  return stated === null ? undefined : statedMediaType(stated[1])
}

/**
 * A file or picture inside a data URL: its stated type, and its bytes where the URL says nothing else. A parameter or a
 * type of somebody's own is a text nobody would look at. Undefined for any other URL.
 */
export function fileOfDataUrl(
  url: JsonValue | undefined,
): { readonly unread: string; readonly base64?: string } | undefined {
  const unread = mediaTypeOfDataUrl(url)
  if (typeof url !== 'string' || unread === undefined) return undefined
  const [head = '', stated = ''] =
    /^data:([\w.+-]{1,50}\/[\w.+-]{1,80});base64,/.exec(url.slice(0, 200)) ?? []
  if (!mediaTypes.has(stated)) return { unread }
  return { unread, base64: url.slice(head.length) }
}

/** Ids, names and types a provider gives: nobody reads a text into so few characters, and they must come back as they are. */
const longestOwnWord = 128

/** Whether a member that holds the provider's own word really holds one. */
export const isOwnWord = (value: JsonValue | undefined): boolean =>
  typeof value === 'string' ? value.length <= longestOwnWord : typeof value !== 'object' || value === null

/** Why an answer ended, as it may stand in the log: a word. Anything else may be a text of the model. */
export const readFinish = (value: JsonValue | undefined): string | undefined => {
  if (typeof value !== 'string') return undefined
  return /^[a-z_-]{1,64}$/i.test(value) ? value : 'other'
}

/** More tokens than anybody sends in a year. */
const mostTokens = 1e12

/** A count of tokens; undefined for anything else. */
export const readCount = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= mostTokens
    ? value
    : undefined
