import type { SseEvent, StreamPart, StreamReader } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { type PlacedPiece, partOf, placeOthers, readData, writeEvent } from '../stream-event.ts'
import { nameOfCall, readUsage } from './answer.ts'

/** Texts of a delta, each in a slot of its own per choice. */
const textKeys = ['content', 'refusal', 'reasoning_content', 'reasoning'] as const

/** Where a slot stands, for an event that carries what was held of it. */
interface SlotPlace {
  readonly choice: number
  readonly write: (text: string) => JsonObject
}

const endMarker: Omit<StreamPart, 'withTexts'> = {
  pieces: [],
  closes: 'all',
  usage: undefined,
  finish: undefined,
  toolNames: [],
  isEnd: true,
  isError: false,
}

/**
 * Reads `chat.completion.chunk` events. Slots: choice and text kind, or choice and tool call.
 * Source: OpenAI API reference, chat completions streaming; `reasoning` and `reasoning_content` as vLLM and others send.
 */
export function openStream(): StreamReader {
  const slots = new Map<string, SlotPlace>()
  let last: JsonObject = {}

  const read = (event: SseEvent): StreamPart => {
    if (event.data === '[DONE]') return { ...endMarker, withTexts: () => event.raw }
    const data = readData(event)
    if (data['error'] !== undefined && data['error'] !== null) return partOf(event, data, { isError: true })
    last = data
    const found: Found = { placed: [], closes: [], toolNames: [], finish: undefined }
    const choices = data['choices']
    if (Array.isArray(choices)) for (const choice of choices) readChoice(choice, slots, found)
    const known = found.placed.length
    placeOthers(data, 'other', own, found.placed)
    found.closes.push(...found.placed.slice(known).map(({ slot }) => slot))
    const usage = readUsage(data['usage'])
    return partOf(event, data, { ...found, usage })
  }

  const release = (slot: string, text: string): string => {
    const place = slots.get(slot)
    if (place === undefined) throw new Error(`the slot ${slot} was never opened`)
    const { usage: _, ...head } = last
    const choice = { index: place.choice, delta: place.write(text), finish_reason: null }
    return writeEvent(undefined, { ...head, choices: [choice] })
  }

  return { read, release }
}

/** Members of an event that are the provider's own words, never the model's. */
const own = new Set(
  'id object created model system_fingerprint service_tier usage index role finish_reason logprobs type name obfuscation'.split(
    ' ',
  ),
)

interface Found {
  readonly placed: PlacedPiece[]
  readonly closes: string[]
  readonly toolNames: string[]
  finish: string | undefined
}

function readChoice(choice: JsonValue, slots: Map<string, SlotPlace>, found: Found): void {
  if (!isJsonObject(choice)) return
  const index = typeof choice['index'] === 'number' ? choice['index'] : 0
  const { delta } = choice
  if (isJsonObject(delta)) readDelta(delta, index, slots, found)
  const finish = choice['finish_reason']
  if (typeof finish !== 'string') return
  found.finish = finish
  for (const [slot, place] of slots) if (place.choice === index) found.closes.push(slot)
}

function readDelta(delta: JsonObject, choice: number, slots: Map<string, SlotPlace>, found: Found): void {
  for (const key of textKeys) {
    const text = delta[key]
    if (typeof text !== 'string' || text === '') continue
    const slot = `${choice} ${key}`
    if (!slots.has(slot)) slots.set(slot, { choice, write: (held) => ({ [key]: held }) })
    found.placed.push({ slot, text, isJson: false, isFixed: false, holder: delta, key })
  }
  if (isJsonObject(delta['function_call'])) readLegacyCall(delta['function_call'], choice, slots, found)
  const calls = delta['tool_calls']
  if (!Array.isArray(calls)) return
  for (const [position, call] of calls.entries())
    if (isJsonObject(call)) readCall(call, position, choice, slots, found)
}

function readCall(
  call: JsonObject,
  position: number,
  choice: number,
  slots: Map<string, SlotPlace>,
  found: Found,
): void {
  const name = nameOfCall(call)
  if (name !== undefined) found.toolNames.push(name)
  const index = typeof call['index'] === 'number' ? call['index'] : position
  const kind = isJsonObject(call['custom']) ? 'custom' : 'function'
  const key = kind === 'custom' ? 'input' : 'arguments'
  const holder = call[kind]
  if (!isJsonObject(holder)) return
  const text = holder[key]
  if (typeof text !== 'string' || text === '') return
  const slot = `${choice} tool ${index}`
  if (!slots.has(slot))
    slots.set(slot, { choice, write: (held) => ({ tool_calls: [{ index, [kind]: { [key]: held } }] }) })
  found.placed.push({ slot, text, isJson: kind === 'function', isFixed: false, holder, key })
}

/** The form before `tool_calls`, which some servers still send. */
function readLegacyCall(call: JsonObject, choice: number, slots: Map<string, SlotPlace>, found: Found): void {
  const name = nameOfCall(call)
  if (name !== undefined) found.toolNames.push(name)
  const text = call['arguments']
  if (typeof text !== 'string' || text === '') return
  const slot = `${choice} function_call`
  if (!slots.has(slot)) slots.set(slot, { choice, write: (held) => ({ function_call: { arguments: held } }) })
  found.placed.push({ slot, text, isJson: true, isFixed: false, holder: call, key: 'arguments' })
}
