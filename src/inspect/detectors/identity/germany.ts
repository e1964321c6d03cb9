/** Ids of Germany; those of insured people and physicians are among the health numbers. */
import { isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasMod11And10, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Of the first ten digits one stands twice or three times, the others at most once. Source: § 139b AO, BZSt. */
function isTaxId(id: string): boolean {
  if (id.startsWith('0') || !hasMod11And10(id)) return false
  const counts = new Array<number>(10).fill(0)
  for (const digit of id.slice(0, 10)) counts[Number(digit)] = (counts[Number(digit)] as number) + 1
  const repeated = counts.filter((count) => count > 1)
  return repeated.length === 1 && (repeated[0] as number) <= 3
}

const pensionWeights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]

/** Area, date of birth (the day may have 50 added), first letter of the name, serial number, check digit. */
function isPensionNumber(id: string): boolean {
  const day = numberAt(id, 2, 4)
  if (!isDayOfMonth(numberAt(id, 4, 6), day > 50 ? day - 50 : day)) return false
  return sumOfDigits(withLetterAsNumber(id.slice(0, 11)), pensionWeights) % 10 === Number(id[11])
}

/** A is 01, B is 02, up to Z, 26. */
export function withLetterAsNumber(id: string): string {
  const at = id.search(/[A-Z]/)
  if (at === -1) return id
  const number = id.charCodeAt(at) - 64
  return id.slice(0, at) + (number < 10 ? '0' : '') + number + id.slice(at + 1)
}

/** Each digit times its weight; of products the digits are added up. */
export function sumOfDigits(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const product = (digits.charCodeAt(index) - 48) * (weights[index % weights.length] as number)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return sum
}

/** Nine characters without vowels, and the check digit where it is written. Source: ICAO Doc 9303, part 3. */
const isDocumentNumber = (id: string): boolean =>
  /^[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\d]{8}\d?$/.test(id) &&
  /\d.*\d/.test(id) &&
  (id.length === 9 || weightedSum(id.slice(0, 9), [7, 3, 1]) % 10 === Number(id[9]))

export const germanIds: readonly Detector[] = [
  identifier({
    type: 'de-tax-id',
    label: 'German tax identification number',
    names: [
      'steuer id',
      'steuer idnr',
      'steueridentifikations',
      'steuerliche identifikations',
      'idnr',
      'identifikations',
    ],
    sharedNames: taxWords,
    forms: ['99999999999', '99 999 999 999', '99/999/999/999', '999 999 999 99'],
    isValid: isTaxId,
    proof: 'one digit repeated and check digit ISO 7064',
    finds: [
      'Steuer-ID: «86095742719»',
      'IdNr. «86 095 742 719»',
      'German tax ID «47036892816»',
      '{"steuerIdentifikationsnummer":"«65929970489»"}',
    ],
    ignores: ['86095742719', 'Steuer-ID 86095742710', 'Umsatz 86 095 742 719', 'Steuer-ID 11111111111'],
    source: 'Bundeszentralamt für Steuern; § 139b Abgabenordnung',
  }),
  identifier({
    type: 'de-tax-number',
    label: 'German tax number',
    names: ['steuer', 'st nr', 'stnr', 'steuer nr', 'finanzamt'],
    forms: [
      '99/999/99999',
      '999/999/99999',
      '999/9999/9999',
      '99 999 99999',
      '999 999 99999',
      '9999999999999',
    ],
    isValid: (id) => !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'groups of digits as tax offices write them',
    finds: ['Steuernummer: «21/815/08150»', 'St.-Nr. «133/8150/8159»', 'StNr «151 815 08156»'],
    ignores: ['21/815/08150', 'Termin 21/815/08150', 'Steuernummer 21/815/0815'],
    source: 'Bundesministerium der Finanzen, form of tax numbers by state',
  }),
  identifier({
    type: 'de-pension-number',
    label: 'German pension insurance number',
    names: [
      'rvnr',
      'rv nummer',
      'svnr',
      'sv nummer',
      'rentenversicherung',
      'sozialversicherung',
      'versicherung',
    ],
    sharedNames: socialWords,
    ownForms: ['99999999A999', '99 999999 A 999', '99 999999 A999'],
    isValid: isPensionNumber,
    isProof: true,
    proof: 'date of birth and check digit',
    finds: ['RV-Nummer «65170839J003»', 'Sozialversicherungsnummer: «15 070769 C 109»', '«12 151049 M 375»'],
    ignores: ['65170839J004', '65171339J003', 'a65170839J003', 'SV-Nummer 65 170839 J 004'],
    source: 'Deutsche Rentenversicherung; § 147 SGB VI, VKVV',
  }),
  identifier({
    type: 'de-identity-document',
    label: 'number of a German identity card or passport',
    names: [
      'personalausweis',
      'personalausweis nr',
      'ausweis',
      'ausweis nr',
      'pass',
      'passnummer',
      'reisepass',
      'perso',
    ],
    sharedNames: [
      ...personWords,
      'passport',
      'passeport',
      'pasaporte',
      'passaporto',
      'paspoort',
      'passaporte',
    ],
    forms: ['*********', '**********'],
    isValid: isDocumentNumber,
    proof: 'letters as they are given out and check digit',
    finds: ['Personalausweis «T220001293»', 'Ausweisnummer: «L01X00T471»', 'passport number «C01X00T47»'],
    ignores: ['T220001293', 'Ausweis T220001294', 'Ausweis A220001293', 'passport TTTTTTTTT'],
    source: 'Bundesministerium des Innern; ICAO Doc 9303, part 3',
  }),
]
