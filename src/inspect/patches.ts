/** A reading in which parts of a text are replaced by what they are decoded to, with what stands around them. */
import { asWhole, forwards, type Span } from './position-map.ts'
import { ReadingWriter, type View } from './reading-writer.ts'

export interface Patched extends View {
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

/**
 * Writes patches in order of position; they do not overlap. One for which there is no room is left out with all that
 * follow. Linear in their number and in what is shown.
 */
export class PatchWriter extends ReadingWriter {
  readonly #length: number
  readonly #around: number
  /** What is shown behind the last patch has room beyond it. */
  readonly #most: number
  /** Where what was patched without a gap begins and ends, two numbers each. */
  readonly #spans: number[] = []
  #isFull = false

  constructor(text: string, { around, most }: PatchLimits) {
    super(text)
    this.#length = text.length
    this.#around = around
    this.#most = most - around
  }

  /** One unit in place of all that stands there. */
  override unit(code: number, start: number, end: number): void {
    if (this.#begins(start, end, 1)) super.unit(code, start, end)
  }

  override drop(start: number, end: number): void {
    if (this.#begins(start, end, 0)) super.drop(start, end)
  }

  /**
   * A text in place of what stands there, in one of the ways of `position-map.ts`. Of one whose units each stand for
   * several as much is shown as there is room for.
   */
  override text(shown: string, start: number, end: number, way: number): void {
    const room = this.#most - this.length
    const fitting = way > forwards && room > 0 ? shown.slice(0, room) : shown
    const until = fitting === shown ? end : start + room * way
    if (this.#begins(start, until, fitting.length)) super.text(fitting, start, until, way)
    this.#isFull ||= fitting !== shown
  }

  /** What was written; undefined when there was no patch. */
  finish(): Patched | undefined {
    const spans = this.#spans
    if (spans.length === 0 && !this.#isFull) return undefined
    this.copyUntil(Math.min(this.#length, this.done + this.#around))
    return { ...this.view(), touches: (span) => touchesAny(spans, span) }
  }

  /** True when there is room for a patch of so many units: then what stands before it is shown, but for a gap. */
  #begins(start: number, end: number, length: number): boolean {
    this.#isFull ||= this.length + length > this.#most
    if (this.#isFull) return false
    const around = this.#around
    const { done } = this
    const spans = this.#spans
    if (spans.length === 0) this.done = Math.max(0, start - around)
    else if (start - around > done + around) {
      this.copyUntil(done + around)
      super.text(gap, done + around, start - around, asWhole)
    }
    if (spans[spans.length - 1] === start) spans[spans.length - 1] = end
    else spans.push(start, end)
    return true
  }
}

function touchesAny(spans: readonly number[], { start, end }: Span): boolean {
  let low = 0
  let high = spans.length / 2
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[2 * middle + 1] as number) <= start) low = middle + 1
    else high = middle
  }
  return (spans[2 * low] ?? end) < end
}
