import { type FoldedExpression, foldCase, foldedExpression } from './fold-case.ts'
import { createHoldsWordInTurn, createMayStandInTurn } from './word-beginnings.ts'

/** How far before a value its context is looked for, in UTF-16 units: a short sentence or a column name. */
const usualReach = 64

export type Context = (text: string, start: number) => boolean

/**
 * Tells whether one of `words` stands shortly before a position, as a whole word. `cardNumber` and
 * `card_number` hold the word `card`. Words are lower case.
 */
export function contextBefore(words: readonly string[]): Context {
  const pattern = patternOf(words)
  const mayStand = createMayStandInTurn(words)
  return (text, start) =>
    mayStand(text, Math.max(0, start - usualReach), start) &&
    pattern.test(foldedBefore(text, start, usualReach))
}

/**
 * The same for words that `createHoldsWordInTurn` takes, within `reach` and on the same line, or as the last word of the
 * line before: not a heading of a table.
 */
export function contextOnLine(words: readonly string[], reach: number): Context {
  const pattern = patternOf(words)
  const atEnd = foldedExpression(`${wholeWord(words)}[^\\p{L}\\p{N}]*$`)
  const mayStand = createHoldsWordInTurn(words)
  return (text, start) => {
    if (!mayStand(text, Math.max(0, start - reach), start)) return false
    // In the source of another text a line ends with an escape.
    const window = foldCase(windowBefore(text, start, reach).replaceAll('\\n', '\n'))
    return pattern.test(window.slice(window.lastIndexOf('\n') + 1)) || atEnd.test(window)
  }
}

const patternOf = (words: readonly string[]): FoldedExpression => foldedExpression(wholeWord(words))

const wholeWord = (words: readonly string[]): string =>
  `(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`

/** What stands before a position, up to `reach`, with the words of `camelCase` apart. */
export const windowBefore = (text: string, start: number, reach: number): string =>
  partCamelCase(text.slice(Math.max(0, start - reach), start))

let lastPiece = ''
let lastFolded = ''

/** The same as a `foldedExpression` reads it. Many ask for what stands before one number, so the last one is kept. */
export function foldedBefore(text: string, start: number, reach: number): string {
  const piece = text.slice(Math.max(0, start - reach), start)
  if (piece !== lastPiece) {
    lastPiece = piece
    lastFolded = foldCase(piece === piece.toLowerCase() ? piece : partCamelCase(piece))
  }
  return lastFolded
}

/** The answer for one position, looked for when it is first asked for. */
export function askedOnce(test: Context, text: string, start: number): () => boolean {
  let known: boolean | undefined
  return (): boolean => {
    known ??= test(text, start)
    return known
  }
}

const partCamelCase = (text: string): string => text.replace(/([a-z])([A-Z])/g, '$1 $2')
