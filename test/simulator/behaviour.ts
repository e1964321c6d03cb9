import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

/** What a model's name asks for, in whatever dialect: `sim-cut` and `claude-sim-cut` misbehave alike. */
export const behaviourOf = (model: string): string => model.replace(/^(claude-)?sim-/, '')

/** The text that is answered: what reached the provider, so that a test sees what comes back of it. */
export const storyText = 'Once upon a time a gate stood between a town and the sea — and it held. '.repeat(3)

/** Pieces of a text as a model would send them, or as small as they come. */
export function piecesOf(text: string, behaviour: string): string[] {
  if (behaviour === 'tokens-split') return text.match(/[\s\S]{1,3}/gu) ?? []
  return text.match(/\s*\S+|\s+$/g) ?? []
}

/** Events of one stream with the faults its model asks for. `isAnthropic` decides the shape of what is malformed. */
export async function sendStream(
  response: ServerResponse,
  events: readonly string[],
  behaviour: string,
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const middle = Math.ceil(events.length / 2)
  for (const [index, event] of events.entries()) {
    if (index === middle && (await misbehave(response, behaviour))) return
    if (behaviour === 'no-done' && index === events.length - 1) break
    await send(response, event, behaviour)
    if (response.destroyed) return
  }
  response.end()
}

/** True when the stream is over, or never will be. */
async function misbehave(response: ServerResponse, behaviour: string): Promise<boolean> {
  switch (behaviour) {
    case 'stall':
      return true
    case 'cut':
      await pause(20)
      response.destroy()
      return true
    case 'error-after-200':
      response.end(
        'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"internal words"}}\n\n',
      )
      return true
    case 'malformed':
      response.end('data: {"choices": [{"index": 0, \n\n')
      return true
    default:
      return false
  }
}

async function send(response: ServerResponse, event: string, behaviour: string): Promise<void> {
  if (behaviour === 'split-utf8') {
    // Byte by byte: every character outside ASCII is split over packets.
    for (const byte of Buffer.from(event)) response.write(Buffer.from([byte]))
    await pause(1)
    return
  }
  if (behaviour === 'slow-5ms') await pause(5)
  if (!response.write(event))
    await new Promise((resolve) => response.once('drain', resolve).once('close', resolve))
}

/** Answers with a status instead of an answer. True when it did. */
export function sendStatus(response: ServerResponse, behaviour: string): boolean {
  const isTooLong = behaviour === 'too-long'
  const status = isTooLong ? 400 : Number(behaviour)
  if (!Number.isInteger(status) || status < 400) return false
  const said = isTooLong ? 'prompt is too long: 210000 tokens > 200000 maximum, ' : ''
  const again = status === 429 ? { 'retry-after': '7' } : {}
  response.writeHead(status, { 'content-type': 'application/json', ...again })
  response.end(`{"error":{"message":"${said}internal words of the provider, key sk-internal","type":"x"}}`)
  return true
}
