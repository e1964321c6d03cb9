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

/** Copies a text into the memory from a place on, where it fits. Halves of pairs stay as they are. */
export function writeUnits({ units, block }: UnitMemory, text: string, from = 0): void {
  if (block !== undefined) block.write(text, 2 * from, 2 * text.length, 'utf16le')
  else for (let at = 0; at < text.length; at++) units[from + at] = text.charCodeAt(at)
}

/** Where a text is put together from its units, an even number of them. */
export interface TextMemory extends UnitMemory {
  /** For texts of units below 256, which take half the room in memory and half the time of whoever reads them. */
  readonly bytes: Uint8Array
  readonly byteBlock: Block | undefined
  /** The units, two at a time. */
  readonly pairs: Int32Array
}

export function textMemory(length: number): TextMemory {
  const bytes = new Uint8Array(length)
  const ofUnits = unitMemory(length)
  return { ...ofUnits, bytes, byteBlock: blockOf(bytes), pairs: new Int32Array(ofUnits.units.buffer) }
}

/** The text of the first units. `isOfBytes` is true when all are below 256. Halves of pairs stay as they are. */
export function textOf(memory: TextMemory, length: number, isOfBytes: boolean): string {
  const { units: written, block, bytes, byteBlock } = memory
  if (block === undefined || byteBlock === undefined) return pieceByPiece(written, length)
  if (!isOfBytes) return block.toString('utf16le', 0, 2 * length)
  bytes.set(written.subarray(0, length))
  return byteBlock.toString('latin1', 0, length)
}

/** Bits that no unit below 256 has, in each of two units. */
const beyondBytes = 0xff00_ff00 | 0

/** Whether the first units are all below 256. Two are read at a time: it takes as long as the copies around it. */
export function areBytes({ units: written, pairs }: TextMemory, length: number): boolean {
  let all = 0
  const whole = length >> 1
  for (let at = 0; at < whole; at++) all |= pairs[at] as number
  if (length > 2 * whole) all |= written[length - 1] as number
  return (all & beyondBytes) === 0
}

/** More arguments than this may overflow the stack. */
const piece = 8_192

function pieceByPiece(written: Uint16Array, length: number): string {
  let text = ''
  for (let start = 0; start < length; start += piece)
    text += String.fromCharCode(...written.subarray(start, Math.min(start + piece, length)))
  return text
}
