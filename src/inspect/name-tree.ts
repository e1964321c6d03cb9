/**
 * Which of many lists hold a name that may begin at a place of a text. The letters of all names are one tree, with the
 * signs between them left out, so that a place is read once for all lists and a few units tell most of them apart.
 */
import { isDigit, isLetter, isLower, isUpper, plainUnit } from './characters.ts'
import { endingLetters, unspaced } from './id-words.ts'
import { alternativesOf, createMayBeginWith, placeOfUnit } from './word-beginnings.ts'

/** How far a name is read, in UTF-16 units: as far as one is looked for before a number (`id-words.ts`). */
const longest = 64
const space = 32
/** How many letters are told apart. */
const places = 32

/** `lists` are those of `namedBefore`, of which each has a bit. */
export class NameTree {
  /** Numbers of 32 bits that hold one of each list. */
  readonly width: number
  /** For each node its letter, the first node below it, and the next one beside it; 0 for none. Node 0 is the root. */
  readonly #letters: number[] = [0]
  readonly #below: number[] = [0]
  readonly #beside: number[] = [0]
  /** The nodes below the root by letter: one look instead of a dozen. */
  readonly #firsts = new Int32Array(places)
  /** Bits of the lists with a name that ends at a node as a word, and of those with one that may go on in any way. */
  readonly #ended: (Int32Array | undefined)[] = [undefined]
  readonly #open: (Int32Array | undefined)[] = [undefined]
  /** False of a unit beyond ASCII that no name begins with. */
  readonly mayBeginWith: (code: number) => boolean

  constructor(lists: readonly (readonly string[])[]) {
    this.width = Math.ceil(lists.length / 32)
    this.mayBeginWith = createMayBeginWith(lists.flat())
    const holders = new Map<string, number[]>()
    for (const [list, names] of lists.entries())
      for (const name of names) {
        const known = holders.get(name)
        if (known === undefined) holders.set(name, [list])
        else known.push(list)
      }
    for (const [name, those] of holders)
      for (const { places, isOpen } of spellingsOf(name)) this.#add(places, isOpen, those)
  }

  /**
   * Adds, from `first` on, the bits of lists in which a name may begin at a position; gives whether there is any. Never without
   * that of a list whose name stands there, but a few more.
   */
  addAt(text: string, at: number, bits: Int32Array, first: number): boolean {
    let isAny = this.#addRow(this.#open[0], bits, first)
    let node = 0
    const end = Math.min(text.length, at + longest)
    for (let index = at; index < end; index++) {
      const code = text.charCodeAt(index)
      const place = placeOfUnit(code)
      if (place === 0 || (code > 127 && plainUnit(code) === space)) {
        if (isDigit(code)) return isAny
        continue
      }
      node = this.#childOf(node, place)
      if (node === 0) return isAny
      if (this.#addRow(this.#open[node], bits, first)) isAny = true
      const ended = this.#ended[node]
      if (ended !== undefined && !goesOn(code, text.charCodeAt(index + 1)))
        isAny = this.#addRow(ended, bits, first)
    }
    return isAny
  }

  #addRow(row: Int32Array | undefined, bits: Int32Array, first: number): boolean {
    if (row === undefined) return false
    for (let word = 0; word < row.length; word++)
      bits[first + word] = (bits[first + word] as number) | (row[word] as number)
    return true
  }

  #childOf(node: number, place: number): number {
    if (node === 0) return this.#firsts[place] as number
    let child = this.#below[node] as number
    while (child !== 0 && this.#letters[child] !== place) child = this.#beside[child] as number
    return child
  }

  #add(places: readonly number[], isOpen: boolean, lists: readonly number[]): void {
    let node = 0
    for (const place of places) node = this.#childOf(node, place) || this.#addChild(node, place)
    const rows = isOpen ? this.#open : this.#ended
    const row = rows[node] ?? new Int32Array(this.width)
    rows[node] = row
    for (const list of lists) row[list >>> 5] = (row[list >>> 5] as number) | (1 << (list & 31))
  }

  #addChild(node: number, place: number): number {
    const child = this.#letters.length
    this.#letters.push(place)
    this.#below.push(0)
    this.#beside.push(this.#below[node] as number)
    this.#ended.push(undefined)
    this.#open.push(undefined)
    if (node === 0) this.#firsts[place] = child
    else this.#below[node] = child
    return child
  }
}

/** Whether a word surely goes on with a unit, and not with what may follow a name as one word. */
const goesOn = (last: number, next: number): boolean =>
  isLetter(next) && !(isUpper(next) && isLower(last)) && !endingLetters.includes(placeOfUnit(next))

/** The places of letters in a text that begins with a name. When it is open anything may follow, within the word, too. */
interface Spelling {
  readonly places: readonly number[]
  readonly isOpen: boolean
}

/** A sign that stands for itself, or a space; a letter or one of some, which may be left out. */
const element = /^(?:(?:[ "'&-]|\\\.)\??|([a-z\u00a1-\uffff]|\[[a-z\u00a1-\uffff]+\])(\??))(?![*+{])/u

/** All ways in which the pieces of an expression may be written; what is no letter or sign in them leaves them open. */
function spellingsOf(name: string): readonly Spelling[] {
  return alternativesOf(name).flatMap((piece) => {
    let begun: readonly (readonly number[])[] = [[]]
    let rest = piece
    for (;;) {
      const [read = '', letters, optional] = element.exec(rest) ?? []
      if (read === '') break
      rest = rest.slice(read.length)
      if (letters === undefined) continue
      const places = Array.from(letters.replace(/[[\]]/g, ''), (each) => placeOfUnit(each.charCodeAt(0)))
      const longer = begun.flatMap((each) => places.map((place) => (place === 0 ? each : [...each, place])))
      begun = optional === '?' ? [...begun, ...longer] : longer
    }
    const isOpen = rest !== '' || unspaced.test(piece)
    return begun.map((places) => ({ places, isOpen }))
  })
}
