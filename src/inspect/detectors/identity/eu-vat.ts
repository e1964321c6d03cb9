/**
 * VAT numbers with the letters of their country before them: the 27 of the European Union, Northern Ireland and the
 * United Kingdom. Letters and check digit together make them sure.
 */
import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { isAlphanumeric, isLetter, placeOfTwo } from '../../characters.ts'
import { hasLuhnSum, hasMod11And10, hasMod97, valueAt, weightedSum } from '../../checksums.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { companyWords, namedBefore, taxWords } from '../../id-words.ts'
import { hasBalticSum, isLatvianCode } from './baltic.ts'
import { isBelgianCompany, isBsn } from './benelux.ts'
import { isPps } from './british-isles.ts'
import { isBirthNumber, isHungarianCompany, isIco, isNip } from './central-europe.ts'
import { isSiren } from './france.ts'
import { isCif, isDni, isNie, isPortugueseNif } from './iberia.ts'
import { isPartitaIva } from './italy.ts'
import { isDanishCompany, isFinnishCompany } from './nordic.ts'
import { isAfm, isCui, isEgn, isSlovenianTax } from './south-east-europe.ts'

interface Rule {
  /** What stands after the letters of the country. */
  readonly shape: RegExp
  readonly isValid: (id: string) => boolean
}

const modulus = (id: string, weights: readonly number[], by: number): number => weightedSum(id, weights) % by

/** With the check digit the Luhn sum of the others ends with 6. */
const isAustrian = (id: string): boolean => hasLuhnSum(`${(valueAt(id, 8) + 4) % 10}0${id.slice(1, 8)}`)

function isBulgarian(id: string): boolean {
  if (id.length === 10) return isEgn(id)
  const first = modulus(id.slice(0, 8), [1, 2, 3, 4, 5, 6, 7, 8], 11)
  const rest = first === 10 ? modulus(id.slice(0, 8), [3, 4, 5, 6, 7, 8, 9, 10], 11) : first
  return rest % 10 === valueAt(id, 8)
}

/** Digits at odd places count otherwise; a letter is the check. */
const isCypriot = (id: string): boolean => {
  const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21]
  let sum = 0
  for (let at = 0; at < 8; at++) sum += at % 2 === 0 ? (odd[valueAt(id, at)] as number) : valueAt(id, at)
  return String.fromCharCode(65 + (sum % 26)) === id[8]
}

/** Old numbers have a letter or sign in the second place. */
const isIrish = (id: string): boolean =>
  isPps(/^\d{7}/.test(id) ? id : `0${id.slice(2, 7)}${id.slice(0, 1)}${id.slice(7)}`)

const isFrench = (id: string): boolean => {
  const siren = id.slice(2)
  if (!isSiren(siren) && !siren.startsWith('000')) return false
  return !/^\d\d/.test(id) || (12 + 3 * (Number(siren) % 97)) % 97 === Number(id.slice(0, 2))
}

const isBritish = (id: string): boolean =>
  [0, 42, 55].includes(modulus(id.slice(0, 9), [8, 7, 6, 5, 4, 3, 2, 10, 1], 97))

