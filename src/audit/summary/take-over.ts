/** Which summaries a start can rely on. Whatever does not fit makes it read the headers, as if there were none. */
import { statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import type { KnownCheckpoint } from '../checkpoint-file.ts'
import { endedBefore } from '../ended.ts'
import { segmentPath } from '../layout.ts'
import { readVerifierKey } from '../note.ts'
import { consistencyRanges, provesConsistency } from '../tiles/proof.ts'
import { TileFiles } from '../tiles/tile-files.ts'
import { TileHashes, TileMissing } from '../tiles/tile-hashes.ts'
import { readSummary, type Summary, stampOf, summaryPath } from './summary.ts'

/**
 * Summaries of segments from the first on, each going on where the one before ends, none beyond what the largest
 * checkpoint covers. Empty when a smaller checkpoint is not shown to be of the same log.
 */
export async function findSummaries(
  folder: string,
  segments: readonly number[],
  known: readonly KnownCheckpoint[],
  verifierKey: string,
): Promise<readonly Summary[]> {
  const [largest] = known
  const key = readVerifierKey(verifierKey)
  if (largest === undefined || key === undefined) return []
  const found: Summary[] = []
  // The last segment is the one that is being written.
  for (const segment of segments.slice(0, -1)) {
    const bytes = await readIfThere(summaryPath(folder, segment))
    const summary = bytes && readSummary(bytes, key.origin, key.publicKey)
    if (summary === undefined || !goesOn(folder, segment, summary, found.at(-1))) break
    if (summary.first + summary.count > largest.checkpoint.size) break
    found.push(summary)
  }
  const last = found.at(-1)
  if (last === undefined) return []
  const smaller = known.filter(({ checkpoint }) => checkpoint.size < last.first + last.count)
  return (await areOfOneLog(folder, largest, smaller)) ? found : []
}

function goesOn(folder: string, segment: number, summary: Summary, before: Summary | undefined): boolean {
  const first = before === undefined ? endedBefore(folder, segment) : before.first + before.count
  if (summary.segment !== segment || summary.first !== first) return false
  if (before !== undefined && before.after.join() !== summary.before.join()) return false
  const stats = statSync(segmentPath(folder, segment), { bigint: true, throwIfNoEntry: false })
  return stats !== undefined && stampOf(stats) === summary.stamp
}

/** Out of the tiles, as a witness is shown it. */
async function areOfOneLog(
  folder: string,
  { checkpoint: newer }: KnownCheckpoint,
  smaller: readonly KnownCheckpoint[],
): Promise<boolean> {
  const files = new TileFiles(folder)
  const hashes = new TileHashes(newer.size, (tile) => files.readWide(tile))
  try {
    for (const { checkpoint } of smaller) {
      const proof = await hashes.all(consistencyRanges(checkpoint.size, newer.size))
      if (!provesConsistency(checkpoint, newer, proof)) return false
    }
    return true
  } catch (error) {
    if (error instanceof TileMissing) return false
    throw error
  }
}

const readIfThere = (path: string): Promise<Buffer | undefined> =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
