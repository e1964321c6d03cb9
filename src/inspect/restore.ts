/**
 * Puts originals back for tokens in a text that arrives in pieces. Only tokens issued in this exchange are put
 * back, exactly as they were given out. Where one token begins another, the longest that stands there counts.
 * However the text is cut into pieces, the result is the same. In JSON an original may need escapes: `restore-text.ts`.
 */
import type { Restorer } from './api.ts'

export function createRestorer(issued: ReadonlyMap<string, string>): Restorer {
  if (issued.size === 0) return { push: (piece) => piece, end: () => '', restored: () => 0 }
  const index = new TokenIndex(issued.keys())
  let held = ''
  let restored = 0

  /** Releases `text` up to what could still become a token, or all of it when no more comes. */
  const release = (text: string, isLast: boolean): string => {
    let result = ''
    let done = 0
    for (let at = index.nextStart(text, 0); at !== -1; at = index.nextStart(text, at)) {
      const rest = text.slice(at, at + index.longest)
      if (!isLast && at + rest.length === text.length && index.beginsToken(rest)) {
        held = text.slice(at)
        return result + text.slice(done, at)
      }
      const token = index.tokenAt(rest)
      if (token === undefined) at++
      else {
        result += text.slice(done, at) + (issued.get(token) as string)
        at += token.length
        done = at
        restored++
      }
    }
    held = ''
    return done === 0 ? text : result + text.slice(done)
  }
  return {
    push: (piece) => release(held + piece, false),
    end: () => release(held, true),
    restored: () => restored,
  }
}

/** Tokens in order, each knowing the longest other token it begins with. */
class TokenIndex {
  readonly longest: number
  readonly #tokens: readonly string[]
  /** Place of the longest other token that begins this one, -1 when there is none. */
  readonly #shorter: readonly number[]
  /** 1 for each ASCII character a token begins with; those of other tokens are in `#others`. */
  readonly #firsts = new Uint8Array(128)
  readonly #others: ReadonlySet<number>

  constructor(tokens: Iterable<string>) {
    this.#tokens = [...tokens].sort((one, other) => (one < other ? -1 : 1))
    if (this.#tokens[0] === '') throw new Error('an empty token cannot be put back')
    this.longest = this.#tokens.reduce((most, { length }) => Math.max(most, length), 0)
    const others = new Set<number>()
    for (const token of this.#tokens) {
      const first = token.charCodeAt(0)
      if (first < 128) this.#firsts[first] = 1
      else others.add(first)
    }
    this.#others = others
    const shorter: number[] = []
    for (const [place, token] of this.#tokens.entries()) {
      let candidate = place - 1
      while (candidate >= 0 && !token.startsWith(this.#tokens[candidate] as string)) {
        candidate = shorter[candidate] as number
      }
      shorter.push(candidate)
    }
    this.#shorter = shorter
  }

  /** The next position from which a token could start, -1 when there is none. */
  nextStart(text: string, from: number): number {
    for (let index = from; index < text.length; index++) {
      const code = text.charCodeAt(index)
      if (code < 128 ? this.#firsts[code] === 1 : this.#others.has(code)) return index
    }
    return -1
  }

  /** The longest token that `text` begins with. */
  tokenAt(text: string): string | undefined {
    // Every token that begins the text begins the greatest one that is not after it, too.
    let place = this.#placeAfter(text) - 1
    while (place >= 0 && !text.startsWith(this.#tokens[place] as string))
      place = this.#shorter[place] as number
    return this.#tokens[place]
  }

  /** True when a token begins with `text` and goes on after it. */
  beginsToken(text: string): boolean {
    return this.#tokens[this.#placeAfter(text)]?.startsWith(text) === true
  }

  /** Place of the first token after `text` in order. */
  #placeAfter(text: string): number {
    let low = 0
    let high = this.#tokens.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#tokens[middle] as string) <= text) low = middle + 1
      else high = middle
    }
    return low
  }
}
