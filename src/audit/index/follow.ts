/** Reading a log from where one has come to, while it is being written. */
import { closeSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { frameBytes, headerMaxBytes, leafAt, readFrame, readFrames } from '../frame.ts'
import { type Header, readHeader, readStatement } from '../header.ts'
import { segmentPath } from '../layout.ts'
import { leafHash } from '../tree.ts'
import type { RowReader } from './handed-rows.ts'
import type { RowSource } from './row.ts'

export interface LogCursor {
  /** Index of the entry that comes next. */
  readonly next: number
  /** Where the last entry read ends. */
  readonly segment: number
  readonly end: number
  /** Where the last entry read begins, and its leaf: undefined before the first. */
  readonly last: { readonly offset: number; readonly leaf: Buffer } | undefined
}

export const cursorAtStart: LogCursor = { next: 0, segment: 1, end: 0, last: undefined }

export interface FollowedEntry {
  readonly source: RowSource
  readonly segment: number
  readonly offset: number
  /** Where it ends, and what its leaf is the hash of, which lies in a buffer that is written over with the next entry. */
  readonly end: number
  readonly leaf: Buffer
}

/** The entries behind `from`, before index `upTo`: only durable ones may be asked for. Throws when one is not there. */
export function* followLog(folder: string, from: LogCursor, upTo: number): Generator<FollowedEntry> {
  let { next, segment, end } = from
  // What is kept no longer is not at the front any more.
  if (from.last === undefined) segment = firstSegment(folder)
  let mayJump = from.last === undefined && segment > 1
  while (next < upTo) {
    const file = openSegment(folder, segment, next)
    try {
      const frames = readFrames(file, end)
      // Not a step further than asked: it would write over the leaf of the last one.
      while (next < upTo) {
        const step = frames.next()
        if (step.done) break
        const { offset, leaf } = step.value
        const header = readStatement(leaf.subarray(1))
        if (header === undefined || (header.index !== next && !mayJump)) throw unreadable(next)
        mayJump = false
        next = header.index + 1
        yield { source: header, segment, offset, end: offset + step.value.end - step.value.start, leaf }
      }
    } finally {
      closeSync(file)
    }
    segment++
    end = 0
  }
}

/**
 * The same of rows that were handed over. Where one ends is looked up in the log for the last alone, behind which the next
 * batch goes on.
 */
export function* followHanded(folder: string, rows: RowReader, upTo: number): Generator<FollowedEntry> {
  const stop = Math.min(upTo, rows.end)
  while (rows.next < stop) {
    const { source, segment, offset } = rows.read()
    const last = rows.next < stop ? undefined : readEntryAt(folder, segment, offset)
    if (rows.next === stop && last?.header.index !== source.index) throw unreadable(source.index)
    const leaf = last?.leaf ?? noLeaf
    yield { source, segment, offset, end: offset + leafAt + leaf.length, leaf }
  }
}

const noLeaf = Buffer.alloc(0)

function firstSegment(folder: string): number {
  const numbers = readdirSync(join(folder, 'seg')).flatMap((name) => /^(\d{10})\.seg$/.exec(name)?.[1] ?? [])
  return numbers.length === 0 ? 1 : Math.min(...numbers.map(Number))
}

function openSegment(folder: string, segment: number, index: number): number {
  try {
    return openSync(segmentPath(folder, segment), 'r')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw unreadable(index, cause)
    throw cause
  }
}

const unreadable = (index: number, cause?: unknown): Error =>
  new Error(`entry ${index} of the log cannot be read back: run audit verify`, { cause })

/** True when the entry the cursor stands behind is still the one it was. */
export function isAtItsPlace(folder: string, { last, segment, next }: LogCursor): boolean {
  if (last === undefined) return next === 0
  const found = readEntryAt(folder, segment, last.offset)
  return found !== undefined && found.header.index === next - 1 && leafHash(found.leaf).equals(last.leaf)
}

const buffer = Buffer.alloc(frameBytes + headerMaxBytes)

/** Undefined when no sound entry begins there. `leaf` is written over by the next call. */
export function readEntryAt(
  folder: string,
  segment: number,
  offset: number,
): { readonly header: Header; readonly leaf: Buffer } | undefined {
  // A place that turned in the index can be anything, also what no file has.
  if (!Number.isSafeInteger(offset) || offset < 0 || !Number.isSafeInteger(segment)) return undefined
  let file: number
  try {
    file = openSync(segmentPath(folder, segment), 'r')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
  try {
    const frame = readFrame(buffer.subarray(0, readSync(file, buffer, 0, buffer.length, offset)), 0)
    const header = frame && readHeader(frame.leaf.subarray(1))
    return frame === undefined || header === undefined ? undefined : { header, leaf: frame.leaf }
  } finally {
    closeSync(file)
  }
}