const rules: Readonly<Record<string, Rule>> = {
  AT: { shape: /^U\d{8}$/, isValid: isAustrian },
  BE: { shape: /^[01]\d{9}$/, isValid: isBelgianCompany },
  BG: { shape: /^\d{9,10}$/, isValid: isBulgarian },
  CY: { shape: /^\d{8}[A-Z]$/, isValid: isCypriot },
  CZ: { shape: /^\d{8,10}$/, isValid: (id) => (id.length === 8 ? isIco(id) : isBirthNumber(id)) },
  DE: { shape: /^[1-9]\d{8}$/, isValid: hasMod11And10 },
  DK: { shape: /^\d{8}$/, isValid: isDanishCompany },
  EE: { shape: /^\d{9}$/, isValid: (id) => modulus(id, [3, 7, 1, 3, 7, 1, 3, 7, 1], 10) === 0 },
  EL: { shape: /^\d{9}$/, isValid: isAfm },
  ES: { shape: /^[A-Z\d]\d{7}[A-Z\d]$/, isValid: (id) => isCif(id) || isNie(id) || isDni(id) },
  FI: { shape: /^\d{8}$/, isValid: isFinnishCompany },
  FR: { shape: /^[A-HJ-NP-Z\d]{2}\d{9}$/, isValid: isFrench },
  GB: { shape: /^\d{9}(?:\d{3})?$/, isValid: isBritish },
  HR: { shape: /^\d{11}$/, isValid: hasMod11And10 },
  HU: { shape: /^\d{8}$/, isValid: isHungarianCompany },
  IE: { shape: /^\d[A-Z\d]\d{5}[A-W][A-IW]?$/, isValid: isIrish },
  IT: { shape: /^\d{11}$/, isValid: isPartitaIva },
  LT: { shape: /^(?:\d{7}1\d|\d{10}1\d)$/, isValid: hasBalticSum },
  LU: { shape: /^\d{8}$/, isValid: (id) => Number(id.slice(0, 6)) % 89 === Number(id.slice(6)) },
  LV: {
    shape: /^\d{11}$/,
    isValid: (id) =>
      /^[4-9]/.test(id) ? modulus(id, [9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1], 11) === 3 : isLatvianCode(id),
  },
  MT: { shape: /^\d{8}$/, isValid: (id) => modulus(id, [3, 4, 6, 7, 8, 9, 10, 1], 37) === 0 },
  NL: { shape: /^\d{9}B\d\d$/, isValid: (id) => isBsn(id.slice(0, 9)) || hasMod97(`NL${id}`) },
  PL: { shape: /^\d{10}$/, isValid: isNip },
  PT: { shape: /^\d{9}$/, isValid: isPortugueseNif },
  RO: { shape: /^\d{6,10}$/, isValid: isCui },
  SE: { shape: /^\d{10}01$/, isValid: (id) => hasLuhnSum(id.slice(0, 10)) },
  SI: { shape: /^\d{8}$/, isValid: isSlovenianTax },
  SK: { shape: /^[1-9]\d[2-47-9]\d{7}$/, isValid: (id) => Number(id) % 11 === 0 },
  XI: { shape: /^\d{9}(?:\d{3})?$/, isValid: isBritish },
}

const ruleOf: (Rule | undefined)[] = []
for (const [country, rule] of Object.entries(rules)) ruleOf[placeOfTwo(country, 0)] = rule

/** The number without country. */
function isVatNumber({ shape, isValid }: Rule, written: string): boolean {
  // Most are written as they are read: without separators, in upper case.
  const isRead = shape.test(written)
  const id = isRead ? written : written.replace(/[ .-]/g, '').toUpperCase()
  return (isRead || shape.test(id)) && isValid(id) && !/^0+$/.test(id)
}

const isNamed = namedBefore([
  ...companyWords,
  ...taxWords,
  'nif',
  'nip',
  'cui',
  'moms',
  'alv',
  'pvm',
  'pvn',
  'uid',
  'dph',
  'ddv',
  'ддс',
  'di[cč]',
])

/** Parts after the letters of the country, and letters and digits of the longest number with them. */
const mostParts = 6
const longest = 14

function findVat(text: string, start: number): readonly Match[] {
  const first = firstOf(text, start)
  if (first === undefined || goesOnBefore(text, first)) return nothing
  // The longest part that is a number of its country, ending where a part ends.
  for (let last = reachOf(text, first); last > first + 8; last--) {
    if (isInsideAtEnd(text, last) || goesOnAfter(text, last) || !isAlphanumeric(text.charCodeAt(last - 1)))
      continue
    const number = text.slice(first, last)
    if (!isVatNumber(ruleOf[placeOfTwo(text, first)] as Rule, number.slice(2))) continue
    const isSure = /^(?!RO|XI)[A-Z\d]+$/.test(number)
    const named = isNamed(text, first)
    if (!named && !isSure) return nothing
    const why = 'letters of a country and a check digit as its VAT numbers have'
    return [
      {
        start: first,
        end: last,
        score: named ? 0.95 : 0.75,
        why: named ? `${why}, after a word for it` : why,
      },
    ]
  }
  return nothing
}

