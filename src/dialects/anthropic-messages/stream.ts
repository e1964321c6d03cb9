import type { SseEvent, StreamPart, StreamReader, Usage } from '#/chat/api.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import { type PlacedPiece, partOf, readData, writeEvent } from '../stream-event.ts'
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
        return partOf(event, data, { usage })
      }
      case 'content_block_start':
        return partOf(event, data, readBlock(data))
      case 'content_block_delta':
        return partOf(event, data, readDelta(data, deltaTypes))
      case 'content_block_stop':
        return partOf(event, data, { closes: [String(data['index'])] })
      case 'message_delta': {
        usage = readUsage(data['usage'], usage)
        const stop = isJsonObject(data['delta']) ? data['delta']['stop_reason'] : undefined
        return partOf(event, data, { usage, finish: typeof stop === 'string' ? stop : undefined })
      }
      case 'message_stop':
        return partOf(event, data, { closes: 'all', isEnd: true })
      case 'error':
        return partOf(event, data, { isError: true })
      default:
        return partOf(event, data, {})
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
  if (place === undefined) return readCitation(delta, index)
  const slot = String(index)
  deltaTypes.set(slot, type)
  const text = delta[place.key]
  if (typeof text !== 'string') return { placed: [], closes: [] }
  return {
    placed: [{ slot, text, isJson: place.isJson, isFixed: place.isFixed, holder: delta, key: place.key }],
    closes: [],
  }
}

/** A citation quotes what was sent, with the pseudonyms in it: whole in its event, and put back like any text. */
function readCitation(
  delta: JsonObject,
  index: unknown,
): { readonly placed: readonly PlacedPiece[]; readonly closes: readonly string[] } {
  const citation = delta['citation']
  const text = isJsonObject(citation) ? citation['cited_text'] : undefined
  if (!isJsonObject(citation) || typeof text !== 'string' || text === '') return { placed: [], closes: [] }
  const slot = `${index} citation`
  return {
    placed: [{ slot, text, isJson: false, isFixed: false, holder: citation, key: 'cited_text' }],
    closes: [slot],
  }
}
