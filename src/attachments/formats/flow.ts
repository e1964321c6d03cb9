import { type Cell, TableText } from '../table.ts'
import { walkXml } from './xml-events.ts'

/** A table under way; tables stand in cells of tables. */
interface OpenTable {
  readonly table: TableText
  readonly outer: string[]
  row: Cell[]
  column: number
}

/**
 * Running text of Word, of slides, notes and comments, of drawings and charts: paragraphs as lines, tables by their
 * columns. Deleted and hidden text counts, field codes and descriptions of pictures too.
 */
export function readFlow(xml: string, mostCharacters: number): string {
  let out: string[] = []
  const tables: OpenTable[] = []
  let textDepth = 0
  walkXml(xml, {
    open: (name, attributes) => {
      if (isWorded(name)) textDepth++
      const breaking = breaks[name]
      if (breaking !== undefined) out.push(breaking)
      if (name === 'tbl') {
        tables.push({ table: new TableText(mostCharacters), outer: out, row: [], column: 0 })
        out = []
      }
      if (name === 'tc') out = []
      for (const key of ['descr', 'title', 'tooltip']) {
        const value = attributes[key]
        if (value !== undefined && value !== '') out.push('\n', value, '\n')
      }
      if (name === 'cm' || name === 'comment') out.push('\n', attributes['w:author'] ?? '', '\n')
    },
    text: (text) => void (textDepth > 0 && out.push(text)),
    close: (name) => {
      if (isWorded(name)) textDepth--
      if (name === 'p' || name === 'pt' || name === 'comment' || name === 'threadedComment') out.push('\n')
      const open = tables.at(-1)
      if (open === undefined) return
      if (name === 'tc') {
        open.row.push({ column: open.column++, text: out.join('').trim() })
        out = []
      } else if (name === 'tr') {
        open.table.add(open.row.filter(({ text }) => text !== ''))
        open.row = []
        open.column = 0
      } else if (name === 'tbl') {
        tables.pop()
        out = open.outer
        out.push('\n', open.table.text, '\n')
      }
    },
  })
  // A table that never ends keeps its rows.
  for (const { table, row, outer } of tables.reverse()) {
    table.add(row)
    out = [...outer, '\n', table.text, '\n', ...out]
  }
  return out
    .join('')
    .replace(/[^\S\n]+\n/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
}

/** Elements whose text somebody wrote: `t` of all formats, `text` of comments, `v` and `f` of charts. */
const worded = new Set(['t', 'delText', 'instrText', 'delInstrText', 'text', 'v', 'f'])
const isWorded = (name: string): boolean => worded.has(name)

const breaks: Readonly<Record<string, string>> = {
  tab: '\t',
  br: '\n',
  cr: '\n',
  noBreakHyphen: '-',
}
