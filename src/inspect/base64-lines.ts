/**
 * Lines of Base64 that together are no text: from each of them on some are tried once more (`decode-runs.ts`), and what all
 * are decoded to tells of nearly all of these that they are none either.
 */
import { base64Values, bytesOfBase64, noValue } from './base64.ts'
import { partsWithoutText } from './bytes.ts'

/** Some of the lines. */
export interface TriedLines {
  readonly end: number
  /** No text comes out of them; false where that is not known. */
  readonly holdNoText: boolean
}

export interface FailedLines {
  /**
   * Those from the start of one of them to the first that ends at least so many units behind it; undefined where none starts.
   * Asked in order of position.
   */
  readonly from: (start: number, units: number) => TriedLines | undefined
}

/** Of lines that follow each other from one position to another; undefined costs only time. */
export function failedLines(text: string, from: number, until: number): FailedLines | undefined {
  let parts: readonly ReturnType<typeof partsWithoutText>[] | undefined
  const first = new Place(text, from)
  const last = new Place(text, from)
  return {
    from: (start, units) => {
      first.goTo(start)
      // Where no group of four begins the bytes are others.
      if (first.at !== start || start >= until || first.isInLine || first.count % 4 !== 0) return undefined
      last.goTo(Math.min(start + units, until))
      last.goToEnd()
      parts ??= partsOf(bytesOfBase64(text, from, until))
      const begin = (first.count / 4) * 3
      return {
        end: last.at,
        holdNoText: parts.every((isNoText, shift) => isNoText(begin, ((last.count - shift) * 3) >> 2)),
      }
    },
  }
}

/** A run is read as if it began at any of its first four characters. */
const shifts = [0, 1, 2, 3]
const bitsOfCharacter = 6

const partsOf = (bytes: Uint8Array): readonly ReturnType<typeof partsWithoutText>[] =>
  shifts.map((shift) => partsWithoutText(shift === 0 ? bytes : withoutBits(bytes, shift * bitsOfCharacter)))

/** What is left of some bytes without so many bits before them. */
function withoutBits(bytes: Uint8Array, bits: number): Uint8Array {
  const left = new Uint8Array(Math.max(0, bytes.length - Math.ceil(bits / 8)))
  const whole = bits >> 3
  const rest = bits & 7
  let byte = bytes[whole] as number
  for (let at = 0; at < left.length; at++) {
    const next = bytes[at + whole + 1] as number
    left[at] = (byte << rest) | (next >> (8 - rest))
    byte = next
  }
  return left
}

const backslash = 92

/** A place among lines, and how many characters of Base64 stand before it. */
class Place {
  readonly #text: string
  at: number
  count = 0
  /** A character of a line stands right before it. */
  isInLine = false

  constructor(text: string, from: number) {
    this.#text = text
    this.at = from
  }

  /** To a position, or right behind the escape it is inside. */
  goTo(position: number): void {
    this.#go(Math.min(position, this.#text.length), false)
  }

  /** To the end of a line. */
  goToEnd(): void {
    this.#go(this.#text.length, true)
  }

  /** To a position or, where that is wanted, only to the end of a line. An escape is one step. */
  #go(position: number, isToEnd: boolean): void {
    let { at, count, isInLine } = this
    while (at < position) {
      const code = this.#text.charCodeAt(at)
      const isOfLine = base64Values[code] !== noValue
      if (isToEnd && isInLine && !isOfLine) break
      isInLine = isOfLine
      if (isOfLine) count++
      at += code === backslash ? 2 : 1
    }
    this.at = at
    this.count = count
    this.isInLine = isInLine
  }
}
