import { isInsideAtStart } from '../../boundary.ts'
import { isHexadecimal, isHexadecimalLetter, isIdentifier } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

const length = 17
const forms =
  /(?:[\da-f]{2}(?::[\da-f]{2}){5}|[\da-f]{2}(?:-[\da-f]{2}){5}|[\da-f]{4}\.[\da-f]{4}\.[\da-f]{4})(?![\da-z_]|[:-][\da-f]{2}(?![\p{L}])|\.[\da-f])/iu

/** A number of at most twelve digits whose neighbours are of base sixteen or signs between pairs. */
function findMac(text: string, start: number, end: number): readonly Match[] {
  if (end - start > length || isLone(text, start, end)) return nothing
  if (!(goesOnBefore(text, start) || goesOnAfter(text, end))) return nothing
  if (!mayBeWithin(text, start, end)) return nothing
  const after = text.charCodeAt(end)
  const before = text.charCodeAt(start - 1)
  if (
    !(isHexadecimalLetter(after) || after === colon || after === hyphen) &&
    !(isHexadecimalLetter(before) || before === colon) &&
    !/[-.]/.test(text.slice(start, end))
  )
    return nothing
  const from = Math.max(0, start - length - 1)
  const found = forms.exec(text.slice(from, start + length + 6))
  if (found === null || from + found.index > end || from + found.index + found[0].length <= start)
    return nothing
  const value = found[0]
  const at = from + found.index
  if (isInsideAtStart(text, at) || /[\da-f][:.-]$/i.test(text.slice(Math.max(0, at - 2), at))) return nothing
  if (
    /^(?:00[:-]?)+$|^(?:ff[:-]?)+$/i.test(value) ||
    !/[a-f]/i.test(value) ||
    (value.includes('.') && !/\d/.test(value))
  )
    return nothing
  return [
    { start: at, end: at + value.length, score: 0.9, why: 'six pairs of base sixteen, as devices have' },
  ]
}

/** Twelve digits and two signs. */
const shortest = 14
/** From one sign to the next: of pairs, and of groups of four. */
const betweenPairsGap = 3
const betweenFoursGap = 5
const fewestPairGaps = 4

/**
 * Of most numbers with a sign, times among them, what goes on in pairs is too short or too long, or has no letter; and in
 * digests and UUIDs the signs stand otherwise.
 */
function mayBeWithin(text: string, start: number, end: number): boolean {
  if (isInRow(text, start - length, end + length) || !mayBeInParts(text, start, end)) return false
  let from = start
  let until = end
  while (from > 0 && start - from < length && isPart(text.charCodeAt(from - 1))) from--
  while (until < text.length && until - end < length && isPart(text.charCodeAt(until))) until++
  if (until - from < shortest) return false
  let hasLetter = false
  let isParted = false
  let last = until
  let pairs = 0
  let first = until
  let signs = 0
  let gaps = 0
  for (let at = from; at < until; at++) {
    const code = text.charCodeAt(at)
    if (isHexadecimalLetter(code)) hasLetter = true
    else if (isSign(code)) {
      pairs = at - last === betweenPairsGap ? pairs + 1 : 0
      gaps += pairs > 0 ? 1 : 0
      if (signs++ === 0) first = at
      if (pairs >= fewestPairGaps || (code === dot && at - last === betweenFoursGap)) isParted = true
      last = at
    }
  }
  // In pairs alone that go on as far on both sides as an address does, none begins or ends.
  const isLong = start - from === length && until - end === length
  const arePairs = gaps === signs - 1 && first - from < betweenPairsGap && until - last <= betweenPairsGap
  if (!isLong || !arePairs) return hasLetter && isParted
  row = { text, from, until: endOfPairs(text, last) }
  return false
}

/**
 * Whether so many pairs, or fours, as an address has stand side by side where a number is, with a sign between them. The first may
 * stand right behind an escape; a number of several groups may hold them itself.
 */
function mayBeInParts(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isHexadecimal(text.charCodeAt(at))) return true
  let from = start
  let until = end
  while (start - from < longestRun && isHexadecimal(text.charCodeAt(from - 1))) from--
  while (until - end < longestRun && isHexadecimal(text.charCodeAt(until))) until++
  // No part has a letter or digit right behind it.
  if (isIdentifier(text.charCodeAt(until))) return false
  return holdsParts(text, from, until, 2, 6) || holdsParts(text, from, until, 4, 3)
}