/** How far what begins with the letters of a country may go: letters and digits, with single separators. */
function reachOf(text: string, first: number): number {
  let end = first + 2
  let units = 2
  for (let part = 0; part < mostParts; part++) {
    const sign = text.charCodeAt(end)
    const from = sign === space || sign === hyphen || (sign === dot && part > 0) ? end + 1 : end
    const most = from + (part === 0 ? 4 : 12)
    let next = from
    for (; next < most && units < longest && isAlphanumeric(text.charCodeAt(next)); next++) units++
    if (next === from) break
    end = next
  }
  return end
}

const space = 32
const hyphen = 45
const dot = 46

/** Most stand between spaces. */
const goesOnBefore = (text: string, first: number): boolean =>
  text.charCodeAt(first - 1) > space && /[\w][./]$|[-+@]$/.test(text.slice(Math.max(0, first - 2), first))

const goesOnAfter = (text: string, last: number): boolean =>
  text.charCodeAt(last) > space && /^[-./+]\w/.test(text.slice(last, last + 2))

/**
 * Digits may have `FR AB `, `ATU`, `ES X` or `DE ` before them. Letters before are looked at from the first on: `UID ATU`
 * is no country, `ATU` is.
 */
function firstOf(text: string, start: number): number | undefined {
  for (let at = Math.max(0, start - 6); at <= start - 2; at++) {
    if (!isLetter(text.charCodeAt(at)) || !isLetter(text.charCodeAt(at + 1))) continue
    if (ruleOf[placeOfTwo(text, at)] === undefined || isInsideAtStart(text, at)) continue
    if (at === start - 2 || beforeDigits.test(text.slice(at + 2, start))) return at
  }
  return undefined
}

const beforeDigits = /^[ -]?(?:[a-z\d]{2} ?|[a-z\d][ -]?)?$/i

export const euVat: Detector = {
  type: 'eu-vat',
  family: 'identity',
  class: 'confidential',
  label: 'European VAT number',
  trigger: {
    isNearStart: true,
    groups: [
      ...[
        '5',
        '7',
        '8',
        '9',
        '10',
        '11',
        '12',
        '13',
        '2-9',
        '3-3-3',
        '3-4-2',
        '4-3-3',
        '4-4',
        '3-3-2',
        '2-3-3',
        '2-3-3-3',
      ],
      ...['3-3-2-2', '4-3-4', '3-2-3', '6-4', '6-4-2', '3-3-3-2', '2-2-2-2', '3-3-4', '4-4-3'],
    ],
  },
  examine: findVat,
  proof: 'letters of a country and its check digit',
  finds: [
    'USt-IdNr. «DE136695976»',
    '«ATU13585627»',
    'UID «ATU 13585627», PVN «LV 4000 3521 600»',
    'IČ DPH: «SK 202 274 96 19», ID za DDV «SI 5022 3054»',
    'TVA «FR40303265045» et «FR 40 303 265 045»',
    'BTW: «NL004495445B01»',
    'VAT «GB 980 7806 84»',
    'VAT no. «IE6433435F», «ESX1234567L»',
    'P.IVA «IT 12345670017»',
    'VAT: «BE 0403.019.261»',
    '(«DK13585628»)',
    'VAT «PL 8567346215», «SE556188840401»',
  ],
  ignores: [
    'DE136695978',
    'DE 136 695 976 people',
    'ADE136695976',
    'DE13669597',
    'XX136695976',
    'order DE136695976-1',
    'at 12345678 and in 13585628',
  ],
  source: 'European Commission, VIES; national rules of the check digits',
}
