/**
 * VAT numbers with the letters of their country before them: the 27 of the European Union, Northern Ireland and the
 * United Kingdom. Letters and check digit together make them sure.
 */
import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { isLetter } from '../../characters.ts'
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

function isAustrian(id: string): boolean {
  const luhn = [...id.slice(1, 8)].reduce((sum, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return sum + Math.floor(value / 10) + (value % 10)
  }, 0)
  return (96 - luhn) % 10 === valueAt(id, 8)
}

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

/** The number with its country, without separators, in upper case. */
export function isVatNumber(id: string): boolean {
  const rule = rules[id.slice(0, 2)]
  const rest = id.slice(2)
  return rule?.shape.test(rest) === true && rule.isValid(rest) && !/^0+$/.test(rest)
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
  'ддс',
  'di[cč]',
])

/** From the letters of the country on, with single separators; the longest that any country has is 12 and they. */
const written = /^[a-z]{2}[ -]?[a-z\d]{1,4}(?:[ .-]?[a-z\d]{1,12}){0,5}/i

function findVat(text: string, start: number): readonly Match[] {
  const first = firstOf(text, start)
  if (first === undefined || isInsideAtStart(text, first)) return nothing
  if (/[\w][-./]$|[-+@]$/.test(text.slice(Math.max(0, first - 2), first))) return nothing
  const reach = written.exec(text.slice(first, first + 24))?.[0] ?? ''
  // The longest part that is a number of its country, ending where a part ends.
  for (let end = reach.length; end > 8; end--) {
    const last = first + end
    if (isInsideAtEnd(text, last) || /^[-./+]\w/.test(text.slice(last, last + 2))) continue
    const number = reach.slice(0, end)
    const compact = number.replace(/[^a-z\d]/gi, '').toUpperCase()
    if (/[^a-z\d]$/i.test(number) || !isVatNumber(compact)) continue
    const isSure = /^[A-Z]{2}[A-Z\d]+$/.test(number) && !/^(?:RO|XI)/.test(number)
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

/** Digits may have `FR AB `, `ATU`, `ES X` or `DE ` before them. */
function firstOf(text: string, start: number): number | undefined {
  if (!hasLetterBefore(text, start)) return undefined
  const before = text.slice(Math.max(0, start - 6), start)
  const found = /[a-z]{2}[ -]?(?:[a-z\d]{2}[ ]?|[a-z\d][ -]?)?$/i.exec(before)?.[0]
  if (found === undefined) return undefined
  // Letters before are looked at from the longest on: `UID ATU` is no country, `ATU` is.
  for (let length = found.length; length >= 2; length--) {
    const prefix = found.slice(-length)
    if (rules[prefix.slice(0, 2).toUpperCase()] !== undefined && !isInsideAtStart(text, start - length))
      return start - length
  }
  return undefined
}

function hasLetterBefore(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at <= 5; at--) if (isLetter(text.charCodeAt(at))) return true
  return false
}

export const euVat: Detector = {
  type: 'eu-vat',
  family: 'identity',
  class: 'confidential',
  label: 'European VAT number',
  trigger: {
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
