/**
 * Tokens that stand for originals in one exchange: `EMAIL_k7q2m9xa3b`, the type and ten characters of a keyed MAC
 * over type and value. The same value gives the same token in every exchange under the same key, so a
 * conversation that is sent again reads the same to the provider; nothing has to be stored.
 */
import type { Pseudonyms } from './api.ts'

/**
 * Characters of the MAC in a token. Two values of one exchange that share them get longer tokens: of 1,000 values in
 * hexadecimal two do so once in about two million exchanges.
 */
const usualLength = 10

export interface PseudonymsOptions {
  /** A keyed MAC as at least 16 characters of a to z and 0 to 9: hexadecimal or lower-case Base32. */
  readonly mac: (text: string) => string
  /**
   * Texts as they were entered. A token that stands in one already is not given out: what the person typed would
   * be taken for it and replaced on the way back.
   */
  readonly entered?: readonly string[]
}

export function createPseudonyms({ mac, entered = [] }: PseudonymsOptions): Pseudonyms {
  const issued = new Map<string, string>()
  const tokens = new Map<string, string>()
  let taken: Tails | undefined

  const isFree = (token: string, tail: string): boolean => {
    taken ??= tailsIn(entered)
    return !issued.has(token) && !isIn(taken, tail)
  }
  const issue = (type: string, original: string): string => {
    const digest = mac(`${type}\n${original}`)
    if (!/^[a-z0-9]{16,}$/.test(digest))
      throw new Error('the MAC for pseudonyms gives no text of a to z and 0 to 9')
    const name = type.replaceAll('-', '_').toUpperCase()
    for (let length = usualLength; length <= digest.length; length++) {
      const tail = digest.slice(0, length)
      if (isFree(`${name}_${tail}`, tail)) return `${name}_${tail}`
    }
    // Only a MAC that gives two values the same text, or a text full of tokens, leads here.
    for (let count = 2; ; count++) {
      const tail = `${digest}x${count}`
      if (isFree(`${name}_${tail}`, tail)) return `${name}_${tail}`
    }
  }
  return {
    issued,
    tokenFor: (type, original) => {
      const key = `${type}\n${original}`
      const known = tokens.get(key)
      if (known !== undefined) return known
      const token = issue(type, original)
      tokens.set(key, token)
      issued.set(token, original)
      return token
    },
  }
}

const tailShape = /_([a-z0-9]{10,90})/g

/** What follows the type in everything that looks like a token, by the characters each of them begins with. */
type Tails = ReadonlyMap<string, readonly string[]>

function tailsIn(texts: readonly string[]): Tails {
  const found = new Map<string, string[]>()
  for (const text of texts) {
    // Most texts hold none, and finding that out by the expression would look at each of their characters.
    if (!text.includes('_')) continue
    for (const [, tail = ''] of text.matchAll(tailShape)) {
      const start = tail.slice(0, usualLength)
      const known = found.get(start)
      if (known === undefined) found.set(start, [tail])
      else known.push(tail)
    }
  }
  return found
}

const isIn = (tails: Tails, tail: string): boolean =>
  tails.get(tail.slice(0, usualLength))?.some((known) => known.startsWith(tail)) === true
