import type { Finding } from '#/core/finding.ts'
import type { Kind } from '../api.ts'
import { injectionKind, suspectedInjectionKind } from './kinds.ts'
import type { Weighed } from './windows.ts'

export interface Range {
  readonly start: number
  readonly end: number
}

/** A stretch of text that is worth a flag: what of it a mask would take out, and why. */
export interface Passage {
  /** In order, not overlapping. */
  readonly ranges: readonly Range[]
  readonly score: number
  readonly kind: Pick<Kind, 'type' | 'family'>
  readonly why: string
}

/** What stands before an order and after it belongs to it, so far: the order alone is not what does the harm. */
const before = 200
const after = 400

/** Where a passage ends: a line, a quote, an element, a value of JSON or an escape in it. */
const ends = new Set([...'\n\r"<>{}\\'].map((unit) => unit.charCodeAt(0)))
const sentenceEnds = new Set([...'.!?。！？'].map((unit) => unit.charCodeAt(0)))

/** Each sign with the sentence it stands in and what follows it on the line. */
export function passageOf(text: string, { hits, score, verdict }: Weighed): Passage {
  const ranges: { start: number; end: number }[] = []
  for (const hit of hits) {
    const last = ranges.at(-1)
    if (last !== undefined && hit.end <= last.end) continue
    const start = Math.max(last?.end ?? 0, startBefore(text, hit.start))
    const end = endAfter(text, hit.end)
    if (last !== undefined && start === last.end) last.end = end
    else ranges.push({ start, end })
  }
  const why = [...new Set(hits.map(({ sign }) => sign.why))].join('; ')
  return { ranges, score, kind: verdict === 'block' ? injectionKind : suspectedInjectionKind, why }
}

function startBefore(text: string, position: number): number {
  for (let at = position; at > Math.max(0, position - before); at--) {
    const code = text.charCodeAt(at - 1)
    // What an escape stands for goes with its backslash: half of it would be no JSON.
    if (code === backslash) return Math.min(at + 1, position)
    if (ends.has(code)) return at
    if (sentenceEnds.has(code) && text.charCodeAt(at) === 32) return Math.min(at + 1, position)
  }
  return whole(text, Math.max(0, position - before))
}

function endAfter(text: string, position: number): number {
  const limit = Math.min(text.length, position + after)
  for (let at = position; at < limit; at++) if (ends.has(text.charCodeAt(at))) return at
  return whole(text, limit)
}

const backslash = 92

/** The position, moved so that it splits no surrogate pair. */
const whole = (text: string, position: number): number =>
  (text.charCodeAt(position) & 0xfc00) === 0xdc00 && (text.charCodeAt(position - 1) & 0xfc00) === 0xd800
    ? position + 1
    : position

/**
 * `findings` with those of injection between them, in order. What was found otherwise keeps its place, so that no value
 * is hidden by the order around it; of a passage, what is left is found.
 */
export function withPassages(
  text: string,
  findings: readonly Finding[],
  passages: readonly Passage[],
): readonly Finding[] {
  let filled = findings
  for (const [kind, own] of Map.groupBy(passages.toSorted(bySureness), (passage) => passage.kind)) {
    filled = fillGaps(text, filled, own, kind)
  }
  return filled
}

/** What is only suspected comes last: it takes what others leave. */
const bySureness = (one: Passage, other: Passage): number =>
  Number(one.kind === suspectedInjectionKind) - Number(other.kind === suspectedInjectionKind)

function fillGaps(
  text: string,
  findings: readonly Finding[],
  passages: readonly Passage[],
  { type, family }: Passage['kind'],
): readonly Finding[] {
  const pieces: Finding[] = []
  // What values and gaps cut apart is one attempt: pieces after the first go on from it.
  const begun = new Set<Passage>()
  let next = 0
  let done = 0
  const fill = (range: Range, passage: Passage): void => {
    let start = whole(text, Math.max(range.start, done))
    const end = whole(text, range.end)
    const put = (until: number): void => {
      if (until > start && isSomething(text, start, until)) {
        const piece: Finding = { start, end: until, type, family, score: passage.score, why: passage.why }
        pieces.push(begun.has(passage) ? { ...piece, isContinued: true } : piece)
        begun.add(passage)
      }
    }
    while (next < findings.length && (findings[next] as Finding).end <= start) next++
    let at = next
    for (; at < findings.length && (findings[at] as Finding).start < end; at++) {
      const finding = findings[at] as Finding
      put(Math.min(end, finding.start))
      start = Math.max(start, finding.end)
    }
    put(end)
    done = Math.max(done, end)
  }
  const ranges = passages.flatMap((passage) => passage.ranges.map((range) => ({ range, passage })))
  ranges.sort((one, other) => one.range.start - other.range.start)
  for (const { range, passage } of ranges) fill(range, passage)
  if (pieces.length === 0) placeAnywhere(text, findings, passages[0] as Passage, { type, family }, pieces)
  return [...findings, ...pieces].sort((one, other) => one.start - other.start)
}

/** A full stop that is left over between two values is no order. */
const isSomething = (text: string, start: number, end: number): boolean =>
  end - start > 60 || /[\p{L}\p{N}\udb40<[]/u.test(text.slice(start, end))

/** Everything of the passage is something else as well: what was seen is still told, where there is room for it. */
function placeAnywhere(
  text: string,
  findings: readonly Finding[],
  { score, why }: Passage,
  kind: Passage['kind'],
  pieces: Finding[],
): void {
  let start = 0
  for (const finding of [...findings, { start: text.length, end: text.length }]) {
    if (finding.start > start) {
      pieces.push({ start, end: finding.start, ...kind, score, why })
      return
    }
    start = finding.end
  }
}
