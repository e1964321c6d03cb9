/** Numbers of insured people and patients. */
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { healthWords, socialWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'
import { sumOfDigits, withLetterAsNumber } from '../identity/germany.ts'

/** Letters without S, L, O, I, B and Z. Source: CMS, understanding the MBI format. */
const isMbi = (id: string): boolean =>
  /^[1-9][AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y][\dAC-HJKMNP-RT-Y]\d[AC-HJKMNP-RT-Y]{2}\d\d$/.test(
    id,
  )

function isNhsNumber(id: string): boolean {
  const check = 11 - (weightedSum(id.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return check !== 10 && check % 11 === valueAt(id, 9) && !/^(\d)\1+$/.test(id)
}

const isKvnr = (id: string): boolean =>
  sumOfDigits(withLetterAsNumber(id.slice(0, 9)), [1, 2]) % 10 === valueAt(id, 9)

/** First digit 2 to 6; the ninth is the check digit, the tenth the issue, then the place on the card. */
const isMedicare = (id: string): boolean =>
  /^[2-6]/.test(id) &&
  weightedSum(id.slice(0, 8), [1, 3, 7, 9]) % 10 === valueAt(id, 8) &&
  !/0$/.test(id.slice(0, 10))

/** Letters without I and O. New numbers end in a letter. Source: HISO 10046:2023. */
const nhiLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

function isNhi(id: string): boolean {
  if (!/^[A-HJ-NP-Z]{3}\d\d(?:\d\d|[A-HJ-NP-Z]{2})$/.test(id)) return false
  let sum = 0
  for (let at = 0; at < 6; at++) {
    const letter = nhiLetters.indexOf(id.charAt(at))
    sum += (letter === -1 ? valueAt(id, at) : letter + 1) * (7 - at)
  }
  if (/\d$/.test(id)) return sum % 11 !== 0 && (11 - (sum % 11)) % 10 === valueAt(id, 6)
  return nhiLetters[23 - (sum % 24)] === id[6]
}

const isTaj = (id: string): boolean =>
  weightedSum(id.slice(0, 8), [3, 7]) % 10 === valueAt(id, 8) && id !== '000000000'

export const patientIds: readonly Detector[] = [
  identifier({
    type: 'us-mbi',
    family: 'health',
    label: 'US Medicare beneficiary identifier',
    names: ['mbi', 'medicare', 'medicare number', 'beneficiary', 'medicare id'],
    sharedNames: healthWords,
    ownForms: ['9A*9A*9AA99', '9A*9-A*9-AA99', '9A*9 A*9 AA99'],
    isValid: isMbi,
    proof: 'letters and digits in their places',
    finds: ['MBI «1EG4-TE5-MK73»', '«1EG4TE5MK73»', 'Medicare: «1eg4 te5 mk73»'],
    ignores: ['1SG4-TE5-MK73', '1eg4te5mk73', 'x1EG4TE5MK73', '1EG4-TE5-MK733'],
    source: 'Centers for Medicare & Medicaid Services, Medicare beneficiary identifiers',
  }),
  identifier({
    type: 'gb-nhs-number',
    family: 'health',
    label: 'UK NHS number',
    names: ['nhs', 'nhs number', 'nhs no', 'chi', 'h&c number'],
    sharedNames: healthWords,
    forms: ['999 999 9999', '9999999999', '999-999-9999'],
    isValid: isNhsNumber,
    proof: 'check digit modulo 11',
    finds: ['NHS number «943 476 5919»', 'NHS no: «9434765919»', 'patient «401-926-5801»'],
    ignores: ['943 476 5919', '9434765919', 'NHS 943 476 5918', 'call 943 476 5919'],
    source: 'NHS Data Dictionary, NHS number',
  }),
  identifier({
    type: 'de-health-insurance',
    family: 'health',
    label: 'German health insurance number (KVNR)',
    names: [
      'kvnr',
      'krankenversicherten',
      'versicherten',
      'krankenversicherung',
      'egk',
      'kv nummer',
      'versicherten nr',
    ],
    sharedNames: healthWords,
    forms: ['A999999999', 'A 999999999', 'A999 999 999', 'A 999 999 999'],
    isValid: isKvnr,
    proof: 'letter and check digit',
    finds: ['KVNR «A123456780»', 'Versichertennummer: «M971081343»', 'Krankenkasse, Nr. «T884 205 929»'],
    ignores: ['A123456780', 'KVNR A123456781', 'Teil A123456780'],
    source: 'GKV-Spitzenverband, Richtlinie nach § 290 SGB V',
  }),
  identifier({
    type: 'au-medicare',
    family: 'health',
    label: 'Australian Medicare number',
    names: ['medicare', 'medicare card', 'medicare no'],
    sharedNames: healthWords,
    ownForms: ['9999 99999 9'],
    forms: ['9999999999', '9999-99999-9', '9999 99999 9/9', '99999999999'],
    isValid: isMedicare,
    proof: 'first digit and check digit',
    finds: ['Medicare card «2123 45670 1»', '«2123 45670 1»', 'medicare no. «2123456701»'],
    ignores: ['2123 45671 1', '2123456701', '7123 45670 1'],
    source: 'Services Australia, Medicare card number format',
  }),
  identifier({
    type: 'nz-nhi',
    family: 'health',
    label: 'New Zealand health index number',
    names: ['nhi', 'nhi number', 'national health index'],
    sharedNames: healthWords,
    forms: ['AAA9999', 'AAA99AA'],
    isValid: isNhi,
    proof: 'check character',
    finds: ['NHI «ZZZ0016»', 'NHI number: «ZZZ00AX»'],
    ignores: ['ZZZ0016', 'NHI ZZZ0017', 'NHI ZZZ00AZ', 'room ZZZ00AX'],
    source: 'Health New Zealand, HISO 10046:2023',
  }),
  identifier({
    type: 'hu-taj',
    family: 'health',
    label: 'Hungarian social security number (TAJ)',
    names: ['taj', 'taj sz[aá]m', 't[aá]rsadalombiztos[ií]t[aá]si'],
    sharedNames: [...socialWords, ...healthWords],
    forms: ['999999999', '999 999 999', '999-999-999'],
    isValid: isTaj,
    proof: 'check digit',
    finds: ['TAJ szám: «316 389 428»', 'TAJ «504521919»', 'taj-szám «432-534-582»'],
    ignores: ['123456788', 'TAJ 123456789', '123 456 788'],
    source: '1996. évi XX. törvény, 2. melléklet',
  }),
]
