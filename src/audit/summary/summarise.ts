import { statSync } from 'node:fs'
import { DayUse } from '../day-use.ts'
import { endedBefore, readEnded } from '../ended.ts'
import { segmentPath } from '../layout.ts'
import { CompactTree } from '../tree.ts'
import { walkEntries } from '../walk.ts'
import { Columns, formatSummary, type SummaryMeta, stampOf } from './summary.ts'

export interface Summarised {
  readonly segment: number
  /** Behind it. */
  readonly size: number
  readonly peaks: readonly string[]
  /** To be signed. */
  readonly body: Uint8Array
}

/**
 * Reads segments `from` to `to`, all finished, and gives the summary of each; `start` is the tree in front of them, or
 * undefined for the first one there is. Reads synchronously; whoever goes on may pause between two. Throws when a
 * header cannot be read.
 */
export function* summarise(
  folder: string,
  from: number,
  to: number,
  start: CompactTree | undefined,
  breathe: () => void = () => undefined,
): Generator<Summarised> {
  const tree = start ?? endedTree(folder, from)
  for (let segment = from; segment <= to; segment++) {
    const stamp = stampOf(statSync(segmentPath(folder, segment), { bigint: true }))
    const first = tree.size
    const before = tree.peaks()
    const columns = new Columns()
    const use = new DayUse()
    let payload: SummaryMeta['payload']
    let lastAtMs = 0
    const walk = walkEntries(folder, [segment], first)
    let step = walk.next()
    for (; !step.done; step = walk.next()) {
      const { header, leaf, offset, end } = step.value
      columns.add(step.value)
      tree.push(leaf)
      lastAtMs = header.atMs
      if (header.payload !== undefined)
        payload = { file: header.payload.file, end: header.payload.offset + header.payload.length }
      if (header.subject !== undefined)
        use.add(header.subject, header.atMs, end - offset + (header.payload?.length ?? 0))
      if (columns.count % turnEntries === 0) breathe()
    }
    const { damage, tornBytes } = step.value
    if (damage !== undefined || tornBytes > 0) throw new Error(damage ?? `segment ${segment} breaks off`)
    const meta: SummaryMeta = {
      ...{ v: 1, segment, stamp, first, count: columns.count, before, after: tree.peaks(), lastAtMs },
      ...(payload === undefined ? {} : { payload }),
      use: use.entries(lastAtMs).map(([alias, bytes]) => [alias, bytes]),
    }
    yield { segment, size: tree.size, peaks: meta.after, body: formatSummary(meta, columns) }
  }
}

/** Headers read in a row: some five milliseconds. */
const turnEntries = 1_000

function endedTree(folder: string, segment: number): CompactTree {
  const tree = new CompactTree()
  if (endedBefore(folder, segment) === undefined) throw new Error(`segment ${segment - 1} is missing`)
  for (const leaf of readEnded(folder, segment)) tree.push(leaf)
  return tree
}
