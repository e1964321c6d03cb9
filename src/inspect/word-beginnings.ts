/**
 * Whether one of some words can stand in a piece of text at all, by its first three letters: asked before an expression
 * is, because nearly all answers are no and the expression takes ten times as long.
 */
import { isAlphanumeric, isLetter, isLower, isSignBeyondAscii, isUpper } from './characters.ts'
import { foldCase } from './fold-case.ts'

/** Never false when one of the words stands between two positions, as `windowBefore` (context.ts) shows what is there. */
export type MayStand = (text: string, from: number, end: number) => boolean

/** Letters of a beginning that are told apart. */
const told = 3
/** Places of a beginning: five bits for each letter, 0 for whatever is none. Those beyond ASCII share what `z` leaves. */
const places = 2 ** (5 * told)
const firstBeyond = 27
const placesBeyond = 5

/** For each unit of ASCII the place of its letter, 0 for what is none. */
export const letterPlaces = Uint8Array.from({ length: 128 }, (_, code) => (isLetter(code) ? code & 31 : 0))

const beyondAscii = new Uint8Array(65_536)
/** Of the same units in lower case what tells most of them apart. */
const lowBytes = new Uint8Array(65_536)

/** The same for units beyond ASCII that are no sign, in any case: `\u212a` is a `k`. */
function placeBeyondAscii(code: number): number {
  if (beyondAscii[code] === 0) {
    const folded = foldCase(String.fromCharCode(code)).charCodeAt(0)
    beyondAscii[code] = letterPlaces[folded] ?? firstBeyond + (folded % placesBeyond)
    lowBytes[code] = folded
  }
  return beyondAscii[code] as number
}

/** 0 beyond the end of a text. */
export const placeOfUnit = (code: number): number =>
  code > 127 && !isSignBeyondAscii(code) ? placeBeyondAscii(code) : (letterPlaces[code] ?? 0)

/** The place of the three units from a position on. */
export function threeAt(text: string, at: number): number {
  const one = text.charCodeAt(at)
  const two = text.charCodeAt(at + 1)
  const three = text.charCodeAt(at + 2)
  if ((one | two | three) > 127 || at + told > text.length)
    return (placeOfUnit(one) << 10) | (placeOfUnit(two) << 5) | placeOfUnit(three)
  return (
    ((letterPlaces[one] as number) << 10) |
    ((letterPlaces[two] as number) << 5) |
    (letterPlaces[three] as number)
  )
}

/** `words` are pieces of an expression in lower case that begin at the start of a word; `\b` in one says that no letter follows. */
export const createMayStand = (words: readonly string[]): MayStand => createMayStandIf(words, () => true)

/** Asked of where one may begin, `isOne` tells more. */
function createMayStandIf(words: readonly string[], isOne: (text: string, at: number) => boolean): MayStand {
  // Filled when first asked, so that loading stays cheap.
  let known: Uint8Array | undefined
  const mayBeginWith = createMayBeginWith(words)
  const holdSigns = words.some((word) => anyUnit(word, isSignBeyondAscii))
  return (text, from, end) => {
    known ??= beginningsIn(words)
    if (((known[0] as number) & 1) === 1) return end > from
    // As if a sign stood before the first unit.
    let open = anyWord
    for (let at = from; at < end; at++) {
      const code = text.charCodeAt(at)
      if (holdSigns && isSignBeyondAscii(code)) return true
      if (code > 127 ? mayBeginWith(code) : (open & (wordsWith[code] as number)) !== 0) {
        const place = threeAt(text, at)
        const isKnown = (((known[place >>> 3] as number) >>> (place & 7)) & 1) === 1
        if (isKnown && (at === from || !goesOnBehindN(text, at)) && isOne(text, at)) return true
      }
      open = code > 127 ? anyWord : (wordsBehind[code] as number)
    }
    return false
  }
}

/** Whether the `n` before a small letter is one of its word, and no `\n` of another text's source. */
const goesOnBehindN = (text: string, at: number): boolean =>
  text.charCodeAt(at - 1) === letterN && text.charCodeAt(at - 2) !== backslash && isLower(text.charCodeAt(at))

function anyUnit(word: string, isOne: (code: number) => boolean): boolean {
  for (let at = 0; at < word.length; at++) if (isOne(word.charCodeAt(at))) return true
  return false
}

