/**
 * UTF-16 units of a text, stretch by stretch, as an array: asking a text for a unit costs twice what an array does,
 * because there are several kinds of text in memory. Where the runtime copies them as a block that is nearly free.
 */

/** Of Node's `Buffer`, as far as it is used here; the types of this folder are those of no runtime. */
interface BlockWriter {
  readonly from: (memory: ArrayBuffer) => {
    readonly write: (text: string, from: number, bytes: number, encoding: 'utf16le') => number
  }
}

/** So many units are copied at a time: they stay in the cache that is next to the processor. */
export const stretch = 2_048

/** Read together in `isBeyondAscii`. */
const block = 8

/** The units of the stretch that was copied last, and zeros behind it. Overwritten with the next one. */
export const units = new Uint16Array(stretch + block)
const pairs = new Int32Array(units.buffer)

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const { Buffer } = globalThis as { readonly Buffer?: BlockWriter }
const bytes = isLittleEndian ? Buffer?.from(units.buffer) : undefined

/** Copies the stretch of a text that begins at `from`; gives how many units it has. Halves of pairs stay as they are. */
export function copyStretch(text: string, from: number): number {
  const length = Math.min(stretch, text.length - from)
  const part = length === text.length ? text : text.slice(from, from + length)
  if (bytes === undefined) for (let at = 0; at < length; at++) units[at] = part.charCodeAt(at)
  else bytes.write(part, 0, 2 * length, 'utf16le')
  if (length < stretch) units.fill(0, length, length + block)
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
