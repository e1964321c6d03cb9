/** Questions about single UTF-16 code units. Tables are filled when first asked, so that loading stays cheap. */

export const isDigit = (code: number): boolean => code >= 48 && code <= 57

export const isUpper = (code: number): boolean => code >= 65 && code <= 90

export const isLower = (code: number): boolean => code >= 97 && code <= 122

/** An ASCII letter. */
export const isLetter = (code: number): boolean => isLower(code | 0x20)

/** An ASCII letter or digit. */
export const isAlphanumeric = (code: number): boolean => isDigit(code) || isLetter(code)

/** `a` to `f` in either case. */
export const isHexadecimalLetter = (code: number): boolean => (code | 0x20) >= 97 && (code | 0x20) <= 102

export const isHexadecimal = (code: number): boolean => isDigit(code) || isHexadecimalLetter(code)

/** Five bits of each of two letters, in any case. */
export const placeOfTwo = (text: string, at: number): number =>
  ((text.charCodeAt(at) & 31) << 5) | (text.charCodeAt(at + 1) & 31)

/** What identifiers are made of: ASCII letters, digits and the underscore. */
export const isIdentifier = (code: number): boolean => isAlphanumeric(code) || code === 95

/** What keys and tokens are made of: ASCII letters, digits, underscore and hyphen. */
export const isTokenPart = (code: number): boolean => isIdentifier(code) || code === 45

const wordPattern = /[\p{L}\p{N}\p{M}]/u
/** Scripts that put no space between words: an edge there is no boundary to ask for. */
const unspacedPattern =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

const unknown = 0
const outside = 1
const inside = 2
const words = new Uint8Array(65_536)

/** A letter, mark or digit of a script that puts no space between words, outside ASCII. */
export const isUnspacedUnit = (code: number): boolean =>
  code > 127 && !isWordUnit(code) && wordPattern.test(String.fromCharCode(code))

/**
 * True for a letter, mark or digit of a script that separates words by spaces. Half of a surrogate pair is none:
 * emoji are the usual case.
 */
export function isWordUnit(code: number): boolean {
  if (words[code] === unknown) {
    const unit = String.fromCharCode(code)
    words[code] = wordPattern.test(unit) && !unspacedPattern.test(unit) ? inside : outside
  }
  return words[code] === inside
}

/** Beyond ASCII a unit that is a sign for certain, neither letter nor blank: quotes, dashes, currencies, arrows, mathematics. */
export const isSignBeyondAscii = (code: number): boolean =>
  code < 0x2010
    ? (code > 0xa0 && code < 0xc0 && code !== 0xaa && code !== 0xb5 && code !== 0xba) ||
      code === 0xd7 ||
      code === 0xf7
    : code <= 0x2027 ||
      (code >= 0x2030 && code <= 0x205e) ||
      (code >= 0x20a0 && code <= 0x20bf) ||
      (code >= 0x2190 && code <= 0x23ff) ||
      (code >= 0x2500 && code <= 0x2bff)

/** The only letter with two lower-case forms; which one is meant depends on the letters beside it. */
const finalSigma = 0x03c2

const plain = new Uint16Array(65_536)
const folded = new Uint16Array(65_536)

/** Whitespace as a space, typographic hyphens and quotes as the ASCII ones; any other unit as it is. */
export function plainUnit(code: number): number {
  if (plain[code] === unknown) plain[code] = plainOf(code)
  return plain[code] as number
}

/** `plainUnit` in lower case. Units whose lower case is longer than one unit stay as they are. */
export function foldedUnit(code: number): number {
  if (folded[code] === unknown) {
    const lower = String.fromCharCode(plainUnit(code)).toLowerCase()
    folded[code] = lower.length === 1 ? lower.charCodeAt(0) : plainUnit(code)
    if (folded[code] === finalSigma) folded[code] = finalSigma + 1
  }
  return folded[code] as number
}

function plainOf(code: number): number {
  if (/\s/.test(String.fromCharCode(code))) return 32
  if ((code >= 0x2010 && code <= 0x2015) || code === 0x2212) return 45
  if (code === 0x2018 || code === 0x2019) return 39
  if (code === 0x201c || code === 0x201d) return 34
  return code
}
