/**
 * How much a text looks like an attempt to take over a model: phrases in twelve languages and marks of structure,
 * weighed where they stand together.
 */
import { readingsOf } from '../disguise.ts'
import { reasons, type Sign } from './phrase.ts'
import { findPhrases } from './phrases.ts'
import { type PlainWords, readWords } from './plain-words.ts'
import { findMarks, hiddenText, placeOfHidden } from './structure.ts'
import { type Hit, type Verdict, weigh } from './windows.ts'

export interface InjectionScore {
  /** From 0 to 1. */
  readonly score: number
  readonly verdict: Verdict
  /** A sentence for each thing that was found. Never repeats the text. */
  readonly why: readonly string[]
}

/** Linear in the length of the text; never throws. */
export function scoreInjection(text: string): InjectionScore {
  const { heaviest } = weigh(findHits(text))
  return {
    score: heaviest.score,
    verdict: heaviest.verdict,
    why: [...new Set(heaviest.hits.map(({ sign }) => sign.why))],
  }
}

const hiddenSign: Sign = { kind: 'hidden', strength: 'strong', why: reasons.hidden, pattern: /(?!)/y }

/** What was seen in a text. */
export interface Signs {
  readonly text: string
  /** By position in the original. */
  readonly hits: readonly Hit[]
  /** The words of the reading that was looked at. */
  readonly words: PlainWords
  /** Position in the original of a position in that reading. */
  readonly originOf: (position: number) => number
}

export const findHits = (text: string): readonly Hit[] => readSigns(text).hits

const same = (position: number): number => position

/** A text that holds disguises is looked at in its plain reading, and what it hides is looked at as well. */
export function readSigns(text: string): Signs {
  const hits: Hit[] = []
  const asWritten = readWords(text)
  const reading = asWritten.isDisguised ? readingsOf(text)[0] : undefined
  if (reading === undefined) {
    const add = (sign: Sign, start: number, end: number): void => void hits.push({ sign, start, end })
    findPhrases(asWritten, add)
    findMarks(text, asWritten.wakes, add)
    return { text, hits: inOrder(hits), words: asWritten, originOf: same }
  }
  const { originalOf } = reading
  const words = readWords(reading.text)
  const add = (sign: Sign, start: number, end: number): void =>
    void hits.push({ sign, start: originalOf(start), end: originalOf(end - 1) + 1 })
  findPhrases(words, add)
  findMarks(reading.text, words.wakes, add)
  const hidden = hiddenText(text)
  if (hidden !== '') {
    const place = placeOfHidden(text)
    hits.push({ sign: hiddenSign, ...place })
    findPhrases(readWords(hidden), (sign) => void hits.push({ sign, ...place }))
  }
  return { text, hits: inOrder(hits), words, originOf: originalOf }
}

const inOrder = (hits: Hit[]): readonly Hit[] =>
  hits.length < 2 ? hits : hits.sort((one, other) => one.start - other.start)
