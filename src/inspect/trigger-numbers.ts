/** Triggers of numbers: which detectors wait for so many digits, or for groups of such lengths. */
import { isAfterAlphanumeric, isAmountUntil, isInsideAtStart } from './boundary.ts'
import { isDigit, isHexadecimal, isLetter, isSignBeyondAscii } from './characters.ts'
import { type Detector, longestBefore, type Touching, type Wake } from './detector.ts'
import type { NamesBefore } from './trigger-names.ts'
import { createMayEnd } from './word-endings.ts'

/** Separators in a row that may stand between two groups of a number: `) ` and ` (` are two. */
const longestSeparator = 2

/**
 * Wakes all that wait for the number whose first digit stands at `start`, in a long word right behind a letter or not; gives
 * the position after its last digit.
 */
export type WakeNumber = (text: string, start: number, isInLongWord: boolean, wake: Wake) => number

export function createNumberTriggers(detectors: readonly Detector[], namesBefore: NamesBefore): WakeNumber {
  const touching = createTouching(detectors)
  const byDigits = indexByDigits(detectors, touching.bitsOf, false)
  const byDigitsOfOne = indexByDigits(detectors, touching.bitsOf, true)
  const apart = detectors.filter(({ trigger }) => 'digits' in trigger && trigger.isApart === true)
  const byDigitsInWord = indexByDigits(
    detectors.filter((each) => !apart.includes(each)),
    touching.bitsOf,
    true,
  )
  const tree = treeOfGroups(detectors, namesBefore)
  const fewestApart = Math.min(tree.fewest, fewestOf(indexByDigits(apart, touching.bitsOf, false)))
  const fewestDigits = Math.min(tree.fewest, fewestOf(byDigits))
  const afterCountryCode = detectors.filter(({ trigger }) => 'countryCode' in trigger)

  return (text, start, isInLongWord, wake) => {
    let end = start + 1
    let digits = 1
    for (let index = end; index < text.length && index - end <= longestSeparator; index++) {
      const code = text.charCodeAt(index)
      const kind = code < 128 ? (kinds[code] as number) : other
      if (kind === digit) {
        digits++
        end = index + 1
      } else if (kind !== separator) break
    }
    if (afterCountryCode.length > 0 && followsCountryCode(text, start)) {
      for (const detector of afterCountryCode) wake(detector, start - 2, start)
    }
    if (digits < fewestDigits) return end
    const isOneGroup = end - start === digits
    const isAttached = digits >= fewestApart && isAfterAlphanumeric(text, start)
    const byCount = isOneGroup ? (isAttached ? byDigitsInWord : byDigitsOfOne) : byDigits
    const { waiting, bits, upTo: least } = byCount[Math.min(digits, byCount.length - 1)] as WaitingForDigits
    let touched = bits === 0 ? 0 : touching.bitsAround(text, start, end, bits) & bits
    if (isOneGroup && isInLongWord) touched &= ~touching.bitsInShortWords
    if (isOneGroup && (touched & touching.bitsInRuns) !== 0)
      touched &= ~touching.bitsOutsideRuns(text, start, end)
    if (touched !== 0 || end - start > least)
      for (let at = 0; at < waiting.length; at++) {
        const { detector, bits: waitedFor, upTo } = waiting[at] as Waiting
        if ((waitedFor & touched) !== 0 || end - start > upTo) wake(detector, start, end)
      }
    if (digits < tree.fewest || (isOneGroup && tree.root.next[digits] === undefined)) return end
    const number = { text, start, end, isAmount: isAmountUntil(text, end) }
    wakeGroups(tree.root, namesBefore, number, isOneGroup, isAttached, wake)
    return end
  }
}

const digit = 1
const separator = 2
const letter = 3
const other = 4

/** Of units of ASCII. Separators are space, hyphen, dot, slash and brackets. */
const kinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (isDigit(code)) return digit
  if (isLetter(code)) return letter
  return ' -./()'.includes(String.fromCharCode(code)) ? separator : other
})

