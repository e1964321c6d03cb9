import { isInsideAtEnd } from '../../boundary.ts'
import { isAlphanumeric } from '../../characters.ts'
import { hasMod97 } from '../../checksums.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Characters of an account number by country. Source: the SWIFT IBAN registry, release 100. */
const lengths: Readonly<Record<string, number>> = Object.fromEntries(
  `
  NO15 BE16 DK18 FI18 FK18 FO18 GL18 NL18 SD18 MK19 SI19 AT20 BA20 EE20 KZ20 LT20 LU20 MN20
  XK20 CH21 HR21 LI21 LV21 BG22 BH22 CR22 DE22 GB22 GE22 IE22 ME22 RS22 VA22 AE23 GI23 IL23
  IQ23 OM23 SO23 TL23 AD24 CZ24 ES24 MD24 PK24 RO24 SA24 SE24 SK24 TN24 VG24 LY25 PT25 ST25
  IS26 TR26 BI27 DJ27 FR27 GR27 IT27 MC27 MR27 SM27 AL28 AZ28 BY28 CY28 DO28 GT28 HN28 HU28
  LB28 NI28 PL28 SV28 BR29 EG29 PS29 QA29 UA29 JO30 KW30 MU30 YE30 MT31 SC31 LC32 RU33
  `
    .trim()
    .split(/\s+/)
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
)

function findIban(text: string, start: number, end: number): readonly Match[] {
  const country = text.slice(start, end).toUpperCase()
  const length = lengths[country]
  if (length === undefined) return nothing
  const account = read(text, start, length)
  if (account === undefined) return nothing
  const { characters } = account
  if (!/^[A-Z]{2}\d\d/.test(characters) || !hasMod97(characters.slice(4) + characters.slice(0, 4)))
    return nothing
  const why = `${length} characters as accounts of ${country} have, with a valid check number`
  return [{ start, end: account.end, score: 1, isProved: true, why }]
}

/** `length` letters and digits from `start`, single spaces or hyphens between them; undefined when one more follows. */
function read(text: string, start: number, length: number): { characters: string; end: number } | undefined {
  let characters = ''
  let end = start
  while (characters.length < length) {
    if (isSeparator(text.charCodeAt(end)) && characters.length > 0) end++
    if (!isAlphanumeric(text.charCodeAt(end))) return undefined
    characters += text[end++]
  }
  return isInsideAtEnd(text, end) ? undefined : { characters: characters.toUpperCase(), end }
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
