import { isInsideAtEnd } from '../../boundary.ts'
import { isAlphanumeric, isDigit } from '../../characters.ts'
import { hasMod97 } from '../../checksums.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Characters of an account number, and the countries whose accounts have so many. Source: the SWIFT IBAN registry, release 100. */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  `15NO 16BE 18DKFIFKFOGLNLSD 19MKSI 20ATBAEEKZLTLUMNXK 21CHHRLILV 22BGBHCRDEGBGEIEMERSVA 23AEGIILIQOMSOTL
  24ADCZESMDPKROSASESKTNVG 25LYPTST 26ISTR 27BIDJFRGRITMCMRSM 28ALAZBYCYDOGTHNHULBNIPLSV 29BREGPSQAUA
  30JOKWMUYE 31MTSC 32LC 33RU`
    .split(/\s+/)
    .flatMap((entry) =>
      (entry.match(/[A-Z]{2}/g) ?? []).map((country) => [country, Number.parseInt(entry, 10)]),
    ),
)

function findIban(text: string, start: number, end: number): readonly Match[] {
  const country = text.slice(start, end).toUpperCase()
  const length = lengths[country]
  if (length === undefined) return nothing
  const account = read(text, start, length)
  if (account === undefined) return nothing
  const { characters } = account
  if (!isDigit(characters.charCodeAt(3)) || !hasMod97(characters.slice(4) + characters.slice(0, 4)))
    return nothing
  const why = `${length} characters as accounts of ${country} have, with a valid check number`
  return [{ start, end: account.end, score: 1, isProved: true, why }]
}

/** `length` letters and digits from `start`, single spaces or hyphens between them; undefined when one more follows. */
function read(text: string, start: number, length: number): { characters: string; end: number } | undefined {
  let end = start
  for (let count = 0; count < length; count++, end++) {
    if (isSeparator(text.charCodeAt(end)) && count > 0) end++
    if (!isAlphanumeric(text.charCodeAt(end))) return undefined
  }
  if (isInsideAtEnd(text, end)) return undefined
  return { characters: text.slice(start, end).replace(/[ -]/g, '').toUpperCase(), end }
}

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
