import type { SseEvent, StreamPart, StreamPiece } from '#/chat/api.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'

/** A text of a stream event with the place it stands at, so that another text can be put there. */
export interface PlacedPiece extends StreamPiece {
  readonly holder: JsonObject
  readonly key: string
}

const none: readonly string[] = Object.freeze([])

/** A part that means nothing to the gate, with what the reader knows of it. */
export function partOf(
  event: SseEvent,
  data: JsonObject,
  known: Partial<StreamPart> & { readonly placed?: readonly PlacedPiece[] },
): StreamPart {
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
      for (const [index, { holder, key }] of placed.entries()) holder[key] = texts[index] ?? ''
      return writeEvent(event.event, data)
    },
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
