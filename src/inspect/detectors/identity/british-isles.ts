/** Ids of the United Kingdom and Ireland; the NHS number is among the health numbers. */
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Letters that begin no number, and pairs that are not given out. Source: HMRC, NIM39110. */
const isNino = (id: string): boolean =>
  /^(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(id)

const utrWeights = [6, 7, 8, 9, 10, 5, 4, 3, 2]

/** The first digit checks the others. */
const isUtr = (id: string): boolean =>
  valueAt('21987654321', weightedSum(id.slice(1), utrWeights) % 11) === valueAt(id, 0)

/**
 * Five places of the surname, filled up with 9; a digit of the year, month (with 50 for women), day, digit of the year;
 * two initials, a digit and two letters. Source: DVLA, driving licence numbers.
 */
const isBritishLicence = (id: string): boolean =>
  /^(?=[A-Z])[A-Z]{1,5}9{0,4}(?<=^.{5})\d(?:[05][1-9]|[16][0-2])(?:0[1-9]|[12]\d|3[01])\d[A-Z][A-Z9][A-Z\d][A-Z]{2}$/.test(
    id,
  )

const ppsWeights = [8, 7, 6, 5, 4, 3, 2]

/** A second letter A, B or H counts nine times; W, T and X of older numbers count nothing. */
export function isPps(id: string): boolean {
  const second = id.charAt(8)
  const more = /[ABH]/.test(second) ? (valueAt(second, 0) - 9) * 9 : 0
  const sum = weightedSum(id.slice(0, 7), ppsWeights) + more
  return 'WABCDEFGHIJKLMNOPQRSTUV'[sum % 23] === id[7] && /^[ABHWTX]?$/.test(second)
}

export const britishIds: readonly Detector[] = [
  identifier({
    type: 'gb-nino',
    label: 'UK national insurance number',
    names: ['ni', 'nino', 'ni number', 'ni no', 'national insurance'],
    sharedNames: [...socialWords, ...taxWords],
    ownForms: ['AA999999A', 'AA 99 99 99 A', 'AA-99-99-99-A', 'AA 999999 A'],
    isValid: isNino,
    proof: 'letters and digits as they are given out',
    finds: [
      'NI number: «AB123456C»',
      'his is «JG 10 37 59 A», I think',
      'my nino is «ab123456c»',
      '«CE-12-34-56-D»',
    ],
    ignores: [
      'DA123456C',
      'GB123456C',
      'AB123456E',
      'ab123456c',
      'AB123456CD',
      'AB1234567',
      'part-AB123456C',
    ],
    source: 'HM Revenue & Customs, NIM39110',
  }),
  identifier({
    type: 'gb-tax-reference',
    label: 'UK unique taxpayer reference',
    names: ['utr', 'unique taxpayer', 'self assessment', 'corporation tax'],
    sharedNames: taxWords,
    forms: ['9999999999', '99999 99999'],
    isValid: isUtr,
    proof: 'check digit modulo 11',
    finds: ['UTR «5774681617»', 'Unique Taxpayer Reference: «27267 84424»'],
    ignores: ['1123456789', 'UTR 9228712469', 'tel 11234 56789'],
    source: 'HM Revenue & Customs, unique taxpayer references',
  }),
  identifier({
    type: 'gb-driving-licence',
    label: 'UK driving licence number',
    names: ['licen[cs]e', 'dvla'],
    ownForms: ['A****999999A**AA', 'A**** 999999 A**AA'],
    isValid: isBritishLicence,
    proof: 'surname, date of birth and initials in their places',
    finds: [
      'licence «MORGA657054SM9IJ»',
      '«MORGA 657054 SM9IJ»',
      'driving licence: «jones710238ha2ab»',
      '«FOX99710238HA2AB»',
    ],
    ignores: ['MORGA667154SM9IJ1', 'MORGA697054SM9IJ', 'morga657054sm9ij', 'MORGA657994SM9IJ'],
    source: 'Driver and Vehicle Licensing Agency, INF38',
  }),
  identifier({
    type: 'ie-pps',
    label: 'Irish personal public service number',
    names: ['pps', 'ppsn', 'pps number', 'pps no', 'personal public service', 'uimhir psp'],
    sharedNames: [...taxWords, ...personWords, ...socialWords],
    forms: ['9999999A', '9999999AA'],
    isValid: isPps,
    proof: 'check letter modulo 23',
    finds: ['PPSN: «1234567T»', 'my pps number is «7934788DA»', 'tax number «5562836M»'],
    ignores: ['1234567T', 'PPSN 1234567A', 'room 1234567T', 'PPSN 1234567TZ'],
    source: 'Revenue Commissioners; Social Welfare Consolidation Act 2005, section 262',
  }),
]
