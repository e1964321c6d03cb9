import { closeSync, openSync } from 'node:fs'
import { endedBefore } from './ended.ts'
import { type Frame, readFrames } from './frame.ts'
import { type Header, readHeader } from './header.ts'
import { segmentPath } from './layout.ts'
import { readTail } from './tail.ts'
import { leafHash } from './tree.ts'

export interface WalkedEntry {
  readonly segment: number
  /** Of the frame in its segment. */
  readonly offset: number
  readonly end: number
  readonly commitStart: number
  readonly header: Header
  /** 0x00 and the header as stored. Lies in the reader's buffer: gone with the next entry. */
  readonly bytes: Buffer
  readonly leaf: Buffer
  /** The header as it is stored. Lies in the reader's buffer: copy it to keep it. */
  readonly stored: Buffer
}

/** Where the sound entries end, and why. */
export interface WalkEnd {
  readonly segment: number
  readonly offset: number
  /** Bytes of a commit that was never finished, behind the last entry. */
  readonly tornBytes: number
  /** What is broken, as a sentence; undefined when nothing is. */
  readonly damage: string | undefined
}

/**
 * Every entry of a log from the first that is kept on, up to its end or the first damage. Reads synchronously, in chunks.
 * `first` is the index the first of these segments begins with, where the caller knows it.
 */
export function* walkEntries(
  folder: string,
  segments: readonly number[],
  first?: number,
): Generator<WalkedEntry, WalkEnd> {
  const firstSegment = segments[0] ?? 1
  let end: WalkEnd = { segment: firstSegment, offset: 0, tornBytes: 0, damage: undefined }
  let index = first ?? endedBefore(folder, firstSegment) ?? -1
  if (index < 0) return { ...end, damage: 'segment 1 is missing' }
  for (const [at, segment] of segments.entries()) {
    if (segment !== firstSegment + at) return { ...end, damage: `segment ${firstSegment + at} is missing` }
    const walked = yield* walkSegment(folder, segment, index)
    index = walked.index
    end = walked.end
    if (end.damage !== undefined) return end
    if (end.tornBytes > 0 && at + 1 < segments.length) {
      return {
        ...end,
        damage: `segment ${segment} breaks off at byte ${end.offset} though a later one exists`,
      }
    }
  }
  return end
}

function* walkSegment(
  folder: string,
  segment: number,
  first: number,
): Generator<WalkedEntry, { readonly index: number; readonly end: WalkEnd }> {
  const file = openSync(segmentPath(folder, segment), 'r')
  try {
    const frames = readFrames(file)
    let index = first
    for (;;) {
      const step = frames.next()
      if (step.done) return { index, end: endOf(file, segment, step.value) }
      const { offset } = step.value
      const stored = step.value.leaf.subarray(1)
      const header = readHeader(stored)
      const damage = problemOf(step.value, header, index)
      if (header === undefined || damage !== undefined) {
        return {
          index,
          end: { segment, offset, tornBytes: 0, damage: `segment ${segment}, byte ${offset}: ${damage}` },
        }
      }
      const { commitStart, leaf } = step.value
      const end = offset + step.value.end - step.value.start
      yield { segment, offset, end, commitStart, header, bytes: leaf, leaf: leafHash(leaf), stored }
      index++
    }
  } finally {
    closeSync(file)
  }
}

function problemOf(frame: Frame, header: Header | undefined, index: number): string | undefined {
  if (header === undefined) return 'the frame holds no header'
  if (header.index !== index) return `entry ${header.index} stands where entry ${index} belongs`
  if (header.kind !== frame.kind) return `entry ${index} is a ${header.kind} in a frame of ${frame.kind}`
  return undefined
}

function endOf(file: number, segment: number, offset: number): WalkEnd {
  const tail = readTail(file, offset)
  const damage =
    tail.state === 'damaged'
      ? `segment ${segment}, byte ${offset}: a frame of a finished commit cannot be read, sound ones follow it`
      : undefined
  return { segment, offset, tornBytes: tail.lostBytes, damage }
}
