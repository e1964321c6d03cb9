import type { ChatSegment } from '#/chat/api.ts'
import { isAtMost } from '#/core/data-class.ts'
import type { Family, Finding } from '#/core/finding.ts'
import type { Inspector } from '#/inspect/api.ts'
import { adjacentTexts } from './adjacent-texts.ts'
import type { TextInChannel } from './inspect-worker.ts'

type Findings = readonly Finding[]

/** Looks at texts, as `TextInspection` does; one list of findings for each. */
export type Look = (texts: readonly TextInChannel[]) => readonly Findings[] | Promise<readonly Findings[]>

/** How far from where two texts meet is looked: nearly every value is shorter. */
const usualReach = 256
/** How far once something runs out of what was looked at: a private key of 8,192 bits has 6,400 characters. */
const longReach = 8_192

/**
 * Values that are cut in two, or in more pieces, by the border of texts a model reads as one: `4111 1111` in one part and
 * `1111 1111` in the next. `found` holds what each segment holds by itself; the result holds the pieces too, each in its own
 * segment, so that a rule that changes or stops a value does so in all of them. The first piece counts, the others
 * go on from it. `found` itself when nothing is cut.
 */
export function findAcross(
  segments: readonly ChatSegment[],
  found: readonly Findings[],
  inspector: Pick<Inspector, 'classOf'>,
  look: Look,
): readonly Findings[] | Promise<readonly Findings[]> {
  const groups = segments.length < 2 ? noGroups : adjacentTexts(segments)
  return groups.length === 0 ? found : findInGroups(groups, segments, found, inspector, look)
}

const noGroups: ReturnType<typeof adjacentTexts> = []

async function findInGroups(
  groups: ReturnType<typeof adjacentTexts>,
  segments: readonly ChatSegment[],
  found: readonly Findings[],
  { classOf }: Pick<Inspector, 'classOf'>,
  look: Look,
): Promise<readonly Findings[]> {
  const usual = groups.flatMap((group) => windowsOf(segments, group, usualReach))
  let pieces = await piecesAcross(usual, look)
  if (pieces.length === 0) return found
  if (pieces.some(({ isOpen }) => isOpen)) {
    const touched = new Set(pieces.flatMap(({ at }) => at))
    const wide = groups
      .filter((group) => group.some((index) => touched.has(index)))
      .flatMap((group) => windowsOf(segments, group, longReach))
    const others = pieces.filter(({ at, isOpen }) => !isOpen && at.length > 0)
    pieces = [...others, ...(await piecesAcross(wide, look))]
  }
  const all = found.map((each) => [...each])
  for (const { at, findings } of pieces) addPieces(all, segments, at, findings, classOf)
  return all
}

/** Where a part of a window comes from. */
interface Source {
  readonly segment: number
  /** Where it begins in its segment, and in the window. */
  readonly from: number
  readonly begins: number
  readonly length: number
}

interface Window {
  readonly text: string
  readonly channel: ChatSegment['channel']
  readonly sources: readonly Source[]
  /** Whether its first and its last text go on beyond it. */
  readonly isCutBefore: boolean
  readonly isCutAfter: boolean
}

/**
 * A window reaches over texts that are short, and `reach` characters into those that are long. Each is there twice where
 * two words meet: as the texts stand, and with a space between them.
 */
function windowsOf(
  segments: readonly ChatSegment[],
  group: readonly number[],
  reach: number,
): readonly Window[] {
  const windows: Window[] = []
  let parts: Part[] = []
  let length = 0
  const close = (): void => {
    if (parts.length > 1) windows.push(...joined(segments, parts))
  }
  for (const segment of group) {
    const { text } = segments[segment] as ChatSegment
    const isLong = text.length > 2 * reach
    parts.push({ segment, from: 0, to: isLong ? reach : text.length })
    length += Math.min(text.length, 2 * reach)
    if (isLong || length > 16 * reach) {
      close()
      parts = isLong ? [{ segment, from: text.length - reach, to: text.length }] : lastOf(parts, reach)
      length = reach
    }
  }
  close()
  return windows
}

interface Part {
  readonly segment: number
  readonly from: number
  readonly to: number
}

/** The last `reach` characters of a row of parts. */
function lastOf(parts: readonly Part[], reach: number): Part[] {
  const kept: Part[] = []
  let left = reach
  for (let index = parts.length - 1; index >= 0 && left > 0; index--) {
    const { segment, from, to } = parts[index] as Part
    kept.unshift({ segment, from: Math.max(from, to - left), to })
    left -= to - from
  }
  return kept
}

const endsInWord = /[\p{L}\p{N}]$/u
const beginsWithWord = /^[\p{L}\p{N}]/u

function joined(segments: readonly ChatSegment[], parts: readonly Part[]): readonly Window[] {
  const texts = parts.map(({ segment, from, to }) => (segments[segment] as ChatSegment).text.slice(from, to))
  const meets = texts.some(
    (text, index) =>
      index > 0 && beginsWithWord.test(text) && endsInWord.test((texts[index - 1] as string).slice(-2)),
  )
  return (meets ? ['', ' '] : ['']).map((between) => windowWith(segments, parts, texts, between))
}

