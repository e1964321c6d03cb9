/** Ids of Austria and Switzerland. */
import { hasDayMonthYear } from '../../birth-dates.ts'
import { hasEanSum, hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Three digits, a check digit, the date of birth. Where dates run out the month is 13 to 15. */
function isAustrianSvnr(id: string): boolean {
  const dated = /^13|^14|^15/.test(id.slice(6, 8)) ? `${id.slice(0, 6)}12${id.slice(8)}` : id
  if (id.startsWith('0') || !hasDayMonthYear(dated, 4)) return false
  return weightedSum(id.slice(0, 3) + id.slice(4), [3, 7, 9, 5, 8, 4, 2, 1, 6]) % 11 === valueAt(id, 3)
}

/** Offices begin with 03 to 98; the Luhn digits are doubled from the second on. */
const isAustrianTaxNumber = (id: string): boolean => !/^0[0-2]|^99/.test(id) && hasLuhnSum(id)

export const isSwissUid = (id: string): boolean => {
  const digits = id.replace(/\D/g, '')
  const check = 11 - (weightedSum(digits.slice(0, 8), [5, 4, 3, 2, 7, 6, 5, 4]) % 11)
  return digits.length === 9 && check !== 10 && check % 11 === valueAt(digits, 8)
}

export const alpineIds: readonly Detector[] = [
  identifier({
    type: 'at-social-security',
    label: 'Austrian social security number',
    names: ['svnr', 'sv nr', 'sv nummer', 'sozialversicherung', 'versicherung', 'vsnr', 'e card'],
    sharedNames: socialWords,
    ownForms: ['9999 999999', '9999-999999', '9999/999999'],
    forms: ['9999999999', '9999 99 99 99', '9999 99.99.99'],
    isValid: isAustrianSvnr,
    proof: 'date of birth and check digit modulo 11',
    finds: [
      'SVNR «1237 010180»',
      'Versicherungsnummer «1237010180»',
      '«1237 010180»',
      'SV-Nr. «1808 241290»',
    ],
    ignores: ['1237010180', '1238 010180', 'SVNR 1237 320180', '1237 0101805'],
    source: 'ASVG § 31; Dachverband der Sozialversicherungsträger',
  }),
  identifier({
    type: 'at-tax-number',
    label: 'Austrian tax number',
    names: ['steuer', 'abgabenkonto', 'finanzamt', 'st nr', 'stnr'],
    sharedNames: taxWords,
    forms: ['99-999/9999', '99 999/9999', '999999999'],
    isValid: isAustrianTaxNumber,
    proof: 'tax office and Luhn sum',
    finds: ['Steuernummer «59-119/9013»', 'Abgabenkontonummer «09 521/2668»'],
    ignores: ['59-119/9013', 'Steuernummer 59-119/9014', '591199013'],
    source: 'Bundesministerium für Finanzen, BMF-010103/0191-IV/2/2007',
  }),
  identifier({
    type: 'ch-ahv',
    label: 'Swiss social security number (AHV)',
    names: ['ahv', 'ahvn', 'avs', 'navs', 'sozialversicherung', 'assurance sociale'],
    sharedNames: socialWords,
    ownForms: ['999.9999.9999.99', '9999999999999', '999 9999 9999 99', '999-9999-9999-99'],
    isValid: (id) => id.startsWith('756') && hasEanSum(id),
    isProof: true,
    proof: 'prefix 756 and check digit',
    finds: ['AHV-Nr. «756.9217.0769.85»', '«7569217076985»', 'no AVS «756 5155 4887 36»'],
    ignores: ['756.9217.0769.84', '7569217076984', '17569217076985', '757.9217.0769.85'],
    source: 'AHVG Art. 50c; Zentrale Ausgleichsstelle, NAVS13',
  }),
  identifier({
    type: 'ch-uid',
    label: 'Swiss company number (UID)',
    names: ['uid', 'ide', 'idi', 'mwst', 'tva', 'iva', 'handelsregister'],
    sharedNames: companyWords,
    ownForms: [
      'che-999.999.999',
      'che999999999',
      'che 999 999 999',
      'che-999 999 999',
      'che 999.999.999',
      'che-999999999',
    ],
    isValid: isSwissUid,
    isProof: true,
    proof: 'prefix CHE and check digit modulo 11',
    finds: ['UID: «CHE-100.155.212» MWST', '«CHE100155212»', 'MWST-Nr. «CHE-052.930.432»'],
    ignores: ['CHE-100.155.213', 'ACHE-100.155.212', 'CHE-100.155.2123'],
    source: 'UIDV Art. 2; Bundesamt für Statistik, UID',
  }),
]
