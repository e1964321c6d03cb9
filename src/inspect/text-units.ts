/**
 * UTF-16 units of a text as an array, and back: asking a text for a unit costs twice what an array does, because there
 * are several kinds of text in memory. Where the runtime copies them as a block that is nearly free.
 */

/** Of Node's `Buffer`, as far as it is used here; the types of this folder are those of no runtime. */
interface Block {
  readonly write: (text: string, from: number, bytes: number, encoding: 'utf16le') => number
  readonly toString: (encoding: 'latin1' | 'utf16le', from: number, to: number) => string
}
interface BlockMaker {
  readonly from: (memory: ArrayBufferLike) => Block
}

/** Units, and the same memory as a block where the runtime has those. */
export interface UnitMemory {
  readonly units: Uint16Array
  readonly block: Block | undefined
}

const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
const { Buffer } = globalThis as { readonly Buffer?: BlockMaker }
const blockOf = ({ buffer }: Uint8Array | Uint16Array): Block | undefined =>
  isLittleEndian ? Buffer?.from(buffer) : undefined

/** Zeros, so many units. */
export function unitMemory(length: number): UnitMemory {
  const memory = new Uint16Array(length)
  return { units: memory, block: blockOf(memory) }
}

/** Copies a text that fits to the start of the memory. Halves of pairs stay as they are. */
export function writeUnits({ units: memory, block }: UnitMemory, text: string): void {
  if (block !== undefined) block.write(text, 0, 2 * text.length, 'utf16le')
  else for (let at = 0; at < text.length; at++) memory[at] = text.charCodeAt(at)
}

/** So many units are copied at a time: they stay in the cache that is next to the processor. */
export const stretch = 2_048

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

/** Where a text is put together from its units. */
export interface TextMemory extends UnitMemory {
  /** For texts of ASCII, which take half the room in memory and half the time of whoever reads them. */
  readonly bytes: Uint8Array
  readonly byteBlock: Block | undefined
}

export function textMemory(length: number): TextMemory {
  const bytes = new Uint8Array(length)
  return { ...unitMemory(length), bytes, byteBlock: blockOf(bytes) }
}

/** The text of the first units. `isAscii` is true when none of them is beyond it. Halves of pairs stay as they are. */
export function textOf(memory: TextMemory, length: number, isAscii: boolean): string {
  const { units: written, block, bytes, byteBlock } = memory
  if (block === undefined || byteBlock === undefined) return pieceByPiece(written, length)
  if (!isAscii) return block.toString('utf16le', 0, 2 * length)
  bytes.set(written.subarray(0, length))
  return byteBlock.toString('latin1', 0, length)
}

/** More arguments than this may overflow the stack. */
const piece = 8_192

function pieceByPiece(written: Uint16Array, length: number): string {
  let text = ''
  for (let start = 0; start < length; start += piece)
    text += String.fromCharCode(...written.subarray(start, Math.min(start + piece, length)))
  return text
}
