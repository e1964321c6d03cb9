/**
 * Which places of a text need a closer look: one loop goes over all of it, calls nothing and decides nothing at any unit.
 * A table says for each unit where it stands in fours of characters. Six of seven units of ordinary prose are told by the
 * last three of their four, of which there are so few that the table of them stays in the cache next to the processor; a
 * second loop looks at the others.
 */
import { escapeSigns, isInRun, type Signs, shortestRun } from './clues.ts'
import { isDisguiseAt, mayDisguise } from './disguise.ts'
import { lowestDisguise } from './disguise-table.ts'
import { copyStretch, isBeyondAscii, stretch, units } from './text-units.ts'
import { firstUnit, nextFour, placeOf, type Waiting } from './trigger-literals.ts'

/** So many units are marked before any of them is looked at. A multiple of `stretch`. */
export const passage = 4 * stretch

/** A mark: the three places up to a unit in the lower fifteen bits, where in the passage it is in the others. */
export const marks = new Int32Array(passage + 1)
export const lastThree = 0x7fff
export const bitsOfMark = 15

/** Of a unit: its place in the lower five bits (see `placeOf`), and in the upper ones what else is asked about it. */
const place = 31
const escapes = 1 << 29
const inRun = 1 << 31

const roles = Int32Array.from(
  { length: 65_536 },
  (_, code) => placeOf(code) | (escapeSigns.includes(code) ? escapes : 0) | (isInRun(code) ? inRun : 0),
)

export const isEscapeSign = (code: number): boolean => ((roles[code] as number) & escapes) !== 0

/**
 * For each two places the bits of those that are the last of a four which anybody waits for, in any scan: so the first loop
 * knows where they are.
 */
const thirds = new Int32Array(2 ** 10)
const lastTwo = 0x3ff

/** From now on what a scan waits for is looked at a second time. */
export function addThirds({ firsts }: Waiting): void {
  for (const [three, bits] of firsts.entries())
    if (bits !== 0) thirds[three >>> 5] = (thirds[three >>> 5] as number) | (1 << (three & place))
}

/** By a name of this file's own the compiler knows where they are. */
const ofStretch = units

/** Units of a stretch that are looked at a second time: where each is in the lower bits, the four up to it above them. */
const seconds = new Int32Array(stretch + 1)
const lastPosition = stretch - 1
const bitsOfPosition = 12

/** Where a text begins it is as if the rarest units stood before it. */
const rarest = placeOf(-1)
const fourBefore = nextFour(nextFour(rarest, rarest), rarest)

/** Bits of the last four units each that were all of a run, the last in the lowest. */
let inRuns = 0
/** Where in the passage units begin that are the third four of a run: one of sixteen units holds three whole ones. */
const runs = new Int32Array(passage / 16)
let runCount = 0
const quadUnits = 4

/** The places of the units before those that are marked next. */
let four = fourBefore
/** How many marks of the passage there are. */
let marked = 0

/**
 * Marks the passage of a text that begins at `from`; passages of a text follow each other. Gives how many marks there
 * are, and -1 as soon as something in it is disguised, unless it `isReading`.
 */
export function markPassage(text: string, from: number, isReading: boolean, waiting: Waiting): number {
  if (from === 0) {
    four = fourBefore
    inRuns = 0
  }
  marked = 0
  runCount = 0
  if (!isReading && isPassageDisguised(text, from)) return -1
  for (let at = 0; at < passage && from + at < text.length; at += stretch) {
    passStretch(at, copyStretch(text, from + at))
    markSeconds(at, waiting)
  }
  return marked
}

/** Known before anything is marked: what is disguised is not read like this. */
function isPassageDisguised(text: string, from: number): boolean {
  for (let at = from; at < from + passage && at < text.length; at += stretch)
    if (isDisguised(text, at, copyStretch(text, at))) return true
  return false
}

/** The places of the last units of what was marked, as in a mark. */
export const lastPlaces = (): number => four & lastThree

/** How many units of the stretch are looked at a second time. */
let seconded = 0

/**
 * Notes which units of the stretch that was copied last, and begins at `start` of the passage, are looked at a second time,
 * and where runs are. All of a text is passed over at the speed of the first loop.
 */
function passStretch(start: number, length: number): void {
  let count = 0
  // Known to be whole numbers, or each step of the loop would ask.
  let places = four | 0
  let bits = inRuns | 0
  const whole = Math.min(length, stretch) & -quadUnits
  // Four at a time, so that runs are noted once for them.
  for (let at = 0; at < whole; at += quadUnits) {
    const one = roles[ofStretch[at] as number] as number
    const two = roles[ofStretch[at + 1] as number] as number
    const three = roles[ofStretch[at + 2] as number] as number
    const last = roles[ofStretch[at + 3] as number] as number
    // Of a shift only the lower five bits count, and what else is said of a unit is shifted out with the next one.
    let waiting = (thirds[places & lastTwo] as number) >>> one
    places = (places << 5) | one
    seconds[count] = (places << bitsOfPosition) | at
    count += waiting & 1
    waiting = (thirds[places & lastTwo] as number) >>> two
    places = (places << 5) | two
    seconds[count] = (places << bitsOfPosition) | (at + 1)
    count += waiting & 1
    waiting = (thirds[places & lastTwo] as number) >>> three
    places = (places << 5) | three
    seconds[count] = (places << bitsOfPosition) | (at + 2)
    count += waiting & 1
    waiting = (thirds[places & lastTwo] as number) >>> last
    places = (places << 5) | last
    seconds[count] = (places << bitsOfPosition) | (at + 3)
    count += waiting & 1
    bits = (bits << 1) | ((one & two & three & last) >>> 31)
    if ((bits & 15) === 7) runs[runCount++] = start + at
  }
  for (let at = whole; at < length; at++) {
    const role = roles[ofStretch[at] as number] as number
    const waiting = (thirds[places & lastTwo] as number) >>> role
    places = (places << 5) | role
    seconds[count] = (places << bitsOfPosition) | at
    count += waiting & 1
  }
  seconded = count
  four = places
  inRuns = bits
}

/** Marks those units for whose four the scan waits, and which are the unit it waits for when there is only one. */
function markSeconds(start: number, { firsts, ends }: Waiting): void {
  let count = marked | 0
  for (let at = 0; at < seconded; at++) {
    const second = seconds[at] as number
    const position = second & lastPosition
    const three = (second >>> bitsOfPosition) & lastThree
    marks[count] = ((start + position) << bitsOfMark) | three
    const end = ends[three] as number
    const differs = end ^ (ofStretch[position] as number)
    // One where it is no single unit, or this one: numbers below 0 have the highest bit.
    const isWanted = ((end - firstUnit) | (differs - 1)) >>> 31
    const first = second >>> (bitsOfPosition + bitsOfMark)
    count += ((firsts[three] as number) >>> first) & isWanted
  }
  marked = count
}

/** Notes the runs in the passage that was marked last, and begins at `from`, to their ends. */
export function noteRuns(signs: Signs, text: string, from: number): void {
  for (let at = 0; at < runCount; at++) noteRunAround(signs, text, from + (runs[at] as number))
}

/** Notes the run that a unit stands in, when it is long enough and not noted. */
function noteRunAround(signs: Signs, text: string, middle: number): void {
  if (middle < signs.runsUntil) return
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
