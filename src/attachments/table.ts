/** A cell with something in it. `column` counts from 0. */
export interface Cell {
  readonly column: number
  readonly text: string
}

export type Row = readonly Cell[]

const longestHeader = 60
/** Rows before a header: titles, dates, empty lines. */
const rowsBeforeHeader = 5

/**
 * A table as text in which each cell stands behind the name of its column, so that a number alone in a cell has its
 * context: `"iban": DE89…`, one line for each. Rows of one or two cells stay on one line: the left one often names the
 * right one. Rows without a header stand as they are, tabs between the cells.
 */
export class TableText {
  readonly #lines: string[] = []
  readonly #most: number
  #header: ReadonlyMap<number, string> | undefined
  #rows = 0
  #length = 0

  /** `mostCharacters`: nothing is added past it; the text then is longer than that. */
  constructor(mostCharacters: number) {
    this.#most = mostCharacters
  }

  add(row: Row): void {
    if (row.length === 0 || this.#length > this.#most) return
    const isHeader = this.#header === undefined && this.#rows < rowsBeforeHeader && looksLikeHeader(row)
    this.#rows++
    if (isHeader) {
      this.#header = new Map(row.map(({ column, text }) => [column, text.slice(0, longestHeader)]))
      this.#push(row.map(({ text }) => oneLine(text)).join('\t'))
    } else if (this.#header === undefined) this.#push(row.map(({ text }) => oneLine(text)).join('\t'))
    else this.#addUnder(this.#header, row)
  }

  #addUnder(header: ReadonlyMap<number, string>, row: Row): void {
    const cells = row.map(({ column, text }) => {
      const name = header.get(column)
      return name === undefined ? oneLine(text) : `"${oneLine(name)}": ${oneLine(text)}`
    })
    if (cells.length <= 2) this.#push(cells.join(', '))
    else for (const cell of cells) this.#push(cell)
    this.#push('')
  }

  #push(line: string): void {
    this.#lines.push(line)
    this.#length += line.length + 1
  }

  get text(): string {
    return this.#lines.join('\n')
  }
}

/** Names of columns: at least two, each with a letter, none that could be a value itself. */
const looksLikeHeader = (row: Row): boolean =>
  row.length >= 2 &&
  row.every(({ text }) => text.length <= 100 && /\p{L}/u.test(text) && !/@|\d{4}|:\/\//.test(text))

const oneLine = (text: string): string => text.replace(/\s*[\r\n]+\s*/g, ' ')
