/** What the index is asked, as SQL. Values are always bound; which columns are compared is ours to say. */
import type { SQLInputValue } from 'node:sqlite'
import { kindCode } from '../frame.ts'
import type { Condition, CountedBy, CountLine, LogQuestion } from './api.ts'
import { checkRow, readRow } from './read-row.ts'
import { intentCode, requestNumber } from './row.ts'
import type { IndexStore, WordPlace } from './store.ts'

/** A row as the index has it: where the log says the same, and what the log must say there. */
export interface PlacedRow {
  readonly index: number
  readonly place: { readonly segment: number; readonly offset: number }
  readonly outcome: { readonly index: number; readonly segment: number; readonly offset: number } | undefined
  readonly check: number
}

export interface Page {
  /** Only rows of a lower index: the cursor of the page before. */
  readonly before: number | undefined
  readonly limit: number
}

/** Rows that fit, newest first. */
export function findRows(store: IndexStore, question: LogQuestion, page: Page): readonly PlacedRow[] {
  const where = whereOf(store, question)
  if (where === undefined) return []
  const before = page.before ?? Number.MAX_SAFE_INTEGER
  const sql = `SELECT * FROM entry WHERE entry < ? AND ${where.sql} ORDER BY entry DESC LIMIT ?`
  const wordOf = wordReader(store)
  return store.database
    .prepare(sql)
    .all(before, ...where.values, page.limit)
    .map((row) => ({
      index: row['entry'] as number,
      place: { segment: row['segment'] as number, offset: row['place'] as number },
      outcome:
        row['outcome'] === null
          ? undefined
          : {
              index: row['outcome'] as number,
              segment: row['end_segment'] as number,
              offset: row['end_place'] as number,
            },
      check: checkRow(readRow(row, wordOf)),
    }))
}

/** More lines than this are no table for people; what is beyond is left out, and said to be. */
export const linesMax = 10_000
/** A person has an alias for each month, so there are more lines before they are put together. */
export const aliasLinesMax = 200_000

const groups: Readonly<Record<CountedBy, string>> = {
  person: 'alias',
  'use-case': 'use_case',
  offering: 'offering',
  class: 'class',
  finding: 'type',
  day: 'at_ms / 86400000',
}

/** Entries, cost and tokens by something, the most entries first; the newest first for days. */
export function countRows(
  store: IndexStore,
  question: LogQuestion,
  by: CountedBy,
): { readonly total: CountLine; readonly lines: readonly CountLine[] } {
  const where = whereOf(store, question)
  if (where === undefined) return { total: { value: undefined, ...nothing }, lines: [] }
  const sums = `count(*) AS entries, coalesce(sum(cost), 0) AS cost, coalesce(sum(tokens), 0) AS tokens,
    coalesce(sum(kind = ${intentCode} AND cost IS NULL), 0) AS without_cost`
  const { database } = store
  const total = database.prepare(`SELECT ${sums} FROM entry WHERE ${where.sql}`).get(...where.values)
  // An exchange with two types of findings counts for both, and once in the total.
  const from =
    by === 'finding'
      ? 'entry LEFT JOIN (SELECT DISTINCT type, entry AS of_entry FROM finding) ON of_entry = entry'
      : 'entry'
  const order = by === 'day' ? 'value DESC' : 'entries DESC, value'
  const limit = by === 'person' ? aliasLinesMax : linesMax
  const rows = database
    .prepare(
      `SELECT ${groups[by]} AS value, ${sums} FROM ${from} WHERE ${where.sql} GROUP BY 1 ORDER BY ${order} LIMIT ?`,
    )
    .all(...where.values, limit)
  const wordOf = wordReader(store)
  const nameOf = (value: unknown): string | undefined =>
    by === 'day' ? dayName(value as number) : (wordOf(value) ?? undefined)
  return {
    total: lineOf(total ?? {}, undefined),
    lines: rows.map((row) => lineOf(row, nameOf(row['value']))),
  }
}

const nothing = { entries: 0, costMicroUsd: 0, tokens: 0, withoutCost: 0 }

