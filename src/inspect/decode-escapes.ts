/**
 * Decodes escapes for single characters: of addresses (RFC 3986), of HTML, of JSON, JavaScript and C, and of mail
 * (quoted-printable, RFC 2045). Each is replaced in place, so that what is found stands exactly where it was written.
 */
import { isEscapeOfPercent } from './boundary.ts'
import { asciiOf, byteAt, characterAt, digitValues, noDigit } from './bytes.ts'
import type { Clues } from './clues.ts'
import type { PatchWriter } from './patches.ts'
import { asWhole } from './position-map.ts'

/** Unit by unit: an expression takes several times as long for rows of one escape. */
export function patchPercent(patches: PatchWriter, text: string, { hasPercent }: Clues): void {
  if (!hasPercent) return
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    let end = at
    while (isEscapeOfPercent(text, end)) end += 3
    if (end > at) addBytes(patches, text, at, end, 3, 1)
    at = Math.max(end, at + 1)
  }
}

/** Soft line ends, and bytes of which each is two hexadecimal digits of upper case. */
const quoted = /(?:=[0-9A-F]{2})+|=\r?\n/g
/** Assignments of numbers look like it: there must be one that is usual in mail. */
const isQuotedText = /=(?:3D|40|20|2E|2C|0A|C[23]|E2)|(?:=[0-9A-F]{2}){3}/

export function patchQuoted(patches: PatchWriter, text: string, { hasEquals }: Clues): void {
  if (!hasEquals || !isQuotedText.test(text)) return
  for (const { 0: run, index } of text.matchAll(quoted)) {
    const end = index + run.length
    if (run.endsWith('\n')) patches.drop(index, end)
    else addBytes(patches, text, index, end, 3, 1)
  }
}

const entities = /&(?:#x0{0,8}([0-9a-f]{1,6});?|#0{0,8}([0-9]{1,7});?|([a-z]{2,6});)/gi

/** Names of characters that values and words are made of or that stand between them. */
const named: ReadonlyMap<string, string> = new Map([
  ...[
    ['amp', '&'],
    ['lt', '<'],
    ['gt', '>'],
    ['quot', '"'],
    ['apos', "'"],
    ['nbsp', ' '],
    ['commat', '@'],
  ],
  ...[
    ['period', '.'],
    ['colon', ':'],
    ['comma', ','],
    ['semi', ';'],
    ['sol', '/'],
    ['lowbar', '_'],
  ],
  ...[
    ['hyphen', '-'],
    ['dash', '-'],
    ['shy', ''],
    ['num', '#'],
    ['plus', '+'],
    ['equals', '='],
    ['lpar', '('],
  ],
  ...[
    ['rpar', ')'],
    ['excl', '!'],
    ['quest', '?'],
    ['dollar', '$'],
    ['percnt', '%'],
    ['Tab', '\t'],
  ],
] as const)

export function patchEntities(patches: PatchWriter, text: string, { hasAmpersand }: Clues): void {
  if (!hasAmpersand) return
  for (const { 0: written, 1: hex, 2: decimal, 3: name, index } of text.matchAll(entities)) {
    const end = index + written.length
    if (name === undefined)
      addCharacter(patches, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16), index, end)
    else {
      const shown = named.get(name)
      if (shown !== undefined) patches.text(shown, index, end, asWhole)
    }
  }
}

/** Backslashes before it are those of texts inside texts. */
const escapes =
  /\\{1,8}(?:u\{0{0,4}([0-9a-f]{1,6})\}|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-3][0-7]{2}))|(?:\\{1,8}x[0-9a-f]{2})+/gi

export function patchEscapes(patches: PatchWriter, text: string, { hasBackslash }: Clues): void {
  if (!hasBackslash) return
  patchPlain(patches, text)
  for (const { 0: written, 1: braced, 2: four, 3: eight, 4: octal, index } of text.matchAll(escapes)) {
    const end = index + written.length
    const hex = braced ?? four ?? eight
    if (hex !== undefined) addCharacter(patches, Number.parseInt(hex, 16), index, end)
    else if (octal !== undefined) addCharacter(patches, Number.parseInt(octal, 8), index, end)
    else {
      const width = written.indexOf('x') + 3
      if (written.length % width === 0) addBytes(patches, text, index, end, width, width - 2)
    }
  }
}

const backslash = 92
const letterU = 117
const letterX = 120

/**
 * Patches those of one backslash and two or four digits that stand for a character each, in a third of the time, up to the
 * first of another kind: from there on `escapes` looks.
 */
function patchPlain(patches: PatchWriter, text: string): void {
  let at = text.indexOf('\\')
  for (; at >= 0; at = text.indexOf('\\', at)) {
    const letter = text.charCodeAt(at + 1)
    const digits = letter === letterU ? 4 : letter === letterX ? 2 : 0
    const end = at + 2 + digits
    const code = end > text.length ? noCode : hexadecimalIn(text, at + 2, end)
    // Bytes in a row may be one character.
    const isRow = digits === 2 && text.charCodeAt(end) === backslash && text.charCodeAt(end + 1) !== letterU
    if (digits === 0 || code === noCode || isRow) break
    if (digits === 2) patches.unit(code, at, end)
    else addCharacter(patches, code, at, end)
    at = end
  }
  escapes.lastIndex = at < 0 ? text.length : at
}

const noCode = -1

/** What hexadecimal digits stand for. */
function hexadecimalIn(text: string, start: number, end: number): number {
  let code = 0
  for (let at = start; at < end; at++) {
    const digit = digitValues[text.charCodeAt(at)] as number
    if (digit === noDigit) return noCode
    code = (code << 4) | digit
  }
  return code
}

function addCharacter(patches: PatchWriter, code: number, start: number, end: number): void {
  if (code > 0xffff && code <= 0x10ffff) patches.text(String.fromCodePoint(code), start, end, asWhole)
  else if (code > 0 && code <= 0xffff) patches.unit(code, start, end)
}

/**
 * A run of bytes, each written in `width` units with its two digits from `digitsAt` on: a patch for each character of
 * UTF-8, and for a byte that is none the character of its number. What is ASCII in a row is one patch.
 */
function addBytes(
  patches: PatchWriter,
  text: string,
  index: number,
  end: number,
  width: number,
  digitsAt: number,
): void {
  if (end - index === width) {
    patches.unit(byteAt(text, index + digitsAt), index, end)
    return
  }
  const bytes = new Uint8Array((end - index) / width)
  for (let at = 0; at < bytes.length; at++) bytes[at] = byteAt(text, index + at * width + digitsAt)
  for (let at = 0; at < bytes.length; ) {
    const start = index + at * width
    const from = at
    while ((bytes[at] as number) < 128) at++
    if (at > from) {
      patches.text(asciiOf(bytes, from, at), start, index + at * width, width)
      continue
    }
    const { code, length } = characterAt(bytes, at, bytes.length)
    const shown = length === 0 ? (bytes[at] as number) : code
    at += Math.max(1, length)
    addCharacter(patches, shown, start, index + at * width)
  }
}
