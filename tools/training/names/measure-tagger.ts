/** How well a trained tagger does on examples: exact spans by type. */
import { Decoder, isInside, typeOfTag } from '#/inspect/names/decode.ts'
import { featureCount } from '#/inspect/names/features.ts'
import { addRow, type Numbered, type Trained } from './train-tagger.ts'

export interface Score {
  found: number
  wrong: number
  missed: number
}

export const precisionOf = ({ found, wrong }: Score): number => found / Math.max(1, found + wrong)
export const recallOf = ({ found, missed }: Score): number => found / Math.max(1, found + missed)
export const f1Of = ({ found, wrong, missed }: Score): number =>
  (2 * found) / Math.max(1, 2 * found + wrong + missed)

/** Adds to `scores`, one for each type. Spans outside the runs are missed: the caller adds them. */
export function measureTagger(
  { tags, weights, transitions }: Trained,
  { runs, rows, tags: right }: Numbered,
  uses: (run: number) => boolean,
  scores: readonly Score[],
): void {
  const decoder = new Decoder(tags)
  for (let run = 0; run + 1 < runs.length; run++) {
    if (!uses(run)) continue
    const from = runs[run]!
    const count = runs[run + 1]! - from
    const emitted = new Float32Array(count * tags)
    const path = new Uint8Array(count)
    for (let at = 0; at < count; at++) addRow(emitted, at, rows, (from + at) * featureCount, weights, tags)
    decoder.decode(emitted, count, transitions, path)
    const given = spansOf(path)
    const wanted = spansOf(right.subarray(from, from + count))
    for (const span of given) {
      const score = scores[typeOfTag(Number(span.split(':')[2]))]!
      if (wanted.has(span)) score.found++
      else score.wrong++
    }
    for (const span of wanted) if (!given.has(span)) scores[typeOfTag(Number(span.split(':')[2]))]!.missed++
  }
}

/** `start:end:tag of the beginning`. */
function spansOf(path: Uint8Array): ReadonlySet<string> {
  const spans = new Set<string>()
  for (let at = 0; at < path.length; at++) {
    const tag = path[at]!
    if (tag === 0 || isInside(tag)) continue
    let end = at + 1
    while (end < path.length && path[end] === tag + 1) end++
    spans.add(`${at}:${end}:${tag}`)
  }
  return spans
}
