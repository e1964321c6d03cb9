import { type EndedHeaders, lastingKinds, readEndedFact } from './ended.ts'
import type { EntryIndex } from './entry-index.ts'
import type { LogReader } from './read.ts'

/**
 * Headers that are gone must have been ended by retention, which an entry says that was signed before: else somebody took
 * them away. Those that stay must all be there. Throws when it does not.
 */
export async function assertExplained(
  reader: LogReader,
  index: EntryIndex,
  signedSize: number,
): Promise<void> {
  const { first } = index
  if (first === 0) return
  let below = signedSize
  while (below > first) {
    const page = await reader.newestHeads({
      kinds: ['retention'],
      sinceMs: Number.NEGATIVE_INFINITY,
      untilMs: Number.POSITIVE_INFINITY,
      below,
      most: 100,
    })
    const told = page.heads.map(({ facts }) => readEndedFact(facts.ended))
    const ended = told.find((each) => each !== undefined && each.below >= first)
    if (ended !== undefined) return assertKept(index, ended)
    below = page.below
  }
  throw new Error(
    `the log begins with entry ${first}, and no entry says that retention ended those before it. Somebody or ` +
      'something took them away. Keep the folder as it is, run audit verify, and put back a sound copy.',
  )
}

function assertKept(index: EntryIndex, { below, kept }: EndedHeaders): void {
  const there = index.countBefore(below, lastingKinds)
  if (kept === undefined || there === kept) return
  throw new Error(
    `of the headers before entry ${below} ${kept} were to stay when the others ended, and ${there} are there. Somebody ` +
      'or something took them away. Keep the folder as it is, run audit verify, and put back a sound copy.',
  )
}
