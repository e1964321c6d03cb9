/** Decodes what is written as one run: Base64 and hexadecimal of RFC 4648, rows of bytes and of binary digits. */
import { base64Values, bytesOfBase64, noValue } from './base64.ts'
import { failedLines } from './base64-lines.ts'
import { byteAt, digitValues, mayStandForText, noDigit, textIn } from './bytes.ts'
import type { Clues } from './clues.ts'
import type { PatchWriter } from './patches.ts'
import { asWhole, type Span } from './position-map.ts'

/** A line end in a run that is wrapped, also one inside a quotation or a string. */
const wrap = /(?:\r?\n[ \t>]{0,8}|\\r\\n|\\n)/y
/** A shorter line is not followed by another of the same run. */
const shortestLine = 16

/**
 * Where many lines together are no text, a few of them still may be. From each line on so many characters are tried and
 * not all that follow, which would take a quadratic time; a longer text among them would have shown in the whole.
 */
const triedAgain = 512

/** Runs in order of position, as clues give them. */
export function patchBase64(patches: PatchWriter, text: string, { runs }: Clues): void {
  let done = 0
  let failedUntil = 0
  let failed = failedLines(text, 0, 0)
  for (const run of runs) {
    if (run.start < done || !isMixed(text, run)) continue
    const isAgain = run.start < failedUntil
    const tried = isAgain ? failed?.from(run.start, triedAgain) : undefined
    const end = tried?.end ?? endOfWrapped(text, run, isAgain ? run.start + triedAgain : text.length)
    const decoded =
      isHexRun(text, run) || tried?.holdNoText === true ? undefined : decodeBase64(text, run.start, end)
    if (decoded === undefined) {
      if (end > failedUntil) failed = failedLines(text, run.start, end)
      failedUntil = Math.max(failedUntil, end)
      continue
    }
    patches.text(decoded, run.start, withPadding(text, end), asWhole)
    done = end
  }
}

export function patchHex(patches: PatchWriter, text: string, { runs }: Clues): void {
  for (const run of runs) {
    const start = text.startsWith('0x', run.start) ? run.start + 2 : run.start
    if (!isHexRun(text, { start, end: run.end }) || !mayStandForText(text, start, run.end)) continue
    const decoded = textIn(bytesOfHex(text, start, run.end))
    if (decoded !== undefined) patches.text(decoded, run.start, run.end, asWhole)
  }
}

/** Bytes set apart: `69 67 6e`, `69:67:6e`, `0x69, 0x67`. */
export function patchPairs(patches: PatchWriter, text: string, { pairs }: Clues): void {
  for (const { start, end } of pairs) {
    const decoded = textIn(bytesOfPairs(text, start, end))
    if (decoded !== undefined) patches.text(decoded, start, end, asWhole)
  }
}

/** Groups of eight binary digits, set apart. */
export function patchOctets(patches: PatchWriter, text: string, { octets }: Clues): void {
  for (const { start, end } of octets) {
    const digits = text.slice(start, end).replace(/[^01]/g, '')
    const bytes = new Uint8Array(digits.length >> 3)
    for (let at = 0; at < bytes.length * 8; at++) {
      const place = at >> 3
      bytes[place] = ((bytes[place] as number) << 1) | (digits.charCodeAt(at) & 1)
    }
    const decoded = textIn(bytes)
    if (decoded !== undefined) patches.text(decoded, start, end, asWhole)
  }
}

/** Letters of one case alone are words, paths and rules. */
function isMixed(text: string, { start, end }: Span): boolean {
  let seen = 0
  for (let at = start; at < end && seen !== 3; at++) {
    const code = text.charCodeAt(at)
    if (code >= 97) seen |= 1
    else if (code >= 48 && code <= 90) seen |= 2
  }
  return seen === 3
}

function isHexRun(text: string, { start, end }: Span): boolean {
  if (end - start < shortestLine || (end - start) % 2 === 1) return false
  for (let at = start; at < end; at++) if (digitValues[text.charCodeAt(at)] === noDigit) return false
  return true
}

/** Where a run ends that goes on over line ends: with the first line that passes `enough`, if not before. */
function endOfWrapped(text: string, { start, end }: Span, enough: number): number {
  let last = end
  let length = end - start
  for (;;) {
    if (last >= enough) return last
    wrap.lastIndex = last
    if (length < shortestLine || length % 4 !== 0 || !wrap.test(text)) return last
    const from = wrap.lastIndex
    let until = from
    while (until < text.length && base64Values[text.charCodeAt(until)] !== noValue) until++
    if (until === from || until - from > length) return last
    last = until
    length = until - from
  }
}

function withPadding(text: string, end: number): number {
  let last = end
  while (last < end + 2 && text.charCodeAt(last) === 61) last++
  return last
}

/**
 * Undefined when no text comes out. Most runs are identifiers, digests and pictures: a look at some places says so
 * before anything is decoded. A word may stand right before the run, so that it begins at any of four characters.
 */
function decodeBase64(text: string, start: number, end: number): string | undefined {
  for (let shift = 0; shift < 4; shift++) {
    if (!mayDecode(text, start + shift, end)) continue
    const decoded = textIn(bytesOfBase64(text, start + shift, end))
    if (decoded !== undefined) return decoded
  }
  return undefined
}

/** Characters looked at together: nine bytes. */
const sample = 12
const betweenSamples = 192

function mayDecode(text: string, start: number, end: number): boolean {
  for (let at = start; at + sample <= end; at += betweenSamples) if (isTextAt(text, at)) return true
  const last = start + (Math.max(0, end - start - sample) & ~3)
  return isTextAt(text, last)
}

const sampled = new Uint8Array(9)

/** True when the bytes at a group of four may be text: as ASCII, UTF-8 or half of them zeros. */
function isTextAt(text: string, at: number): boolean {
  for (let group = 0; group < 3; group++) {
    let bits = 0
    for (let index = 0; index < 4; index++) {
      const value = base64Values[text.charCodeAt(at + 4 * group + index)] as number
      if (value === noValue) return true
      bits = (bits << 6) | value
    }
    sampled[3 * group] = bits >> 16
    sampled[3 * group + 1] = (bits >> 8) & 0xff
    sampled[3 * group + 2] = bits & 0xff
  }
  let zeros = 0
  for (let index = 0; index < 9; index++) {
    const byte = sampled[index] as number
    if (byte === 0) zeros++
    else if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 13) return false
    else if (byte === 127 || byte === 0xc0 || byte === 0xc1 || byte > 0xf4) return false
    else if (byte >= 0x80 && index > 0) {
      const before = sampled[index - 1] as number
      if (byte < 0xc0 ? before < 0x80 : before >= 0xc0) return false
    }
  }
  return zeros === 0 || zeros >= 4
}

function bytesOfHex(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1)
  for (let at = 0; at < bytes.length; at++) bytes[at] = byteAt(text, start + 2 * at)
  return bytes
}

/** All digits from one position to another, without the `0x` before some of them. */
function bytesOfPairs(text: string, start: number, end: number): Uint8Array {
  const bytes = new Uint8Array((end - start) >> 1)
  let digits = 0
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    const value = digitValues[code] as number
    if (value === noDigit) continue
    if (code === 48 && at + 1 < end && (text.charCodeAt(at + 1) | 0x20) === 120) continue
    const place = digits++ >> 1
    bytes[place] = ((bytes[place] as number) << 4) | value
  }
  return bytes.subarray(0, digits >> 1)
}
