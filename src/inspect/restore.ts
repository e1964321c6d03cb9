/**
 * Puts originals back for tokens in a text that arrives in pieces. Only tokens issued in this exchange are put back.
 * Models write them with other capitals and with the escapes of Markdown (`Email\\_k7q2m9xa3b`): where a word of the text
 * begins, that counts too. What a token is followed by stays, so plurals and possessives do as well. Where one token
 * begins another, the longest that stands there counts. However the text is cut into pieces, the result is the same.
 * In JSON an original may need escapes: `restore-text.ts`.
 */
import type { Restorer } from './api.ts'

export function createRestorer(issued: ReadonlyMap<string, string>): Restorer {
  if (issued.size === 0) return { push: (piece) => piece, end: () => '', restored: () => 0 }
  const index = new TokenIndex(issued)
  let held = ''
  let restored = 0
  /** Whether the last character released is part of a word. */
  let isInWord = false

  /** Releases `text` up to what could still become a token, or all of it when no more comes. */
  const release = (text: string, isLast: boolean): string => {
    let result = ''
    let done = 0
    const isWordBefore = (at: number): boolean => (at === 0 ? isInWord : isWordPart(text.charCodeAt(at - 1)))
    for (
      let at = index.nextStart(text, 0, isWordBefore);
      at !== -1;
      at = index.nextStart(text, at, isWordBefore)
    ) {
      const rest = text.slice(at, at + index.longest)
      const isInside = isWordBefore(at)
      if (!isLast && at + rest.length === text.length && index.beginsToken(rest)) {
        if (at > 0) isInWord = isWordBefore(at)
        held = text.slice(at)
        return result + text.slice(done, at)
      }
      const found = index.tokenAt(rest, isInside)
      if (found === undefined) at++
      else {
        result += text.slice(done, at) + found.original
        at += found.length
        done = at
        restored++
      }
    }
    if (text.length > 0) isInWord = isWordPart(text.charCodeAt(text.length - 1))
    held = ''
    return done === 0 ? text : result + text.slice(done)
  }
  return {
    push: (piece) => release(held + piece, false),
    end: () => release(held, true),
    restored: () => restored,
  }
}

/** A token found at the beginning of a text: how much of the text it takes, and what it stands for. */
interface FoundToken {
  readonly length: number
  readonly original: string
}

/** As it was given out, and as a writer of Markdown escapes it. */
const spellingsOf = (token: string): readonly string[] =>
  token.includes('_') ? [token, token.replaceAll('_', '\\_')] : [token]

/** Capitals of ASCII made small; the length stays, which `toLowerCase` does not promise. */
const fold = (text: string): string => text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase())

/** Spellings of tokens, folded and in order, each knowing the longest other one it begins with. */
class TokenIndex {
  readonly longest: number
  /** Originals by spelling as it was given out, and by folded spelling. */
  readonly #exact = new Map<string, string>()
  readonly #folded = new Map<string, string>()
  readonly #spellings: readonly string[]
  /** Place of the longest other spelling that begins this one, -1 when there is none. */
  readonly #shorter: readonly number[]
  /** For each ASCII character: 2 when a token begins with it, 1 when one does in other capitals; the rest in `#others`. */
  readonly #firsts = new Uint8Array(128)
  readonly #others = new Set<number>()

  constructor(issued: ReadonlyMap<string, string>) {
    for (const [token, original] of issued) {
      if (token === '') throw new Error('an empty token cannot be put back')
      this.#addFirst(token)
      for (const spelling of spellingsOf(token)) {
        this.#exact.set(spelling, original)
        const folded = fold(spelling)
        if (!this.#folded.has(folded)) this.#folded.set(folded, original)
      }
    }
    this.#spellings = [...this.#folded.keys()].sort((one, other) => (one < other ? -1 : 1))
    this.longest = this.#spellings.reduce((most, { length }) => Math.max(most, length), 0)
    const shorter: number[] = []
    for (const [place, spelling] of this.#spellings.entries()) {
      let candidate = place - 1
      while (candidate >= 0 && !spelling.startsWith(this.#spellings[candidate] as string)) {
        candidate = shorter[candidate] as number
      }
      shorter.push(candidate)
    }
    this.#shorter = shorter
  }

  /** The next position from which a token could start, -1 when there is none. Inside a word only one as given out can. */
  nextStart(text: string, from: number, isWordBefore: (at: number) => boolean): number {
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index)
      const first = code < 128 ? this.#firsts[code] : this.#others.has(code) ? 2 : 0
      if (first === 2 || (first === 1 && !isWordBefore(index))) return index
    }
    return -1
  }

  /** The longest token that `text` begins with. */
  tokenAt(text: string, isInside: boolean): FoundToken | undefined {
    const folded = fold(text)
    // Every spelling that begins the text begins the greatest one that is not after it, too.
    for (let place = this.#placeAfter(folded) - 1; place >= 0; place = this.#shorter[place] as number) {
      const spelling = this.#spellings[place] as string
      if (!folded.startsWith(spelling)) continue
      const { length } = spelling
      const original =
        this.#exact.get(text.slice(0, length)) ?? (isInside ? undefined : this.#folded.get(spelling))
      if (original !== undefined) return { length, original }
    }
    return undefined
  }

  /** True when a token may begin with `text` and go on after it. */
  beginsToken(text: string): boolean {
    const folded = fold(text)
    return this.#spellings[this.#placeAfter(folded)]?.startsWith(folded) === true
  }

  #addFirst(token: string): void {
    const code = token.charCodeAt(0)
    if (code >= 128) {
      this.#others.add(code)
      return
    }
    const character = String.fromCharCode(code)
    for (const other of [character.toLowerCase(), character.toUpperCase()]) {
      const at = other.charCodeAt(0)
      if (at < 128 && this.#firsts[at] === 0) this.#firsts[at] = 1
    }
    this.#firsts[code] = 2
  }

  /** Place of the first spelling after `folded` in order. */
  #placeAfter(folded: string): number {
    let low = 0
    let high = this.#spellings.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#spellings[middle] as string) <= folded) low = middle + 1
      else high = middle
    }
    return low
  }
}

/** ASCII letters and digits, and everything beyond ASCII. */
const isWordPart = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code >= 128
