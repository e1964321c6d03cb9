import { checkEnd, checkEntry, type EndRow, type EntryRow, intentCode } from './row.ts'

export interface ReadRow {
  readonly entry: EntryRow
  readonly end: EndRow | undefined
}

/** A row of `entry` with its words, without findings. */
export function readRow(
  row: Readonly<Record<string, unknown>>,
  wordOf: (id: unknown) => string | null,
): ReadRow {
  const number = (name: string): number => row[name] as number
  const optional = (name: string): number | null => row[name] as number | null
  const isIntent = row['kind'] === intentCode
  const measures = { status: optional('status'), tokens: optional('tokens'), cost: optional('cost') }
  const entry: EntryRow = {
    index: number('entry'),
    atMs: number('at_ms'),
    kind: number('kind'),
    alias: wordOf(row['alias']),
    useCase: wordOf(row['use_case']),
    offering: wordOf(row['offering']),
    class: wordOf(row['class']),
    decision: wordOf(row['decision']),
    code: wordOf(row['code']),
    key: wordOf(row['key']),
    request: optional('request'),
    findings: [],
    ...(isIntent ? { status: null, tokens: null, cost: null } : measures),
  }
  if (row['outcome'] === null) return { entry, end: undefined }
  const end: EndRow = {
    intent: entry.index,
    index: number('outcome'),
    atMs: number('end_ms'),
    decision: wordOf(row['end_decision']),
    code: wordOf(row['end_code']),
    findings: [],
    ...measures,
  }
  return { entry, end }
}

export const checkRow = ({ entry, end }: ReadRow): number =>
  checkEntry(entry) + (end === undefined ? 0 : checkEnd(end))
