import { delimiterOf, delimiterOfHeader } from '../file-type.ts'
import { type Cell, TableText } from '../table.ts'

/** CSV and its relatives as a table. Quotes as RFC 4180 has them; a quote that is never closed ends with its line. */
export function readDelimited(text: string, mostCharacters: number): string {
  const table = new TableText(mostCharacters)
  for (const row of delimitedRows(text)) table.add(row)
  return table.text
}

/** The rows of a table, without empty cells. */
export function* delimitedRows(text: string): Generator<readonly Cell[]> {
  const start = text.slice(0, 4_096).trimStart()
  const delimiter = delimiterOf(start) ?? delimiterOfHeader(start)
  let at = 0
  while (at < text.length) {
    const row: Cell[] = []
    for (let column = 0; ; column++) {
      const { value, end } = readCell(text, at, delimiter)
      if (value !== '') row.push({ column, text: value })
      at = end + 1
      if (text[end] !== delimiter) break
    }
    yield row
  }
}

/** A cell from a position; `end` is where its delimiter or line end stands. */
function readCell(text: string, start: number, delimiter: string): { value: string; end: number } {
  const quoted = text[start] === '"' ? readQuoted(text, start) : undefined
  if (quoted !== undefined) return quoted
  const lineEnd = indexOrEnd(text, '\n', start)
  const end = Math.min(lineEnd, indexWithin(text, delimiter, start, lineEnd))
  return { value: text.slice(start, end).trim(), end }
}

const longestQuoted = 100_000

function readQuoted(text: string, start: number): { value: string; end: number } | undefined {
  const window = text.slice(start, start + longestQuoted)
  const [whole, inner] = /^"((?:[^"]|"")*)"(?=\s*(?:[\t;,|\n]|$))[^\S\n\t]*/.exec(window) ?? []
  if (whole === undefined || inner === undefined) return undefined
  return { value: inner.replaceAll('""', '"').trim(), end: start + whole.length }
}

const indexOrEnd = (text: string, wanted: string, start: number): number => {
  const index = text.indexOf(wanted, start)
  return index === -1 ? text.length : index
}

/** Never looks past `end`: a file of one long cell would cost its length for each line. */
function indexWithin(text: string, wanted: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text[at] === wanted) return at
  return end
}
