/**
 * Reads the patterns companies write: the part of regular expressions that can be matched in one pass. No look-around
 * and no back reference, because no engine finds these in linear time; everything else of everyday use.
 *
 *     abc  .  [a-z0-9_]  [^,]  \d \w \s \D \W \S  \p{L} \p{N} \p{Lu} \p{Ll}  \b \B  ^ $ (of a line)
 *     (...)  (?:...)  a|b  ?  *  +  {3}  {2,5}  {2,}      a backslash before any sign makes it stand for itself
 */
import { PatternError } from './api.ts'

/** Whether one UTF-16 unit fits. */
export type UnitTest = (code: number) => boolean

export type Edge = 'word-edge' | 'no-word-edge' | 'line-start' | 'line-end'

export type Node =
  | { readonly kind: 'unit'; readonly test: UnitTest }
  | { readonly kind: 'edge'; readonly edge: Edge }
  | { readonly kind: 'row'; readonly nodes: readonly Node[] }
  | { readonly kind: 'either'; readonly nodes: readonly Node[] }
  | { readonly kind: 'repeat'; readonly node: Node; readonly least: number; readonly most: number }

/** More repetitions than this are surely a mistake, and each is a step. */
const mostRepeats = 200
const deepestGroup = 50

/** Throws `PatternError`. */
export function parsePattern(source: string, isCaseSensitive: boolean): Node {
  const reader = new Reader(source, isCaseSensitive)
  const node = reader.either(0)
  if (!reader.isAtEnd) throw new PatternError('there is a ) without its (', reader.at)
  return node
}

class Reader {
  readonly #source: string
  readonly #isCaseSensitive: boolean
  at = 0

  constructor(source: string, isCaseSensitive: boolean) {
    this.#source = source
    this.#isCaseSensitive = isCaseSensitive
  }

  get isAtEnd(): boolean {
    return this.at >= this.#source.length
  }

