import type { LogSearch } from './search-log.ts'

/** What one page of a search gives at most. */
const pageEntries = 1_000

/** Finds entries by a question for somebody who goes on with them: a reading, a bundle. */
export type FindAll = (
  question: string,
  by: { readonly name: string; readonly personId?: string },
  most: number,
) => Promise<readonly number[]>

/** Their indexes, the newest first, at most so many. Each page is a search, which is logged. */
export const findAllWith =
  (search: Pick<LogSearch, 'entries'>): FindAll =>
  async (question, by, most) => {
    const indexes: number[] = []
    let before: number | undefined
    for (;;) {
      const limit = Math.min(pageEntries, most - indexes.length)
      const { entries, next } = await search.entries({ question, limit, before }, by)
      indexes.push(...entries.map(({ index }) => index))
      if (next === null || indexes.length >= most) return indexes
      before = next
    }
  }
