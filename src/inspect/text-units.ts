/** UTF-16 units of a text as an array, a stretch at a time. */
import { unitMemory, writeUnits } from './text-memory.ts'

/** So many units are copied at a time: they stay in the cache that is next to the processor. */
export const stretch = 4_096

/** Read together in `isBeyondAscii`. */
const together = 8

const ofStretch = unitMemory(stretch + together)

/** The units of the stretch that was copied last, and zeros behind it. Overwritten with the next one. */
export const { units } = ofStretch
const pairs = new Int32Array(units.buffer)

/** Copies the stretch of a text that begins at `from`; gives how many units it has. Halves of pairs stay as they are. */
export function copyStretch(text: string, from: number): number {
  const length = Math.min(stretch, text.length - from)
  writeUnits(ofStretch, length === text.length ? text : text.slice(from, from + length))
  if (length < stretch) units.fill(0, length, length + together)
  return length
}

/** In each of two units the bits that no unit of ASCII has. */
const beyondAscii = 0xff80_ff80 | 0

/** True when one of the eight units from `at`, a multiple of eight, is beyond ASCII. */
export const isBeyondAscii = (at: number): boolean =>
  (((pairs[at >>> 1] as number) |
    (pairs[(at >>> 1) + 1] as number) |
    (pairs[(at >>> 1) + 2] as number) |
    (pairs[(at >>> 1) + 3] as number)) &
    beyondAscii) !==
  0
