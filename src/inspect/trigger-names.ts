/**
 * Whose name may stand before a number, told once for all that wait for it: nine digits are those of forty kinds, and
 * each would look through the same units for its own words. By the first three letters of words, as in
 * `word-beginnings.ts`.
 */
import type { Detector } from './detector.ts'
import { anyWord, beginningsIn, threeAt, wordsBehind, wordsWith } from './word-beginnings.ts'

/** How far before a number its name may begin, and where that is looked for nearer: as in `id-words.ts`. */
const reach = 64
const closeReach = 32

export interface NamesBefore {
  /** Another text is looked through from now on. */
  readonly begin: () => void
  /**
   * Looks at what stands before a position inside the number or word that begins at `start`, no earlier than the last
   * one; gives whether a name of any list may begin there. What a number holds up to there are digits and signs.
   */
  readonly look: (text: string, at: number, start: number) => boolean
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
  const begun = new Begun()
  // Filled when first asked, so that loading stays cheap.
  let known: Known | undefined
  let isAny = false
  const add = (row: number): void => {
    if (row === 0) return
    isAny = true
    const { rows } = known as Known
    for (let word = 0; word < width; word++)
      found[word] = (found[word] as number) | (rows[row * width + word] as number)
  }
  return {
    begin: () => begun.clear(),
    look: (text, at, start) => {
      known ??= collectBeginnings([...lists.values()], width)
      const { rowOf, always, hasAlways } = known
      if (at - reach >= start) {
        found.set(always)
        return hasAlways
      }
      begun.readOn(text, start, rowOf)
      const from = Math.max(0, at - reach)
      isAny = at > 0 && hasAlways
      if (at === 0) found.fill(0)
      else found.set(always)
      for (let back = 1; back <= reach && begun.placeAt(back) >= from; back++) add(begun.rowAt(back))
      const close = Math.max(0, at - closeReach)
      if (from < start) add(rowOf[threeAt(text, from)] as number)
      if (close < start) add(rowOf[threeAt(text, close)] as number)
      return isAny
    },
    mayBegin: (list) => (((found[list >>> 5] as number) >>> (list & 31)) & 1) === 1,
    listOf: (detector) => places.get(detector),
  }
}

/** Where words began of late that are in a list, each with its row. Each unit is read once, whatever stands after it. */
class Begun {
  readonly #places = new Int32Array(reach)
  readonly #rows = new Uint16Array(reach)
  #count = 0
  #readUpTo = 0

  clear(): void {
    this.#count = 0
    this.#readUpTo = 0
  }

  readOn(text: string, until: number, rowOf: Uint16Array): void {
    let index = Math.max(this.#readUpTo, until - reach)
    const before = index === 0 ? 0 : text.charCodeAt(index - 1)
    let open = before > 127 ? anyWord : (wordsBehind[before] as number)
    for (; index < until; index++) {
      const code = text.charCodeAt(index)
      if (code > 127 || (open & (wordsWith[code] as number)) !== 0) {
        const row = rowOf[threeAt(text, index)] as number
        if (row !== 0) this.#add(index, row)
      }
      open = code > 127 ? anyWord : (wordsBehind[code] as number)
    }
    this.#readUpTo = Math.max(this.#readUpTo, until)
  }

  #add(place: number, row: number): void {
    this.#places[this.#count % reach] = place
    this.#rows[this.#count % reach] = row
    this.#count++
  }

  /** Of the last but so many, the last one with 1; -1 when there are not as many. */
  placeAt(back: number): number {
    return back > this.#count ? -1 : (this.#places[(this.#count - back) % reach] as number)
  }

  rowAt(back: number): number {
    return this.#rows[(this.#count - back) % reach] as number
  }
}

interface Known {
  /** For three letters the row of bits of those lists in which a word begins with them; row 0 is empty. */
  readonly rowOf: Uint16Array
  readonly rows: Int32Array
  /** Bits of lists that hold a piece whose first letter is left open. */
  readonly always: Int32Array
  readonly hasAlways: boolean
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
  return { rowOf, rows: Int32Array.from(rows), always, hasAlways: always.some((bits) => bits !== 0) }
}
