/** Bytes that may be text. Decoding is lenient: what is no text is left out, and nothing throws. */

/** Fewer printable characters in a row than these come about by chance, among bytes of which most are none. */
const fewestPrintable = 16
/** A text in which at least so many of all bytes are printable is taken whole; in random bytes it is two fifths. */
const printableShare = 0.85
const fewestOfText = 6

/** The byte two hexadecimal digits at a place stand for. */
export const byteAt = (digits: string, at: number): number =>
  (digitValue(digits.charCodeAt(at)) << 4) | digitValue(digits.charCodeAt(at + 1))

/** What a hexadecimal digit counts. */
export const digitValue = (digit: number): number => (digit < 58 ? digit - 48 : (digit | 0x20) - 87)

/** A character of UTF-8 and how many bytes it takes; a length of 0 when there is none at `at`. */
export function characterAt(
  bytes: ArrayLike<number>,
  at: number,
  end: number,
): { code: number; length: number } {
  const first = bytes[at] as number
  if (first < 0x80) return { code: first, length: 1 }
  const length = first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0
  if (length === 0 || first >= 0xf5 || at + length > end) return none
  let code = first & (0x7f >> length)
  for (let index = at + 1; index < at + length; index++) {
    const next = bytes[index] as number
    if ((next & 0xc0) !== 0x80) return none
    code = (code << 6) | (next & 0x3f)
  }
  return code > 0x10ffff ? none : { code, length }
}

const none = { code: 0, length: 0 }

/** A character that texts are made of: no control but tab and line ends. */
const isPrintable = (code: number): boolean =>
  code === 9 || code === 10 || code === 13 || (code >= 32 && code < 127) || code >= 0xa0

/**
 * The text that bytes are, read as UTF-8 or, when every other byte is zero, as UTF-16 with the low byte first. Among
 * bytes that are no text, stretches of printable characters; undefined when there is none.
 */
export function textIn(bytes: Uint8Array): string | undefined {
  const narrow = narrowed(bytes)
  if (narrow.length >= fewestOfText && isAscii(narrow)) return asciiOf(narrow, 0, narrow.length)
  if (!mayBeText(narrow)) return undefined
  const stretches: string[] = []
  const long: string[] = []
  let stretch = ''
  let from = 0
  let printable = 0
  const finish = (at: number): void => {
    if (stretch !== '') stretches.push(stretch)
    if (stretch.length >= fewestPrintable) long.push(stretch)
    printable += at - from
    stretch = ''
  }
  for (let at = 0; at < narrow.length; ) {
    const { code, length } = characterAt(narrow, at, narrow.length)
    if (length === 0 || !isPrintable(code)) {
      finish(at)
      from = ++at
      continue
    }
    stretch += String.fromCodePoint(code)
    at += length
  }
  finish(narrow.length)
  if (narrow.length >= fewestOfText && printable >= printableShare * narrow.length) return stretches.join(' ')
  return long.length === 0 ? undefined : long.join('\n')
}

/**
 * Whether hexadecimal digits may stand for text, by the bytes that are odd wherever they stand: most digests are told
 * before any byte is kept.
 */
export function mayStandForText(text: string, start: number, end: number): boolean {
  const length = (end - start) >> 1
  let odd = 0
  let stretch = 0
  let before = 0
  for (let at = start; at < end; at += 2) {
    const byte = byteAt(text, at)
    const isOdd =
      byte < 0x80 ? byte === 127 || !isPrintable(byte) : byte > 0xf4 || (byte < 0xc0 && before < 0x80)
    before = byte
    stretch = isOdd ? 0 : stretch + 1
    // In UTF-16 every other byte is zero.
    if (stretch >= fewestPrintable || (byte === 0 && at === start + 2)) return true
    if (isOdd) odd++
  }
  return length - odd >= printableShare * length
}

/** Most bytes are none: counted first, nothing is put together for them. */
function mayBeText(bytes: Uint8Array): boolean {
  let printable = 0
  let stretch = 0
  for (let at = 0; at < bytes.length; ) {
    const { code, length } = characterAt(bytes, at, bytes.length)
    if (length === 0 || !isPrintable(code)) {
      stretch = 0
      at++
      continue
    }
    stretch += code > 0xffff ? 2 : 1
    if (stretch >= fewestPrintable) return true
    printable += length
    at += length
  }
  return printable >= printableShare * bytes.length
}

function isAscii(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number
    if (byte > 126 || !isPrintable(byte)) return false
  }
  return true
}

/** Of Node's `Buffer`, as far as it is used here; the types of this folder are those of no runtime. */
interface BlockReader {
  readonly from: (memory: unknown, from: number, length: number) => { readonly latin1Slice: () => string }
}
const blocks = (globalThis as unknown as { readonly Buffer?: BlockReader }).Buffer
/** Shorter ones cost more as a block. */
const shortestBlock = 32

/** Bytes below 128 from one position to another, as a text. */
export function asciiOf(bytes: Uint8Array, from: number, until: number): string {
  const block = blockOf(bytes, from, until)
  if (block !== undefined) return block
  let text = ''
  for (let at = from; at < until; at++) text += String.fromCharCode(bytes[at] as number)
  return text
}

/** What is put together character by character is a hundred thousand small pieces in memory. */
const blockOf = (bytes: Uint8Array, from: number, until: number): string | undefined =>
  until - from < shortestBlock
    ? undefined
    : blocks?.from(bytes.buffer, bytes.byteOffset + from, until - from).latin1Slice()

/** Every other byte, when those between them are zero. */
function narrowed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 2 * fewestOfText) return bytes
  for (let at = 1; at < 2 * fewestOfText; at += 2) if (bytes[at] !== 0) return bytes
  return bytes.filter((_, at) => at % 2 === 0)
}
