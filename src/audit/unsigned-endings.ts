import type { EntryHead, EntryKind } from './api.ts'
import { type LogReader, searchMaxEntries } from './read.ts'
import { saysSealed } from './sealed-facts.ts'

/** What says that something ended, and so explains why it is gone, or has a start go on with it. */
const endings: readonly EntryKind[] = ['retention', 'erase']

/**
 * Entries behind the last checkpoint are taken over by a start, which a crash makes necessary. Whoever can write into the
 * folder can add some: one that says what ended would explain whatever they take away, and one that says an erasure was
 * begun would be carried out. So each must say the same sealed, which takes the keys of the log, and no erasure is begun
 * a second time: that would be a copy of an entry of the log. Throws when it is otherwise.
 */
export async function assertEndingsSealed(reader: LogReader, signedSize: number): Promise<void> {
  const begun = new Map<string, number>()
  for await (const { index, kind, facts } of endingsBehind(reader, signedSize)) {
    if (!saysSealed(facts, (await reader.open(index))?.payload))
      throw foreign(index, `says that something ended, and no run of ${kind} wrote it`)
    const { about = '' } = facts
    if (kind !== 'erase' || facts.decision !== 'begun') continue
    const copy = begun.get(about)
    if (copy !== undefined) throw foreign(copy, `begins the erasure of entry ${index} again`)
    begun.set(about, index)
  }
  if (begun.size === 0) return
  for (let below = signedSize; ; ) {
    const heads = await reader.search({ kinds: ['erase'], below, limit: searchMaxEntries })
    for (const { index, facts } of heads) {
      const copy = facts.decision === 'begun' ? begun.get(facts.about ?? '') : undefined
      if (copy !== undefined) throw foreign(copy, `begins the erasure of entry ${index} again`)
    }
    if (heads.length < searchMaxEntries) return
    below = heads.at(-1)?.index ?? 0
  }
}

/** Heads of what ended from `from` on, newest first. */
async function* endingsBehind(reader: LogReader, from: number): AsyncGenerator<EntryHead> {
  const asked = { kinds: endings, sinceMs: Number.NEGATIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY }
  for (let below = Number.MAX_SAFE_INTEGER; below > from; ) {
    const page = await reader.newestHeads({ ...asked, below, most: 100 })
    for (const head of page.heads.toReversed()) if (head.index >= from) yield head
    below = page.below
  }
}

const foreign = (index: number, what: string): Error =>
  new Error(
    `entry ${index}, behind the last checkpoint, ${what}. Somebody or something changed the log. ` +
      'Keep the folder as it is, run audit verify, and put back a sound copy.',
  )