  either(depth: number): Node {
    if (depth > deepestGroup)
      throw new PatternError(`groups may stand in each other ${deepestGroup} deep`, this.at)
    const nodes = [this.#row(depth)]
    while (this.#takes('|')) nodes.push(this.#row(depth))
    const [only] = nodes
    return nodes.length === 1 && only !== undefined ? only : { kind: 'either', nodes }
  }

  #row(depth: number): Node {
    const nodes: Node[] = []
    while (!this.isAtEnd && !this.#isNext('|') && !this.#isNext(')')) nodes.push(this.#repeated(depth))
    return { kind: 'row', nodes }
  }

  #repeated(depth: number): Node {
    const node = this.#single(depth)
    const started = this.at
    const counts = this.#counts()
    if (counts === undefined) return node
    if (node.kind === 'edge') throw new PatternError('an edge of a word or line cannot be repeated', started)
    const again = this.at
    if (this.#isNext('?') || this.#isNext('+'))
      throw new PatternError(
        'lazy and possessive repetition are not read: what is found is the longest',
        again,
      )
    if (this.#counts() !== undefined) throw new PatternError('this is repeated already: use a group', again)
    return { kind: 'repeat', node, ...counts }
  }

  #counts(): { readonly least: number; readonly most: number } | undefined {
    if (this.#takes('?')) return { least: 0, most: 1 }
    if (this.#takes('*')) return { least: 0, most: Number.POSITIVE_INFINITY }
    if (this.#takes('+')) return { least: 1, most: Number.POSITIVE_INFINITY }
    const found = /^\{(\d{1,4})(?:(,)(\d{1,4})?)?\}/.exec(this.#source.slice(this.at, this.at + 12))
    if (found === null) return undefined
    const least = Number(found[1])
    const most =
      found[2] === undefined ? least : found[3] === undefined ? Number.POSITIVE_INFINITY : Number(found[3])
    if (most < least) throw new PatternError('the greater number stands first', this.at)
    if (least > mostRepeats || (Number.isFinite(most) && most > mostRepeats))
      throw new PatternError(`something is repeated at most ${mostRepeats} times`, this.at)
    this.at += found[0].length
    return { least, most }
  }

  #single(depth: number): Node {
    const at = this.at
    const sign = this.#source.charAt(at)
    this.at++
    if (sign === '(') return this.#group(depth, at)
    if (sign === '[') return this.#unit(this.#set(at))
    if (sign === '\\') return this.#escaped(at)
    if (sign === '.') return this.#unit((code) => code !== 10 && code !== 13)
    if (sign === '^') return { kind: 'edge', edge: 'line-start' }
    if (sign === '$') return { kind: 'edge', edge: 'line-end' }
    if (/[*+?]/.test(sign)) throw new PatternError(`there is nothing before ${sign} to repeat`, at)
    return this.#unit(this.#exactly(sign.charCodeAt(0)))
  }

  #group(depth: number, at: number): Node {
    if (this.#takes('?') && !this.#takes(':')) {
      throw new PatternError(
        'look-around, named groups and flags are not read: write a plain group, and the edge of a word as \\b',
        at,
      )
    }
    const node = this.either(depth + 1)
    if (!this.#takes(')')) throw new PatternError('there is a ( without its )', at)
    return node
  }

  #escaped(at: number): Node {
    const sign = this.#source.charAt(this.at)
    if (sign === 'b' || sign === 'B') {
      this.at++
      return { kind: 'edge', edge: sign === 'b' ? 'word-edge' : 'no-word-edge' }
    }
    return this.#unit(this.#escape(at))
  }

  /** After the backslash: one unit, or a class of them. */
  #escape(at: number): UnitTest {
    const sign = this.#source.charAt(this.at++)
    const test = Object.hasOwn(classes, sign) ? classes[sign] : undefined
    if (test !== undefined) return test
    if (sign === 'p' || sign === 'P') return this.#property(sign === 'P', at)
    const control = Object.hasOwn(controls, sign) ? controls[sign] : undefined
    if (control !== undefined) return this.#exactly(control)
    if (sign === '') throw new PatternError('a backslash stands at the end', at)
    if (/[1-9]/.test(sign)) throw new PatternError('a reference back to a group is not read', at)
    if (/[A-Za-z0]/.test(sign)) throw new PatternError(`\\${sign} means nothing here`, at)
    return this.#exactly(sign.charCodeAt(0))
  }

  #property(isOther: boolean, at: number): UnitTest {
    const found = /^\{(L|Lu|Ll|N|Nd|P|S)\}/.exec(this.#source.slice(this.at, this.at + 6))
    if (found === null) throw new PatternError('only \\p{L}, {Lu}, {Ll}, {N}, {Nd}, {P} and {S} are read', at)
    this.at += found[0].length
    const shape = new RegExp(`\\p{${found[1]}}`, 'u')
    return (code) => shape.test(String.fromCharCode(code)) !== isOther
  }

  #set(at: number): UnitTest {
    const isOther = this.#takes('^')
    const tests: UnitTest[] = []
    while (!this.#isNext(']') || tests.length === 0) {
      if (this.isAtEnd) throw new PatternError('there is a [ without its ]', at)
      const from = this.#member()
      const isRange =
        this.#isNext('-') && this.#source.charAt(this.at + 1) !== ']' && this.at + 1 < this.#source.length
      if (!isRange) {
        tests.push(typeof from === 'number' ? this.#exactly(from) : from)
        continue
      }
      const dash = this.at++
      const to = this.#member()
      if (typeof from !== 'number' || typeof to !== 'number' || to < from)
        throw new PatternError('a range goes from one sign to a later one', dash)
      tests.push(this.#range(from, to))
    }
    this.at++
    return (code) => tests.some((test) => test(code)) !== isOther
  }

  #member(): number | UnitTest {
    const at = this.at
    const sign = this.#source.charAt(this.at++)
    if (sign !== '\\') return sign.charCodeAt(0)
    const next = this.#source.charAt(this.at)
    if (Object.hasOwn(classes, next) || next === 'p' || next === 'P') return this.#escape(at)
    if (Object.hasOwn(controls, next)) {
      this.at++
      return controls[next] as number
    }
    if (next === '' || /[A-Za-z0-9]/.test(next)) throw new PatternError(`\\${next} means nothing in [ ]`, at)
    this.at++
    return next.charCodeAt(0)
  }

  #exactly = (code: number): UnitTest => this.#range(code, code)

  #range(from: number, to: number): UnitTest {
    const isIn: UnitTest = (code) => code >= from && code <= to
    if (this.#isCaseSensitive) return isIn
    return (code) => isIn(code) || isIn(otherCase(code))
  }

  #unit = (test: UnitTest): Node => ({ kind: 'unit', test })

  #isNext = (sign: string): boolean => this.#source.charAt(this.at) === sign

  #takes(sign: string): boolean {
    if (!this.#isNext(sign)) return false
    this.at++
    return true
  }
}

export const isWord: UnitTest = (code) =>
  (code >= 48 && code <= 57) ||
  (code >= 65 && code <= 90) ||
  (code >= 97 && code <= 122) ||
  code === 95 ||
  (code > 127 && /[\p{L}\p{N}]/u.test(String.fromCharCode(code)))

const isDigit: UnitTest = (code) => code >= 48 && code <= 57
const isSpace: UnitTest = (code) => /\s/.test(String.fromCharCode(code))

const classes: Readonly<Record<string, UnitTest>> = {
  d: isDigit,
  w: isWord,
  s: isSpace,
  D: (code) => !isDigit(code),
  W: (code) => !isWord(code),
  S: (code) => !isSpace(code),
}

const controls: Readonly<Record<string, number>> = { t: 9, n: 10, r: 13 }

/** The same letter small or large; the unit itself where there is no single other one. */
function otherCase(code: number): number {
  const unit = String.fromCharCode(code)
  const other = unit.toLowerCase() === unit ? unit.toUpperCase() : unit.toLowerCase()
  return other.length === 1 ? other.charCodeAt(0) : code
}
