import type { KeyedHash, KnownMatch, KnownTable } from './api.ts'
import { companyRecord } from './kinds.ts'
import { joined, normalised, type Words, wordsOf } from './words.ts'

/**
 * Exact data match: a value of the first column, and other values of the same row near it. One alone proves little: a
 * number of seven digits stands in many texts.
 */

/** 52 bits: exact in a number, and with a million rows one accident in four thousand million values. */
export const cellDigits = 13
const emptyCell = '0'.repeat(cellDigits)

export const tableLimits = { rows: 1_000_000, cells: 4_000_000, columns: 32, leastFields: 1 } as const

/** Shorter values start no match, or lend no weight to one: a house number is near everything. */
const shortestPrimary = 5
const shortestField = 3
/** Characters to either side. Source: the same distance as in Microsoft Purview's exact data match. */
const nearCharacters = 300
/** An IBAN is written in up to nine groups of four; names and addresses are shorter. */
const mostWords = 9
/** Between groups of one value: ` - `. */
const longestGap = 3

export interface TableSource {
  readonly name: string
  readonly class: KnownTable['class']
  /** Random, of the table alone. */
  readonly salt: string
  /** As the rows have them. */
  readonly columns: readonly string[]
  readonly primary: string
  readonly rows: Iterable<readonly string[]>
  readonly leastFields?: number
}

/** Throws an `Error` that says what is wrong with the columns or that there are too many rows. */
export function buildTable(source: TableSource, hash: KeyedHash): KnownTable {
  const { name, columns, salt, primary, leastFields = tableLimits.leastFields } = source
  const first = columns.indexOf(primary)
  if (first === -1) throw new Error(`there is no column "${primary}"; there are: ${columns.join(', ')}`)
  if (columns.length > tableLimits.columns)
    throw new Error(`there are ${columns.length} columns; at most ${tableLimits.columns} are possible`)
  if (leastFields < 1 || leastFields >= columns.length)
    throw new Error(
      `of ${columns.length} columns, at least 1 and at most ${columns.length - 1} can be asked for`,
    )
  const order = [first, ...[...columns.keys()].filter((column) => column !== first)]
  const mostRows = Math.min(tableLimits.rows, Math.floor(tableLimits.cells / columns.length))
  const rows: string[] = []
  const shapes = new Set<string>()
  for (const row of source.rows) {
    const values = order.map((column) => normalised(row[column] ?? ''))
    const [value = ''] = values
    if (value.length < shortestPrimary) continue
    if (rows.length === mostRows)
      throw new Error(`there are more than ${mostRows} rows, which is the most for ${columns.length} columns`)
    shapes.add(shapeOf(value))
    rows.push(
      values
        .map((each) => (each.length < shortestField ? emptyCell : hash(salt, each).slice(0, cellDigits)))
        .join(''),
    )
  }
  return {
    name,
    class: source.class,
    salt,
    columns: order.map((column) => columns[column] as string),
    leastFields,
    rows,
    shapes: [...shapes].sort(),
  }
}

/** `d10` for ten digits, `m15` for fifteen letters and digits. */
const shapeOf = (value: string): string =>
  `${/^\d+$/.test(value) ? 'd' : /\d/.test(value) ? 'm' : 'l'}${value.length}`

/** Rows of each value of the first column, and all cells as numbers: a few bytes for each. */
interface Index {
  readonly table: KnownTable
  readonly rowsOf: ReadonlyMap<number, readonly number[]>
  readonly cells: Float64Array
  readonly shapes: ReadonlySet<string>
  readonly longest: number
}

function indexOf(table: KnownTable): Index {
  const width = table.columns.length
  const cells = new Float64Array(table.rows.length * width)
  const rowsOf = new Map<number, number[]>()
  for (const [row, digits] of table.rows.entries()) {
    for (let column = 0; column < width; column++) {
      const cell = digits.slice(column * cellDigits, (column + 1) * cellDigits)
      cells[row * width + column] = Number.parseInt(cell, 16)
    }
    const primary = cells[row * width] as number
    const same = rowsOf.get(primary)
    if (same === undefined) rowsOf.set(primary, [row])
    else if (same.length < mostSameRows) same.push(row)
  }
  const longest = Math.max(0, ...table.shapes.map((shape) => Number(shape.slice(1))))
  return { table, rowsOf, cells, shapes: new Set(table.shapes), longest }
}

