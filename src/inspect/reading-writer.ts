/**
 * Writes a reading of a text from left to right: its units, and where they stand in the text. The memory it is written
 * in belongs to all readings: one is written at a time, until its `view` is taken.
 */
import { forwards, PositionMap, type Span } from './position-map.ts'
import { areBytes, type TextMemory, textMemory, textOf, writeUnits } from './text-memory.ts'

/** A text as a detector should read it, and where its positions stand in the original. */
export interface View {
  readonly text: string
  /** Where a part of `text` that is not empty stands in the original. */
  readonly spanOf: (start: number, end: number) => Span
}

/** What is longer goes on in memory of its own. */
const shared = textMemory(2 ** 18)

export class ReadingWriter {
  /** What stands in the text before this position is written or left out. */
  done = 0
  readonly #text: string
  readonly #map = new PositionMap()
  /** Texts of what is written already; the units behind it are in the memory. */
  readonly #parts: string[] = []
  #partsLength = 0
  #memory: TextMemory = shared

  constructor(text: string) {
    this.#text = text
  }

  /** Units that are written. */
  get length(): number {
    return this.#map.length
  }

  /** One unit for all that stands there; what stands before it is copied. */
  unit(code: number, start: number, end: number): void {
    this.copyUntil(start)
    this.#unitsFor(1)[this.length - this.#partsLength] = code
    this.#map.add(1, start, end, end - start)
    this.done = end
  }

  /** A text for all that stands there, in one of the ways of `position-map.ts`; what stands before it is copied. */
  text(shown: string, start: number, end: number, way: number): void {
    this.copyUntil(start)
    this.#put(shown, 0, shown.length)
    this.#map.add(shown.length, start, end, way)
    this.done = end
  }

  /** What stands there is left out; what stands before it is copied. */
  drop(start: number, end: number): void {
    this.copyUntil(start)
    this.done = end
  }

  copyUntil(end: number): void {
    const start = this.done
    if (end <= start) return
    this.#put(this.#text, start, end)
    this.#map.add(end - start, start, end, forwards)
    this.done = end
  }

  view(): View {
    const map = this.#map
    this.#endPart()
    map.finish()
    return {
      text: this.#parts.join(''),
      spanOf: (start, end) => map.spanOf(start, end),
    }
  }

  #put(text: string, start: number, end: number): void {
    const count = end - start
    if (isLong(count)) {
      this.#endPart()
      this.#parts.push(text.slice(start, end))
      this.#partsLength = this.length + count
    } else {
      this.#unitsFor(count)
      putUnits(this.#memory, this.length - this.#partsLength, text, start, end)
    }
  }

  /** Makes a text of the units in the memory. */
  #endPart(): void {
    const count = this.length - this.#partsLength
    this.#parts.push(textOf(this.#memory, count, areBytes(this.#memory, count)))
    this.#partsLength = this.length
  }

  /** Where units are written, with room for so many. */
  #unitsFor(count: number): Uint16Array {
    this.#memory = roomier(this.#memory, this.length - this.#partsLength + count)
    return this.#memory.units
  }
}

/** A text with other units at some places, where each of it stands for itself. */
export function withUnits(text: string, places: readonly number[], shown: (code: number) => number): View {
  const { length } = text
  const memory = roomier(shared, length)
  const { units } = memory
  writeUnits(memory, text)
  for (const place of places) units[place] = shown(units[place] as number)
  return {
    text: textOf(memory, length, areBytes(memory, length)),
    spanOf: (start, end) => ({ start, end }),
  }
}

/** What is as long is copied faster as a text. */
const longCopy = 256

const isLong = (count: number): boolean => count >= longCopy

/** The memory, or more of it with the same units when it has not room for so many. */
function roomier(memory: TextMemory, length: number): TextMemory {
  if (length <= memory.units.length) return memory
  const larger = textMemory(2 * length)
  larger.units.set(memory.units)
  return larger
}

/** Shorter texts are copied faster unit by unit. */
const shortestBlock = 32

function putUnits(memory: TextMemory, from: number, text: string, start: number, end: number): void {
  if (end - start >= shortestBlock) writeUnits(memory, text.slice(start, end), from)
  else for (let at = start; at < end; at++) memory.units[from + at - start] = text.charCodeAt(at)
}
