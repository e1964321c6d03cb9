import { isUtf8 } from 'node:buffer'

/** A line of the input, or what is wrong with it. */
export type ReadLine = { readonly text: string } | { readonly problem: string }

const lineFeed = 0x0a
const utf8 = new TextDecoder()

/**
 * Lines of a stream of bytes, in groups: all that end in one chunk come together, so that a caller can answer
 * each chunk with one write. A line longer than `maxBytes` is read over and given as a problem; it is never
 * kept. Line ends are LF or CRLF; the last line needs none. A byte order mark before a line is left out: files begin with it,
 * and files that were joined have it inside.
 */
export async function* readLines(
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): AsyncGenerator<readonly ReadLine[]> {
  let parts: Uint8Array[] = []
  let bytes = 0
  const add = (part: Uint8Array) => {
    bytes += part.length
    if (bytes > maxBytes) parts = []
    else if (part.length > 0) parts.push(part)
  }
  const finish = (): ReadLine => {
    const line =
      bytes > maxBytes
        ? { problem: `the line is longer than ${maxBytes} bytes` }
        : decode(Buffer.concat(parts, bytes))
    parts = []
    bytes = 0
    return line
  }
  for await (const chunk of chunks) {
    const lines: ReadLine[] = []
    let start = 0
    for (let end = chunk.indexOf(lineFeed); end !== -1; end = chunk.indexOf(lineFeed, start)) {
      add(chunk.subarray(start, end))
      lines.push(finish())
      start = end + 1
    }
    add(chunk.subarray(start))
    if (lines.length > 0) yield lines
  }
  if (bytes > 0) yield [finish()]
}

function decode(line: Buffer): ReadLine {
  if (!isUtf8(line)) return { problem: 'the line is not UTF-8' }
  const text = utf8.decode(line)
  return { text: text.endsWith('\r') ? text.slice(0, -1) : text }
}
