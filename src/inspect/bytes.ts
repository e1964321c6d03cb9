/** Bytes that may be text. Decoding is lenient: what is no text is left out, and nothing throws. */

/** Fewer printable characters in a row than these come about by chance, among bytes of which most are none. */
const fewestPrintable = 16
/** A text in which at least so many of all bytes are printable is taken whole; in random bytes it is two fifths. */
const printableShare = 0.85
const fewestOfText = 6

/** What no hexadecimal digit stands for. */
export const noDigit = 16
/** For each unit what it stands for as a hexadecimal digit. */
export const digitValues = fillDigits()

function fillDigits(): Uint8Array {
  const table = new Uint8Array(65_536).fill(noDigit)
  for (let value = 0; value < noDigit; value++) {
    const digit = value.toString(16)
    table[digit.charCodeAt(0)] = value
    table[digit.toUpperCase().charCodeAt(0)] = value
  }
  return table
}

const digitAt = (digits: string, at: number): number => digitValues[digits.charCodeAt(at)] as number

/** The byte two hexadecimal digits at a place stand for. */
export const byteAt = (digits: string, at: number): number =>
  (digitAt(digits, at) << 4) | digitAt(digits, at + 1)

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
  (code >= 32 && code < 127) || code >= 0xa0 || code === 10 || code === 13 || code === 9

/**
 * The text that bytes are, read as UTF-8 or, when every other byte is zero, as UTF-16 with the low byte first. Among
 * bytes that are no text, stretches of printable characters; undefined when there is none.
 */
export function textIn(bytes: Uint8Array): string | undefined {
  const narrow = narrowed(bytes)
  if (!mayBeText(narrow)) return undefined
  const { length } = narrow
  const stretches: string[] = []
  let odd = 0
  for (let at = 0; at < length; ) {
    const end = endOfPrintable(narrow, at)
    if (end > at && isKept(end - at, odd, length)) stretches.push(printableText(narrow, at, end))
    if (end < length) odd++
    at = end + 1
  }
  if (length >= fewestOfText && isText(odd, length)) return stretches.join(' ')
  const long = stretches.filter((stretch) => stretch.length >= fewestPrintable)
  return long.length === 0 ? undefined : long.join('\n')
}

/**
 * Tells that `textIn` gives nothing for a part of some bytes, from one place to another: where no stretch in all of them is
 * long, their share decides. False where that is not known.
 */
export function partsWithoutText(bytes: Uint8Array): (from: number, until: number) => boolean {
  const oddBefore = new Int32Array(bytes.length + 1)
  let odd = 0
  let stretch = 0
  for (let at = 0; at < bytes.length; ) {
    const { code, length } = characterAt(bytes, at, bytes.length)
    const isOdd = length === 0 || !isPrintable(code)
    stretch = isOdd ? 0 : stretch + length
    if (isOdd) odd++
    if (stretch >= fewestPrintable) return () => false
    for (const next = at + Math.max(1, length); at < next; at++) oddBefore[at + 1] = odd
  }
  // In UTF-16 every other byte is zero.
  return (from, until) =>
    until <= bytes.length &&
    bytes[from + 1] !== 0 &&
    !isText((oddBefore[until] as number) - (oddBefore[from] as number), until - from)
}

const isText = (odd: number, length: number): boolean => length - odd >= printableShare * length

/** A short stretch is of use for as long as all bytes together may be a text. */
const isKept = (stretch: number, odd: number, length: number): boolean =>
  stretch >= fewestPrintable || isText(odd, length)

/** Where printable characters in a row end that begin at a position. */
function endOfPrintable(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length) {
    const { code, length } = characterAt(bytes, at, bytes.length)
    if (length === 0 || !isPrintable(code)) break
    at = endOfAscii(bytes, at + length)
  }
  return at
}

/** Where those of ASCII end. */
function endOfAscii(bytes: Uint8Array, from: number): number {
  let at = from
  while (at < bytes.length && (bytes[at] as number) < 128 && isPrintable(bytes[at] as number)) at++
  return at
}

/** The text of bytes that are printable characters in a row. */
function printableText(bytes: Uint8Array, from: number, until: number): string {
  let at = endOfAscii(bytes, from)
  let text = asciiOf(bytes, from, at)
  while (at < until) {
    const { code, length } = characterAt(bytes, at, until)
    text += String.fromCodePoint(code)
    at += length
  }
  return text
}

/**
 * Whether hexadecimal digits may stand for text, by the bytes that are odd wherever they stand: most digests are told
 * before any byte is kept.
 */
export function mayStandForText(text: string, start: number, end: number): boolean {
  const length = (end - start) >> 1
  // In UTF-16 every other byte is zero.
  if (byteAt(text, start + 2) === 0) return true
  let odd = 0
  for (let at = 0; at < length && isText(odd, length); at++) if (isOddAt(text, start, at)) odd++
  return isText(odd, length) || holdsStretch(text, start, length)
}

/** Whether so many bytes in a row are not odd: from the last of them backwards, so that few bytes are looked at. */
function holdsStretch(text: string, start: number, length: number): boolean {
  for (let from = 0; from + fewestPrintable <= length; ) {
    let at = from + fewestPrintable - 1
    while (at >= from && !isOddAt(text, start, at)) at--
    if (at < from) return true
    from = at + 1
  }
  return false
}

/** True for the byte at a place when it is no text: a control, or the middle of a character behind ASCII. */
function isOddAt(text: string, start: number, place: number): boolean {
  const at = start + 2 * place
  const byte = byteAt(text, at)
  if (byte < 0x80) return byte === 127 || !isPrintable(byte)
  return byte > 0xf4 || (byte < 0xc0 && (place === 0 || digitAt(text, at - 2) < 8))
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

/** Of Node's `Buffer`, as far as it is used here; the types of this folder are those of no runtime. */
interface Block {
  readonly latin1Slice: (from: number, until: number) => string
}
const blocks = (
  globalThis as unknown as { readonly Buffer?: { readonly from: (memory: ArrayBufferLike) => Block } }
).Buffer
/** Shorter ones cost more as a block. */
const shortestBlock = 8

/** Bytes below 128 from one position to another, as a text. */
export function asciiOf(bytes: Uint8Array, from: number, until: number): string {
  const block = blockOf(bytes, from, until)
  if (block !== undefined) return block
  let text = ''
  for (let at = from; at < until; at++) text += String.fromCharCode(bytes[at] as number)
  return text
}

/** What is put together character by character is a hundred thousand small pieces in memory. */
function blockOf(bytes: Uint8Array, from: number, until: number): string | undefined {
  if (until - from < shortestBlock || blocks === undefined) return undefined
  const { buffer, byteOffset } = bytes
  if (buffer !== asked) {
    asked = buffer
    block = blocks.from(buffer)
  }
  return block?.latin1Slice(byteOffset + from, byteOffset + until)
}

/** The memory that was asked for last: many short runs are decoded into the same. */
let asked: ArrayBufferLike | undefined
let block: Block | undefined

/** Every other byte, when those between them are zero. */
function narrowed(bytes: Uint8Array): Uint8Array {
  if (bytes.length < 2 * fewestOfText) return bytes
  for (let at = 1; at < 2 * fewestOfText; at += 2) if (bytes[at] !== 0) return bytes
  return bytes.filter((_, at) => at % 2 === 0)
}
