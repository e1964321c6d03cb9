/**
 * Which places of a text need a closer look: one loop goes over all of it, calls nothing and decides nothing at any unit.
 * A table says for each unit where it stands in fours of characters; nearly every four of ordinary prose belongs to no
 * trigger and costs two look-ups.
 */
import { escapeSigns, isInRun, type Signs, shortestRun } from './clues.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { lowestDisguise } from './disguise-table.ts'
import { copyStretch, isBeyondAscii, stretch, units } from './text-units.ts'
import { digitPlace, escapePlace, nextFour, placeOf } from './trigger-literals.ts'

/** So many units are marked before any of them is looked at. A multiple of `stretch`. */
export const passage = 8 * stretch

/** A mark: the three places up to a unit in the lower fifteen bits, where in the passage it is in the others. */
export const marks = new Int32Array(passage + 1)
export const lastThree = 0x7fff
export const bitsOfMark = 15

/** Of a unit: its place in the lower five bits (see `placeOf`), and what else is asked about it. */
const place = 31
const escapes = 32
const undisguised = 64
const inRun = 128

const roles = Uint8Array.from(
  { length: 65_536 },
  (_, code) =>
    placeOf(code) |
    (escapeSigns.includes(code) ? escapes : 0) |
    (isInRun(code) ? inRun : 0) |
    (mayDisguise(code) ? 0 : undisguised),
)

export const isEscapeSign = (code: number): boolean => ((roles[code] as number) & escapes) !== 0

/** Of all scans together, so that the loop below knows where they are: who waits for a four is looked up in a scan's own. */
export const fours = new Uint8Array(2 ** 20 / 8)
const lastFour = 0xfffff

// The first digit of some, and signs that may begin an escape.
for (let four = 0; four <= lastFour; four++) {
  const last = four & place
  if (last === escapePlace || (last === digitPlace && ((four >>> 5) & place) !== digitPlace))
    fours[four >>> 3] = (fours[four >>> 3] as number) | (1 << (four & 7))
}

/** Where a text begins it is as if the rarest units stood before it. */
const rarest = placeOf(-1)
const fourBefore = nextFour(nextFour(rarest, rarest), rarest)

/** For each four units from a multiple of four on the bits that all of their roles have. */
const quads = new Uint8Array(passage / 4)
const quadUnits = 4

/** Nearly half of the disguised texts are so within these first units: then none need to be marked. */
const beginning = 512

/** The places of the units before those that are marked next. */
let four = fourBefore
/** How many marks of the passage there are. */
let marked = 0

/**
 * Marks the passage of a text that begins at `from`; passages of a text follow each other. Gives how many marks there
 * are, and -1 as soon as something in it is disguised, unless it `isReading`.
 */
export function markPassage(text: string, from: number, isReading: boolean): number {
  if (from === 0) four = fourBefore
  marked = 0
  for (let at = 0; at < passage && from + at < text.length; at += stretch) {
    const length = copyStretch(text, from + at)
    if (from + at === 0 && !isReading && isDisguised(text, 0, Math.min(length, beginning))) return -1
    const common = markStretch(at, length)
    if ((common & undisguised) === 0 && !isReading && isDisguised(text, from + at, length)) return -1
  }
  return marked
}

/** The places of the last units of what was marked, as in a mark. */
export const lastPlaces = (): number => four & lastThree

/**
 * Marks units of the stretch that was copied last, which begins at `start` of the passage; gives the bits that the roles of
 * all have. All of a text is passed over at the speed of the first loop.
 */