const followsCountryCode = (text: string, start: number): boolean =>
  start >= 2 &&
  isLetter(text.charCodeAt(start - 1)) &&
  isLetter(text.charCodeAt(start - 2)) &&
  !isInsideAtStart(text, start - 2)

/** One that waits for a number which something touches that has one of its bits, or which has more units than `upTo`. */
interface Waiting {
  readonly detector: Detector
  readonly bits: number
  readonly upTo: number
}

/** All that wait for a number of so many digits, the bits of any of them, and the least they go up to. */
interface WaitingForDigits {
  readonly waiting: readonly Waiting[]
  readonly bits: number
  readonly upTo: number
}

const mostTouching = 31

/** A bit for each set of units, and for a number in a text the bits of all sets that what stands around it is in. */
function createTouching(detectors: readonly Detector[]): {
  /** Of those that wait for so many digits. */
  readonly bitsOf: (touching: Touching | undefined, digits: number) => number
  /** Those that are not among `asked` may be missing. */
  readonly bitsAround: (text: string, start: number, end: number, asked: number) => number
  /** Of those that are in no long word. */
  readonly bitsInShortWords: number
  /** Of those that are in runs of hexadecimal digits, and of them those that are not in the one around a number. */
  readonly bitsInRuns: number
  readonly bitsOutsideRuns: (text: string, start: number, end: number) => number
} {
  const all = detectors.flatMap(({ trigger }) =>
    'digits' in trigger && trigger.touching !== undefined ? [trigger.touching] : [],
  )
  // What stands before longer numbers is a set of its own.
  const longer = all.flatMap((each) => each.longer ?? [])
  const distinct: readonly Touching[] = [...all, ...longer.map(({ before }) => ({ before, after: '' }))]
  if (distinct.length > mostTouching) throw new Error('too many sets of units touch numbers')
  const bothSides = bitsOfUnits(distinct.map((each) => each.bothSides ?? ''))
  const before = bitsOfUnits(distinct.map((each) => each.before))
  const after = bitsOfUnits(distinct.map((each) => each.after))
  const beforeSpace = bitsOfUnits(distinct.map((each) => each.beforeSpace))
  const afterSpace = bitsOfUnits(distinct.map((each) => each.afterSpace))
  const afterOther = bitsOfUnits(distinct.map((each) => each.afterOther))
  const naming = distinct.flatMap(({ named }, place) =>
    named === undefined ? [] : [{ bit: 1 << place, signs: named.signs, mayEnd: createMayEnd(named.words) }],
  )
  const longestGap = Math.max(0, ...naming.map(({ signs }) => signs))
  const bitsNamed = allOf(naming)
  const named = (text: string, start: number, asked: number): number => {
    const gap = gapBefore(text, start, longestGap)
    if (gap === 0 || gap > longestGap) return 0
    const last = start - gap - 1
    const code = last < 0 ? 0 : text.charCodeAt(last)
    if (isDigit(code) || isSignBeyondAscii(code)) return 0
    let bits = 0
    for (const { bit, signs, mayEnd } of naming)
      if ((bit & asked) !== 0 && gap <= signs && mayEnd(text, last)) bits |= bit
    return bits
  }
  const runs = distinct.flatMap(({ inRun }, place) =>
    inRun === undefined
      ? []
      : [{ bit: 1 << place, longest: inRun.longest, units: [...inRun.beside].map(codeOf) }],
  )
  const longestRun = Math.max(0, ...runs.map(({ longest }) => longest))
  return {
    bitsOf: (touching, digits) => {
      if (touching === undefined) return 0
      const bit = 1 << distinct.indexOf(touching)
      const isLonger = touching.longer !== undefined && digits >= touching.longer.digits
      return isLonger ? bit | (1 << (all.length + longer.indexOf(touching.longer))) : bit
    },
    bitsAround: (text, start, end, asked) => {
      if (start === 0) return -1
      const unitBefore = text.charCodeAt(start - 1)
      let bits = before(unitBefore)
      if (unitBefore === space) bits &= start === 1 ? 0 : beforeSpace(text.charCodeAt(start - 2))
      if ((asked & bitsNamed) !== 0) bits |= named(text, start, asked)
      if (end === text.length) return bits
      const unitAfter = text.charCodeAt(end)
      bits |= bothSides(unitBefore) & bothSides(unitAfter)
      const bitsAfter = after(unitAfter)
      if (bitsAfter === 0) return bits
      const beyond = unitAfter === space ? afterSpace : afterOther
      return bits | (bitsAfter & beyond(end + 1 === text.length ? endOfText : text.charCodeAt(end + 1)))
    },
    bitsInShortWords: distinct.reduce(
      (bits, { isInShortWord }, place) => (isInShortWord === true ? bits | (1 << place) : bits),
      0,
    ),
    bitsInRuns: allOf(runs),
    bitsOutsideRuns: (text, start, end) => {
      let from = start
      let until = end
      while (until - from <= longestRun && isHexadecimal(text.charCodeAt(from - 1))) from--
      while (until - from <= longestRun && isHexadecimal(text.charCodeAt(until))) until++
      const unitBefore = text.charCodeAt(from - 1)
      const unitAfter = text.charCodeAt(until)
      let bits = 0
      for (const { bit, longest, units } of runs)
        if (until - from > longest || !(units.includes(unitBefore) || units.includes(unitAfter))) bits |= bit
      return bits
    },
  }
}