/**
 * Whether one of `words` stands as a whole in pieces of one text that are asked for in order and overlap; a word counts a
 * little longer than it stands there. Words are pieces of an expression in lower case, of letters,
 * signs, brackets and question marks, behind which no letter follows.
 */
export function createHoldsWordInTurn(words: readonly string[]): MayStand {
  const spelled = words.flatMap(spelledOut)
  const known = new Set(spelled.map((word) => firstLetters.exec(word)?.[0] ?? ''))
  const longest = Math.max(...[...known].map(({ length }) => length))
  const isKnown = (text: string, at: number, end: number): boolean =>
    known.has(text.slice(at, end).toLowerCase())
  const isWord = (text: string, at: number): boolean => {
    let end = at
    for (; end - at <= longest && isLetter(text.charCodeAt(end)); end++)
      if (end > at && beginsInCamelCase(text, end) && isKnown(text, at, end)) return true
    return text.charCodeAt(end) > 127 || isKnown(text, at, end)
  }
  return inTurn(
    createMayStandIf(
      spelled.map((word) => `${word}\\b`),
      isWord,
    ),
  )
}

/** Whether the letter there may begin another word of `camelCase`. */
const beginsInCamelCase = (text: string, at: number): boolean =>
  isUpper(text.charCodeAt(at)) && isLower(text.charCodeAt(at - 1))

/** `createMayStand` for pieces of one text that are asked for in order and overlap: a word counts a little longer than it stands there. */
export const createMayStandInTurn = (words: readonly string[]): MayStand => inTurn(createMayStand(words))

/** Reads each unit once. Holds the last text. */
function inTurn(mayStand: MayStand): MayStand {
  let last = ''
  let readUpTo = 0
  let stoodUpTo = 0
  return (text, from, end) => {
    if (text !== last || end < readUpTo) {
      readUpTo = 0
      stoodUpTo = 0
    }
    // Also when it reads the same: the next time it is the same, which is seen at once.
    last = text
    if (mayStand(text, Math.max(from, readUpTo), end)) stoodUpTo = end
    readUpTo = end
    return stoodUpTo > from || mayStand(text, from, from + 1)
  }
}

/** Whether a unit that `isOne` stands in pieces of one text that are asked for in order: each unit is read once. Holds the last text. */
export function createHoldsInTurn(isOne: (code: number) => boolean): MayStand {
  let last = ''
  let readUpTo = 0
  let lastPlace = -1
  return (text, from, end) => {
    if (text !== last || end < readUpTo) {
      readUpTo = 0
      lastPlace = -1
    }
    last = text
    for (let at = Math.max(from, readUpTo); at < end; at++) if (isOne(text.charCodeAt(at))) lastPlace = at
    readUpTo = end
    return lastPlace >= from
  }
}

/** The pieces that stand between bars outside of brackets. */
export function alternativesOf(source: string): readonly string[] {
  const pieces = ['']
  let depth = 0
  for (const sign of source) {
    if (sign === '(') depth++
    else if (sign === ')') depth--
    if (sign === '|' && depth === 0) pieces.push('')
    else pieces.push(`${pieces.pop()}${sign}`)
  }
  return pieces
}

const firstLetters = /^[a-z]*/
const unspelled = /[\\.^$*+{}]/
/** A group, a set or a sign, and whether it may be left out. */
const partOfPiece = /(?:\((?:\?:)?((?:[^()]|\([^()]*\))*)\)|\[([^\]]+)\]|([^()[\]]))(\??)/gu

/** All that a piece of an expression fits; throws an `Error` when that has no end or is not told. */
export function spelledOut(piece: string): readonly string[] {
  if (unspelled.test(piece)) throw new Error(`cannot be spelled out: ${piece}`)
  return alternativesOf(piece).flatMap((alternative) => {
    let spelled: readonly string[] = ['']
    for (const [, group, set, sign, leftOut] of alternative.matchAll(partOfPiece)) {
      const parts = group === undefined ? [...(set ?? sign ?? '')] : spelledOut(group)
      const longer = spelled.flatMap((begun) => parts.map((part) => begun + part))
      spelled = leftOut === '?' ? [...spelled, ...longer] : longer
    }
    return spelled
  })
}

