/** Ids of Poland, the Czech Republic, Slovakia and Hungary. */
import { isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** The century is added to the month: 80 for the 19th, 20 for the 21st. */
const isPesel = (id: string): boolean =>
  isDayOfMonth(numberAt(id, 2, 4) % 20, numberAt(id, 4, 6)) &&
  weightedSum(id, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0

/** Offices begin with 101. */
export const isNip = (id: string): boolean =>
  /^[1-9][1-9]\d|^[1-9]0[1-9]/.test(id) && weightedSum(id, [6, 5, 7, 2, 3, 4, 5, 6, 7, -1]) % 11 === 0

const regonWeights: readonly (readonly number[])[] = [
  [8, 9, 2, 3, 4, 5, 6, 7],
  [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8],
]

/** Nine digits for a company, fourteen for a branch of it. */
function isRegon(id: string): boolean {
  const checks = id.length === 9 ? [9] : [9, 14]
  return checks.every((length, which) => {
    const sum = weightedSum(id.slice(0, length - 1), regonWeights[which] as number[])
    return (sum % 11) % 10 === valueAt(id, length - 1)
  })
}

/** Women have 50 added to the month; since 2004 20 or 70 may be. Nine digits were given out until 1953, without check. */
export function isBirthNumber(id: string): boolean {
  const month = numberAt(id, 2, 4) % 50
  if (!isDayOfMonth(month > 20 ? month - 20 : month, numberAt(id, 4, 6))) return false
  if (id.length === 9) return numberAt(id, 0, 2) <= 53 && !id.endsWith('000')
  const rest = numberAt(id, 0, 9) % 11
  return rest % 10 === valueAt(id, 9)
}

export function isIco(id: string): boolean {
  const check = (11 - (weightedSum(id.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) % 11)) % 10
  return check === valueAt(id, 7) && !/^9|^0{8}/.test(id)
}

const isHungarianPersonalTax = (id: string): boolean =>
  id.startsWith('8') && weightedSum(id.slice(0, 9), [1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 === valueAt(id, 9)

export const isHungarianCompany = (id: string): boolean =>
  weightedSum(id.slice(0, 8), [9, 7, 3, 1]) % 10 === 0 && !id.startsWith('00000000')

export const centralEuropeanIds: readonly Detector[] = [
  identifier({
    type: 'pl-pesel',
    label: 'Polish personal number (PESEL)',
    names: ['pesel', 'nr pesel', 'numer pesel'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['99999999999', '999999 99999'],
    isValid: isPesel,
    proof: 'date of birth and check digit',
    finds: ['PESEL: «44051401359»', 'pesel «02070803628»', '{"pesel":"«44051401359»"}'],
    ignores: ['44051401359', 'PESEL 44051401358', 'PESEL 44133401359', 'nr 44051401359'],
    source: 'Ustawa o ewidencji ludności z 24 września 2010',
  }),
  identifier({
    type: 'pl-nip',
    label: 'Polish tax number (NIP)',
    names: ['nip', 'numer nip', 'nr nip', 'vat ue'],
    sharedNames: [...taxWords, ...companyWords],
    forms: ['9999999999', '999-999-99-99', '999-99-99-999', '999 999 99 99'],
    isValid: isNip,
    proof: 'tax office and check digit modulo 11',
    finds: ['NIP «123-456-32-18»', 'NIP: «1234563218»', 'nip «526-61-55-648»'],
    ignores: ['123-456-32-18', 'NIP 123-456-32-19', '1234563218', 'tel. 123 456 32 18'],
    source: 'Ustawa o zasadach ewidencji i identyfikacji podatników z 13 października 1995',
  }),
  identifier({
    type: 'pl-regon',
    label: 'Polish company number (REGON)',
    names: ['regon', 'numer regon'],
    sharedNames: companyWords,
    forms: ['999999999', '99999999999999'],
    isValid: isRegon,
    proof: 'check digit modulo 11',
    finds: ['REGON «123456785»', 'regon: «12345678512347»'],
    ignores: ['123456785', 'REGON 123456786', 'REGON 12345678512346'],
    source: 'Rozporządzenie Rady Ministrów w sprawie rejestru REGON, 30 listopada 2015',
  }),
  identifier({
    type: 'cz-birth-number',
    label: 'Czech or Slovak birth number',
    names: ['rodn[eé] [cč][ií]slo', 'r [cč]', 'rodn[eé]ho [cč][ií]sla', 'birth number', 'r\\.[cč]\\.'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['999999/9999'],
    forms: ['9999999999', '999999/999', '999999 9999'],
    isValid: isBirthNumber,
    proof: 'date of birth and check digit modulo 11',
    finds: ['rodné číslo «780123/3540»', '«780123/3540»', 'RČ: «7801233540»', 'rodné číslo «530123/354»'],
    ignores: ['780123/3541', '7801233540', '783323/3540', '1/780123/3540'],
    source: 'Zákon č. 133/2000 Sb., § 13; zákon č. 301/1995 Z. z.',
  }),
  identifier({
    type: 'cz-company-number',
    label: 'Czech or Slovak company number',
    names: ['i[cč]o?', 'i [cč] o?', 'identifika[cč]n[ií] [cč][ií]slo', 'di[cč]'],
    sharedNames: companyWords,
    forms: ['99999999', '999 99 999'],
    isValid: isIco,
    proof: 'check digit modulo 11',
    finds: ['IČO «25123891»', 'IČ: «01697951»', 'ičo «251 23 891»'],
    ignores: ['25123891', 'IČO 25123890', 'on 20240131'],
    source: 'Český statistický úřad, identifikační číslo osoby',
  }),
  identifier({
    type: 'hu-personal-tax',
    label: 'Hungarian personal tax number',
    names: ['ad[oó]azonos[ií]t[oó]', 'ad[oó]azonos[ií]t[oó] jel', 'ad[oó] azonos[ií]t[oó]'],
    sharedNames: taxWords,
    forms: ['9999999999'],
    isValid: isHungarianPersonalTax,
    proof: 'first digit 8 and check digit modulo 11',
    finds: ['adóazonosító jel: «8071592153»', 'tax ID «8537428973»'],
    ignores: ['8071592153', 'adóazonosító jel 8071592154', 'tax ID 7071592153'],
    source: '1996. évi XX. törvény, 1. melléklet',
  }),
  identifier({
    type: 'hu-company-number',
    label: 'Hungarian tax number of a company',
    names: ['ad[oó]sz[aá]m', 'k[oö]z[oö]ss[eé]gi ad[oó]sz[aá]m'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: ['99999999-9-99'],
    forms: ['99999999', '99999999999'],
    isValid: (id) =>
      isHungarianCompany(id) && (id.length === 8 || /^\d{8}[1-5](?:0[2-9]|[1-4]\d|5[01])$/.test(id)),
    proof: 'check digit, kind of tax and county',
    finds: ['adószám: «12892312-2-42»', '«12892312-2-42»', 'közösségi adószám «12892312»'],
    ignores: ['12892313-2-42', '12892312', '12892312-9-42', '12892312-2-62'],
    source: '2017. évi CL. törvény, 1. melléklet',
  }),
]
