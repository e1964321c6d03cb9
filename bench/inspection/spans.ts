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

/**
 * The rule of presidio-research's `SpanEvaluator` for all types together: everything is of one type, and neighbours with
 * nothing but signs between them are one span. What is given and overlaps a wanted span is taken together, as long as it fits better; it is right
 * when the characters both share are at least 0.9 of those they cover together, and then counts once.
 */
export function countOverlap(
  text: string,
  given: readonly Place[],
  wanted: readonly Place[],
  into: Counts,
): void {
  const free = new Set(joined(text, given).map((span) => trimmed(text, span)))
  for (const span of joined(text, wanted).map((each) => trimmed(text, each))) {
    const taken: Place[] = []
    let best = 0
    for (const each of free) {
      const together = overlap(span, [...taken, each])
      if (together <= best || Math.min(span.end, each.end) <= Math.max(span.start, each.start)) continue
      taken.push(each)
      best = together
    }
    if (best >= 0.9) {
      into.found++
      for (const each of taken) free.delete(each)
    } else into.missed++
  }
  into.wrong += free.size
}

function joined(text: string, spans: readonly Place[]): readonly Place[] {
  const result: Place[] = []
  for (const span of spans.toSorted((one, other) => one.start - other.start)) {
    const last = result.at(-1)
    if (last !== undefined && !/[\p{L}\p{N}]/u.test(text.slice(last.end, span.start)))
      result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else result.push(span)
  }
  return result
}

function trimmed(text: string, { start, end }: Place): Place {
  const inner = text.slice(start, end)
  const before = /^(?:(?:the|a|an)\s|[^\p{L}\p{N}])+/iu.exec(inner)?.[0].length ?? 0
  // 'Mr.' and 'St.' are words with their stop.
  const after = /(?:'s|(?<!\b\p{L}{1,3})\.|[^\p{L}\p{N}.])+$/iu.exec(inner)?.[0].length ?? 0
  return before + after >= inner.length ? { start, end } : { start: start + before, end: end - after }
}

/** Characters that are covered by `one` and by any of the others, over those covered by either. */
function overlap(one: Place, others: readonly Place[]): number {
  const covered = new Set<number>()
  // The space before a further piece belongs to it, as there.
  for (const [index, { start, end }] of others.entries()) {
    for (let at = start - Math.min(index, 1); at < end; at++) covered.add(at)
  }
  const length = one.end - one.start
  let shared = 0
  for (let at = one.start; at < one.end; at++) if (covered.has(at)) shared++
  return shared / (length + covered.size - shared)
}

export const precisionOf = ({ found, wrong }: Counts): number => found / Math.max(1, found + wrong)
export const recallOf = ({ found, missed }: Counts): number => found / Math.max(1, found + missed)

/** `beta` times as much weight on recall. */
export function fOf(scores: Counts, beta = 1): number {
  const precision = precisionOf(scores)
  const recall = recallOf(scores)
  return ((1 + beta ** 2) * precision * recall) / Math.max(1e-9, beta ** 2 * precision + recall)
}
