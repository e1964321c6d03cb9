/** A reading in which parts of a text are replaced by what they are decoded to, with what stands around them. */
import { PositionMap, type Span } from './position-map.ts'

/**
 * What is read in place of `start` to `end`. `way` says how the two belong together: as wholes, each unit in place of
 * one or of equally many, or unit for unit in the opposite order, both of the same length.
 */
export interface Patch {
  readonly start: number
  readonly end: number
  readonly text: string
  readonly way: 'whole' | 'same' | 'mirrored' | 'even'
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
  let previous: Patch | undefined
  let count = 0
  let done = 0
  const copy = (from: number, until: number): void => {
    if (until <= from) return
    parts.push(text.slice(from, until))
    map.copy(until - from, from)
  }
  for (const each of patches) {
    const patch = fitted(each, most - around - map.length)
    if (patch === undefined) break
    const from = Math.max(done, patch.start - around)
    if (previous !== undefined && from > done + around) {
      copy(done, previous.end + around)
      parts.push(gap)
      map.whole(gap.length, previous.end + around, from)
      copy(from, patch.start)
    } else copy(previous === undefined ? from : done, patch.start)
    parts.push(patch.text)
    if (patch.way === 'same') map.copy(patch.text.length, patch.start, unitsEach(patch))
    else if (patch.way === 'mirrored') map.mirror(patch.start, patch.end)
    else map.whole(patch.text.length, patch.start, patch.end)
    done = patch.end
    previous = patch
    count++
    if (patch !== each) break
  }
  copy(done, Math.min(text.length, done + around))
  const applied = patches.slice(0, count)
  // The last one may be cut.
  if (previous !== undefined) applied[count - 1] = previous
  return {
    text: parts.join(''),
    spanOf: (start, end) => map.spanOf(start, end),
    touches: (span) => touchesAny(applied, span),
  }
}

/** A patch if there is room for it, or as much of a row of escapes as there is room for. */
function fitted(patch: Patch, room: number): Patch | undefined {
  const { start, text } = patch
  if (text.length <= room) return patch
  const each = unitsEach(patch)
  return patch.way === 'same' && each > 1 && room > 0
    ? { ...patch, end: start + room * each, text: text.slice(0, room) }
    : undefined
}

// A whole number, and known to be one: positions that are not take twice the memory.
const unitsEach = ({ start, end, text }: Patch): number => ((end - start) / text.length) | 0

function touchesAny(patches: readonly Patch[], { start, end }: Span): boolean {
  let low = 0
  let high = patches.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((patches[middle] as Patch).end <= start) low = middle + 1
    else high = middle
  }
  return (patches[low]?.start ?? end) < end
}
