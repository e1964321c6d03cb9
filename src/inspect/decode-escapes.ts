/**
 * Decodes escapes for single characters: of addresses (RFC 3986), of HTML, of JSON, JavaScript and C, and of mail
 * (quoted-printable, RFC 2045). Each is replaced in place, so that what is found stands exactly where it was written.
 */
import { isEscapeOfPercent } from './boundary.ts'
import { asciiOf, byteAt, characterAt } from './bytes.ts'
import { type Patch, whole } from './patches.ts'

/** Unit by unit: an expression takes several times as long for rows of one escape. */
export function percentPatches(text: string): readonly Patch[] {
  const patches: Patch[] = []
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at)) {
    let end = at
    while (isEscapeOfPercent(text, end)) end += 3
    if (end > at) addBytes(text, at, end, 3, 1, patches)
    at = Math.max(end, at + 1)
  }
  return patches
}

/** Soft line ends, and bytes of which each is two hexadecimal digits of upper case. */
const quoted = /(?:=[0-9A-F]{2})+|=\r?\n/g
/** Assignments of numbers look like it: there must be one that is usual in mail. */
const isQuotedText = /=(?:3D|40|20|2E|2C|0A|C[23]|E2)|(?:=[0-9A-F]{2}){3}/

export const quotedPatches = (text: string): readonly Patch[] =>
  isQuotedText.test(text)
    ? collect(text, quoted, ({ 0: run, index }, patches) => {
        if (run.endsWith('\n')) patches.push(whole(index, index + run.length, ''))
        else addBytes(text, index, index + run.length, 3, 1, patches)
      })
    : []

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

export const entityPatches = (text: string): readonly Patch[] =>
  collect(text, entities, ({ 0: written, 1: hex, 2: decimal, 3: name, index }, patches) => {
    const shown =
      name !== undefined
        ? named.get(name)
        : characterOf(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
    if (shown !== undefined) patches.push(whole(index, index + written.length, shown))
  })

/** Backslashes before it are those of texts inside texts. */
const escapes =
  /\\{1,8}(?:u\{0{0,4}([0-9a-f]{1,6})\}|u([0-9a-f]{4})|U([0-9a-f]{8})|([0-3][0-7]{2}))|(?:\\{1,8}x[0-9a-f]{2})+/gi

export const escapePatches = (text: string): readonly Patch[] =>
  collect(text, escapes, ({ 0: written, 1: braced, 2: four, 3: eight, 4: octal, index }, patches) => {
    const hex = braced ?? four ?? eight
    if (hex === undefined && octal === undefined) {
      const width = written.indexOf('x') + 3
      if (written.length % width === 0)
        addBytes(text, index, index + written.length, width, width - 2, patches)
      return
    }
    const shown = characterOf(hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16))
    if (shown !== undefined) patches.push(whole(index, index + written.length, shown))
  })

function collect(
  text: string,
  pattern: RegExp,
  add: (match: RegExpExecArray, patches: Patch[]) => void,
): readonly Patch[] {
  const patches: Patch[] = []
  for (const match of text.matchAll(pattern)) add(match, patches)
  return patches
}

const characterOf = (code: number): string | undefined =>
  code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : undefined

/**
 * A run of bytes, each written in `width` units with its two digits from `digitsAt` on: a patch for each character of
 * UTF-8, and for a byte that is none the character of its number. What is ASCII in a row is one patch.
 */
function addBytes(
  text: string,
  index: number,
  end: number,
  width: number,
  digitsAt: number,
  patches: Patch[],
): void {
  if (end - index === width) {
    const byte = byteAt(text, index + digitsAt)
    patches.push({ start: index, end, text: String.fromCharCode(byte), way: byte < 128 ? 'same' : 'whole' })
    return
  }
  const bytes = new Uint8Array((end - index) / width)
  for (let at = 0; at < bytes.length; at++) bytes[at] = byteAt(text, index + at * width + digitsAt)
  for (let at = 0; at < bytes.length; ) {
    const start = index + at * width
    const from = at
    while ((bytes[at] as number) < 128) at++
    if (at > from) {
      patches.push({ start, end: index + at * width, text: asciiOf(bytes, from, at), way: 'same' })
      continue
    }
    const { code, length } = characterAt(bytes, at, bytes.length)
    const shown = String.fromCodePoint(length === 0 ? (bytes[at] as number) : code)
    at += Math.max(1, length)
    patches.push(whole(start, index + at * width, shown))
  }
}
