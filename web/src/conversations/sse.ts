/** An event stream that never ends an event is cut off here: no event of an answer comes near it. */
const longestEvent = 1_048_576

export interface SseReader {
  /** The data of each event that is complete now. Throws when an event grows past `longestEvent`. */
  readonly push: (bytes: Uint8Array) => readonly string[]
}

/**
 * Reads server-sent events from bytes that may be cut anywhere, inside a character too. Only `data` counts: the
 * gate sends no other field that matters here. Lines end with LF, CR or CRLF.
 * Source: WHATWG HTML, "Parsing an event stream".
 */
export function createSseReader(): SseReader {
  const decoder = new TextDecoder()
  let line = ''
  let data: string[] = []
  let dataLength = 0
  let endedWithCr = false

  const takeLine = (events: string[]): void => {
    if (line === '') {
      if (data.length > 0) events.push(data.join('\n'))
      data = []
      dataLength = 0
    } else if (line.startsWith('data:')) {
      const value = line.slice(line[5] === ' ' ? 6 : 5)
      data.push(value)
      dataLength += value.length
    }
    line = ''
  }

  return {
    push: (bytes) => {
      let text = decoder.decode(bytes, { stream: true })
      const events: string[] = []
      if (text === '') return events
      // A CRLF may be cut in two; the CR has ended its line already.
      if (endedWithCr && text.startsWith('\n')) text = text.slice(1)
      endedWithCr = text.endsWith('\r')
      const lines = text.split(/\r\n|\r|\n/)
      for (const [index, piece] of lines.entries()) {
        line += piece
        if (line.length + dataLength > longestEvent) throw new Error('an event of the answer is too long')
        if (index < lines.length - 1) takeLine(events)
      }
      return events
    },
  }
}
