import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { isAlphanumeric, isDigit, isSignBeyondAscii, isUpper } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { createMayEnd } from '../../word-endings.ts'

/** States, districts and military posts of the United States. Source: USPS Publication 28, appendix B. */
const states =
  'A[AEKLPRZ]|C[AOT]|D[CE]|FL|GA|GU|HI|I[ADLN]|K[SY]|LA|M[ADEINOPST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]'
const afterState = new RegExp(`(?:, ?|\\p{L},? )(?:${states})\\s{1,2}$`, 'u')
/** States that are words in capitals: only after a comma. */
const afterWordState = /[^,] ?(?:IN|OR|OK|ME|HI|ID|PA|MA|AS|DE|CO|AL)\s{1,2}$/
/** Areas of the United Kingdom. Source: Royal Mail, Postcode Address File. */
const areas =
  'A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE'
const british = new RegExp(`^(?:${areas})\\d[A-Z\\d]? \\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z\\d_])`)
const canadian = /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] \d[ABCEGHJ-NPRSTV-Z]\d(?![A-Za-z\d_])/
const dutch =
  /^[1-9]\d{3} (?!(?:SA|SD|SS|AD|BC|AM|PM|MB|GB|KB|TB|EU|US|UK|KM|ST|PC)(?![A-Z]))[A-Z]{2} {1,2}\p{Lu}\p{L}{2}/u

function findPostcode(text: string, start: number, end: number): readonly Match[] {
  return (
    withLetters(text, start) ??
    dutchCode(text, start) ??
    american(text, start, end) ??
    named(text, start) ??
    nothing
  )
}

/** `SW1A 1AA` and `K1A 0B1`: the digit that wakes is their first one. */
function withLetters(text: string, digit: number): readonly Match[] | undefined {
  if (!isUpper(text.charCodeAt(digit - 1))) return undefined
  if (!goesOn(text, digit + 1) && !goesOn(text, digit + 2)) return undefined
  for (const letters of [2, 1]) {
    const start = digit - letters
    if (start < 0 || !isUpper(text.charCodeAt(start)) || isInsideAtStart(text, start)) continue
    const window = text.slice(start, start + 9)
    const code = british.exec(window)?.[0] ?? (letters === 1 ? canadian.exec(window)?.[0] : undefined)
    if (code !== undefined)
      return [matchOf(start, start + code.length, 'the form of a British or Canadian postcode')]
  }
  return undefined
}

/** The second half: a space, a digit and a capital. */
const goesOn = (text: string, at: number): boolean =>
  text.charCodeAt(at) === space && isDigit(text.charCodeAt(at + 1)) && isUpper(text.charCodeAt(at + 2))

/** After a comma or on a line of its own: `2000 US Dollars` has the form as well. */
function dutchCode(text: string, start: number): readonly Match[] | undefined {
  if (text.charCodeAt(start + 4) !== space || !isUpper(text.charCodeAt(start + 5))) return undefined
  const isOpen = start === 0 || /[,\n] ?$/.test(text.slice(Math.max(0, start - 2), start))
  if (!isOpen || !dutch.test(text.slice(start, start + 12))) return undefined
  return [matchOf(start, start + 7, 'the form of a Dutch postcode before a town')]
}

const space = 32

function american(text: string, start: number, end: number): readonly Match[] | undefined {
  if (end - start < digitsBehindState || !mayBeAfterState(text, start)) return undefined
  if (!isDigit(text.charCodeAt(start + 4)) || isDigit(text.charCodeAt(start + digitsBehindState)))
    return undefined
  const code = /^\d{5}(?:-\d{4})?(?![-\d.])/.exec(text.slice(start, end))?.[0]
  if (code === undefined || isInsideAtEnd(text, start + code.length)) return undefined
  const before = text.slice(Math.max(0, start - 8), start)
  if (!afterState.test(before) || afterWordState.test(before)) return undefined
  return [matchOf(start, start + code.length, 'five digits after a state of the United States')]
}

/** A state ends with a capital, and one or two blanks stand behind it. */
function mayBeAfterState(text: string, start: number): boolean {
  if (isSign(text.charCodeAt(start - 1))) return false
  return isUpper(text.charCodeAt(start - 2)) || isUpper(text.charCodeAt(start - 3))
}

