/** Ids of Australia and New Zealand; Medicare is among the health numbers. */
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

const tfnWeights = [1, 4, 3, 7, 5, 8, 6, 9, 10]

/** Older numbers have eight digits. */
const isTfn = (id: string): boolean =>
  !/^(\d)\1+$/.test(id) &&
  weightedSum(id, id.length === 9 ? tfnWeights : [10, 7, 8, 4, 6, 3, 5, 1]) % 11 === 0

/** One is taken from the first digit. */
const isAbn = (id: string): boolean =>
  /^[1-9]/.test(id) && (weightedSum(id, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0

const isAcn = (id: string): boolean =>
  (10 - (weightedSum(id.slice(0, 8), [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === valueAt(id, 8) &&
  !/^0+$/.test(id)

function isIrd(id: string): boolean {
  const filled = id.padStart(9, '0')
  const number = Number(filled)
  if (number < 10_000_000 || number > 200_000_000) return false
  const check = (weights: readonly number[]): number =>
    (11 - (weightedSum(filled.slice(0, 8), weights) % 11)) % 11
  const first = check([3, 2, 7, 6, 5, 4, 3, 2])
  return (first === 10 ? check([7, 4, 3, 2, 5, 2, 7, 6]) : first) === valueAt(filled, 8)
}

export const oceanianIds: readonly Detector[] = [
  identifier({
    type: 'au-tfn',
    label: 'Australian tax file number',
    names: ['tfn', 'tax file', 'tax file no'],
    sharedNames: taxWords,
    forms: ['999 999 999', '999999999', '999-999-999', '99 999 999', '99999999'],
    isValid: isTfn,
    proof: 'check digit modulo 11',
    finds: ['TFN: «123 456 782»', 'tax file number «123456782»'],
    ignores: ['123 456 782', 'TFN 123 456 783', 'order 123456782'],
    source: 'Australian Taxation Office, tax file numbers',
  }),
  identifier({
    type: 'au-abn',
    label: 'Australian business number',
    names: ['abn', 'australian business'],
    sharedNames: [...companyWords, ...taxWords],
    forms: ['99 999 999 999', '99999999999', '99-999-999-999'],
    isValid: isAbn,
    proof: 'check number modulo 89',
    finds: ['ABN «51 824 753 556»', 'ABN: «51824753556»'],
    ignores: ['51 824 753 556', 'ABN 51 824 753 557', '51824753556'],
    source: 'Australian Business Register, format of the ABN',
  }),
  identifier({
    type: 'au-acn',
    label: 'Australian company number',
    names: ['acn', 'arbn', 'australian company'],
    sharedNames: companyWords,
    forms: ['999 999 999', '999999999', '999-999-999'],
    isValid: isAcn,
    proof: 'check digit',
    finds: ['ACN «004 085 616»', 'ACN: «004085616»'],
    ignores: ['004 085 616', 'ACN 004 085 617', '004085616'],
    source: 'Australian Securities & Investments Commission, ACN check',
  }),
  identifier({
    type: 'nz-ird',
    label: 'New Zealand tax number (IRD)',
    names: ['ird', 'ird number', 'inland revenue'],
    sharedNames: [...taxWords, 'gst'],
    forms: ['99-999-999', '999-999-999', '99999999', '999999999', '99 999 999', '999 999 999'],
    isValid: isIrd,
    proof: 'range and check digit modulo 11',
    finds: ['IRD number «49-091-850»', 'IRD «136410132»', 'ird: «136-410-132»'],
    ignores: ['49-091-850', 'IRD 49-091-851', '136410132'],
    source: 'Inland Revenue, resident withholding tax specification, 2023',
  }),
]
