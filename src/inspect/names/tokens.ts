/** A text cut into words, numbers and single signs, each with what the tagger needs to know of it. */
import { characterClasses, classOfCode, foldCode } from './characters.ts'

const { space, newline, digit, lower, upper, mark } = characterClasses

/** How a token is written. Signs have kinds of their own, from `sign` on. */
export const kinds = {
  lower: 0,
  capital: 1,
  allCapitals: 2,
  mixedCase: 3,
  oneCapital: 4,
  number1: 5,
  number2: 6,
  number3: 7,
  number4: 8,
  number5: 9,
  numberLong: 10,
  letterAndDigit: 11,
  sign: 12,
} as const

const signs = `.,-'’:;()"/@#&!?_*|<>=[]{}%+$€•–—“”«»\\`
const signKinds = new Map([...signs].map((sign, index) => [sign.charCodeAt(0), kinds.sign + 1 + index]))
export const kindCount = kinds.sign + 1 + signs.length
export const kindOfSign = (sign: string): number => signKinds.get(sign.charCodeAt(0)) ?? kinds.sign

/** What stands before a token. */
export const gaps = { none: 0, space: 1, wide: 2, newline: 3, start: 4 } as const

/** Tokens of one stretch of text; the arrays are longer than `count` and are used again. */
export interface Tokens {
  count: number
  readonly start: Int32Array
  readonly end: Int32Array
  /** Hash of the word without case and accents. */
  readonly word: Int32Array
  readonly kind: Uint8Array
  readonly gap: Uint8Array
  /** Bits of the word list. */
  readonly known: Uint8Array
  /** How German the words around it are: 0 to 2. */
  readonly german: Uint8Array
  /** 1 where the tagger has to look. */
  readonly isCandidate: Uint8Array
}

export const makeTokens = (capacity: number): Tokens => ({
  count: 0,
  start: new Int32Array(capacity),
  end: new Int32Array(capacity),
  word: new Int32Array(capacity),
  kind: new Uint8Array(capacity),
  gap: new Uint8Array(capacity),
  known: new Uint8Array(capacity),
  german: new Uint8Array(capacity),
  isCandidate: new Uint8Array(capacity),
})

const hashSeed = 0x811c9dc5
export const addToHash = (hash: number, code: number): number => Math.imul(hash ^ code, 0x01000193)

/** The hash a token of this word has. */
export function hashWord(word: string): number {
  let hash = hashSeed
  for (let index = 0; index < word.length; index++) {
    const code = word.charCodeAt(index)
    if (classOfCode(code) !== mark) hash = addToHash(hash, foldCode(code))
  }
  return hash | 0
}

/** Fills `tokens` from `from` on, until the text ends or they are full; gives the position to go on from. */
export function readTokens(text: string, from: number, tokens: Tokens): number {
  const { start, end, word, kind, gap } = tokens
  const capacity = start.length
  let count = 0
  let position = from
  let before: number = gaps.start
  while (position < text.length && count < capacity) {
    const code = text.charCodeAt(position)
    const kindOfCode = classOfCode(code)
    if (kindOfCode === newline) {
      before = Math.max(before, gaps.newline)
      position++
      continue
    }
    if (kindOfCode === space) {
      before = Math.max(before, before === gaps.space || code === 9 ? gaps.wide : gaps.space)
      position++
      continue
    }
    start[count] = position
    gap[count] = before
    before = gaps.none
    if (kindOfCode === 0 || kindOfCode === mark) {
      kind[count] = signKinds.get(code) ?? kinds.sign
      word[count] = addToHash(hashSeed, code)
      position++
    } else position = readWord(text, position, tokens, count)
    end[count++] = position
  }
  tokens.count = count
  return position
}

function readWord(text: string, from: number, tokens: Tokens, at: number): number {
  let hash = hashSeed
  let position = from
  let capitals = 0
  let small = 0
  let digits = 0
  const isFirstUpper = classOfCode(text.charCodeAt(from)) === upper
  for (; position < text.length; position++) {
    const code = text.charCodeAt(position)
    const kindOfCode = classOfCode(code)
    if (kindOfCode === upper) capitals++
    else if (kindOfCode === lower) small++
    else if (kindOfCode === digit) digits++
    else if (kindOfCode === mark) continue
    else break
    hash = addToHash(hash, foldCode(code))
  }
  tokens.word[at] = hash
  tokens.kind[at] = kindOfWord(capitals, small, digits, isFirstUpper)
  return position
}

function kindOfWord(capitals: number, small: number, digits: number, isFirstUpper: boolean): number {
  const letters = capitals + small
  if (digits > 0 && letters > 0) return kinds.letterAndDigit
  if (digits > 0) return kinds.number1 + Math.min(digits, 6) - 1
  if (capitals === 0) return kinds.lower
  if (capitals === 1 && letters === 1) return kinds.oneCapital
  if (small === 0) return kinds.allCapitals
  return isFirstUpper && capitals === 1 ? kinds.capital : kinds.mixedCase
}