/** Of ASCII, and no blank. */
const isSign = (code: number): boolean => code > space && code < 128

const code = /^(?:\d{5}-\d{3,4}|\d{4}-\d{3}|\d{3} \d\d|\d{3,6})(?![\d.-])(?: [A-Z]{2}(?![A-Za-z\d]))?/

/** A name for postcodes and up to eight signs and small words. */
const name =
  /(?<![\p{L}\p{N}])(?:zip(?:[ _-]?codes?)?|post(?:al)?[ _-]?code|plz|postleitzahl|c[óo]digo postal|code postal|cep|codice postale)(?:[\s"'*_:=#.(|>-]|is|ist|est|es|é|number|<\/?td>){1,8}$/iu

/** With what may stand between it and the number, in UTF-16 units. */
const longestName = 28
/** What each of these names holds, in a fifth of the time. */
const partOfName = /zip|post|plz|cep/iu

/** The names and small words of `name`. */
const namesAndWords = [
  ...['zip', 'code', 'codes', 'plz', 'zahl', 'postal', 'cep', 'postale'],
  ...['is', 'ist', 'est', 'es', 'number', 'td'],
]
const mayEndName = createMayEnd(namesAndWords)
const mostSigns = 8

/** Three letters, and then a part of the name, tell that most words before a number are no name of a postcode. */
function mayBeNamed(text: string, start: number): boolean {
  let at = start - 1
  while (
    at > 0 &&
    start - at <= mostSigns &&
    text.charCodeAt(at) < 128 &&
    !isAlphanumeric(text.charCodeAt(at))
  )
    at--
  const last = text.charCodeAt(at)
  if (isDigit(last) || isSignBeyondAscii(last) || !mayEndName(text, at)) return false
  return partOfName.test(text.slice(Math.max(0, start - longestName), start))
}

function named(text: string, start: number): readonly Match[] | undefined {
  if (!mayBeNamed(text, start)) return undefined
  const found = code.exec(text.slice(start, start + 11))?.[0]
  if (found === undefined || isInsideAtStart(text, start) || isInsideAtEnd(text, start + found.length))
    return undefined
  if (!name.test(text.slice(Math.max(0, start - longestName), start))) return undefined
  return [matchOf(start, start + found.length, 'digits after a word for postcodes')]
}

const matchOf = (start: number, end: number, why: string): Match => ({ start, end, score: 0.7, why })

/** Around the first digits of a code with letters, and behind the digits and the space of a Dutch code. */
const capitals = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
/** A code after a state, and what stands between the two. */
const digitsBehindState = 5
const blanks = ' \t\n\v\f\r'

/** Postcodes: in a form of their own, after a state, or after a word for them. */
export const postcode: Detector = {
  type: 'postcode',
  family: 'contact',
  class: 'internal',
  label: 'postcode',
  trigger: {
    digits: 1,
    most: 9,
    touching: {
      before: '',
      bothSides: capitals,
      after: ' ',
      afterSpace: capitals,
      named: { words: namesAndWords, signs: mostSigns },
      isInShortWord: true,
      longer: { digits: digitsBehindState, before: blanks },
    },
  },
  examine: findPostcode,
  proof: 'a form of its own, a state, or a word before it',
  finds: [
    'near «SW1A 1AA» today',
    'Ottawa ON «K1A 0B1»',
    'Springfield, IL «62704»',
    'Exampleton TX «75001-1234»',
    'Amsterdam,\n«1012 AB» Amsterdam',
    'zip code is «94110»',
    'PLZ: «10115»',
    '{"postal_code": "«75008»"}',
    'CEP «01310-100»',
    'ZIP «02134»',
  ],
  ignores: [
    '94110',
    'WHERE id IN 12345',
    'zip the 12345 files',
    '2000 US Dollars',
    'model A1 1AAA',
    'in TX 750012',
    'zip archive of 20260 rows',
    'SW1A 1CC',
    'codes 10115',
  ],
  source: 'UPU, postal addressing systems; Royal Mail PAF; USPS Publication 28',
}
