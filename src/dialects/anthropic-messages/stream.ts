import type { SseEvent, StreamPart, StreamReader, Usage } from '#/chat/api.ts'
import { isJsonObject, type JsonObject } from '#/core/json.ts'
import { isOwnWord, readFinish } from '../fields.ts'
import {
  exactly,
  type Known,
  type OwnMembers,
  type PlacedPart,
  type PlacedPiece,
  partOf,
  pieceOf,
  placeOthers,
  writeEvent,
} from '../stream-event.ts'
import { readUsage, toolNameOf } from './answer.ts'

/** Where a slot goes on: the block, and the member of its deltas. */
interface SlotPlace {
  readonly index: number
  readonly type: string
  readonly key: string
}

/**
 * Reads the events of one message. Slots are content blocks; deltas of a type nobody has heard of have a slot for each
 * of their texts. Source: Anthropic API reference, streaming messages.
 */
export function openStream(): StreamReader {
  const slots = new Map<string, SlotPlace>()
  /** Ended with the event before: nothing is released of them any more, so an answer of many blocks stays cheap. */
  let ended: readonly string[] = []
  let usage: Usage | undefined

  const readEvent = exactly((event, data) => {
    switch (data['type']) {
      case 'message_start': {
        usage = isJsonObject(data['message']) ? readUsage(data['message']['usage'], undefined) : undefined
        return withOthers(event, data, { usage })
      }
      case 'content_block_start':
        return withOthers(event, data, readBlock(data, slots))
      case 'content_block_delta':
        return withOthers(event, data, { placed: readDelta(data, slots) })
      case 'content_block_stop':
        ended = slotsOf(data['index'], slots)
        return withOthers(event, data, { closes: ended })
      case 'message_delta': {
        usage = readUsage(data['usage'], usage)
        const stop = isJsonObject(data['delta']) ? data['delta']['stop_reason'] : undefined
        return withOthers(event, data, { usage, finish: readFinish(stop) })
      }
      case 'message_stop':
        return withOthers(event, data, { closes: 'all', isEnd: true })
      case 'error':
        return partOf(event, data, { isError: true })
      default:
        return event.event === 'error' ? partOf(event, data, { isError: true }) : withOthers(event, data, {})
    }
  })

  const read = (event: SseEvent): StreamPart => {
    for (const slot of ended) slots.delete(slot)
    ended = []
    return readEvent(event)
  }

  const release = (slot: string, text: string): string => {
    const place = slots.get(slot)
    if (place === undefined) throw new Error(`the slot ${slot} was never opened`)
    const { index, type, key } = place
    const delta = { type, [key]: text }
    return writeEvent('content_block_delta', { type: 'content_block_delta', index, delta })
  }

  return { read, release }
}

const indexOf = ({ index }: JsonObject): number => (typeof index === 'number' ? index : 0)

const slotsOf = (index: unknown, slots: ReadonlyMap<string, SlotPlace>): string[] =>
  [...slots].filter(([, place]) => place.index === index).map(([slot]) => slot)

/** A block may begin with text, which its deltas go on with, and a tool call begins with its name. */
function readBlock(data: JsonObject, slots: Map<string, SlotPlace>): Known {
  const block = data['content_block']
  if (!isJsonObject(block)) return {}
  const placed: PlacedPiece[] = []
  const index = indexOf(data)
  for (const key of ['text', 'thinking']) {
    const text = block[key]
    if (typeof text !== 'string' || text === '') continue
    // Blocks have one of the two; a second one stays whole in its event.
    if (placed.length > 0) break
    const slot = String(index)
    slots.set(slot, { index, type: `${key}_delta`, key })
    placed.push({ ...pieceOf(slot, text, 'answer', block, key), isFixed: key === 'thinking' })
  }
  return { placed, toolNames: toolNameOf(block) }
}

function readDelta(data: JsonObject, slots: Map<string, SlotPlace>): PlacedPiece[] {
  const { delta } = data
  if (!isJsonObject(delta)) return []
  const index = indexOf(data)
  const type = String(delta['type']).slice(0, 64)
  const placed: PlacedPiece[] = []
  for (const key in delta) {
    const text = delta[key]
    // A piece of a seal means nothing by itself.
    if (typeof text !== 'string' || text === '' || key === 'type' || key === 'signature') continue
    if (own.words.has(key) && isOwnWord(text)) continue
    const isKnown = mainTexts[type] === key
    const slot = isKnown ? String(index) : `${index} ${type} ${key}`
    if (!slots.has(slot)) slots.set(slot, { index, type, key })
    const channel = key === 'partial_json' ? 'tool-arguments' : 'answer'
    placed.push({ ...pieceOf(slot, text, channel, delta, key), isFixed: key === 'thinking' })
  }
  return placed
}

/** The text of a delta by its type. */
const mainTexts: Readonly<Record<string, string>> = {
  text_delta: 'text',
  input_json_delta: 'partial_json',
  thinking_delta: 'thinking',
}

const own: OwnMembers = {
  words: new Set('type id name index model role stop_reason tool_use_id file_id media_type'.split(' ')),
  trees: new Set(['usage', 'signature', 'encrypted_content', 'encrypted_index']),
}

/** Everything else that is text: citations quote what was sent, results of server tools what was found. */
function withOthers(event: SseEvent, data: JsonObject, known: Known): PlacedPart {
  const placed = [...(known.placed ?? [])]
  const first = placed.length
  placeOthers(data, own, placed)
  const closes =
    known.closes === 'all' ? 'all' : [...(known.closes ?? []), ...placed.slice(first).map(({ slot }) => slot)]
  return partOf(event, data, { ...known, placed, closes })
}
