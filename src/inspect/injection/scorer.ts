/**
 * Attempts to take over a model, as the gate looks for them: grammar and structure, and the small model when there is
 * one. The model flags; only signs that stand together block.
 */
import type { Finding } from '#/core/finding.ts'
import type { Channel } from '#/core/segment.ts'
import { findHarm, harmVersion } from '../harm/find.ts'
import type { SeenReadings } from '../views.ts'
import { suspectedInjectionKind } from './kinds.ts'
import { type InjectionModel, logOdds, windowsOf } from './model.ts'
import { type Passage, passageOf, type Range, withPassages } from './passages.ts'
import { phrases } from './phrases.ts'
import { type InjectionScore, readSigns, type Signs } from './score.ts'
import { marks } from './structure.ts'
import { kindBits, weigh } from './windows.ts'

export interface InjectionScorer {
  /** Changes with the grammar, with the requests for harm and with the model. */
  readonly version: string
  readonly score: (text: string) => InjectionScore
  /** Passages worth a flag in this channel, by position; they may overlap. Nothing in channels that are not scored. */
  readonly find: (signs: Signs, channel: Channel) => readonly Passage[]
  /** What was found in a text otherwise, with attempts and requests for harm between it. */
  readonly addTo: (
    findings: readonly Finding[],
    read: ReadText,
    others?: FinderOfPassages,
  ) => readonly Finding[]
}

/** Looks at the signs that were read already: reading them anew costs as much as all rules. */
export interface FinderOfPassages {
  readonly addSigns: (findings: readonly Finding[], text: string, signs: Signs) => readonly Finding[]
}

export interface ReadText {
  readonly text: string
  readonly channel: Channel
  /** Nothing in it is disguised or encoded: see `readSigns`. */
  readonly isPlain: boolean
  /** Of a text that is not, as far as it is known. */
  readonly seen?: SeenReadings | undefined
}

export interface InjectionScorerOptions {
  /** Without it, only grammar and structure are looked at: the page goes without. */
  readonly model?: InjectionModel
}

/** Where texts of strangers reach the model, and where a person writes: an attempt on oneself is rarely one. */
type Care = 'foreign' | 'own'

/** What the operator writes, tools and what the model said itself are not scored: they give orders all day long. */
const careOf: Readonly<Partial<Record<Channel, Care>>> = {
  user: 'own',
  'tool-result': 'foreign',
  attachment: 'foreign',
}

export const scoredChannels = Object.keys(careOf) as readonly Channel[]

/** Scores from which on signs are worth a flag: where a person writes, one of them must be strong. */
const flagFrom: Readonly<Record<Care, number>> = { foreign: 0.5, own: 0.6 }

const likeAttempts = 'is written like known attempts to take over a model'

const grammarVersion = JSON.stringify(
  [phrases, marks].map((list) => list.map(({ pattern, ...rest }) => [pattern.source, rest])),
)

export function createInjectionScorer({ model }: InjectionScorerOptions = {}): InjectionScorer {
  const find: InjectionScorer['find'] = (signs, channel) => {
    const care = careOf[channel]
    if (care === undefined) return []
    const passages = signs.hits.length === 0 ? none : flaggedIn(signs, care)
    const windows = model === undefined ? none : likeKnown(model, signs, care)
    return windows.length === 0 ? passages : [...passages, ...apartFrom(passages, windows)]
  }
  return {
    version: `${grammarVersion}\n${harmVersion}\n${model?.version ?? ''}`,
    score: (text) => {
      const signs = readSigns(text)
      const { heaviest } = weigh(signs.hits)
      const why = [...new Set(heaviest.hits.map(({ sign }) => sign.why))]
      const highest =
        model === undefined ? 0 : Math.max(0, ...likeKnown(model, signs, 'foreign').map(({ score }) => score))
      if (highest === 0) return { score: heaviest.score, verdict: heaviest.verdict, why }
      return {
        score: Math.max(heaviest.score, highest),
        verdict: heaviest.verdict === 'none' ? 'flag' : heaviest.verdict,
        why: [...why, likeAttempts],
      }
    },
    find,
    addTo: (findings, { text, channel, isPlain, seen }, others) => {
      if (careOf[channel] === undefined) return findings
      const signs = readSigns(text, isPlain, seen)
      const attempts = find(signs, channel)
      const harm = findHarm(signs, channel)
      const placed =
        attempts.length + harm.length === 0 ? findings : withPassages(text, findings, [...attempts, ...harm])
      return others === undefined ? placed : others.addSigns(placed, text, signs)
    },
  }
}

const none: readonly Passage[] = []

const flaggedIn = ({ text, hits }: Signs, care: Care): readonly Passage[] =>
  weigh(hits)
    .flagged.filter(({ score, verdict }) => verdict === 'block' || score >= flagFrom[care])
    .map((weighed) => passageOf(text, weighed))

/** What the grammar has found needs no second finding a window wide around it. Both in order of position. */
function apartFrom(passages: readonly Passage[], windows: readonly Passage[]): readonly Passage[] {
  const taken = passages.map(wholeOf)
  let next = 0
  return windows.filter((window) => {
    const { start, end } = wholeOf(window)
    while ((taken[next]?.end ?? Number.POSITIVE_INFINITY) <= start) next++
    return (taken[next]?.start ?? Number.POSITIVE_INFINITY) >= end
  })
}

/** From the start of its first range to the end of its last. */
const wholeOf = ({ ranges }: Passage): Range => ({
  start: (ranges[0] as Range).start,
  end: (ranges.at(-1) as Range).end,
})

/** A style takes words to show: two or three of an ordinary order (`Write a`) weigh as those of an attempt do. */
const fewestWords = 4

/** Windows the model flags. Their score is 0.5 at the threshold. */
function likeKnown(model: InjectionModel, { words, hits, spanOf }: Signs, care: Care): Passage[] {
  const passages: Passage[] = []
  for (const [first, end] of windowsOf(words)) {
    if (end - first < fewestWords) continue
    const span = spanOf(words.origins[first] as number, words.origins[end] ?? words.length)
    const odds = logOdds(model, words, first, end, kindBits(hits, span.start, span.end - 1))
    const over = odds - model.flagFrom[care]
    if (over <= 0) continue
    const score = Math.round(1_000 / (1 + Math.exp(-over))) / 1_000
    passages.push({
      ranges: [span],
      score,
      kind: suspectedInjectionKind,
      why: likeAttempts,
    })
  }
  return passages
}
