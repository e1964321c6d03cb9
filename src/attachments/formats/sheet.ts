import { type Cell, TableText } from '../table.ts'
import { walkXml } from './xml-events.ts'

/** The strings of a workbook, and which of them a cell has shown. */
export interface SharedStrings {
  readonly strings: readonly string[]
  readonly used: Set<number>
}

/** The strings cells point to. Phonetic readings count as part of them. */
export function readSharedStrings(xml: string): readonly string[] {
  const strings: string[] = []
  let current = ''
  let isText = false
  walkXml(xml, {
    open: (name) => {
      if (name === 'si') current = ''
      isText = name === 't'
    },
    text: (text) => {
      if (isText) current += text
    },
    close: (name) => {
      if (name === 't') isText = false
      if (name === 'si') strings.push(current)
    },
  })
  return strings
}

/** Names of sheets, hidden ones too, and what names stand for. */
export function readWorkbook(xml: string): string {
  const lines: string[] = []
  walkXml(xml, {
    open: (name, attributes) => {
      if (name === 'sheet' || name === 'definedName') lines.push(attributes['name'] ?? '')
    },
    text: (text) => void (text.trim() !== '' && lines.push(text)),
  })
  return lines.join('\n')
}

interface OpenCell {
  column: number
  type: string
  value: string
  formula: string
}

/** A sheet by its columns. Marks the shared strings it shows as used. */
export function readSheet(xml: string, sharedStrings: SharedStrings, mostCharacters: number): string {
  const table = new TableText(mostCharacters)
  const outside: string[] = []
  let row: Cell[] = []
  let cell: OpenCell | undefined
  let inside: 'value' | 'formula' | 'outside' | undefined
  walkXml(xml, {
    open: (name, attributes) => {
      if (name === 'row') row = []
      else if (name === 'c') {
        const column = columnOf(attributes['r']) ?? row.length
        cell = { column, type: attributes['t'] ?? 'n', value: '', formula: '' }
      } else inside = cell === undefined ? (outsideCells.has(name) ? 'outside' : undefined) : inCell[name]
    },
    text: (text) => {
      if (inside === 'outside') outside.push(text)
      else if (cell !== undefined && inside !== undefined) cell[inside] += text
    },
    close: (name) => {
      if (name === 'c' && cell !== undefined) {
        const text = textOfCell(cell, sharedStrings)
        if (text !== '') row.push({ column: cell.column, text })
        cell = undefined
      } else if (name === 'row') table.add(row)
      inside = undefined
    },
  })
  return [table.text, ...outside].join('\n')
}

const inCell: Readonly<Record<string, 'value' | 'formula'>> = { v: 'value', t: 'value', f: 'formula' }

/** Headers and footers, and the texts of rules for what may be entered. */
const outsideCells = new Set(
  'oddHeader oddFooter evenHeader evenFooter firstHeader firstFooter formula1 formula2 formula'.split(' '),
)

function textOfCell({ type, value, formula }: OpenCell, sharedStrings: SharedStrings): string {
  const shown =
    type === 's' ? takeShared(Number(value), sharedStrings) : type === 'n' ? plainNumber(value) : value
  // A formula with a text in it may say more than its result.
  return formula.includes('"') ? `${shown} =${formula}`.trim() : shown.trim()
}

function takeShared(index: number, { strings, used }: SharedStrings): string {
  used.add(index)
  return strings[index] ?? ''
}

/** Excel writes long numbers as 4.1111E+15; cards and account numbers are looked for by their digits. */
function plainNumber(value: string): string {
  if (!/e/i.test(value)) return value
  const number = Number(value)
  return Number.isSafeInteger(number) ? String(BigInt(number)) : value
}

/** `BC12` is column 54, from 0. */
function columnOf(reference: string | undefined): number | undefined {
  const letters = /^([A-Z]{1,3})\d/.exec(reference ?? '')?.[1]
  if (letters === undefined) return undefined
  return [...letters].reduce((column, letter) => column * 26 + letter.charCodeAt(0) - 64, 0) - 1
}
