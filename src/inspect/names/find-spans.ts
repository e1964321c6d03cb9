/** Spans in a text: tokens, candidates, the best row of tags for each run of them, spans. */
import { Decoder, isInside, typeOfTag } from './decode.ts'
import { featureCount, writeFeatures } from './features.ts'
import { markGerman } from './language.ts'
import { makeTokens, readTokens, type Tokens } from './tokens.ts'
import type { Tagger } from './weights.ts'
import type { WordList } from './word-list.ts'

/** A name in a text. UTF-16 offsets, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
  /** A type of the weights: 'PER', 'LOC'. */
  readonly type: string
  /** From 0.5 to 1: how far the row of tags is ahead of none. */
  readonly score: number
}

/** Tokens read at a time: bounds memory, whatever the length of the text. */
const stretch = 8_192

/** Candidates decoded at a time: prose gives runs of a few, a table of names runs of thousands. */
const longestRun = 512

export type MarkCandidates = (tokens: Tokens, words: WordList) => boolean

/** Never throws on any string; time grows in proportion to its length. */
export type FindSpans = (text: string) => readonly Span[]

export function createSpanFinder(tagger: Tagger, mark: MarkCandidates): FindSpans {
  const tokens = makeTokens(stretch + 1)
  const { tags } = tagger
  const decoder = new Decoder(tags)
  const features = new Int32Array(featureCount)
  const scores = new Int32Array(longestRun * tags)
  const path = new Uint8Array(longestRun)

  const decodeRun = (text: string, from: number, count: number, found: Span[]): void => {
    scores.fill(0, 0, count * tags)
    for (let at = 0; at < count; at++) {
      writeFeatures(text, tokens, from + at, tagger.words, features, 0)
      tagger.rows.addAll(features, scores, at * tags)
    }
    decoder.decode(scores, count, tagger.transitions, path)
    collectSpans(tokens, from, count, tagger, scores, path, found)
  }

  return (text) => {
    const found: Span[] = []
    for (let position = 0; position < text.length; ) {
      const next = readTokens(text, position, tokens)
      markGerman(tokens)
      if (mark(tokens, tagger.words)) {
        for (let at = 0; at < tokens.count; at++) {
          if (tokens.isCandidate[at] === 0) continue
          const from = at
          while (at < tokens.count && at - from < longestRun && tokens.isCandidate[at] !== 0) at++
          decodeRun(text, from, at - from, found)
          if (at - from === longestRun) at--
        }
      }
      position = next
    }
    return found
  }
}

function collectSpans(
  tokens: Tokens,
  from: number,
  count: number,
  { tags, types, step }: Tagger,
  scores: Int32Array,
  path: Uint8Array,
  found: Span[],
): void {
  for (let at = 0; at < count; at++) {
    const tag = path[at] as number
    if (tag === 0 || isInside(tag)) continue
    let end = at
    let ahead = 0
    do {
      ahead += (scores[end * tags + (path[end] as number)] as number) - (scores[end * tags] as number)
      end++
    } while (end < count && path[end] === tag + 1)
    found.push({
      start: tokens.start[from + at] as number,
      end: tokens.end[from + end - 1] as number,
      type: types[typeOfTag(tag)] as string,
      score: scoreOf((ahead * step) / (end - at)),
    })
    at = end - 1
  }
}

/** A lead of nothing is a coin's toss. Most names of the texts that were trained on lead by eight and more. */
const scoreOf = (ahead: number): number =>
  Math.round(100 * (0.5 + 0.45 * (1 - Math.exp(-Math.max(0, ahead) / usualLead)))) / 100

const usualLead = 8
