/**
 * What the classifier says about sentences and sources it has not seen: each fold of sentences and each fold of sources
 * of ordinary texts is judged by weights made without them.
 */

import { windowsOf } from '#/inspect/injection/model.ts'
import { readWords } from '#/inspect/injection/plain-words.ts'
import { type TopicName, topicNames } from '#/inspect/topics/kinds.ts'
import {
  createTopicOdds,
  type TopicOdds,
  type TopicWeights,
  writeTopicWeights,
} from '#/inspect/topics/model.ts'
import { fewestWords, loadTopics, type TopicFinder, themesOf } from '#/inspect/topics/topics.ts'
import { isOrdinary, type Row, sourceOf } from '../injection/corpus.ts'
import type { Language } from './sentences.ts'
import { type Example, examplesOf, fit, knownPlaces } from './train.ts'
import { foldCount, type WrittenText, writeTexts } from './write-texts.ts'

/** XQuAD is under a licence that asks for the same: it is only measured on. */
export const isForTraining = (row: Row): boolean => isOrdinary(row) && row.src !== 'xquad'

/** How many texts are written for each sentence. */
const written = { training: 4, judging: 1 }

/**
 * Shares that may be found of what was left out: of ordinary texts of other sources, and of texts written to be mistaken
 * (lessons and news in the words of a topic). Each topic may take its part of them; the stricter sets its threshold.
 */
const foundShare = { ordinary: 0.00025, mistakable: 0.015 }

export interface Judged {
  readonly row: Row | undefined
  readonly topic: TopicName | undefined
  readonly language: Language | undefined
  /** What the finder found, without repetitions. */
  readonly found: readonly string[]
}

/** What was said about texts that are no topic: of each the likeliest topic and its log-odds. */
type Odds = Readonly<Record<keyof typeof foundShare, readonly TopicOdds[]>>

interface Fold {
  readonly weights: Omit<TopicWeights, 'flagFrom'>
  readonly held: readonly Row[]
  readonly odds: Odds
}

/** Weights made of everything, their thresholds, and what was said about what was left out. */
export function trainTopics(rows: readonly Row[]): { weights: TopicWeights; judge: () => readonly Judged[] } {
  const known = knownPlaces()
  const read = (text: WrittenText): readonly Example[] => examplesOf(text, known)
  const bySource = Map.groupBy(rows.filter(isForTraining), sourceOf)
  const sources = [...bySource.values()]
    .toSorted((one, other) => other.length - one.length)
    .map((held) => ({ held, examples: held.flatMap(({ text }) => read({ topic: undefined, text })) }))
  const folds = Array.from({ length: foldCount }, (_, fold): Fold => {
    const held = sources.filter((_, index) => index % foldCount === fold).flatMap((source) => source.held)
    const rest = sources.filter((_, index) => index % foldCount !== fold)
    const weights = fit([
      ...writeTexts(written.training, 1 + fold, fold).flatMap(read),
      ...rest.flatMap(({ examples }) => examples),
    ])
    const mistakable = writeTexts(written.judging, 50 + fold, fold, 'held').filter(
      ({ topic }) => topic === undefined,
    )
    const highest = highestOdds(weights)
    const oddsOf = (texts: readonly { readonly text: string }[]) => texts.map(({ text }) => highest(text))
    return { weights, held, odds: { mistakable: oddsOf(mistakable), ordinary: oddsOf(held) } }
  })
  const weights = fit([
    ...writeTexts(written.training, 1).flatMap(read),
    ...sources.flatMap(({ examples }) => examples),
  ])
  return {
    weights: { ...weights, flagFrom: thresholdsOf(folds) },
    judge: () =>
      folds.flatMap((fold, index) => {
        const flagFrom = thresholdsOf(folds.filter((other) => other !== fold))
        const finder = finderOf({ ...fold.weights, flagFrom })
        return [
          ...writeTexts(written.judging, 100 + index, index, 'held').map(({ topic, language, text }) => ({
            row: undefined,
            topic,
            language,
            found: typesIn(finder, text),
          })),
          ...fold.held.map((row) => ({
            row,
            topic: undefined,
            language: undefined,
            found: typesIn(finder, row.text),
          })),
        ]
      }),
  }
}

function thresholdsOf(folds: readonly Fold[]): Float32Array {
  return Float32Array.from(topicNames, (_, index) => {
    const from = (of: keyof typeof foundShare): number => {
      const all = folds.flatMap((fold) => fold.odds[of])
      const odds = all.filter(({ topic }) => topic === index).map((each) => each.odds)
      const allowed = Math.floor((all.length * foundShare[of]) / topicNames.length)
      return odds.toSorted((one, other) => other - one)[allowed] ?? -1
    }
    return Math.max(from('ordinary'), from('mistakable'))
  })
}

/** Of the window most like a topic. A text the finder would not judge has none. */
function highestOdds(weights: Omit<TopicWeights, 'flagFrom'>): (text: string) => TopicOdds {
  const oddsOf = createTopicOdds({ ...weights, flagFrom: new Float32Array(topicNames.length) })
  return (text) => {
    const words = readWords(text)
    const none = { topic: 0, odds: -100 }
    if (words.starts.length < fewestWords) return none
    return windowsOf(words)
      .map(([first, end]) => ({ first, end, ...oddsOf(words, first, end) }))
      .filter(({ topic, first, end }) => themesOf(topic, words, first, end).length > 0)
      .reduce((highest, each) => (each.odds > highest.odds ? each : highest), none)
  }
}

export const finderOf = (weights: TopicWeights): TopicFinder =>
  loadTopics(writeTopicWeights(weights), 'measured')

export function typesIn(finder: TopicFinder, text: string): readonly string[] {
  const spanOf = (start: number, end: number) => ({ start, end })
  const kinds = finder.find({ words: readWords(text), spanOf }).map(({ kind }) => kind.type)
  return [...new Set(kinds)]
}
