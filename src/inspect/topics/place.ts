import type { Finding } from '#/core/finding.ts'
import { type Passage, withPassages } from '../injection/passages.ts'

/**
 * `findings` with those of topics between them, in order. What was found otherwise keeps its place. A topic raises the
 * class, so it must not be lost where attempts and requests fill all of its passage: the longest of them gives it half.
 */
export function withTopics(
  text: string,
  findings: readonly Finding[],
  passages: readonly Passage[],
): readonly Finding[] {
  if (passages.length === 0) return findings
  const placed = withPassages(text, findings, passages)
  const seen = new Set(placed.map(({ type }) => type))
  return passages.reduce((all, passage) => {
    if (seen.has(passage.kind.type)) return all
    seen.add(passage.kind.type)
    return halved(text, all, passage)
  }, placed)
}

function halved(
  text: string,
  findings: readonly Finding[],
  { kind, score, why }: Passage,
): readonly Finding[] {
  const longest = findings
    .filter(({ family }) => family === 'other')
    .toSorted((one, other) => other.end - other.start - (one.end - one.start))[0]
  if (longest === undefined || longest.end - longest.start < 4) return findings
  let middle = (longest.start + longest.end) >>> 1
  // No surrogate pair is split.
  if ((text.charCodeAt(middle) & 0xfc00) === 0xdc00) middle++
  const { type, family } = kind
  return findings.flatMap((finding) =>
    finding === longest
      ? [
          { ...finding, end: middle },
          { start: middle, end: finding.end, type, family, score, why },
        ]
      : [finding],
  )
}
