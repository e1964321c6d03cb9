/**
 * How much a text looks like an attempt to take over a model: phrases in twelve languages and marks of structure,
 * weighed where they stand together.
 */
import type { Span } from '../position-map.ts'
import { type Reading, readings, type SeenReadings } from '../views.ts'
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
  /** Where a part of that reading stands in the original. */
  readonly spanOf: (start: number, end: number) => Span
}

const asWritten: Signs['spanOf'] = (start, end) => ({ start, end })

export const findHits = (text: string): readonly Hit[] => readSigns(text).hits

/**
 * Looks at a text as a reader sees it, and at what is written in it in another way, decoded. `isPlain`: it is known
 * that there is neither; finding that out costs as much as reading it. `seen`: what of it is known already.
 */
export function readSigns(text: string, isPlain = false, seen?: SeenReadings): Signs {
  const all = isPlain ? undefined : readings(text, { forInjection: true, seen })
  const shown = all?.[0]?.text ?? text
  const spanOf = all?.[0]?.spanOf ?? asWritten
  const hits: Hit[] = []
  const words = readWords(shown)
  const add = (sign: Sign, start: number, end: number): void =>
    void hits.push({ sign, ...spanOf(start, end) })
  findPhrases(words, add)
  findMarks(shown, words.wakes, add)
  for (let at = 1; all !== undefined && at < all.length; at++) findDecoded(all[at] as Reading, hits)
  if (hiddenText(text) !== '') hits.push({ sign: hiddenSign, ...placeOfHidden(text) })
  return { text, hits: inOrder(hits), words, spanOf }
}

/** What is only shown around something decoded is read in the text itself. */
function findDecoded(reading: Reading, hits: Hit[]): void {
  const words = readWords(reading.text)
  const add = (sign: Sign, start: number, end: number): void => {
    if (reading.isDecoded(start, end)) hits.push({ sign, ...reading.spanOf(start, end) })
  }
  findPhrases(words, add)
  findMarks(reading.text, words.wakes, add)
}

const inOrder = (hits: Hit[]): readonly Hit[] =>
  hits.length < 2 ? hits : hits.sort((one, other) => one.start - other.start)
