/**
 * The one pass over a text. A table says for each code unit whether it is a digit, a disguise or the rarest
 * character of some literal; nearly all of ordinary prose is none of them and costs one look-up.
 */
import { isDigit, isLetter } from './characters.ts'
import type { Detector, Wake } from './detector.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { createNumberTriggers } from './trigger-numbers.ts'
import { createWordTriggers } from './trigger-words.ts'

/**
 * Calls `wake` for every trigger in the text, those of one detector in order of position. Stops and gives true as
 * soon as a disguised character stands in the text: such a text is to be scanned in its readings. Those, with
 * `isReading`, are scanned to their end. Linear in the length of the text.
 */
export type TriggerScan = (text: string, wake: Wake, isReading?: boolean) => boolean

const nobody = 0
const digit = 1
const anchor = 2
const disguise = 3

interface Literal {
  readonly text: string
  readonly isAnyCase: boolean
  /** Index in `text` of the character that wakes it. */
  readonly anchorAt: number
  readonly detector: Detector
}

export function createTriggerScan(detectors: readonly Detector[]): TriggerScan {
  const roles = rolesOfUnits()
  const literals = literalsOf(detectors)
  const byAnchor = indexByAnchor(literals)
  for (const pair of byAnchor.keys()) roles[pair & 0x7f] = anchor
  // A place for each pair of ASCII characters: looked at some hundred times for each kilobyte of text.
  const atPair = Array.from({ length: 1 << 14 }, (_, pair) => byAnchor.get(pair))
  const isPair = Uint8Array.from(atPair, (waiting) => (waiting === undefined ? 0 : 1))
  const wakeNumber = createNumberTriggers(detectors)
  const wakeWord = createWordTriggers(detectors)

  const wakeLiterals = (text: string, index: number, previous: number, wake: Wake): void => {
    const code = text.charCodeAt(index)
    if (previous !== 0) wakeAll(text, index, atPair[pairKey(previous, code)], wake)
    wakeAll(text, index, atPair[pairKey(0, code)], wake)
  }

  return (text, wake, isReading) => {
    let wordEnd = 0
    for (let index = 0; index < text.length; index++) {
      const role = roles[text.charCodeAt(index)]
      if (role === nobody) continue
      if (role === digit) {
        if (index >= wordEnd && isLetter(text.charCodeAt(index - 1))) wordEnd = wakeWord(text, index, wake)
        const end = wakeNumber(text, index, wake)
        if (end > wordEnd && isLetter(text.charCodeAt(end))) wordEnd = wakeWord(text, end - 1, wake)
        index = end - 1
      } else if (role === anchor) {
        const code = text.charCodeAt(index)
        const unit = index === 0 ? 0 : text.charCodeAt(index - 1)
        const previous = unit < 128 ? unit : 0
        if ((isPair[pairKey(previous, code)] as number) + (isPair[pairKey(0, code)] as number) > 0)
          wakeLiterals(text, index, previous, wake)
      } else if (isReading !== true && isDisguiseAt(text, index)) return true
    }
    return false
  }
}

function wakeAll(text: string, index: number, literals: readonly Literal[] | undefined, wake: Wake): void {
  if (literals === undefined) return
  for (let place = 0; place < literals.length; place++)
    wakeLiteral(text, index, literals[place] as Literal, wake)
}

function wakeLiteral(text: string, index: number, literal: Literal, wake: Wake): void {
  const start = index - literal.anchorAt
  const end = start + literal.text.length
  if (start < 0 || end > text.length) return
  const isThere = literal.isAnyCase
    ? text.slice(start, end).toLowerCase() === literal.text
    : text.startsWith(literal.text, start)
  if (isThere) wake(literal.detector, start, end)
}

function rolesOfUnits(): Uint8Array {
  const roles = new Uint8Array(65_536)
  for (let code = 0; code < roles.length; code++) {
    roles[code] = isDigit(code) ? digit : mayDisguise(code) ? disguise : nobody
  }
  return roles
}

/** Key of the anchor and the character before it; 0 before it stands for a literal of one character. */
const pairKey = (previous: number, code: number): number => (previous << 7) | code

function literalsOf(detectors: readonly Detector[]): Literal[] {
  const literals: Literal[] = []
  for (const detector of detectors) {
    if (!('literals' in detector.trigger)) continue
    const isAnyCase = detector.trigger.isAnyCase === true
    for (const text of detector.trigger.literals) {
      literals.push({ text, isAnyCase, anchorAt: anchorOf(text, isAnyCase), detector })
    }
  }
  return literals
}

function indexByAnchor(literals: readonly Literal[]): ReadonlyMap<number, readonly Literal[]> {
  const index = new Map<number, Literal[]>()
  for (const literal of literals) {
    const code = literal.text.charCodeAt(literal.anchorAt)
    const previous = literal.anchorAt === 0 ? 0 : literal.text.charCodeAt(literal.anchorAt - 1)
    for (const one of casesOf(previous, literal.isAnyCase)) {
      for (const other of casesOf(code, literal.isAnyCase)) {
        const key = pairKey(one, other)
        index.set(key, [...(index.get(key) ?? []), literal])
      }
    }
  }
  return index
}

const casesOf = (code: number, isAnyCase: boolean): readonly number[] =>
  isAnyCase && isLetter(code) ? [code | 0x20, code & ~0x20] : [code]

/** Letters of English prose and code, most frequent first; what is not listed is rarer than all of them. */
const frequentFirst = ' etaoinsrhldcumfpgwybvkxjqz-._/:=)("\''

/**
 * The rarest character of a literal that may be its anchor. A digit may not: it belongs to a number, as may a
 * separator after one. Every character but the first of a longer literal is a candidate.
 */
function anchorOf(text: string, isAnyCase: boolean): number {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(text)) throw new Error(`a trigger is printable ASCII: ${text}`)
  if (isAnyCase && text !== text.toLowerCase())
    throw new Error(`a trigger of any case is lower case: ${text}`)
  if (text.length === 1) return 0
  let best = -1
  let bestRank = -1
  for (let index = 1; index < text.length; index++) {
    if (isDigit(text.charCodeAt(index)) || isDigit(text.charCodeAt(index - 1))) continue
    const rank = frequentFirst.indexOf(text.charAt(index))
    const rarity = rank === -1 ? frequentFirst.length : rank
    if (rarity > bestRank) {
      best = index
      bestRank = rarity
    }
  }
  if (best === -1) throw new Error(`a trigger needs a character that follows no digit: ${text}`)
  return best
}
