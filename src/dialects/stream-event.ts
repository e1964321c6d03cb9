import type { SseEvent, StreamPart, StreamPiece } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'

/** A text of a stream event with the place it stands at, so that another text can be put there. */
export interface PlacedPiece extends StreamPiece {
  readonly holder: JsonObject | JsonValue[]
  readonly key: string | number
}

/**
 * Every other text of an event: each whole in its event, in a slot of its own that ends with it. `own` are members that
 * are the provider's own words; what stands in `placed` already is left alone.
 */
export function placeOthers(
  holder: JsonObject | JsonValue[],
  slot: string,
  own: ReadonlySet<string>,
  placed: PlacedPiece[],
): void {
  for (const key of Object.keys(holder)) {
    if (!Array.isArray(holder) && own.has(key)) continue
    const value = (holder as JsonObject)[key]
    if (placed.some((piece) => piece.holder === holder && piece.key === key)) continue
    if (typeof value === 'string' && value !== '') {
      placed.push({
        slot: `${slot} ${placed.length}`,
        text: value,
        isJson: false,
        isFixed: false,
        holder,
        key,
      })
    } else if (typeof value === 'object' && value !== null) placeOthers(value, slot, own, placed)
  }
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
      for (const [index, { holder, key }] of placed.entries())
        (holder as JsonObject)[key] = texts[index] ?? ''
      dropEchoes(data)
      return writeEvent(event.event, data)
    },
  }
}

/** Log probabilities repeat a text piece by piece: beside a changed text they would tell what it was. */
export function dropEchoes(data: JsonObject): void {
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