const lineOf = (row: Readonly<Record<string, unknown>>, value: string | undefined): CountLine => ({
  value,
  entries: row['entries'] as number,
  costMicroUsd: row['cost'] as number,
  tokens: row['tokens'] as number,
  withoutCost: row['without_cost'] as number,
})

const dayName = (day: number): string => new Date(day * 86_400_000).toISOString().slice(0, 10)

function wordReader({ database }: IndexStore): (id: unknown) => string | null {
  const statement = database.prepare('SELECT text FROM word WHERE id = ?')
  const known = new Map<number, string | null>()
  return (id) => {
    if (id === null) return null
    let text = known.get(id as number)
    if (text === undefined) {
      text = (statement.get(id as number)?.['text'] as string | undefined) ?? null
      known.set(id as number, text)
    }
    return text
  }
}

interface Where {
  readonly sql: string
  readonly values: readonly SQLInputValue[]
}

/** Undefined when nothing can fit. */
function whereOf(store: IndexStore, question: LogQuestion): Where | undefined {
  const parts: Where[] = question.conditions.map((condition) => turned(condition, sqlOf(store, condition)))
  const { sinceMs, untilMs } = question
  if (sinceMs !== undefined || untilMs !== undefined) {
    const since = sinceMs ?? Number.MIN_SAFE_INTEGER
    const until = untilMs ?? Number.MAX_SAFE_INTEGER
    const span = store.spanOf(since, until)
    if (span === undefined) return undefined
    parts.unshift({
      sql: 'entry BETWEEN ? AND ? AND at_ms >= ? AND at_ms < ?',
      values: [span.first, span.last, since, until],
    })
  }
  return {
    sql: parts.length === 0 ? '1' : parts.map(({ sql }) => `(${sql})`).join(' AND '),
    values: parts.flatMap(({ values }) => values),
  }
}

/** What an entry does not have is not what was asked for, so it fits the opposite. */
const turned = ({ isNot }: Condition, { sql, values }: Where): Where =>
  isNot ? { sql: `NOT coalesce((${sql}), 0)`, values } : { sql, values }

function sqlOf(store: IndexStore, condition: Condition): Where {
  switch (condition.on) {
    case 'person':
      throw new Error('whose aliases are asked for must be known before the index is asked')
    case 'cost':
    case 'tokens':
    case 'status':
      return condition.compare === '='
        ? isOneOf(condition.on, condition.values)
        : { sql: `${condition.on} ${condition.compare} ?`, values: [condition.values[0] as number] }
    case 'kind':
      return isOneOf('kind', condition.values.map(kindCode))
    case 'request':
      return isOneOf('request', condition.values.map(requestNumber))
    case 'receipt':
      return either(isOneOf('entry', condition.values), isOneOf('outcome', condition.values))
    case 'alias':
    case 'use-case':
    case 'offering':
    case 'class':
    case 'key':
      return isOneOf(condition.on.replace('-', '_'), idsOf(store, condition.on, condition.values))
    case 'decision':
    case 'code': {
      const ids = idsOf(store, condition.on, condition.values)
      return either(isOneOf(condition.on, ids), isOneOf(`end_${condition.on}`, ids))
    }
    case 'finding': {
      const ofType = isOneOf('type', idsOf(store, 'finding', condition.values))
      return { sql: `entry IN (SELECT entry FROM finding WHERE ${ofType.sql})`, values: ofType.values }
    }
  }
}

const idsOf = (store: IndexStore, place: WordPlace, texts: readonly string[]): readonly number[] =>
  texts.flatMap((text) => store.findWord(place, text) ?? [])

/** More than the values of a question: a person has an alias for each month. Kept as one value, as JSON. */
const isOneOf = (column: string, values: readonly number[]): Where =>
  values.length === 0
    ? { sql: '0', values: [] }
    : { sql: `${column} IN (SELECT value FROM json_each(?))`, values: [JSON.stringify(values)] }

const either = (one: Where, other: Where): Where => ({
  sql: `${one.sql} OR ${other.sql}`,
  values: [...one.values, ...other.values],
})
