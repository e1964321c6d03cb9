/**
 * Tokens that stand for originals in one exchange: `EMAIL_k7q2m9xa3b`, the type and ten characters of a keyed MAC
 * over type and value. The same value gives the same token in every exchange under the same key, so a
 * conversation that is sent again reads the same to the provider; nothing has to be stored.
 */
import type { Pseudonyms } from './api.ts'

/** Characters of the MAC in a token: with five bits each, 10^5 values collide once in 200,000 exchanges. */
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
  let taken: ReadonlySet<string> | undefined

  const isFree = (token: string): boolean => {
    taken ??= tokensIn(entered)
    return !issued.has(token) && !taken.has(token)
  }
  const issue = (type: string, original: string): string => {
    const digest = mac(`${type}\n${original}`)
    if (!/^[a-z0-9]{16,}$/.test(digest))
      throw new Error('the MAC for pseudonyms gives no text of a to z and 0 to 9')
    const name = type.replaceAll('-', '_').toUpperCase()
    for (let length = usualLength; length <= digest.length; length++) {
      const token = `${name}_${digest.slice(0, length)}`
      if (isFree(token)) return token
    }
    // Only a MAC that gives two values the same text, or a text full of tokens, leads here.
    for (let count = 2; ; count++) {
      const token = `${name}_${digest}x${count}`
      if (isFree(token)) return token
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

const tokenShape = /[A-Z][A-Z_]{1,60}_[a-z0-9]{10,90}/g

/** Everything in the texts that looks like a token, in each of its possible lengths. */
function tokensIn(texts: readonly string[]): ReadonlySet<string> {
  const found = new Set<string>()
  for (const text of texts) {
    for (const [token] of text.matchAll(tokenShape)) {
      const shortest = token.lastIndexOf('_') + 1 + usualLength
      for (let length = shortest; length <= token.length; length++) found.add(token.slice(0, length))
    }
  }
  return found
}
