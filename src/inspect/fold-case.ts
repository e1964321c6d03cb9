/**
 * Expressions that do not look at case, on pieces of text in lower case. The flag for it makes each class of letters
 * six times as slow to compile: seventy milliseconds for the longest expressions here, when the first text needs them.
 */

/** Letters that are lower case and equal to another one without regard to case. Source: Unicode, CaseFolding.txt, C. */
const others: ReadonlyMap<string, string> = new Map([
  ...[
    ['\u017f', 's'],
    ['\u03c2', '\u03c3'],
    ['\u00b5', '\u03bc'],
  ],
  ...[
    ['\u03d0', '\u03b2'],
    ['\u03d1', '\u03b8'],
    ['\u03d5', '\u03c6'],
    ['\u03f0', '\u03ba'],
    ['\u03f1', '\u03c1'],
    ['\u03f5', '\u03b5'],
  ],
] as const)

const anyOther = /[\u017f\u03c2\u00b5\u03d0\u03d1\u03d5\u03f0\u03f1\u03f5]/g

const withoutOthers = (text: string): string =>
  text.replace(anyOther, (letter) => others.get(letter) ?? letter)

/** A piece of text as `foldedExpression` reads it. Positions may differ from those of the piece. */
export const foldCase = (piece: string): string => withoutOthers(piece.toLowerCase())

/** What an expression without escapes must not hold. */
const anyEscape = /\\p\{\w+\}|\\./giu
const capital = /\p{Lu}/u

/** An expression for what `foldCase` gives; throws an `Error` when `source` asks for a capital letter. */
export function foldedExpression(source: string): RegExp {
  if (capital.test(source.replace(anyEscape, ''))) throw new Error(`asks for a capital letter: ${source}`)
  return new RegExp(withoutOthers(source), 'u')
}
