import type { SseEvent, StreamPart, StreamPiece } from '#/chat/api.ts'
import { renameMembers } from '#/chat/rename.ts'
import { longNumber } from '#/chat/walk.ts'
import { isProtocolKey } from '#/chat/words.ts'
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
  } else if (typeof value === 'number') {
    if (Math.abs(value) > longNumber) add(placed, holder, key, String(value), 'number')
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
  placed.push({
    slot: `other ${placed.length}`,
    text,
    isJson: is === 'json',
    isFixed: false,
    holder,
    key,
    is,
  })
}

const none: readonly string[] = Object.freeze([])

/** What a reader knows of an event. */
export interface Known
  extends Partial<Pick<StreamPart, 'usage' | 'finish' | 'toolNames' | 'isEnd' | 'isError'>> {
  readonly placed?: readonly PlacedPiece[]
  readonly closes?: StreamPart['closes']
}

/** A part that means nothing to the gate, with what the reader knows of it. */
export function partOf(event: SseEvent, data: JsonObject, known: Known): StreamPart {
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
    else target[key] = is === 'json' ? (JSON.parse(text) as JsonValue) : text
  }
  for (const [holder, renamed] of names) renameMembers(holder, renamed)
}

/** Log probabilities repeat a text piece by piece: beside a changed text they would tell what it was. */
function dropEchoes(data: JsonObject): void {
  const { choices } = data
  if (!Array.isArray(choices)) return
  for (const choice of choices) {
    if (isJsonObject(choice) && choice['logprobs'] !== undefined) choice['logprobs'] = null
  }
}

export const writeEvent = (name: string | undefined, data: JsonObject): string =>
  `${name === undefined ? '' : `event: ${name}\n`}data: ${JSON.stringify(data)}\n\n`

/** The event's data as an object. Throws a plain Error for anything else. */
export function readData(event: SseEvent): JsonObject {
  const data: unknown = JSON.parse(event.data)
  if (!isJsonObject(data)) throw new Error('the data of a stream event is no object')
  return data
}