function windowWith(
  segments: readonly ChatSegment[],
  parts: readonly Part[],
  texts: readonly string[],
  between: string,
): Window {
  let begins = 0
  const sources = parts.map(({ segment, from, to }): Source => {
    const source = { segment, from, begins, length: to - from }
    begins += to - from + between.length
    return source
  })
  const [first, last] = [parts[0] as Part, parts[parts.length - 1] as Part]
  return {
    text: texts.join(between),
    channel: (segments[first.segment] as ChatSegment).channel,
    sources,
    isCutBefore: first.from > 0,
    isCutAfter: last.to < (segments[last.segment] as ChatSegment).text.length,
  }
}

/** One value in several texts: the segments, and what of it stands in each. */
interface Pieces {
  readonly at: readonly number[]
  readonly findings: Findings
  /** It ends where the window ends, and may go on. */
  readonly isOpen: boolean
}

async function piecesAcross(windows: readonly Window[], look: Look): Promise<readonly Pieces[]> {
  const found = await look(windows.map(({ text, channel }) => ({ text, channel })))
  return windows.flatMap((window, index) =>
    (found[index] ?? []).flatMap((finding) => piecesOf(window, finding) ?? []),
  )
}

/** Undefined for what stands in one text alone: that text was looked at whole. */
function piecesOf({ text, sources, isCutBefore, isCutAfter }: Window, finding: Finding): Pieces | undefined {
  const at: number[] = []
  const findings: Finding[] = []
  for (const { segment, from, begins, length } of sources) {
    const until = Math.min(finding.end, begins + length)
    const piece = text.slice(Math.max(finding.start, begins), until)
    const start = until - piece.trimStart().length
    const end = start + piece.trim().length
    if (end <= start) continue
    at.push(segment)
    findings.push({ ...finding, start: start - begins + from, end: end - begins + from })
  }
  if (at.length < 2) return undefined
  const isOpen = (isCutBefore && finding.start === 0) || (isCutAfter && finding.end === text.length)
  return { at, findings, isOpen }
}

/**
 * Once such a thing is found in one of the texts, the other one does not make it longer: a sentence that ends in an address
 * and the first word of the next part look like a longer address, and a passage is told where it stands.
 */
const wholeByThemselves: ReadonlySet<Family> = new Set(['contact', 'network', 'other'])

/**
 * Told of a passage, not of a value: topics, attempts to take over the model, requests for harm. Values in it keep their
 * place and their rule, and the passage keeps what is left, as within one text.
 */
const isPassage = ({ family }: Pick<Finding, 'family'>): boolean => family === 'other'

/**
 * Puts pieces among what was found before, without an overlap: one takes in what is of its own kind or of a lower class,
 * and leaves the place to what is of another kind and no lower, whose rule holds there already. Passages are parted by
 * values, and take in none.
 */
function addPieces(
  all: Finding[][],
  segments: readonly ChatSegment[],
  at: readonly number[],
  findings: Findings,
  classOf: Inspector['classOf'],
): void {
  const isTold = ({ type, family, start, end }: Finding, index: number): boolean =>
    wholeByThemselves.has(family) &&
    (all[at[index] as number] as Finding[]).some(
      (own) => own.type === type && own.start < end && own.end > start,
    )
  if (findings.some(isTold)) return
  let isCounted = false
  for (const [index, piece] of findings.entries()) {
    const own = all[at[index] as number] as Finding[]
    const takesIn = (other: Finding): boolean =>
      other.start < piece.end &&
      other.end > piece.start &&
      (other.type === piece.type ||
        (!isPassage(piece) && !isPassage(other) && !isAtMost(classOf(piece), classOf(other))))
    const taken = own.filter(takesIn)
    const { isContinued: _, ...bare } = piece
    const whole: Finding = {
      ...bare,
      start: Math.min(piece.start, ...taken.map(({ start }) => start)),
      end: Math.max(piece.end, ...taken.map(({ end }) => end)),
    }
    const { text } = segments[at[index] as number] as ChatSegment
    const kept = own
      .filter((each) => !takesIn(each))
      .flatMap((each) => (isPassage(each) && !isPassage(piece) ? partedBy(whole, each, text) : each))
    const counted = taken.some(({ type, isContinued }) => type === piece.type && !isContinued)
    const isFirst = counted || !isCounted
    for (const [place, room] of roomLeft(whole, kept).entries()) {
      kept.push({ ...whole, ...room, ...(isFirst && place === 0 ? {} : { isContinued: true }) })
      isCounted = true
    }
    all[at[index] as number] = kept.sort((one, other) => one.start - other.start)
  }
}

/** What of a passage is left around a value, without what shows nothing; parts after the first go on from it. */
function partedBy(value: Span, passage: Finding, text: string): readonly Finding[] {
  return roomLeft(passage, [value])
    .filter(({ start, end }) => text.slice(start, end).trim() !== '')
    .map((room, place) => ({ ...passage, ...room, ...(place === 0 ? {} : { isContinued: true }) }))
}

type Span = Pick<Finding, 'start' | 'end'>

/** What of a span no other covers. `others` in order of position. */
function roomLeft({ start, end }: Span, others: readonly Span[]): readonly Span[] {
  const left: Span[] = []
  let from = start
  for (const other of others) {
    if (other.end <= from || other.start >= end) continue
    if (other.start > from) left.push({ start: from, end: other.start })
    from = other.end
  }
  if (from < end) left.push({ start: from, end })
  return left
}
