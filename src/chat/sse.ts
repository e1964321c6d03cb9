import type { SseEvent } from './api.ts'

/** An event larger than this is not an event of a model. Counted in UTF-16 units. */
const maxEventLength = 4 * 1_024 * 1_024

export interface SseParser {
  /** Events that are complete now. Throws a plain Error when one event grows past 4 Mi characters. */
  readonly push: (text: string) => readonly SseEvent[]
}

/**
 * Reads server-sent events (WHATWG HTML, 9.2.6) from text that comes in any pieces. Comments and events without
 * data are left out. Line ends of any kind come out as line feeds in `raw`. Linear, also where pieces are single bytes:
 * what came before is not searched again.
 */
export function createSseParser(): SseParser {
  /** Pieces of an event that is not complete; none of them holds a blank line. */
  let held: string[] = []
  let heldLength = 0
  let endsWithFeed = false
  let isFirst = true
  let endedWithReturn = false

  const normalise = (piece: string): string => {
    let text = piece
    if (isFirst && text !== '') {
      isFirst = false
      if (text.charCodeAt(0) === 0xfeff) text = text.slice(1)
    }
    if (!endedWithReturn && !text.includes('\r')) return text
    // CR LF split over two pieces is one line end: its CR was turned into a line feed already.
    if (endedWithReturn && text.startsWith('\n')) text = text.slice(1)
    endedWithReturn = text === '' ? endedWithReturn && piece === '' : text.endsWith('\r')
    return text.replace(/\r\n?/g, '\n')
  }

  /** Where the event that is held ends in this piece; -1 when it goes on. */
  const firstEnd = (text: string): number => {
    if (endsWithFeed && text.charCodeAt(0) === 0x0a) return 1
    const end = text.indexOf('\n\n')
    return end === -1 ? -1 : end + 2
  }

  const hold = (text: string): void => {
    if (text === '') return
    held.push(text)
    heldLength += text.length
    endsWithFeed = text.charCodeAt(text.length - 1) === 0x0a
    if (heldLength > maxEventLength) throw new Error('a server-sent event is too large')
  }

  return {
    push: (piece) => {
      const text = normalise(piece)
      const events: SseEvent[] = []
      let start = 0
      for (let end = firstEnd(text); end !== -1; ) {
        held.push(text.slice(start, end))
        const event = readEvent(held.length === 1 ? (held[0] as string) : held.join(''))
        if (event !== undefined) events.push(event)
        held = []
        heldLength = 0
        endsWithFeed = false
        start = end
        const next = text.indexOf('\n\n', start)
        end = next === -1 ? -1 : next + 2
      }
      hold(start === 0 ? text : text.slice(start))
      return events
    },
  }
}

/** `raw` ends with the blank line. Events of models have one data line, or an event line and a data line. */
function readEvent(raw: string): SseEvent | undefined {
  let event: string | undefined
  let data: string | undefined
  let at = 0
  while (at < raw.length) {
    const end = raw.indexOf('\n', at)
    if (raw.startsWith('data', at)) {
      const value = fieldValue(raw, at + 4, end)
      if (value !== undefined) data = data === undefined ? value : `${data}\n${value}`
    } else if (raw.startsWith('event', at)) event = fieldValue(raw, at + 5, end) ?? event
    at = end + 1
  }
  return data === undefined ? undefined : { event, data, raw: raw.startsWith('\n') ? raw.trimStart() : raw }
}

/** What stands behind the colon, without one leading blank. A bare field name counts as an empty value. */
function fieldValue(raw: string, at: number, end: number): string | undefined {
  if (at === end) return ''
  if (raw.charCodeAt(at) !== 0x3a) return undefined
  return raw.slice(raw.charCodeAt(at + 1) === 0x20 ? at + 2 : at + 1, end)
}