/** A value many rows share is no primary one; looking through all of them would cost the whole table. */
const mostSameRows = 20

export function createTableMatcher(
  table: KnownTable,
  hash: KeyedHash,
): (text: string) => readonly KnownMatch[] {
  const index = indexOf(table)
  return (text) => {
    const hashed = new TextHashes(wordsOf(text), index, hash)
    const matches = new Map<string, KnownMatch>()
    for (let word = 0; word < hashed.words.count; word++) {
      for (const { row, last } of hashed.primariesAt(word)) {
        const fields = hashed.fieldsNear(row, word, last)
        if (fields.length < table.leastFields) continue
        const why = `stands in the company's table ${table.name}, with ${fields.length} more of the same row near it`
        for (const [start, end] of [hashed.spanOf(word, last), ...fields]) {
          const found = { start, end, kind: companyRecord, class: table.class, score: 1, why }
          if (!matches.has(`${start}-${end}`)) matches.set(`${start}-${end}`, found)
        }
      }
    }
    return [...matches.values()]
  }
}

/** The hashes of runs of words of one text, each computed once and only when it is asked for. */
class TextHashes {
  readonly words: Words
  readonly #index: Index
  readonly #hash: KeyedHash
  readonly #known = new Map<number, number>()

  constructor(words: Words, index: Index, hash: KeyedHash) {
    this.words = words
    this.#index = index
    this.#hash = hash
  }

  spanOf(first: number, last: number): readonly [number, number] {
    return [this.words.starts[first] as number, this.words.ends[last] as number]
  }

  /** Rows whose first value starts at a word. */
  *primariesAt(word: number): Generator<{ readonly row: number; readonly last: number }> {
    const { shapes, longest, rowsOf } = this.#index
    for (const last of this.#runsFrom(word)) {
      const value = joined(this.words, word, last)
      if (value.length > longest) return
      if (!shapes.has(shapeOf(value))) continue
      for (const row of rowsOf.get(this.#at(word, last)) ?? []) yield { row, last }
    }
  }

  /** Places near a match where other values of the row stand, one for each column. */
  fieldsNear(row: number, first: number, last: number): readonly (readonly [number, number])[] {
    const { cells, table } = this.#index
    const width = table.columns.length
    const wanted = new Set(cells.subarray(row * width + 1, (row + 1) * width))
    wanted.delete(0)
    const [start, end] = this.spanOf(first, last)
    const fields: (readonly [number, number])[] = []
    for (let word = this.#firstFrom(start - nearCharacters, first); wanted.size > 0; word++) {
      if (word >= this.words.count || (this.words.starts[word] as number) > end + nearCharacters) break
      if (word >= first && word <= last) continue
      for (const runEnd of this.#runsFrom(word)) {
        if (word < first && runEnd >= first) break
        if (wanted.delete(this.#at(word, runEnd))) fields.push(this.spanOf(word, runEnd))
      }
    }
    return fields
  }

  #firstFrom(position: number, before: number): number {
    let word = before
    while (word > 0 && (this.words.starts[word - 1] as number) >= position) word--
    return word
  }

  /** Last words of the runs that start at a word and could be one value. */
  *#runsFrom(word: number): Generator<number> {
    const { starts, ends, count } = this.words
    for (let last = word; last < Math.min(count, word + mostWords); last++) {
      if (last > word && (starts[last] as number) - (ends[last - 1] as number) > longestGap) return
      yield last
    }
  }

  #at(first: number, last: number): number {
    const key = first * mostWords + (last - first)
    const known = this.#known.get(key)
    if (known !== undefined) return known
    const digits = this.#hash(this.#index.table.salt, joined(this.words, first, last))
    const value = Number.parseInt(digits.slice(0, cellDigits), 16)
    this.#known.set(key, value)
    return value
  }
}
