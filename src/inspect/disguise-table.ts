/** What single code units hide, and what they stand for. */
import { lookAlikes } from './look-alikes.ts'

export const keep = 0
export const remove = 1
/** What it is depends on what stands beside it, or it stands for more than one character. */
export const depends = 2
export const space = 32

/** First half of U+E0000 to U+E03FF: tag characters and variation selectors, invisible all of them. */
export const tagLead = 0xdb40
/** First half of mathematical letters and digits, U+1D400 to U+1D7FF. */
export const mathLead = 0xd835
/** First half of letters in squares and circles, U+1F100 to U+1F1FF, and of many emoji. */
export const enclosedLead = 0xd83c

/** Marks that are set above, below or through the character before them. */
export const isMark = (code: number): boolean =>
  (code >= 0x0300 && code <= 0x036f && code !== 0x034f) ||
  code === 0x0488 ||
  code === 0x0489 ||
  (code >= 0x1ab0 && code <= 0x1aff) ||
  (code >= 0x1dc0 && code <= 0x1dff) ||
  (code >= 0x20d0 && code <= 0x20ff) ||
  (code >= 0xfe20 && code <= 0xfe2f)

/** Ligatures, Roman numerals and others that stand for several characters. */
export const expansions: Map<number, string> = new Map()

/** Superscript and subscript digits: a note after a number is no part of it, so one reading leaves them out. */
export const isRaised = (code: number): boolean =>
  code === 0xb9 || code === 0xb2 || code === 0xb3 || (code >= 0x2070 && code <= 0x2089)

/** Blocks whose compatibility forms (NFKC) of one ASCII character or a few letters count as these. */
const compatibilityBlocks: readonly (readonly [number, number])[] = [
  [0x00b2, 0x00b9],
  [0x02b0, 0x02b8],
  [0x02e0, 0x02e3],
  [0x1d2c, 0x1d6a],
  [0x2070, 0x209c],
  [0x2102, 0x2138],
  [0x2145, 0x2149],
  [0x2160, 0x217f],
  [0x2460, 0x24ea],
  [0xfb00, 0xfb06],
  [0xfe50, 0xfe6b],
]

/** Shown in ordinary texts in their own right: ™, ℠, №, ℡, ℻. */
const ordinary = new Set([0x2122, 0x2120, 0x2116, 0x2121, 0x213b])

/** No unit below may disguise: a no-break space. */
export const lowestDisguise = 0xa0

/** For each code unit: kept, removed, dependent, or the unit it stands for. */
export const disguises = fillTable()

function fillTable(): Uint16Array {
  const table = new Uint16Array(65_536)
  const fill = (from: number, to: number, reading: (code: number) => number): void => {
    for (let code = from; code <= to; code++) table[code] = reading(code)
  }
  for (let code = 0; code < table.length; code++) {
    if (lookAlikes[code] !== 0 || isMark(code)) table[code] = depends
  }
  for (const [from, to] of compatibilityBlocks) {
    for (let code = from; code <= to; code++) {
      if (ordinary.has(code)) continue
      // `⒈` is `1.` and `⒜` is `(a)`: what is inside counts.
      const plain = String.fromCharCode(code)
        .normalize('NFKC')
        .replace(/^\((.+)\)$|^(\d+)\.$/, '$1$2')
      if (!/^[\x21-\x7e]{1,4}$/.test(plain) || plain === String.fromCharCode(code)) continue
      table[code] = plain.length === 1 ? plain.charCodeAt(0) : depends
      if (plain.length > 1) expansions.set(code, plain)
    }
  }
  // Soft hyphen, grapheme joiner, Mongolian separator, zero-width characters, direction marks, word joiner,
  // variation selectors, byte order mark, and the lead of tag characters.
  const invisible: readonly [number, number][] = [
    [0x00ad, 0x00ad],
    [0x034f, 0x034f],
    [0x061c, 0x061c],
    [0x115f, 0x1160],
    [0x17b4, 0x17b5],
    [0x180b, 0x180f],
    [0x200b, 0x200f],
    [0x202a, 0x202e],
    [0x2060, 0x206f],
    [0x3164, 0x3164],
    [0xfe00, 0xfe0f],
    [0xfeff, 0xfeff],
    [0xffa0, 0xffa0],
    [tagLead, tagLead],
  ]
  for (const [from, to] of invisible) fill(from, to, () => remove)
  for (const code of [0x00a0, 0x1680, 0x202f, 0x205f, 0x3000]) table[code] = space
  fill(0x2000, 0x200a, () => space)
  // Hyphens, the figure and en dash, minus. The em dash stays: it separates clauses, not digits.
  for (const code of [0x2010, 0x2011, 0x2012, 0x2013, 0x2212, 0xfe63]) table[code] = 45
  fill(0xff01, 0xff5e, (code) => code - 0xfee0)
  // Zero of each script whose ten digits stand in a row (Unicode general category Nd).
  const zeros = [
    0x0660, 0x06f0, 0x07c0, 0x0966, 0x09e6, 0x0a66, 0x0ae6, 0x0b66, 0x0be6, 0x0c66, 0x0ce6, 0x0d66, 0x0e50,
    0x0ed0, 0x0f20, 0x1040, 0x17e0, 0x1810,
  ]
  for (const zero of zeros) fill(zero, zero + 9, (code) => code - zero + 48)
  table[mathLead] = depends
  table[enclosedLead] = depends
  return table
}
