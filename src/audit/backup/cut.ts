import { closeSync, openSync } from 'node:fs'
import { readFrames } from '../frame.ts'
import { readHeader } from '../header.ts'
import { listSegments, segmentPath } from '../layout.ts'

/** Where the first entries of a log end: in which segment, and at which byte of it. */
export interface Cut {
  readonly segment: number
  readonly offset: number
}

/**
 * Finds where the first `entries` entries end. Looks from the newest segment back, because that is where a
 * checkpoint of now ends. Throws when the log is not that long.
 */
export async function findCut(folder: string, entries: number): Promise<Cut> {
  for (const segment of (await listSegments(folder)).toReversed()) {
    const file = openSync(segmentPath(folder, segment), 'r')
    try {
      const offset = endIn(file, entries)
      if (offset !== undefined) return { segment, offset }
    } finally {
      closeSync(file)
    }
  }
  throw new Error(`the log in ${folder} has no ${entries} entries: run audit verify`)
}

/** The end of entry `entries - 1` in this segment; undefined when it lies in another. */
function endIn(file: number, entries: number): number | undefined {
  for (const frame of readFrames(file)) {
    const index = readHeader(frame.leaf.subarray(1))?.index
    if (index === undefined || index >= entries) return undefined
    if (index === entries - 1) return frame.offset + frame.end - frame.start
  }
  return undefined
}