/** Parts of `size` digits, `wanted` of them, one of which is at the end of a run of digits. */
function holdsParts(text: string, from: number, until: number, size: number, wanted: number): boolean {
  if (until - from < size) return false
  let parts = 1
  for (let at = until; parts < wanted && digitsFrom(text, at, 1, size) === size; at += size + 1) parts++
  // Only the first part may have more before it.
  let digits = until - from
  for (let at = from - 1; parts < wanted && digits === size; at -= size + 1) {
    digits = digitsFrom(text, at, -1, size)
    if (digits >= size) parts++
  }
  return parts >= wanted
}

/** How many digits stand beyond a sign, forwards or backwards; `most` and one for more, none where a letter follows them. */
function digitsFrom(text: string, at: number, step: number, most: number): number {
  if (!isSign(text.charCodeAt(at))) return 0
  let digits = 0
  while (digits <= most && isHexadecimal(text.charCodeAt(at + step * (digits + 1)))) digits++
  return step === 1 && isIdentifier(text.charCodeAt(at + digits + 1)) ? 0 : digits
}

/** The long row of pairs that was read last: in the midst of it no address begins or ends. Holds the last text with one. */
let row = { text: '', from: 0, until: 0 }

function isInRow(text: string, from: number, until: number): boolean {
  if (from < row.from || until > row.until || text !== row.text) return false
  // Also when it reads the same: the next time it is the same, which is seen at once.
  row.text = text
  return true
}

/** Behind the last of all pairs with a sign before each. */
function endOfPairs(text: string, start: number): number {
  let at = start
  while (
    isSign(text.charCodeAt(at)) &&
    isHexadecimal(text.charCodeAt(at + 1)) &&
    isHexadecimal(text.charCodeAt(at + 2))
  )
    at += betweenPairsGap
  return at
}

const isPart = (code: number): boolean => isHexadecimal(code) || isSign(code)

const hyphen = 45
const dot = 46
const colon = 58

/** One digit by itself is no part of an address. */
const isLone = (text: string, start: number, end: number): boolean =>
  end - start === 1 &&
  !isHexadecimalLetter(text.charCodeAt(start - 1)) &&
  !isHexadecimalLetter(text.charCodeAt(end))

/** An address holds a letter, so it goes on over the start or the end of each number in it. */
function goesOnBefore(text: string, start: number): boolean {
  const before = text.charCodeAt(start - 1)
  return isHexadecimalLetter(before) || (isSign(before) && isHexadecimal(text.charCodeAt(start - 2)))
}

function goesOnAfter(text: string, end: number): boolean {
  const after = text.charCodeAt(end)
  return isHexadecimalLetter(after) || (isSign(after) && isHexadecimal(text.charCodeAt(end + 1)))
}

const isSign = (code: number): boolean => code === hyphen || code === dot || code === colon

/** Of pairs of base sixteen, and between them. */
const betweenPairs = '-.:'
const signsAndLetters = `${betweenPairs}abcdefABCDEF`
/** Four digits at most stand side by side, and no more before them than an escape ends with: `\u001b`. */
const longestRun = 8

/** Addresses of network devices: they name one machine for good. */
export const macAddress: Detector = {
  type: 'mac-address',
  family: 'network',
  class: 'internal',
  label: 'MAC address',
  trigger: {
    digits: 1,
    most: 12,
    touching: {
      before: signsAndLetters,
      after: signsAndLetters,
      // The first number of an address is followed by more of it than one unit.
      afterOther: `0123456789${signsAndLetters}`,
      isInShortWord: true,
      inRun: { longest: longestRun, beside: betweenPairs },
    },
  },
  examine: findMac,
  proof: 'six pairs with one kind of sign between them',
  finds: [
    'MAC «00:1A:2B:3C:4D:5E»',
    '«f0-18-98-aa-bb-0c» is the printer',
    'Cisco «001a.2b3c.4d5e»',
    'ether «3c:22:fb:45:00:9d» txqueuelen',
    '{"mac":"«AC:DE:48:00:11:22»"}',
  ],
  ignores: [
    '00:00:00:00:00:00',
    'ff:ff:ff:ff:ff:ff',
    '10:58:14:20:11:05',
    'aa:bb:cc:dd:ee:ff:00:11',
    '550e8400-e29b-41d4-a716-446655440000',
    '2026-11-23-10-58-14',
    'x00:1A:2B:3C:4D:5E',
  ],
  source: 'IEEE 802-2014, clause 8',
}
