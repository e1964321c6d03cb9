import { isInsideAtEnd } from '../../boundary.ts'
import { isDigit, isLetter, placeOfTwo } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/**
 * Characters of an account number by `placeOfTwo` of the country; 0 for other letters. Source: the SWIFT IBAN registry,
 * release 100.
 */
const lengths = new Uint8Array(1024)
for (const entry of `15NO 16BE 18DKFIFKFOGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILV 22BGBHCRDEGBGEIEMERSVA 23AEGIILIQOMSOTL
  24ADCZESMDPKROSASESKTNVG 25LYPTST 26ISTR 27BIDJFRGRITMCMRSM 28ALAZBYCYDOGTHNHULBNIPLSV 29BREGPSQAUA
  30JOKWMUYE 31MTSC 32LC 33RU`.split(/\s+/))
  for (let at = 2; at < entry.length; at += 2) lengths[placeOfTwo(entry, at)] = Number.parseInt(entry, 10)

function findIban(text: string, start: number): readonly Match[] {
  const length = lengths[placeOfTwo(text, start)] as number
  const end = length === 0 ? undefined : endOf(text, start, length)
  if (end === undefined) return nothing
  const country = text.slice(start, start + 2).toUpperCase()
  const why = `${length} characters as accounts of ${country} have, with a valid check number`
  return [{ start, end, score: 1, isProved: true, why }]
}

/**
 * After `length` letters and digits from `start`, single spaces or hyphens between them; undefined when one more follows,
 * or when the remainder modulo 97 is another than 1. The first four count as if they stood last.
 */
function endOf(text: string, start: number, length: number): number | undefined {
  let end = start
  let first = 0
  let remainder = 0
  for (let count = 0; count < length; count++, end++) {
    let code = text.charCodeAt(end)
    if (isSeparator(code) && count > 0) code = text.charCodeAt(++end)
    if (isDigit(code)) remainder = remainder * 10 + code - 48
    else if (count === 2 || count === 3 || !isLetter(code)) return undefined
    else remainder = remainder * 100 + (code | 0x20) - 87
    if (count === 3) {
      first = remainder
      remainder = 0
    } else if (remainder > mostExact) remainder %= 97
  }
  return (remainder * 1e6 + first) % 97 === 1 && !isInsideAtEnd(text, end) ? end : undefined
}

/** A letter more than this is still a whole number of 32 bits, which are fast. */
const mostExact = 1e7

const isSeparator = (code: number): boolean => code === 32 || code === 45

/** International bank account numbers: the country's length and a check number modulo 97. No context needed. */
export const iban: Detector = {
  type: 'iban',
  family: 'payment',
  class: 'confidential',
  label: 'bank account number (IBAN)',
  trigger: { countryCode: true },
  examine: findIban,
  proof: 'length of the country and check number modulo 97',
  finds: [
    'account «DE89 3704 0044 0532 0130 00» is ours',
    '«GB82WEST12345698765432»',
    'IBAN:«FR1420041010050500013M02606», BIC follows',
    '«NL91-ABNA-0417-1643-00»',
    'to «no93 8601 1117 947» today',
    '«MT84 MALT 0110 0001 2345 MTLC AST0 01S»',
    '(«BE68539007547034»)',
    '"Konto:\\n«DE89370400440532013000»\\n"',
    'a,«SV43ACAT00000000000000123123»,b',
    '_«DE89370400440532013000»_',
  ],
  ignores: [
    'DE89 3704 0044 0532 0130 01 fails the check',
    'GB82WEST123456987654321',
    'XX8937040044053201300000',
    'DE89 3704 0044 0532',
    'ABDE89370400440532013000',
    'ref_DE89370400440532013000 and DE89370400440532013000x',
    'IPv4 and UTF16 and SHA256',
  ],
  source: 'ISO 13616-1:2020; ISO/IEC 7064 MOD 97-10',
}
