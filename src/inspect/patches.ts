/** A reading in which parts of a text are replaced by what they are decoded to, with what stands around them. */
import { PositionMap, type Span } from './position-map.ts'

/**
 * What is read in place of `start` to `end`. `way` says how the two belong together: as wholes, or unit for unit in
 * the same or in the opposite order, both of the same length.
 */
export interface Patch {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly way: 'whole' | 'same' | 'mirrored'
}

export const whole = (start: number, end: number, text: string): Patch => ({ start, end, text, way: 'whole' })

export interface Patched {
  readonly text: string
  readonly spanOf: (start: number, end: number) => Span
  /** True when a part of the unpatched text holds something that was decoded. */
  readonly touches: (span: Span) => boolean
}

export interface PatchLimits {
  /** Units before and after a patch that are shown with it: context words may stand there. */
  readonly around: number
  /** Units of the reading at most. */
  readonly most: number
}

/** Between parts that do not stand side by side in the text. */
const gap = '\n\n'

/** `patches` in order of position, not overlapping. Linear in their number and in what is shown. */
export function patchText(text: string, patches: readonly Patch[], { around, most }: PatchLimits): Patched {
  const map = new PositionMap()
  // Put together once at the end: a text of escapes alone has a hundred thousand parts.
  const parts: string[] = []
  let done = 0
  let applied = 0
  const copy = (from: number, until: number): void => {
    if (until <= from) return
    parts.push(text.slice(from, until))
    map.copy(until - from, from)
  }
  for (const patch of patches) {
    if (map.length + patch.text.length + around > most) break
    const previous = patches[applied - 1]
    const from = Math.max(done, patch.start - around)
    if (previous !== undefined && from > done + around) {
      copy(done, previous.end + around)
      parts.push(gap)
      map.whole(gap.length, previous.end + around, from)
      copy(from, patch.start)
    } else copy(previous === undefined ? from : done, patch.start)
    parts.push(patch.text)
    if (patch.way === 'same') map.copy(patch.text.length, patch.start)
    else if (patch.way === 'mirrored') map.mirror(patch.start, patch.end)
    else map.whole(patch.text.length, patch.start, patch.end)
    done = patch.end
    applied++
  }
  copy(done, Math.min(text.length, done + around))
  return {
    text: parts.join(''),
    spanOf: (start, end) => map.spanOf(start, end),
    touches: (span) => touchesAny(patches, applied, span),
  }
}

function touchesAny(patches: readonly Patch[], applied: number, { start, end }: Span): boolean {
  let low = 0
  let high = applied
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((patches[middle] as Patch).end <= start) low = middle + 1
    else high = middle
  }
  const patch = low < applied ? patches[low] : undefined
  return patch !== undefined && patch.start < end
}
