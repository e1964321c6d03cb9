/**
 * What the classifier says about sentences and sources it has not seen: each fold of sentences and each fold of sources
 * of ordinary texts is judged by weights made without them.
 */

import { windowsOf } from '#/inspect/injection/model.ts'
import { readWords } from '#/inspect/injection/plain-words.ts'
import type { TopicName } from '#/inspect/topics/kinds.ts'
import { createTopicOdds, type TopicWeights, writeTopicWeights } from '#/inspect/topics/model.ts'
import { loadTopics, type TopicFinder } from '#/inspect/topics/topics.ts'
import { isOrdinary, type Row, sourceOf } from '../injection/corpus.ts'
import { examplesOf, fit, knownPlaces } from './train.ts'
import { foldCount, type WrittenText, writeTexts } from './write-texts.ts'

/** XQuAD is under a licence that asks for the same: it is only measured on. */
export const isForTraining = (row: Row): boolean => isOrdinary(row) && row.src !== 'xquad'

/** How many texts are written of each group of sentences. */
const written = { training: 120, judging: 40 }

/**
 * Shares that may be found of what was left out: of ordinary texts of other sources, and of texts written to be mistaken
 * (lessons and news in the words of a topic). The stricter of the two sets the threshold.
 */
const foundShare = { ordinary: 0.00025, mistakable: 0.04 }

export interface Judged {
  readonly row: Row | undefined
  readonly topic: TopicName | undefined
  /** What the finder found, without repetitions. */
  readonly found: readonly string[]
}

interface Fold {
  readonly weights: Omit<TopicWeights, 'flagFrom'>
  readonly held: readonly Row[]
  readonly odds: Readonly<Record<keyof typeof foundShare, readonly number[]>>
}

/** Weights made of everything, their threshold, and what was said about what was left out. */
export function trainTopics(rows: readonly Row[]): { weights: TopicWeights; judge: () => readonly Judged[] } {
  const known = knownPlaces()
  const bySource = Map.groupBy(rows.filter(isForTraining), sourceOf)
  const sources = [...bySource.values()].toSorted((one, other) => other.length - one.length)
  const folds = Array.from({ length: foldCount }, (_, fold): Fold => {
    const held = sources.filter((_, index) => index % foldCount === fold).flat()
    const rest = sources.filter((_, index) => index % foldCount !== fold).flat()
    const texts = [...writeTexts(written.training, 1 + fold, fold), ...rest.map(asOrdinary)]
    const weights = fit(examplesOf(texts, known))
    const mistakable = writeTexts(written.judging, 50 + fold, fold, 'held')
      .filter(({ topic }) => topic === undefined)
      .map(({ text }) => highestOdds(weights, text))
    return {
      weights,
      held,
      odds: { mistakable, ordinary: held.map(({ text }) => highestOdds(weights, text)) },
    }
  })
  const all = [...writeTexts(written.training, 1), ...sources.flat().map(asOrdinary)]
  const weights = fit(examplesOf(all, known))
  return {
    weights: { ...weights, flagFrom: thresholdOf(folds) },
    judge: () =>
      folds.flatMap((fold, index) => {
        const flagFrom = thresholdOf(folds.filter((other) => other !== fold))
        const finder = finderOf({ ...fold.weights, flagFrom })
        return [
          ...writeTexts(written.judging, 100 + index, index, 'held').map(({ topic, text }) => ({
            row: undefined,
            topic,
            found: typesIn(finder, text),
          })),
          ...fold.held.map((row) => ({ row, topic: undefined, found: typesIn(finder, row.text) })),
        ]
      }),
  }
}

const asOrdinary = ({ text }: Row): WrittenText => ({ topic: undefined, text })

function thresholdOf(folds: readonly Fold[]): number {
  const from = (of: keyof typeof foundShare): number => {
    const odds = folds.flatMap((fold) => fold.odds[of]).sort((one, other) => other - one)
    return odds[Math.floor(odds.length * foundShare[of])] as number
  }
  return Math.max(from('ordinary'), from('mistakable'))
}

function highestOdds(weights: Omit<TopicWeights, 'flagFrom'>, text: string): number {
  const words = readWords(text)
  const oddsOf = createTopicOdds({ ...weights, flagFrom: 0 })
  return Math.max(...windowsOf(words).map(([first, end]) => oddsOf(words, first, end).odds), -100)
}

export const finderOf = (weights: TopicWeights): TopicFinder =>
  loadTopics(writeTopicWeights(weights), 'measured')

export function typesIn(finder: TopicFinder, text: string): readonly string[] {
  const spanOf = (start: number, end: number) => ({ start, end })
  const kinds = finder.find({ words: readWords(text), spanOf }).map(({ kind }) => kind.type)
  return [...new Set(kinds)]
}
