/**
 * Whose name may stand before a number, told once for all that wait for it: nine digits are those of forty kinds, and
 * each would look through the same units for its own words. By the first three letters of words, as in
 * `word-beginnings.ts`.
 */
import { isLetter } from './characters.ts'
import type { Detector } from './detector.ts'
import { beginningsIn, isFirstOfWord } from './word-beginnings.ts'

/** How far before a number its name may begin, and where that is looked for nearer: as in `id-words.ts`. */
const reach = 64
const closeReach = 32

export interface NamesBefore {
  /**
   * Looks at what stands before a position inside the number that begins at `numberStart`. What it holds up to there
   * are digits and signs.
   */
  readonly look: (text: string, at: number, numberStart: number) => void
  /** Whether a name of a list may begin there. */
  readonly mayBegin: (list: number) => boolean
  /** The place of the list of a detector; undefined when it needs no name. */
  readonly listOf: (detector: Detector) => number | undefined
}

export function createNamesBefore(detectors: readonly Detector[]): NamesBefore {
  const lists = new Map<Detector, readonly string[]>()
  for (const detector of detectors) {
    const { trigger } = detector
    if ('needsName' in trigger && trigger.needsName !== undefined)
      lists.set(detector, trigger.needsName.words)
  }
  const places = new Map([...lists.keys()].map((detector, place) => [detector, place]))
  const width = Math.ceil(lists.size / 32)
  const found = new Int32Array(width)
  // Filled when first asked, so that loading stays cheap.
  let known: Known | undefined
  return {
    look: (text, at, numberStart) => {
      known ??= collectBeginnings([...lists.values()], width)
      const { rowOf, rows, always } = known
      if (at === 0) {
        found.fill(0)
        return
      }
      found.set(always)
      const from = Math.max(0, at - reach)
      const close = Math.max(0, at - closeReach)
      let before = text.charCodeAt(from - 1)
      for (let index = from; index < numberStart; index++) {
        const code = text.charCodeAt(index)
        if (code > 127) {
          found.fill(-1)
          return
        }
        if (letters[code] !== 0 && (index === from || index === close || isFirstOfWord(before, code))) {
          const place =
            ((letters[code] as number) << 10) | (letterAt(text, index + 1) << 5) | letterAt(text, index + 2)
          const row = (rowOf[place] as number) * width
          if (row !== 0)
            for (let at = 0; at < width; at++) found[at] = (found[at] as number) | (rows[row + at] as number)
        }
        before = code
      }
    },
    mayBegin: (list) => (((found[list >>> 5] as number) >>> (list & 31)) & 1) === 1,
    listOf: (detector) => places.get(detector),
  }
}

/** For each unit of ASCII the place of its letter, 0 for what is none. */
const letters = Uint8Array.from({ length: 128 }, (_, code) => (isLetter(code) ? code & 31 : 0))

const letterAt = (text: string, index: number): number => letters[text.charCodeAt(index)] ?? 0

interface Known {
  /** For three letters the row of bits of those lists in which a word begins with them; row 0 is empty. */
  readonly rowOf: Uint16Array
  readonly rows: Int32Array
  /** Bits of lists that hold a piece whose first letter is left open. */
  readonly always: Int32Array
}

function collectBeginnings(lists: readonly (readonly string[])[], width: number): Known {
  const rowOf = new Uint16Array(2 ** 15)
  const rows: number[] = Array.from({ length: width }, () => 0)
  const always = new Int32Array(width)
  for (const [list, words] of lists.entries()) {
    const word = list >>> 5
    const bit = 1 << (list & 31)
    const beginnings = beginningsIn(words)
    if (((beginnings[0] as number) & 1) === 1) {
      always[word] = (always[word] as number) | bit
      continue
    }
    for (let place = 0; place < rowOf.length; place++) {
      if (beginnings[place >>> 3] === 0) {
        place |= 7
        continue
      }
      if ((((beginnings[place >>> 3] as number) >>> (place & 7)) & 1) === 0) continue
      if (rowOf[place] === 0) {
        rowOf[place] = rows.length / width
        for (let at = 0; at < width; at++) rows.push(0)
      }
      const at = (rowOf[place] as number) * width + word
      rows[at] = (rows[at] as number) | bit
    }
  }
  return { rowOf, rows: Int32Array.from(rows), always }
}
