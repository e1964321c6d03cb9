import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

/** How many spans were found, how many were wrong, how many were missed. */
export interface Counts {
  found: number
  wrong: number
  missed: number
}

export const counts = (): Counts => ({ found: 0, wrong: 0, missed: 0 })

export interface Place {
  readonly start: number
  readonly end: number
}

/** Spans are right when both ends are. */
export function countExact(given: readonly Place[], wanted: readonly Place[], into: Counts): void {
  const keyOf = ({ start, end }: Place): string => `${start}-${end}`
  const right = new Set(wanted.map(keyOf))
  const hits = new Set(given.map(keyOf).filter((key) => right.has(key)))
  into.found += hits.size
  into.wrong += given.length - hits.size
  into.missed += right.size - hits.size
}

export interface Typed extends Place {
  readonly type: string
}

/**
 * The rule of presidio-research: neighbours of one type with nothing but signs between them are one span; of any type,
 * right when the characters two spans share are at least 0.9 of those they cover together, signs and articles at their
 * ends left out.
 */
export function countOverlap(
  text: string,
  given: readonly Typed[],
  wanted: readonly Typed[],
  into: Counts,
): void {
  const free = new Set(joined(text, wanted).map((span) => trimmed(text, span)))
  for (const span of joined(text, given).map((each) => trimmed(text, each))) {
    const match = [...free].find((each) => overlap(each, span) >= 0.9)
    if (match === undefined) into.wrong++
    else {
      free.delete(match)
      into.found++
    }
  }
  into.missed += free.size
}

function joined(text: string, spans: readonly Typed[]): readonly Typed[] {
  const result: Typed[] = []
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1)
    if (last?.type === span.type && !/[\p{L}\p{N}]/u.test(text.slice(last.end, span.start)))
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else result.push(span)
  }
  return result
}

function trimmed(text: string, { start, end }: Place): Place {
  const inner = text.slice(start, end)
  const before = /^(?:(?:the|a|an)\s|[^\p{L}\p{N}])+/iu.exec(inner)?.[0].length ?? 0
  const after = /(?:'s|[^\p{L}\p{N}])+$/iu.exec(inner)?.[0].length ?? 0
  return before + after >= inner.length ? { start, end } : { start: start + before, end: end - after }
}

const overlap = (one: Place, other: Place): number => {
  const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start)
  return shared <= 0 ? 0 : shared / (Math.max(one.end, other.end) - Math.min(one.start, other.start))
}

export const precisionOf = ({ found, wrong }: Counts): number => found / Math.max(1, found + wrong)
export const recallOf = ({ found, missed }: Counts): number => found / Math.max(1, found + missed)

/** `beta` times as much weight on recall. */
export function fOf(scores: Counts, beta = 1): number {
  const precision = precisionOf(scores)
  const recall = recallOf(scores)
  return ((1 + beta ** 2) * precision * recall) / Math.max(1e-9, beta ** 2 * precision + recall)
}

export interface PresidioText {
  readonly text: string
  readonly spans: readonly Typed[]
}

/** The development texts, offsets turned from code points into UTF-16. */
export function readPresidio(folder: string): readonly PresidioText[] {
  const lines = gunzipSync(readFileSync(join(folder, 'pii', 'presidio-research-dev.jsonl.gz')))
    .toString('utf8')
    .trim()
    .split('\n')
  return lines.map((line) => {
    const { text, spans } = JSON.parse(line) as {
      text: string
      spans: readonly { entity_type: string; start_position: number; end_position: number }[]
    }
    const points = [...text]
    const offsetOf = (point: number): number => points.slice(0, point).join('').length
    return {
      text,
      spans: spans.map(({ entity_type, start_position, end_position }) => ({
        type: entity_type,
        start: offsetOf(start_position),
        end: offsetOf(end_position),
      })),
    }
  })
}
