/**
 * Expressions that do not look at case, on pieces of text in lower case. What makes them slow to compile, seventy
 * milliseconds for the longest when the first text needs it, are classes of letters of all alphabets, above all without
 * regard to case: in a piece of ASCII, and nearly all are, the letters are those from a to z.
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

/** Tells whether something stands in what `foldCase` gave. */
export interface FoldedExpression {
  readonly test: (folded: string) => boolean
}

/** Throws an `Error` when `source`, that of an expression in Unicode mode, asks for a capital or an unknown class. */
export function foldedExpression(source: string): FoldedExpression {
  if (capital.test(source.replace(anyEscape, ''))) throw new Error(`asks for a capital letter: ${source}`)
  const written = withoutOthers(source)
  const inAscii = asciiOf(written)
  // Made when first asked, so that loading stays cheap.
  let any: RegExp | undefined
  let ascii: RegExp | undefined
  return {
    test: (folded) => {
      if (beyondAscii.test(folded)) {
        any ??= new RegExp(written, 'u')
        return any.test(folded)
      }
      ascii ??= new RegExp(inAscii)
      return ascii.test(folded)
    },
  }
}

/** Finds something in a piece of text as it is written, without regard to case. */
export interface CaselessExpression {
  readonly exec: (piece: string) => RegExpExecArray | null
}

/** For an expression in Unicode mode whose matches are asked for. Throws an `Error` when it asks for an unknown class. */
export function caselessExpression(source: string): CaselessExpression {
  const inAscii = asciiOf(source)
  let any: RegExp | undefined
  let ascii: RegExp | undefined
  return {
    exec: (piece) => {
      if (beyondAscii.test(piece)) {
        any ??= new RegExp(source, 'iu')
        return any.exec(piece)
      }
      ascii ??= new RegExp(inAscii, 'i')
      return ascii.exec(piece)
    },
  }
}

/**
 * The source of an expression for what stands at the end of a piece: it is read backwards from there. With `$` behind it, it
 * would be tried from each unit of the piece.
 */
export const atEnd = (source: string): string => `$(?<=${source})`

const beyondAscii = /[^\0-\x7f]/

/** What the classes of letters, numbers and marks are in ASCII where case does not count. */
const classesInAscii: Readonly<Record<string, string>> = { L: 'a-z', N: '0-9', M: '' }

/** The same expression for pieces of ASCII. */
function asciiOf(source: string): string {
  let isInClass = false
  return source.replace(/\\p\{(\w+)\}|\\u\{|\\P|\\.|[[\]]/gu, (part, name: string | undefined) => {
    if (part === '[') isInClass = true
    else if (part === ']') isInClass = false
    if (part === '\\P' || part === '\\u{') throw new Error(`has no form in ASCII: ${source}`)
    if (name === undefined) return part
    const signs = classesInAscii[name]
    if (signs === undefined) throw new Error(`has no form in ASCII: ${source}`)
    return isInClass ? signs : `[${signs}]`
  })
}
