import { isDeepStrictEqual } from 'node:util'
import type { LogReader } from './read.ts'

/**
 * Entries behind the last checkpoint are taken over by a start, which a crash makes necessary. Whoever can write into the
 * folder can add some, and one that says what ended would explain whatever they take away. So it must say the same sealed,
 * which takes the keys of the log. Throws when it does not.
 */
export async function assertEndingsSealed(reader: LogReader, signedSize: number): Promise<void> {
  let below = Number.MAX_SAFE_INTEGER
  while (below > signedSize) {
    const page = await reader.newestHeads({
      kinds: ['retention'],
      sinceMs: Number.NEGATIVE_INFINITY,
      untilMs: Number.POSITIVE_INFINITY,
      below,
      most: 100,
    })
    for (const { index, facts } of page.heads) {
      if (index < signedSize) return
      const { ended, goneFiles } = facts
      if (ended === undefined && goneFiles === undefined) continue
      const sealed = await readSealed(reader, index)
      if (isDeepStrictEqual([sealed?.ended, sealed?.goneFiles], [ended, goneFiles])) continue
      throw new Error(
        `entry ${index}, behind the last checkpoint, says that something ended, and no run of retention wrote it. ` +
          'Somebody or something changed the log. Keep the folder as it is, run audit verify, and put back a sound copy.',
      )
    }
    below = page.below
  }
}

async function readSealed(
  reader: LogReader,
  index: number,
): Promise<{ readonly ended?: unknown; readonly goneFiles?: unknown } | undefined> {
  const { payload } = (await reader.open(index)) ?? {}
  // Sealed by `retention/retain.ts`.
  return payload === undefined ? undefined : JSON.parse(payload.toString())
}
