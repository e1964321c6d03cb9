/** Ids of Italy. */
import { isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasLuhnSum, valueAt } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Digits that may be letters, where two people would have the same code: 0 is L, 1 is M. */
const omocodia = 'LMNPQRSTUV'
const digitPlaces = [6, 7, 9, 10, 12, 13, 14]

/** What a character counts at the first, third, fifth place; digits as the first ten letters. */
const oddValues = [
  1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
]

function isCodiceFiscale(code: string): boolean {
  if (!/^[A-Z]{6}[\dL-NP-V]{2}[A-EHLMPRST][\dL-NP-V]{2}[A-Z][\dL-NP-V]{3}[A-Z]$/.test(code)) return false
  const plain = [...code]
  for (const place of digitPlaces) {
    const at = omocodia.indexOf(code.charAt(place))
    if (at !== -1) plain[place] = String(at)
  }
  const day = numberAt(plain.join(''), 9, 11)
  const month = 'ABCDEHLMPRST'.indexOf(code.charAt(8)) + 1
  return isDayOfMonth(month, day > 40 ? day - 40 : day) && code[15] === checkLetterOf(code)
}

function checkLetterOf(code: string): string {
  let sum = 0
  for (let index = 0; index < 15; index++) {
    const value = valueAt(code, index)
    const order = value < 10 ? value : value - 10
    sum += index % 2 === 0 ? (oddValues[order] as number) : order
  }
  return String.fromCharCode(65 + (sum % 26))
}

export const isPartitaIva = (id: string): boolean =>
  /^\d{7}(?:0\d\d|100|120|121|888|999)\d$/.test(id) && !id.startsWith('0000000') && hasLuhnSum(id)

export const italianIds: readonly Detector[] = [
  identifier({
    type: 'it-codice-fiscale',
    label: 'Italian tax code',
    names: ['codice fiscale', 'cod fisc', 'c f', 'cf'],
    sharedNames: [...taxWords, ...personWords],
    ownForms: ['AAAAAA**A**A***A'],
    isValid: isCodiceFiscale,
    isProof: true,
    proof: 'date of birth and check letter',
    finds: ['CF: «RSSMRA85T10A562S»', '«rssmra85t10a562s»', 'codice fiscale «BNCLRA90D51H501M»'],
    ignores: ['RSSMRA85T10A562T', 'RSSMRA85T40A562S', 'RSSMRA85F10A562S', 'xRSSMRA85T10A562S'],
    source: 'Decreto ministeriale 12 marzo 1974, n. 2227',
  }),
  identifier({
    type: 'it-vat',
    label: 'Italian VAT number',
    names: ['partita iva', 'p iva', 'piva', 'iva'],
    sharedNames: [...companyWords, ...taxWords],
    forms: ['99999999999'],
    isValid: isPartitaIva,
    proof: 'office and Luhn sum',
    finds: ['P.IVA «12345670017»', 'Partita IVA: «00118180116»'],
    ignores: ['12345670017', 'P.IVA 12345670018', 'ordine 12345670017'],
    source: 'Agenzia delle Entrate; DPR 633/1972, articolo 35',
  }),
]
