import type { SseEvent, StreamPart, StreamPiece } from '#/chat/api.ts'
import { readContainer } from '#/chat/json-text.ts'
import { renameMembers } from '#/chat/rename.ts'
import { longNumber } from '#/chat/walk.ts'
import { isProtocolKey } from '#/chat/words.ts'
import { textOfNumber } from '#/core/exact-number.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { isOwnWord } from './fields.ts'

/**
 * A text of a stream event with the place it stands at, so that another text can be put there.
 * `is`: the member's text; its number; its JSON value; its name; or an echo of other texts, which is only dropped.
 */
export interface PlacedPiece extends StreamPiece {
  readonly holder: JsonObject | JsonValue[]
  readonly key: string | number
  readonly is: 'text' | 'number' | 'json' | 'name' | 'echo'
}

/** Members of an event that are the provider's own: words of bounded length, and whole trees of counts. */
export interface OwnMembers {
  readonly words: ReadonlySet<string>
  readonly trees: ReadonlySet<string>
}

/** An event of a model has a handful; each costs a look at the others. */
const mostPieces = 4_096

/**
 * Every other text of an event: each whole in its event, in a slot of its own that ends with it. What stands in `placed`
 * already is left alone. Throws a plain Error when there are more than an event of a model can have.
 */
export function placeOthers(
  holder: JsonObject | JsonValue[],
  own: OwnMembers,
  placed: PlacedPiece[],
  known = placed.length,
): void {
  if (Array.isArray(holder)) {
    for (let index = 0; index < holder.length; index++)
      placeOther(holder, index, holder[index], own, placed, known)
    return
  }
  for (const key in holder) {
    const value = holder[key]
    if (own.trees.has(key) || (own.words.has(key) && isOwnWord(value))) continue
    placeOther(holder, key, value, own, placed, known)
    if (!isProtocolKey(key) && !own.words.has(key)) add(placed, holder, key, key, 'name')
  }
}

function placeOther(
  holder: JsonObject | JsonValue[],
  key: string | number,
  value: JsonValue | undefined,
  own: OwnMembers,
  placed: PlacedPiece[],
  known: number,
): void {
  if (typeof value === 'string') {
    if (value !== '' && !isPlaced(holder, key, placed, known)) add(placed, holder, key, value, 'text')
    return
  }
  const digits = textOfNumber(value)
  if (digits !== undefined) {
    if (Math.abs(Number(digits)) > longNumber) add(placed, holder, key, digits, 'number')
  } else if (typeof value === 'object' && value !== null) {
    // Some servers send the arguments of a call as a value, whole.
    const isArguments = (key === 'input' || key === 'arguments') && isJsonObject(value)
    if (!isArguments) placeOthers(value, own, placed, known)
    else if (Object.keys(value).length > 0) add(placed, holder, key, JSON.stringify(value), 'json')
  }
}

function isPlaced(
  holder: JsonObject | JsonValue[],
  key: string | number,
  placed: readonly PlacedPiece[],
  known: number,
): boolean {
  for (let index = 0; index < known; index++) {
    const piece = placed[index] as PlacedPiece
    if (piece.holder === holder && piece.key === key) return true
  }
  return false
}

function add(
  placed: PlacedPiece[],
  holder: JsonObject | JsonValue[],
  key: string | number,
  text: string,
  is: PlacedPiece['is'],
): void {
  if (placed.length >= mostPieces) throw new Error('a stream event holds too many texts')
  const channel = is === 'json' ? 'tool-arguments' : 'answer'
  const under = is === 'name' ? undefined : key
  placed.push({ slot: `other ${placed.length}`, text, channel, under, isFixed: false, holder, key, is })
}

/** A text that goes on from event to event. */
export const pieceOf = (
  slot: string,
  text: string,
  channel: StreamPiece['channel'],
  holder: JsonObject,
  key: string,
): PlacedPiece => ({ slot, text, channel, under: key, isFixed: false, holder, key, is: 'text' })

const none: readonly string[] = Object.freeze([])

/** What a reader knows of an event. */
export interface Known
  extends Partial<Pick<StreamPart, 'usage' | 'finish' | 'toolNames' | 'isEnd' | 'isError'>> {
  readonly placed?: readonly PlacedPiece[]
  readonly closes?: StreamPart['closes']
}

/** A part whose texts know their places. */
export interface PlacedPart extends StreamPart {
  readonly pieces: readonly PlacedPiece[]
}

/** A part that means nothing to the gate, with what the reader knows of it. */
export function partOf(event: SseEvent, data: JsonObject, known: Known): PlacedPart {
  const placed = known.placed ?? []
  return {
    pieces: placed,
    closes: known.closes ?? none,
    usage: known.usage,
    finish: known.finish,
    toolNames: known.toolNames ?? none,
    isEnd: known.isEnd ?? false,
    isError: known.isError ?? false,
    withTexts: (texts) => {
      putTexts(placed, texts)
      dropEchoes(data)
      return writeEvent(event.event, data)
    },
  }
}

function putTexts(placed: readonly PlacedPiece[], texts: readonly string[]): void {
  const names = new Map<JsonObject, Map<string, string>>()
  for (const [index, { holder, key, is, text: before }] of placed.entries()) {
    const text = texts[index] ?? ''
    const target = holder as JsonObject
    if (text === before || is === 'echo') continue
    if (is === 'name') names.set(target, (names.get(target) ?? new Map()).set(String(key), text))
    else target[key] = is === 'json' ? readArguments(text) : text
  }
  for (const [holder, renamed] of names) renameMembers(holder, renamed)
}

function readArguments(text: string): JsonValue {
  const value = readContainer(text)
  if (value === undefined) throw new Error('arguments of a call are no JSON any more')
  return value
}

/** Log probabilities repeat a text piece by piece: beside a changed text they would tell what it was. */
function dropEchoes(data: JsonObject): void {
  const { choices } = data
  if (!Array.isArray(choices)) return
  for (const choice of choices) {
    if (isJsonObject(choice) && choice['logprobs'] !== undefined) choice['logprobs'] = null
  }
}

/** An event of a protocol is named by a word; a name that is none may be a text, and is left out. */
const isEventName = (name: string | undefined): boolean =>
  name !== undefined && /^[a-z][a-z_.-]{0,63}$/i.test(name)

export const writeEvent = (name: string | undefined, data: JsonObject): string =>
  `${isEventName(name) ? `event: ${name}\n` : ''}data: ${JSON.stringify(data)}\n\n`

/**
 * Reads an event by its data; once more, with numbers as they were written, where it holds one that a double would
 * change. Few ever do, and looking for one in every event would cost a third of reading it. `read` may be called twice
 * for an event. Throws a plain Error for data that is no object.
 */
export const exactly =
  (read: (event: SseEvent, data: JsonObject) => PlacedPart) =>
  (event: SseEvent): StreamPart => {
    const part = read(event, asObject(JSON.parse(event.data)))
    return part.pieces.some(mayBeRounded) ? read(event, asObject(readContainer(event.data))) : part
  }

function asObject(data: unknown): JsonObject {
  if (!isJsonObject(data)) throw new Error('the data of a stream event is no object')
  return data
}

const mayBeRounded = ({ is, text }: PlacedPiece): boolean =>
  is === 'number' ? Math.abs(Number(text)) > Number.MAX_SAFE_INTEGER : is === 'json' && /\d{16}/.test(text)
