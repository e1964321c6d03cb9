/**
 * Business text nobody has registered: passages about legal strategy, mergers, fundraising, personnel, prices and
 * products that are not out yet. A judgement, not a proof: it raises the class and says why.
 */
import type { Finding } from '#/core/finding.ts'
import { windowsOf } from '../injection/model.ts'
import type { Passage } from '../injection/passages.ts'
import { hashOfWord, type PlainWords } from '../injection/plain-words.ts'
import { readSigns, type Signs } from '../injection/score.ts'
import { type FinderOfPassages, type ReadText, scoredChannels } from '../injection/scorer.ts'
import { topicKinds, topicNames } from './kinds.ts'
import { createTopicOdds, readTopicWeights, type TopicWeights } from './model.ts'
import { withTopics } from './place.ts'
import { themes as allThemes } from './themes.ts'

export interface TopicFinder extends FinderOfPassages {
  /** Changes with the weights and the themes. */
  readonly version: string
  /** Passages by position; they may overlap. Never throws; linear in the number of words. */
  readonly find: (signs: Pick<Signs, 'words' | 'spanOf'>) => readonly Passage[]
  /** What was found in a text otherwise, with topics between it; nothing in channels where strangers do not write. */
  readonly addTo: (findings: readonly Finding[], read: ReadText) => readonly Finding[]
}

/** Fewer words say too little: a question about salaries is not a salary. */
export const fewestWords = 25

/** Throws an `Error` when the bytes are not those of a model. `version` tells weights apart. */
export const loadTopics = (bytes: Uint8Array, version: string): TopicFinder =>
  createTopicFinder(readTopicWeights(bytes), version)

export function createTopicFinder(weights: TopicWeights, version: string): TopicFinder {
  const oddsOf = createTopicOdds(weights)
  const find: TopicFinder['find'] = ({ words, spanOf }) => {
    const count = words.starts.length
    if (count < fewestWords) return []
    const passages: Passage[] = []
    for (const [first, end] of windowsOf(words)) {
      const { topic, odds } = oddsOf(words, first, end)
      const over = odds - (weights.flagFrom[topic] as number)
      if (over <= 0) continue
      const themes = themesOf(topic, words, first, end)
      if (themes.length === 0) continue
      const kind = topicKinds[topicNames[topic] as (typeof topicNames)[number]]
      passages.push({
        kind,
        ranges: [spanOf(words.origins[first] as number, words.origins[end] ?? words.length)],
        // A half where it begins to be told.
        score: Math.round(1_000 / (1 + Math.exp(-over))) / 1_000,
        why: `reads as ${article(kind.label)}${kind.label}: ${themes.join(' and ')}`,
      })
    }
    return passages
  }
  const addSigns: TopicFinder['addSigns'] = (findings, text, signs) => withTopics(text, findings, find(signs))
  return {
    version: JSON.stringify([version, topicKinds, allThemes]),
    find,
    addSigns,
    addTo: (findings, { text, channel, isPlain, seen }) =>
      scoredChannels.includes(channel) ? addSigns(findings, text, readSigns(text, isPlain, seen)) : findings,
  }
}

const article = (label: string): string =>
  label.startsWith('prices') ? '' : /^[aeiou]/.test(label) ? 'an ' : 'a '

/** For each topic the index of the theme each of its words shows. */
const themeOfWord: readonly ReadonlyMap<number, string>[] = topicNames.map(
  (name) =>
    new Map(
      Object.entries(allThemes[name]).flatMap(([theme, words]) =>
        words
          .trim()
          .split(/\s+/)
          .map((word) => [hashOfWord(word), theme] as const),
      ),
    ),
)

/** The two themes of a topic that most words show; of an index of `topicNames`. */
export function themesOf(
  topic: number,
  { hashes }: PlainWords,
  first: number,
  end: number,
): readonly string[] {
  const themes = themeOfWord[topic] as ReadonlyMap<number, string>
  const counts = new Map<string, number>()
  for (let word = first; word < end; word++) {
    const theme = themes.get(hashes[word] as number)
    if (theme !== undefined) counts.set(theme, (counts.get(theme) ?? 0) + 1)
  }
  return [...counts]
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, 2)
    .map(([theme]) => theme)
}
