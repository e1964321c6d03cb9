/**
 * Characters that hide a value from a plain search without a reader noticing: invisible ones, full-width forms,
 * digits of other scripts, spaces and hyphens that are none. Only texts that hold one pay for the views below.
 */

/** A text as a detector should read it, and where its positions stand in the original. */
export interface View {
  readonly text: string
  /** Position in the original of the unit at `position` of `text`. */
  readonly originalOf: (position: number) => number
}

const keep = 0
const remove = 1
const space = 32

/** First half of U+E0000 to U+E03FF: tag characters and variation selectors, invisible all of them. */
const tagLead = 0xdb40

/** For each code unit: kept, removed, or the unit it stands for. */
const disguises = fillTable()

export const isDisguise = (code: number): boolean => disguises[code] !== keep

/**
 * Two readings, so that neither helps to hide: one in which invisible characters are gone (`4111\u200b1111` is
 * one number) and, if there are any, one in which they are spaces (`key\u200bAKIA...` starts a new word).
 * Linear; the second keeps every position.
 */
export function readingsOf(text: string): readonly View[] {
  const joined: string[] = []
  const parted: string[] = []
  /** Where in the joined text something is missing, and how much is missing up to there. */
  const gaps: number[] = []
  const missing: number[] = []
  let length = 0
  let removed = 0
  let index = 0
  while (index < text.length) {
    const start = index
    while (index < text.length && disguises[text.charCodeAt(index)] === keep) index++
    const plain = text.slice(start, index)
    const reading = readDisguised(text, index)
    joined.push(plain, reading.shown)
    parted.push(plain, reading.spaced)
    length += plain.length
    for (const at of reading.removedAt) {
      removed++
      if (gaps.at(-1) === length + at) missing[missing.length - 1] = removed
      else {
        gaps.push(length + at)
        missing.push(removed)
      }
    }
    length += reading.shown.length
    index += reading.spaced.length
  }
  const views: View[] = [
    { text: joined.join(''), originalOf: (position) => position + missingAt(position, gaps, missing) },
  ]
  if (removed > 0) views.push({ text: parted.join(''), originalOf: (position) => position })
  return views
}

/** A stretch of disguises: read without what is removed, and with spaces for it. */
interface Reading {
  readonly shown: string
  readonly spaced: string
  /** For each removed unit, how many units of `shown` stand before it. */
  readonly removedAt: readonly number[]
}

function readDisguised(text: string, start: number): Reading {
  const shown: number[] = []
  const spaced: number[] = []
  const removedAt: number[] = []
  for (let index = start; index < text.length; index++) {
    const isTagTail =
      index > start && text.charCodeAt(index - 1) === tagLead && isTail(text.charCodeAt(index))
    const reading = isTagTail ? remove : (disguises[text.charCodeAt(index)] as number)
    if (reading === keep) break
    spaced.push(reading === remove ? space : reading)
    if (reading === remove) removedAt.push(shown.length)
    else shown.push(reading)
  }
  return { shown: textOf(shown), spaced: textOf(spaced), removedAt }
}

/** Second half of a surrogate pair. */
const isTail = (code: number): boolean => code >= 0xdc00 && code <= 0xdfff

function missingAt(position: number, gaps: readonly number[], missing: readonly number[]): number {
  let low = 0
  let high = gaps.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((gaps[middle] as number) <= position) low = middle + 1
    else high = middle
  }
  return low === 0 ? 0 : (missing[low - 1] as number)
}

/** Units at a time: more arguments than this may overflow the stack. */
const chunk = 8_192

function textOf(units: readonly number[]): string {
  if (units.length <= chunk) return String.fromCharCode(...units)
  const pieces: string[] = []
  for (let start = 0; start < units.length; start += chunk) {
    pieces.push(String.fromCharCode(...units.slice(start, start + chunk)))
  }
  return pieces.join('')
}

function fillTable(): Uint16Array {
  const table = new Uint16Array(65_536)
  const fill = (from: number, to: number, reading: (code: number) => number): void => {
    for (let code = from; code <= to; code++) table[code] = reading(code)
  }
  const gone = () => remove
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
  for (const [from, to] of invisible) fill(from, to, gone)
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
  return table
}