/** True when one of `words`, pieces as above, may begin at a position. Beyond ASCII everything may. */
export function createMayBegin(words: readonly string[]): (text: string, at: number) => boolean {
  let known: Uint8Array | undefined
  return (text, at) => {
    known ??= beginningsIn(words)
    if (at + told > text.length) return true
    if ((text.charCodeAt(at) | text.charCodeAt(at + 1) | text.charCodeAt(at + 2)) > 127) return true
    const place = threeAt(text, at)
    return (((known[place >>> 3] as number) >>> (place & 7)) & 1) === 1
  }
}

/**
 * False of a unit beyond ASCII with which none of `words`, pieces as above, begins: each letter of a script that sets no
 * words apart may begin one, and so may each inside a word, as nobody asks what stands before it.
 */
export function createMayBeginWith(words: readonly string[]): (code: number) => boolean {
  let known: Uint8Array | undefined
  return (code) => {
    known ??= firstBytesOf(words)
    return placeOfUnit(code) === 0 || known[lowBytes[code] as number] !== 0
  }
}

/** What stands in `lowBytes` for the units with which one of some words may begin. */
function firstBytesOf(words: readonly string[]): Uint8Array {
  const bytes = new Uint8Array(256)
  for (const word of words.flatMap(alternativesOf)) {
    const letters = element.exec(word)?.[0].replace(/[[\]]/g, '')
    if (letters === undefined) return bytes.fill(1)
    for (let at = 0; at < letters.length; at++) bytes[foldCase(letters.charAt(at)).charCodeAt(0) & 255] = 1
  }
  return bytes
}

export const anyWord = 1
const wordOfCapital = 2
const letterN = 110
const backslash = 92

/**
 * For each unit of ASCII which words begin behind it: any after a sign, and after what may be the `\n` of another text's
 * source; one of a capital inside `camelCase`.
 */
export const wordsBehind = Uint8Array.from(
  { length: 128 },
  (_, code) =>
    (!isAlphanumeric(code) || code === letterN ? anyWord : 0) | (isLower(code) ? wordOfCapital : 0),
)

/** For each unit of ASCII which of these a word is that begins with it. */
export const wordsWith = Uint8Array.from(
  { length: 128 },
  (_, code) => (isLetter(code) ? anyWord : 0) | (isUpper(code) ? wordOfCapital : 0),
)

/** A bit for each three letters, five bits of each, with which one of `words` may begin. */
export function beginningsIn(words: readonly string[]): Uint8Array {
  const known = new Uint8Array(places / 8)
  for (const beginning of words.flatMap(beginningsOf)) {
    let place = 0
    for (const letter of beginning) place = (place << 5) | letter
    // What a beginning leaves open may be anything.
    const open = 5 * (told - beginning.length)
    for (let at = place << open; at < (place + 1) << open; at++)
      known[at >>> 3] = (known[at >>> 3] as number) | (1 << (at & 7))
  }
  return known
}

/** A letter, or one of some: `e`, `[eé]`. What may be left out or repeated is none. */
const element = /^(?:[a-z\u00a1-\uffff]|\[[a-z\u00a1-\uffff]+\])(?![?*+{])/u
/** In place of a letter: none. */
const noLetter = '\\b'
/** A group that may hold other groups. */
const bracketed = /\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\)/g

/** The places of letters with which a text begins that fits a piece of an expression: `taxe`, `d.x` give those of `tax`, `d`. */
function beginningsOf(piece: string): readonly (readonly number[])[] {
  // Of several pieces in one the first letters say nothing; what stands behind them in brackets is a piece of its own.
  if (piece.replace(bracketed, '').includes('|')) return [[]]
  let beginnings: readonly (readonly number[])[] = [[]]
  let rest = piece
  for (let letters = 0; letters < told; letters++) {
    const read = rest.startsWith(noLetter) ? noLetter : element.exec(rest)?.[0]
    if (read === undefined) break
    const letter =
      read === noLetter ? [0] : [...read.replace(/[[\]]/g, '')].map((each) => placeOfUnit(each.charCodeAt(0)))
    beginnings = beginnings.flatMap((begun) => letter.map((each) => [...begun, each]))
    rest = rest.slice(read.length)
  }
  return beginnings
}