const codeOf = (unit: string): number => unit.charCodeAt(0)
const allOf = (some: readonly { readonly bit: number }[]): number =>
  some.reduce((bits, { bit }) => bits | bit, 0)

const space = 32
/** Stands beyond the last unit of a text, and in no set. */
const endOfText = 0

/** How many units of ASCII that are no letter or digit stand before a position; one more than `most` when there are more. */
function gapBefore(text: string, start: number, most: number): number {
  let gap = 0
  while (gap <= most && gap < start) {
    const code = text.charCodeAt(start - 1 - gap)
    if (code > 127 || (kinds[code] as number) === letter || (kinds[code] as number) === digit) break
    gap++
  }
  return gap
}

/** For a unit the bits of the sets it is in; of sets that are not given every unit is. */
function bitsOfUnits(sets: readonly (string | undefined)[]): (code: number) => number {
  const everywhere = sets.reduce(
    (bits, units, place) => (units === undefined ? bits | (1 << place) : bits),
    0,
  )
  const bits = new Int32Array(128).fill(everywhere)
  const beyond = new Map<number, number>()
  for (const [place, units = ''] of sets.entries()) {
    for (let at = 0; at < units.length; at++) {
      const code = units.charCodeAt(at)
      if (code < 128) bits[code] = (bits[code] as number) | (1 << place)
      else beyond.set(code, (beyond.get(code) ?? everywhere) | (1 << place))
    }
  }
  return (code) => {
    if (code < 128) return bits[code] as number
    return isSignBeyondAscii(code) ? (beyond.get(code) ?? everywhere) : -1
  }
}

/** For each count of digits those that wait for it; the last entry is for any higher count. */
function indexByDigits(
  detectors: readonly Detector[],
  bitsOf: (touching: Touching | undefined, digits: number) => number,
  isOneGroup: boolean,
): readonly WaitingForDigits[] {
  const waiting = detectors.flatMap((detector) =>
    'digits' in detector.trigger ? [{ detector, ...detector.trigger }] : [],
  )
  const highest = Math.max(
    0,
    ...waiting.flatMap(({ digits, most = digits, inOneGroup = 0, touching }) => [
      most,
      inOneGroup,
      touching?.longer?.digits ?? 0,
    ]),
  )
  return Array.from({ length: highest + 2 }, (_, count) => {
    const those = waiting
      .filter(({ digits, most = Number.POSITIVE_INFINITY }) => count >= digits && count <= most)
      .filter(({ inOneGroup = count }) => !isOneGroup || count === inOneGroup)
      .map(({ detector, touching }) => ({
        detector,
        bits: bitsOf(touching, count),
        upTo: upToOf(touching, isOneGroup),
      }))
    return {
      waiting: those,
      bits: those.reduce((all, { bits }) => all | bits, 0),
      upTo: Math.min(...those.map(({ upTo }) => upTo)),
    }
  })
}

