/** What the command line asks of the index: values that come through a socket. */
import { setTimeout as pause } from 'node:timers/promises'
import { z } from 'zod'
import { readWith } from '#/core/http/router.ts'
import { countedBy, type IndexState } from './api.ts'
import type { LogIndex } from './log-index.ts'
import type { Counted, Found, LogSearch } from './search-log.ts'

const askedShape = z.strictObject({
  question: z.string(),
  limit: z.number().int().min(1).max(1_000),
  before: z.number().int().nonnegative().optional(),
  countBy: z.enum(countedBy).optional(),
  /** The account of the machine that asks. */
  by: z.string().min(1).max(200),
})

export type SearchAsked = z.infer<typeof askedShape>

export const indexHandlers = (search: LogSearch, index: LogIndex) => ({
  'audit.search': async (input: unknown): Promise<Found | Counted> => {
    const { countBy, by, ...asked } = readWith(askedShape, input)
    return countBy === undefined
      ? search.entries(asked, { name: by })
      : search.counts({ question: asked.question, by: countBy }, { name: by })
  },
  /** Gives how far it is; it goes on by itself. */
  'audit.index-rebuild': async (): Promise<IndexState> => {
    await index.rebuild()
    return index.state()
  },
  /** Answers when it is complete, or after a while with how far it is. */
  'audit.index-state': async (): Promise<IndexState> => {
    for (let waitedMs = 0; waitedMs < stateWaitMs; waitedMs += lookEveryMs) {
      const { indexed, entries, problem } = index.state()
      if (indexed >= entries || problem !== undefined) break
      await pause(lookEveryMs)
    }
    return index.state()
  },
})

const stateWaitMs = 500
const lookEveryMs = 25