function markStretch(start: number, length: number): number {
  // Known to be whole numbers, or each step of the loop would ask.
  let count = marked | 0
  let places = four | 0
  let common = 255
  const whole = length - (length % quadUnits)
  // Four at a time, so that what all have in common is noted once.
  for (let at = 0; at < whole; at += quadUnits) {
    const one = roles[units[at] as number] as number
    const two = roles[units[at + 1] as number] as number
    const three = roles[units[at + 2] as number] as number
    const last = roles[units[at + 3] as number] as number
    const position = start + at
    places = (places << 5) | (one & place)
    marks[count] = (position << bitsOfMark) | (places & lastThree)
    count += ((fours[(places & lastFour) >>> 3] as number) >>> (places & 7)) & 1
    places = (places << 5) | (two & place)
    marks[count] = ((position + 1) << bitsOfMark) | (places & lastThree)
    count += ((fours[(places & lastFour) >>> 3] as number) >>> (places & 7)) & 1
    places = (places << 5) | (three & place)
    marks[count] = ((position + 2) << bitsOfMark) | (places & lastThree)
    count += ((fours[(places & lastFour) >>> 3] as number) >>> (places & 7)) & 1
    places = (places << 5) | (last & place)
    marks[count] = ((position + 3) << bitsOfMark) | (places & lastThree)
    count += ((fours[(places & lastFour) >>> 3] as number) >>> (places & 7)) & 1
    const ofAll = one & two & three & last
    quads[position >>> 2] = ofAll
    common &= ofAll
  }
  for (let at = whole; at < length; at++) {
    const role = roles[units[at] as number] as number
    places = (places << 5) | (role & place)
    marks[count] = ((start + at) << bitsOfMark) | (places & lastThree)
    count += ((fours[(places & lastFour) >>> 3] as number) >>> (places & 7)) & 1
    common &= role
  }
  marked = count
  four = places
  return common
}

/**
 * Notes the runs in the passage from `from` to `until`, which was marked last, to their ends: one of sixteen units holds
 * three whole quads in a row. `bitsBefore` tells of the quads before which of them may, the last in the lowest bit; gives the
 * same for the end.
 */
export function noteRuns(
  signs: Signs,
  text: string,
  from: number,
  until: number,
  bitsBefore: number,
): number {
  let bits = bitsBefore
  const count = (until - from) >>> 2
  // Four at a time, with nothing to decide at nearly all of them; those behind the end of the text are looked at in vain.
  for (let at = 0; at < count; at += 4) {
    bits =
      (bits << 4) |
      (((quads[at] as number) >>> 7) << 3) |
      (((quads[at + 1] as number) >>> 7) << 2) |
      (((quads[at + 2] as number) >>> 7) << 1) |
      ((quads[at + 3] as number) >>> 7)
    const thirds = bits & (bits >>> 1) & (bits >>> 2) & 15
    if (thirds !== 0) noteThirds(signs, text, from + at * quadUnits, thirds)
  }
  return bits
}

/** Notes the runs around those of four quads from `start` on that are a third one in a row. */
function noteThirds(signs: Signs, text: string, start: number, thirds: number): void {
  for (let quad = 0; quad < 4; quad++)
    if (((thirds << quad) & 8) !== 0) noteRunAround(signs, text, start + quad * quadUnits)
}

/** Notes the run that a unit stands in, when it is long enough and not noted. */
function noteRunAround(signs: Signs, text: string, middle: number): void {
  if (middle < signs.runsUntil || middle >= text.length || !isInRun(text.charCodeAt(middle))) return
  let start = middle
  while (start > signs.runsUntil && isInRun(text.charCodeAt(start - 1))) start--
  let end = middle + 1
  while (end < text.length && isInRun(text.charCodeAt(end))) end++
  if (end - start >= shortestRun) signs.addRun(start, end)
}

/** Whether one of some units of the stretch that was copied last, which begins at `from`, disguises. */
function isDisguised(text: string, from: number, length: number): boolean {
  for (let at = disguisePlace(0, length); at < length; at = disguisePlace(at + 1, length))
    if (isDisguiseAt(text, from + at)) return true
  return false
}

/** `hasDisguise` of `disguise.ts`, in a tenth of the time. */
export function hasDisguise(text: string): boolean {
  for (let from = 0; from < text.length; from += stretch)
    if (isDisguised(text, from, copyStretch(text, from))) return true
  return false
}

/** `placesIn` of `disguise.ts`, in a tenth of the time. */
export function placesIn(text: string): readonly number[] {
  const places: number[] = []
  for (let from = 0; from < text.length; from += stretch) {
    const length = copyStretch(text, from)
    for (let at = disguisePlace(0, length); at < length; at = disguisePlace(at + 1, length))
      places.push(from + at)
  }
  return places
}

/** The first place of the stretch from `from` on whose unit may disguise; one from `length` on when there is none. */
function disguisePlace(from: number, length: number): number {
  let at = from
  while (at < length) {
    if ((at & 7) === 0 && !isBeyondAscii(at)) at += 8
    else {
      const code = units[at] as number
      if (code >= lowestDisguise && mayDisguise(code)) return at
      at++
    }
  }
  return at
}