/** How many units a number has at most that needs something beside it. */
function upToOf(touching: Touching | undefined, isOneGroup: boolean): number {
  if (touching === undefined) return 0
  return (isOneGroup ? undefined : touching.upTo) ?? Number.POSITIVE_INFINITY
}

function fewestOf(byDigits: readonly WaitingForDigits[]): number {
  const fewest = byDigits.findIndex(({ waiting }) => waiting.length > 0)
  return fewest === -1 ? Number.POSITIVE_INFINITY : fewest
}

/**
 * One that waits for groups; with the place of its names among all lists of them, if it needs one, and what may stand
 * right behind the groups instead.
 */
interface WaitingForGroups {
  readonly detector: Detector
  readonly names: number | undefined
  readonly behind: string | undefined
  /** Bits of the ways in which they stand where it is not woken. */
  readonly notIn: number
}

/** What may follow after some groups: for each length of the next group, where that leads. */
interface Step {
  readonly waiting: WaitingForGroups[]
  /** For bits of ways those that are woken there, as soon as it is asked for. */
  readonly woken: (Woken | undefined)[]
  readonly next: (Step | undefined)[]
}

interface Woken {
  readonly those: readonly WaitingForGroups[]
  /** One of them needs its name. */
  readonly isNamed: boolean
  /** Nobody is woken here, nor wherever further groups lead in the same ways. */
  readonly isNobody: boolean
}

/** Right behind a letter; right before a sign of an amount; far behind the last letter; with no name before them. */
const behindLetter = 1
const inAmount = 2
const farBehind = 4
const unnamed = 8
/** Beside a sign beyond which the number goes on; a space, and one stands behind the first group as well. */
const goesOn = 16
const goesOnSpaced = 32

const newStep = (): Step => ({ waiting: [], woken: [], next: [] })

function wokenBy({ waiting, woken, next }: Step, ways: number): Woken {
  const known = woken[ways]
  if (known !== undefined) return known
  const those = waiting.filter(({ notIn }) => (notIn & ways) === 0)
  const made = {
    those,
    isNamed: those.some(({ names }) => names !== undefined),
    isNobody: those.length === 0 && next.every((step) => step === undefined || wokenBy(step, ways).isNobody),
  }
  woken[ways] = made
  return made
}

/** The lengths of groups as a tree, and how many digits the shortest of all stretches has. */
function treeOfGroups(
  detectors: readonly Detector[],
  namesBefore: NamesBefore,
): { readonly root: Step; readonly fewest: number } {
  const root = newStep()
  let fewest = Number.POSITIVE_INFINITY
  for (const detector of detectors) {
    if (!('groups' in detector.trigger)) continue
    const { groups, apart, isNoAmount, isNearStart, alone, needsName } = detector.trigger
    const notInAny = (isNoAmount === true ? inAmount : 0) | (isNearStart === true ? farBehind : 0)
    for (const shape of new Set(groups)) {
      if (!/^[1-9]\d?(?:-[1-9]\d?)*$/.test(shape))
        throw new Error(`lengths of groups look otherwise: ${shape}`)
      const lengths = shape.split('-').map(Number)
      let step = root
      for (const length of lengths) step = step.next[length] ??= newStep()
      const behind = needsName?.unless.find((each) => each.groups === shape)?.behind
      const isNeeded = behind !== undefined || needsName?.groups.includes(shape) === true
      const names = isNeeded ? namesBefore.listOf(detector) : undefined
      const notBehindLetter = apart?.includes(shape) === true ? behindLetter : 0
      const notUnnamed = names === undefined || behind !== undefined ? 0 : unnamed
      const notWithin = alone?.includes(shape) === true ? waysToGoOn(lengths) : 0
      step.waiting.push({
        detector,
        names,
        behind,
        notIn: notInAny | notBehindLetter | notUnnamed | notWithin,
      })
      fewest = Math.min(
        fewest,
        lengths.reduce((sum, length) => sum + length, 0),
      )
    }
  }
  return { root, fewest }
}

const waysToGoOn = (lengths: readonly number[]): number =>
  lengths.length > 1 ? goesOn | goesOnSpaced : goesOn

