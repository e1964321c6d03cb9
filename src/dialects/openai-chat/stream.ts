import type { SseEvent, StreamPart, StreamReader } from '#/chat/api.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '#/core/json.ts'
import { isOwnWord, readFinish } from '../fields.ts'
import {
  exactly,
  type OwnMembers,
  type PlacedPiece,
  partOf,
  pieceOf,
  placeOthers,
  writeEvent,
} from '../stream-event.ts'
import { nameOfCall, readUsage } from './answer.ts'
import { partTexts } from './parts.ts'

/** Where a slot stands, for an event that carries what was held of it; an echo is dropped instead. */
interface SlotPlace {
  readonly choice: number
  readonly write: ((text: string) => JsonObject) | undefined
}

const endMarker: Omit<StreamPart, 'withTexts' | 'finish'> = {
  pieces: [],
  closes: 'all',
  usage: undefined,
  toolNames: [],
  isEnd: true,
  isError: false,
}

/** What is known of the stream so far. */
interface Stream {
  readonly slots: Map<string, SlotPlace>
  /** Choices that began, and whether they ended. */
  readonly hasEnded: Map<number, boolean>
  finish: string | undefined
}

/**
 * Reads `chat.completion.chunk` events. Slots: choice and member of its delta, or choice and tool call. `finish` is
 * given once every choice that began has ended, and with the end marker.
 * Source: OpenAI API reference, chat completions streaming; `reasoning` and `reasoning_content` as vLLM and others send.
 */
export function openStream(): StreamReader {
  const stream: Stream = { slots: new Map(), hasEnded: new Map(), finish: undefined }
  let last: JsonObject = {}

  const readChunk = exactly((event, data) => {
    const isError = event.event === 'error' || (data['error'] !== undefined && data['error'] !== null)
    if (isError) return partOf(event, data, { isError })
    last = data
    const found: Found = { placed: [], closes: [], toolNames: [], finish: undefined }
    const choices = data['choices']
    if (Array.isArray(choices)) for (const choice of choices) readChoice(choice, stream, found)
    const known = found.placed.length
    placeOthers(data, own, found.placed)
    for (let index = known; index < found.placed.length; index++)
      found.closes.push((found.placed[index] as PlacedPiece).slot)
    return partOf(event, data, { ...found, usage: readUsage(data['usage']) })
  })

  const read = (event: SseEvent): StreamPart =>
    event.data === '[DONE]'
      ? { ...endMarker, finish: stream.finish, withTexts: () => 'data: [DONE]\n\n' }
      : readChunk(event)

  const release = (slot: string, text: string): string => {
    const place = stream.slots.get(slot)
    if (place === undefined) throw new Error(`the slot ${slot} was never opened`)
    if (place.write === undefined) return ''
    const { usage: _, ...head } = last
    const choice = { index: place.choice, delta: place.write(text), finish_reason: null }
    return writeEvent(undefined, { ...head, choices: [choice] })
  }

  return { read, release }
}

const own: OwnMembers = {
  words: new Set(
    'id object model system_fingerprint service_tier index role finish_reason type name created obfuscation'.split(
      ' ',
    ),
  ),
  // Log probabilities are read with their choice.
  trees: new Set(['usage', 'logprobs']),
}

interface Found {
  readonly placed: PlacedPiece[]
  readonly closes: string[]
  readonly toolNames: string[]
  finish: string | undefined
}

function readChoice(choice: JsonValue, stream: Stream, found: Found): void {
  if (!isJsonObject(choice)) return
  const { slots, hasEnded } = stream
  const index = typeof choice['index'] === 'number' ? choice['index'] : 0
  if (!hasEnded.has(index)) hasEnded.set(index, false)
  if (hasEnded.size > mostChoices) throw new Error('a stream has more choices than anybody may ask for')
  const { delta } = choice
  const before = found.placed.length
  if (isJsonObject(delta)) readDelta(delta, index, slots, found)
  if (found.placed.length === before) readEcho(choice, index, slots, found)
  const finish = readFinish(choice['finish_reason'])
  if (finish === undefined) return
  hasEnded.set(index, true)
  stream.finish ??= finish
  if (![...hasEnded.values()].includes(false)) found.finish = finish
  for (const [slot, place] of slots) if (place.choice === index) found.closes.push(slot)
}

/** Far more than a request may ask for. */
const mostChoices = 128

/** Any text of a delta goes on from event to event: `content`, `refusal`, `reasoning`, and what nobody has heard of. */
function readDelta(delta: JsonObject, choice: number, slots: Map<string, SlotPlace>, found: Found): void {
  for (const key in delta) {
    const text = delta[key]
    if (typeof text !== 'string' || text === '' || (own.words.has(key) && isOwnWord(text))) continue
    const slot = `${choice} ${key}`
    if (!slots.has(slot)) slots.set(slot, { choice, write: (held) => ({ [key]: held }) })
    found.placed.push(pieceOf(slot, text, 'answer', delta, key))
  }
  for (const { name, text, holder, key, write } of partTexts(delta)) {
    const slot = `${choice} ${name}`
    if (!slots.has(slot)) slots.set(slot, { choice, write })
    found.placed.push(pieceOf(slot, text, 'answer', holder, key))
  }
  if (isJsonObject(delta['function_call'])) readLegacyCall(delta['function_call'], choice, slots, found)
  const calls = delta['tool_calls']
  if (!Array.isArray(calls)) return
  for (const [position, call] of calls.entries())
    if (isJsonObject(call)) readCall(call, position, choice, slots, found)
}

/**
 * Log probabilities that come without the text they repeat. They are a text of their own, so that where texts are held
 * to be judged these are too; what was held of an echo is dropped.
 */
function readEcho(choice: JsonObject, index: number, slots: Map<string, SlotPlace>, found: Found): void {
  const { logprobs } = choice
  if (!isJsonObject(logprobs)) return
  const tokens = [logprobs['content'], logprobs['refusal']].flatMap((list) =>
    Array.isArray(list) ? list : [],
  )
  const text = tokens.map((token) => (isJsonObject(token) ? String(token['token'] ?? '') : '')).join('')
  if (text === '') return
  const slot = `${index} logprobs`
  if (!slots.has(slot)) slots.set(slot, { choice: index, write: undefined })
  found.placed.push({ ...pieceOf(slot, text, 'answer', choice, 'logprobs'), is: 'echo' })
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
  found.placed.push(pieceOf(slot, text, 'tool-arguments', holder, key))
}

/** The form before `tool_calls`, which some servers still send. */
function readLegacyCall(call: JsonObject, choice: number, slots: Map<string, SlotPlace>, found: Found): void {
  const name = nameOfCall(call)
  if (name !== undefined) found.toolNames.push(name)
  const text = call['arguments']
  if (typeof text !== 'string' || text === '') return
  const slot = `${choice} function_call`
  if (!slots.has(slot)) slots.set(slot, { choice, write: (held) => ({ function_call: { arguments: held } }) })
  found.placed.push(pieceOf(slot, text, 'tool-arguments', call, 'arguments'))
}
