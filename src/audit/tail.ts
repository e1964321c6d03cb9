/**
 * What stands behind the last sound frame of a segment. After a power cut the sectors of a commit under way may
 * be on disk or not, in any order; that commit was never acknowledged, so it is cut off. Everything else that
 * cannot be read is damage to something that was acknowledged, and the log must not go on as if it were not.
 */
import { fstatSync, readSync } from 'node:fs'
import { readFrame } from './frame.ts'

export interface Tail {
  readonly state: 'empty' | 'grown' | 'torn' | 'damaged'
  /** Bytes behind the last sound frame, the zeros at the very end left out. */
  readonly lostBytes: number
}

export function readTail(file: number, offset: number): Tail {
  const tail = withoutTrailingZeros(file, offset)
  if (tail.length === 0) return { state: 'empty', lostBytes: 0 }
  // It came since the reader was here: somebody writes this log, and what follows is no longer the end it was read to.
  if (readFrame(tail, 0) !== undefined) return { state: 'grown', lostBytes: 0 }
  for (let at = 1; at < tail.length; at++) {
    const frame = readFrame(tail, at)
    if (frame === undefined) continue
    const isSameCommit = frame.commitStart <= offset
    if (!isSameCommit || !couldBeUnwritten(tail.subarray(0, at), offset)) {
      return { state: 'damaged', lostBytes: tail.length }
    }
    at = frame.end - 1
  }
  return { state: 'torn', lostBytes: tail.length }
}

const sectorBytes = 512

/** True when at least one disk sector of these bytes holds only zeros, as it does when it was never written. */
export function couldBeUnwritten(bytes: Buffer, offset: number): boolean {
  for (let at = 0; at < bytes.length; ) {
    const end = Math.min(bytes.length, at + sectorBytes - ((offset + at) % sectorBytes))
    if (isZero(bytes.subarray(at, end))) return true
    at = end
  }
  return false
}

const chunkBytes = 1_024 * 1_024
const zeros = Buffer.alloc(chunkBytes)

const isZero = (bytes: Buffer): boolean => bytes.equals(zeros.subarray(0, bytes.length))

/** Reads backwards, so that the zeros a segment is prepared with are never held in memory at once. */
function withoutTrailingZeros(file: number, offset: number): Buffer {
  let end = fstatSync(file).size
  const chunk = Buffer.allocUnsafe(chunkBytes)
  while (end > offset) {
    const start = Math.max(offset, end - chunkBytes)
    const bytes = chunk.subarray(0, readSync(file, chunk, 0, end - start, start))
    if (!isZero(bytes)) break
    end = start
  }
  const tail = Buffer.alloc(Math.max(0, end - offset))
  readSync(file, tail, 0, tail.length, offset)
  let length = tail.length
  while (length > 0 && tail[length - 1] === 0) length--
  return tail.subarray(0, length)
}
