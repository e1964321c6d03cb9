/**
 * Ends the headers before an index: what stays of each segment is written first, and compared with the tiles a
 * checkpoint covers; then the segments go, and the bundles of tlog-tiles that hold the same headers.
 */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setImmediate as breathe } from 'node:timers/promises'
import { syncFolder } from '#/core/durable-file.ts'
import { hashBytes, lastingKinds, writeEnded } from './ended.ts'
import type { EntryIndex, KeptEntry } from './entry-index.ts'
import { frameBytes, sealFrame } from './frame.ts'
import { listSegments, segmentPath } from './layout.ts'
import type { TileKeeper } from './tiles/tile-keeper.ts'
import { tileWidth } from './tiles/tile-path.ts'
import { type WalkedEntry, walkEntries } from './walk.ts'

/** Headers read in a row before others get their turn: some five milliseconds. */
const turnEntries = 500

/** What ends is named by an entry that is signed before it goes, so that nobody else's entry can explain it. */
export const lateCheckpoint = 'the checkpoint is late, so nothing was ended: it is tried again later'

export interface Ending {
  /** Of the log. */
  readonly folder: string
  readonly index: EntryIndex
  readonly tiles: TileKeeper
}

/** Can be called again after a crash. Throws, with nothing gone, when the segments do not hold what the tiles say. */
export async function endHeaders({ folder, index, tiles }: Ending, below: number): Promise<void> {
  const from = index.first
  const last = index.place(below)?.segment
  if (last === undefined) return
  if (below === from) return
  await tiles.prepare()
  const segments = (await listSegments(folder)).filter((segment) => segment < last)
  let next = from
  const kept: KeptEntry[] = []
  for (const segment of segments) {
    const left = await readLeft(folder, segment, next)
    await assertInTiles(tiles, next, left.leaves)
    await writeEnded(folder, segment, left)
    next += left.leaves.length / hashBytes
    kept.push(...left.places)
  }
  if (next !== below) throw new Error(`entry ${below} does not begin a segment of the log`)
  // Nobody finds them any more before the first of them goes.
  index.dropBefore(below, kept)
  // Bundles first: as long as a segment is there, a start knows what is still to go.
  await tiles.removeBundles(from)
  for (const segment of segments) await rm(segmentPath(folder, segment))
  await syncFolder(join(folder, 'seg'))
}

interface Left {
  readonly leaves: Buffer
  /** Frames of the headers that stay. */
  readonly kept: Buffer
  readonly places: readonly KeptEntry[]
}

async function readLeft(folder: string, segment: number, first: number): Promise<Left> {
  const leaves: Buffer[] = []
  const kept: Buffer[] = []
  const places: KeptEntry[] = []
  let offset = 0
  const walk = walkEntries(folder, [segment], first)
  let step = walk.next()
  for (; !step.done; step = walk.next()) {
    leaves.push(step.value.leaf)
    if (leaves.length % turnEntries === 0) await breathe()
    const { kind, index, atMs, subject } = step.value.header
    if (!lastingKinds.has(kind)) continue
    const frame = frameOf(step.value)
    places.push({ index, segment, offset, kind, atMs, alias: subject })
    kept.push(frame)
    offset += frame.length
  }
  if (step.value.damage !== undefined || step.value.tornBytes > 0)
    throw new Error(`${step.value.damage ?? `segment ${segment} breaks off`}: run audit verify`)
  return { leaves: Buffer.concat(leaves), kept: Buffer.concat(kept), places }
}

function frameOf({ header, stored }: WalkedEntry): Buffer {
  const frame = Buffer.alloc(frameBytes + stored.length)
  stored.copy(frame, frameBytes)
  sealFrame(frame, 0, { headerLength: stored.length, commitStart: 0, kind: header.kind })
  return frame
}

async function assertInTiles(tiles: TileKeeper, first: number, leaves: Buffer): Promise<void> {
  const end = first + leaves.length / hashBytes
  for (let number = Math.floor(first / tileWidth); number * tileWidth < end; number++) {
    const start = Math.max(first, number * tileWidth)
    const stop = Math.min(end, (number + 1) * tileWidth)
    const tile = await tiles.read({ level: 0, number, width: stop - number * tileWidth })
    const there = tile?.subarray((start % tileWidth) * hashBytes, (stop - number * tileWidth) * hashBytes)
    if (there?.equals(leaves.subarray((start - first) * hashBytes, (stop - first) * hashBytes)) === true)
      continue
    throw new Error(
      `the segments of the log do not hold what tile ${number} of level 0 does, so nothing was ended: run audit verify`,
    )
  }
}
