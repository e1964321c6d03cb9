import type { Channel } from '#/core/segment.ts'
import type { Passage } from '../injection/passages.ts'
import { createPhraseFinder } from '../injection/phrases.ts'
import type { Signs } from '../injection/score.ts'
import { harmKinds } from './kinds.ts'
import { harmRequests } from './requests.ts'

const findRequests = createPhraseFinder(harmRequests)

/** Changes with what is looked for. */
export const harmVersion = JSON.stringify(
  harmRequests.map(({ category, pattern }) => [category, pattern.source]),
)

/** What a person asks for. Documents tell of harm all day long without asking for it. */
export const harmChannels: readonly Channel[] = ['user']

/** Requests for harm, by position. */
export function findHarm({ words, spanOf }: Signs, channel: Channel): readonly Passage[] {
  if (!harmChannels.includes(channel)) return []
  const passages: Passage[] = []
  findRequests(words, ({ category }, start, end) => {
    const kind = harmKinds[category]
    passages.push({
      kind,
      ranges: [spanOf(start, end)],
      score: 0.8,
      why: `reads as a ${kind.label}`,
    })
  })
  return passages
}
