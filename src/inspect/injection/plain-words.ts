import { foldedUnit, isUnspacedUnit } from '../characters.ts'
import { markBegins } from './structure.ts'
import { asciiOf, bytesPerUnit, textOf, writeUnits } from './units.ts'

/**
 * A text as the grammar and the model read it: lower case, Latin letters without their marks, whitespace, quotes,
 * emphasis and commas as one space. One pass; the words are hashed on the way.
 */

export interface PlainWords {
  readonly text: string
  /** Of the text that was read, in UTF-16 units. */
  readonly length: number
  /** Where each word starts in `text`. */
  readonly starts: readonly number[]
  /** Where it starts in the text that was read. */
  readonly origins: readonly number[]
  readonly hashes: readonly number[]
  /** Where, in the text that was read, a mark of structure may begin. */
  readonly wakes: readonly number[]
}

/** What a unit is to words. Letters are nothing above the unit itself, so that they are told by one comparison. */
const letter = 0
const space = 1 << 16
/** A letter of a script that puts no space between words: each is a word of its own. */
const single = 2 << 16
/** Shows nothing by itself: marks that stand over the letter before. */
const gone = 3 << 16
const punctuation = 4 << 16
const roleBits = 7 << 16
const wakeBit = 1 << 19

const blank = 32
const apostrophe = 39

/** Filled when first asked, so that loading stays cheap. */
let table: Uint32Array | undefined

/** What a pass reads from and writes into, instead of arrays that grow: a word takes a unit at least. */
interface Space {
  /** The text, and a unit more that ends its last word. */
  readonly read: Uint16Array
  readonly plain: Uint16Array
  readonly bytes: Uint8Array
  readonly starts: number[]
  readonly origins: number[]
  readonly hashes: number[]
}

const zeros = (length: number): number[] => new Array<number>(length).fill(0)

const spaceFor = (length: number): Space => ({
  read: new Uint16Array(length + 1),
  plain: new Uint16Array(length),
  bytes: new Uint8Array(length * bytesPerUnit),
  starts: zeros(length),
  origins: zeros(length),
  hashes: zeros(length),
})

/** Texts up to this length share one space; a longer one has its own, so that nothing large is kept. */
const sharedLength = 16_384
let shared: Space | undefined

/**
 * One pass over the text: every loop over it costs as much as a search for all secrets. It goes over units that were
 * taken out of the text before: asking a text for one unit asks each time what kind of text it is. Linear; never throws.
 */
export function readWords(text: string): PlainWords {
  table ??= fillTable()
  shared ??= spaceFor(sharedLength)
  const used = text.length <= sharedLength ? shared : spaceFor(text.length)
  writeUnits(text, used.read, used.bytes)
  const wakes: number[] = []
  const { length, words, isAscii } = pass(table, used, text.length, wakes)
  const { plain, bytes, starts, origins, hashes } = used
  return {
    text: isAscii ? asciiOf(plain, length, bytes) : textOf(plain, length),
    length: text.length,
    starts: starts.slice(0, words),
    origins: origins.slice(0, words),
    hashes: hashes.slice(0, words),
    wakes,
  }
}

interface Passed {
  /** Units of the plain text. */
  readonly length: number
  readonly words: number
  readonly isAscii: boolean
}

function pass(
  entries: Uint32Array,
  { read, plain, starts, origins, hashes }: Space,
  end: number,
  wakes: number[],
): Passed {
  let length = 0
  let words = 0
  let all = 0
  read[end] = 0
  for (let index = 0; index < end; index++) {
    let entry = entries[read[index] as number] as number
    if (entry < space) {
      starts[words] = length
      origins[words] = index
      let hash = hashSeed
      // The unit behind the text is no letter.
      for (;;) {
        while (entry < space) {
          all |= entry
          hash = Math.imul(hash ^ entry, hashPrime)
          plain[length++] = entry
          entry = entries[read[++index] as number] as number
        }
        // Neither a mark nor an apostrophe before a letter ends a word.
        if ((entry & roleBits) === gone) entry = entries[read[++index] as number] as number
        else if (isApostropheBeforeLetter(entries, read, index, entry)) entry = apostrophe
        else break
      }
      hashes[words++] = mixed(hash)
      if (index >= end) break
    }
    if ((entry & wakeBit) !== 0) wakes.push(index)
    const role = entry & roleBits
    if (role === gone) continue
    if (role === space) {
      if (length > 0 && plain[length - 1] !== blank) plain[length++] = blank
      continue
    }
    const unit = entry & 0xffff
    all |= unit
    if (role === single) {
      starts[words] = length
      origins[words] = index
      hashes[words++] = mixed(Math.imul(hashSeed ^ unit, hashPrime))
    }
    plain[length++] = unit
  }
  return { length, words, isAscii: all < 0x80 }
}

const isApostropheBeforeLetter = (
  entries: Uint32Array,
  read: Uint16Array,
  index: number,
  entry: number,
): boolean => (entry & 0xffff) === apostrophe && (entries[read[index + 1] as number] as number) < space

/** The hash under which `readWords` gives a word that is already plain. */
export function hashOfWord(word: string): number {
  let hash = hashSeed
  for (let index = 0; index < word.length; index++) {
    hash = Math.imul(hash ^ word.charCodeAt(index), hashPrime)
  }
  return mixed(hash)
}

/** FNV-1a over UTF-16 units, then the last step of MurmurHash3: the low bits alone pick a place in a table. */
const hashSeed = 0x811c9dc5
const hashPrime = 0x01000193

function mixed(hash: number): number {
  let mixing = hash ^ (hash >>> 16)
  mixing = Math.imul(mixing, 0x85ebca6b)
  mixing ^= mixing >>> 13
  mixing = Math.imul(mixing, 0xc2b2ae35)
  return mixing ^ (mixing >>> 16)
}

const blanks = /[\s"“”„«»*_,`]/
const marks = /\p{Mn}/u
const letters = /[\p{L}\p{N}]/u
const latin = /^[a-z]$/

/** Latin letters that Unicode does not take apart. */
const undivided: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', đ: 'd', ı: 'i', ё: 'е' }

function fillTable(): Uint32Array {
  const entries = new Uint32Array(65_536)
  for (let code = 0; code < entries.length; code++) {
    const folded = foldedUnit(code)
    const role = roleOf(code)
    const unit = role === letter ? withoutMarks(String.fromCharCode(folded)).charCodeAt(0) : folded
    entries[code] = unit | role
  }
  for (let at = 0; at < markBegins.length; at++) {
    const code = markBegins.charCodeAt(at)
    entries[code] = (entries[code] as number) | wakeBit
  }
  return entries
}

function roleOf(code: number): number {
  const unit = String.fromCharCode(code)
  if (blanks.test(unit) || code === apostrophe) return space
  if (marks.test(unit)) return gone
  if (isUnspacedUnit(code)) return single
  return letters.test(unit) ? letter : punctuation
}

function withoutMarks(character: string): string {
  const base = undivided[character] ?? character.normalize('NFD').charAt(0).toLowerCase()
  return latin.test(base) || character in undivided ? base : character
}
