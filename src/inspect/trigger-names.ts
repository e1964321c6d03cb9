/**
 * Whose name may stand before a number, told once for all that wait for it: nine digits are those of forty kinds, and
 * each would look through the same units for its own words (`name-tree.ts`).
 */
import type { Detector } from './detector.ts'
import { NameTree } from './name-tree.ts'
import { anyWord, wordsBehind, wordsWith } from './word-beginnings.ts'

/** How far before a number its name may begin, and where that is looked for nearer: as in `id-words.ts`. */
const reach = 64
const closeReach = 32
/** One for each place where a name may have begun, and the next, which is empty. */
const slots = reach + 1

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
  const found = new Int32Array(Math.ceil(lists.size / 32))
  // Made when first asked, so that loading stays cheap.
  let begun: Begun | undefined
  return {
    begin: () => begun?.clear(),
    look: (text, at, start) => {
      found.fill(0)
      if (at - reach >= start) return false
      begun ??= new Begun(new NameTree([...lists.values()]))
      begun.readOn(text, start)
      const from = Math.max(0, at - reach)
      let isAny = begun.addFrom(from, found)
      // As if a word began where the stretch begins that is looked through.
      if (from < start && begun.tree.addAt(text, from, found, 0)) isAny = true
      const close = at - closeReach
      if (close > from && close < start && begun.tree.addAt(text, close, found, 0)) isAny = true
      return isAny
    },
    mayBegin: (list) => (((found[list >>> 5] as number) >>> (list & 31)) & 1) === 1,
    listOf: (detector) => places.get(detector),
  }
}

/** Where names began of late, each with the bits of its lists. Each unit is read once, whatever stands after it. */
class Begun {
  readonly tree: NameTree
  readonly #places = new Int32Array(slots)
  readonly #bits: Int32Array
  #count = 0
  #readUpTo = 0

  constructor(tree: NameTree) {
    this.tree = tree
    this.#bits = new Int32Array(slots * tree.width)
  }

  clear(): void {
    this.#count = 0
    this.#readUpTo = 0
    this.#clearNext()
  }

  readOn(text: string, until: number): void {
    let index = Math.max(this.#readUpTo, until - reach)
    const before = index === 0 ? 0 : text.charCodeAt(index - 1)
    let open = before > 127 ? anyWord : (wordsBehind[before] as number)
    for (; index < until; index++) {
      const code = text.charCodeAt(index)
      const isBegun = code > 127 ? this.tree.mayBeginWith(code) : (open & (wordsWith[code] as number)) !== 0
      if (isBegun) this.#read(text, index)
      open = code > 127 ? anyWord : (wordsBehind[code] as number)
    }
    this.#readUpTo = Math.max(this.#readUpTo, until)
  }

  #read(text: string, place: number): void {
    const slot = this.#count % slots
    if (!this.tree.addAt(text, place, this.#bits, slot * this.tree.width)) return
    this.#places[slot] = place
    this.#count++
    this.#clearNext()
  }

  #clearNext(): void {
    const first = (this.#count % slots) * this.tree.width
    this.#bits.fill(0, first, first + this.tree.width)
  }

  /** Adds the bits of all that began from a position on; gives whether there are any. */
  addFrom(from: number, bits: Int32Array): boolean {
    const { width } = this.tree
    const least = Math.max(0, this.#count - reach)
    let back = this.#count
    while (back > least && (this.#places[(back - 1) % slots] as number) >= from) {
      back--
      const first = (back % slots) * width
      for (let word = 0; word < width; word++)
        bits[word] = (bits[word] as number) | (this.#bits[first + word] as number)
    }
    return back < this.#count
  }
}