/** A number, from its first digit to its last; and whether a sign of an amount stands behind it. */
interface NumberAt {
  readonly text: string
  readonly start: number
  readonly end: number
  readonly isAmount: boolean
}

/** From each group of a number as far as the tree leads. */
function wakeGroups(
  root: Step,
  namesBefore: NamesBefore,
  number: NumberAt,
  isOneGroup: boolean,
  isAttached: boolean,
  wake: Wake,
): void {
  const { text, start, end } = number
  let ways = isAttached ? behindLetter : 0
  for (let first = start; first < end; ) {
    const groupEnd = isOneGroup ? end : endOfGroup(text, first, end)
    const step = root.next[groupEnd - first]
    if (!isLetterNear(text, first, start)) ways |= farBehind
    if (step !== undefined) wakeFrom(step, namesBefore, number, first, groupEnd, ways, wake)
    first = startOfGroup(text, groupEnd, end)
    ways = 0
  }
}

/** Whether a letter stands before a number, at most `longestBefore` units before some of its groups. */
function isLetterNear(text: string, first: number, start: number): boolean {
  for (let at = start - 1; at >= 0 && first - at <= longestBefore + 1; at--)
    if (isLetter(text.charCodeAt(at))) return true
  return false
}

/** All whose groups begin with the one from `first` to `firstEnd`, which leads to a step. */
function wakeFrom(
  firstStep: Step,
  namesBefore: NamesBefore,
  { text, start, end, isAmount }: NumberAt,
  first: number,
  firstEnd: number,
  waysOfFirst: number,
  wake: Wake,
): void {
  let step: Step | undefined = firstStep
  // Beyond a number no digit stands behind one sign.
  const isWhole = first === start && firstEnd === end
  const isSpaced = text.charCodeAt(firstEnd) === space
  let ways = waysOfFirst
  if (!isWhole) ways |= waysBeyond(text.charCodeAt(first - 1), text.charCodeAt(first - 2), isSpaced)
  let isLooked = false
  let groupEnd = firstEnd
  while (step !== undefined) {
    let behindGroups = isAmount && groupEnd === end ? inAmount : 0
    if (groupEnd < end)
      behindGroups |= waysBeyond(text.charCodeAt(groupEnd), text.charCodeAt(groupEnd + 1), isSpaced)
    let woken = wokenBy(step, ways | behindGroups)
    if (woken.isNamed && !isLooked) {
      if (!namesBefore.look(text, first, start)) ways |= unnamed
      isLooked = true
      woken = wokenBy(step, ways | behindGroups)
    }
    const { those } = woken
    if (those.length === 0 && wokenBy(step, ways).isNobody) return
    for (let at = 0; at < those.length; at++) {
      const { detector, names, behind } = those[at] as WaitingForGroups
      const isAwaited = names === undefined || namesBefore.mayBegin(names)
      if (isAwaited || isBehind(text, groupEnd, behind)) wake(detector, first, groupEnd)
    }
    if (groupEnd === end) return
    const next = startOfGroup(text, groupEnd, end)
    groupEnd = endOfGroup(text, next, end)
    step = step.next[groupEnd - next]
  }
}

/** The way in which a number goes on over a sign beside some of its groups, by what stands beyond it. */
function waysBeyond(sign: number, beyond: number, isSpaced: boolean): number {
  if (!isDigit(beyond)) return 0
  if (sign === space) return isSpaced ? goesOnSpaced : 0
  return sign === hyphen || sign === dot || sign === slash ? goesOn : 0
}

const hyphen = 45
const dot = 46
const slash = 47

/** Whether something in lower case stands at a position, in any case. */
const isBehind = (text: string, at: number, what: string | undefined): boolean =>
  what !== undefined && text.slice(at, at + what.length).toLowerCase() === what

function endOfGroup(text: string, start: number, end: number): number {
  let index = start
  while (index < end && isDigit(text.charCodeAt(index))) index++
  return index
}

function startOfGroup(text: string, start: number, end: number): number {
  let index = start
  while (index < end && !isDigit(text.charCodeAt(index))) index++
  return index
}
