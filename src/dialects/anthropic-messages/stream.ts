import type { SseEvent, StreamPart, StreamReader, Usage } from '#/chat/api.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import { type Known, type PlacedPiece, partOf, placeOthers, readData, writeEvent } from '../stream-event.ts'
import { readUsage, toolNameOf } from './answer.ts'

/** Texts of a delta by the delta's type. Signatures and citations' positions are not texts. */
const deltaTexts: Readonly<
  Record<string, { readonly key: string; readonly isJson: boolean; readonly isFixed: boolean }>
> = {
  text_delta: { key: 'text', isJson: false, isFixed: false },
  input_json_delta: { key: 'partial_json', isJson: true, isFixed: false },
  thinking_delta: { key: 'thinking', isJson: false, isFixed: true },
}

/** Reads the events of one message. Slots are content blocks. Source: Anthropic API reference, streaming messages. */
export function openStream(): StreamReader {
  const deltaTypes = new Map<string, string>()
  let usage: Usage | undefined

  const read = (event: SseEvent): StreamPart => {
    const data = readData(event)
    switch (data['type']) {
      case 'message_start': {
        usage = isJsonObject(data['message']) ? readUsage(data['message']['usage'], undefined) : undefined
        return withOthers(event, data, { usage })
      }
      case 'content_block_start':
        return withOthers(event, data, readBlock(data))
      case 'content_block_delta':
        return withOthers(event, data, readDelta(data, deltaTypes))
      case 'content_block_stop':
        return partOf(event, data, { closes: [String(data['index'])] })
      case 'message_delta': {
        usage = readUsage(data['usage'], usage)
        const stop = isJsonObject(data['delta']) ? data['delta']['stop_reason'] : undefined
        return withOthers(event, data, { usage, finish: typeof stop === 'string' ? stop : undefined })
      }
      case 'message_stop':
        return partOf(event, data, { closes: 'all', isEnd: true })
      case 'error':
        return partOf(event, data, { isError: true })
      default:
        return withOthers(event, data, {})
    }
  }

  const release = (slot: string, text: string): string => {
    const type = deltaTypes.get(slot)
    const place = type === undefined ? undefined : deltaTexts[type]
    if (type === undefined || place === undefined) throw new Error(`the slot ${slot} was never opened`)
    const delta = { type, [place.key]: text }
    return writeEvent('content_block_delta', { type: 'content_block_delta', index: Number(slot), delta })
  }

  return { read, release }
}

/** A block may begin with text, and a tool call with its name; some servers send the whole input here. */
function readBlock(data: JsonObject): {
  readonly placed: readonly PlacedPiece[]
  readonly toolNames: readonly string[]
  readonly closes: readonly string[]
} {
  const block = data['content_block']
  if (!isJsonObject(block)) return { placed: [], toolNames: [], closes: [] }
  const placed: PlacedPiece[] = []
  for (const key of ['text', 'thinking']) {
    const text = block[key]
    // A slot of its own, closed at once: what stands in a start event is whole.
    if (typeof text === 'string' && text !== '') {
      placed.push({
        slot: `${data['index']} start`,
        text,
        isJson: false,
        isFixed: key === 'thinking',
        holder: block,
        key,
      })
    }
  }
  return { placed, toolNames: toolNameOf(block), closes: placed.map(({ slot }) => slot) }
}

function readDelta(
  data: JsonObject,
  deltaTypes: Map<string, string>,
): { readonly placed: readonly PlacedPiece[]; readonly closes: readonly string[] } {
  const { delta, index } = data
  if (!isJsonObject(delta)) return { placed: [], closes: [] }
  const type = String(delta['type'])
  const place = deltaTexts[type]
  if (place === undefined) return { placed: [], closes: [] }
  const slot = String(index)
  deltaTypes.set(slot, type)
  const text = delta[place.key]
  if (typeof text !== 'string') return { placed: [], closes: [] }
  return {
    placed: [{ slot, text, isJson: place.isJson, isFixed: place.isFixed, holder: delta, key: place.key }],
    closes: [],
  }
}

/** Members of an event that are the provider's own words, never the model's. */
const own = new Set(
  'type id name index model role usage stop_reason stop_sequence signature encrypted_content encrypted_index tool_use_id file_id media_type'.split(
    ' ',
  ),
)

/** Everything else that is text: citations quote what was sent, results of server tools what was found. */
function withOthers(event: SseEvent, data: JsonObject, known: Known): StreamPart {
  const placed = [...(known.placed ?? [])]
  const first = placed.length
  placeOthers(data, 'other', own, placed)
  const closes =
    known.closes === 'all' ? 'all' : [...(known.closes ?? []), ...placed.slice(first).map(({ slot }) => slot)]
  return partOf(event, data, { ...known, placed, closes })
}
