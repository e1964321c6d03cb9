/** Ids of the Netherlands, Belgium and Luxembourg. */
import { hasYearMonthDay, isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasLuhnSum, hasVerhoeffSum, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** The test of eleven; the last weight counts against the others. */
export const isBsn = (id: string): boolean =>
  !/^000|^(\d)\1+$/.test(id) && weightedSum(id, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0

/** 97 less the rest; for births from 2000 on a 2 stands before. A number without a sex known has 20 or 40 more months. */
function isBelgianNumber(id: string): boolean {
  const month = numberAt(id, 2, 4) % 20
  // Where the day is not known it is 00, and the month may be as well.
  const isDate = isDayOfMonth(month, numberAt(id, 4, 6)) || (month <= 12 && id.slice(4, 6) === '00')
  if (!isDate || numberAt(id, 2, 4) > 52 || numberAt(id, 6, 9) === 0) return false
  const check = numberAt(id, 9, 11)
  return is97Less(id.slice(0, 9), check) || (numberAt(id, 0, 2) < 40 && is97Less(`2${id.slice(0, 9)}`, check))
}

const is97Less = (digits: string, check: number): boolean => 97 - (Number(digits) % 97) === check

export const isBelgianCompany = (id: string): boolean =>
  /^[01]/.test(id) && 97 - (numberAt(id, 0, 8) % 97) === numberAt(id, 8, 10)

/** Date of birth, order, a Luhn digit and a Verhoeff digit, both over the first eleven. */
const isLuxembourgNumber = (id: string): boolean =>
  /^(?:19|20)/.test(id) &&
  hasYearMonthDay(id, 2) &&
  hasLuhnSum(id.slice(0, 12)) &&
  hasVerhoeffSum(id.slice(0, 11) + id.slice(12))

export const beneluxIds: readonly Detector[] = [
  identifier({
    type: 'nl-bsn',
    label: 'Dutch citizen service number',
    names: ['bsn', 'burgerservice', 'burger service', 'sofi', 'citizen service'],
    sharedNames: [...personWords, ...socialWords, ...taxWords],
    ownForms: ['9999.99.999'],
    forms: ['999999999', '9999 99 999', '999 999 999'],
    isValid: isBsn,
    proof: 'test of eleven',
    finds: ['BSN: «111222333»', 'burgerservicenummer «1112.22.333»', 'bsn «360 883 849»', '«1112.22.333»'],
    ignores: ['111222333', 'BSN 111222334', 'BSN 000000012', 'order 1112 22 333'],
    source: 'Rijksdienst voor Identiteitsgegevens, logisch ontwerp BSN',
  }),
  identifier({
    type: 'be-national-number',
    label: 'Belgian national number',
    names: [
      'rijksregister',
      'insz',
      'niss',
      'registre national',
      'num[eé]ro national',
      'nationaal',
      'national register',
    ],
    sharedNames: [...personWords, ...socialWords, ...taxWords],
    ownForms: ['99.99.99-999.99', '99.99.99-999-99', '99 99 99 999 99', '99.99.99.999.99'],
    forms: ['99999999999'],
    isValid: isBelgianNumber,
    isProof: true,
    proof: 'date of birth and check number modulo 97',
    finds: [
      'rijksregisternummer «85.07.30-033.28»',
      'NISS «85073003328»',
      '«85.07.30-033.28»',
      'n° «17.07.30-084.33»',
    ],
    ignores: ['85.07.30-033.29', '85073003328', 'NISS 85133003328', '1.85.07.30-033.28'],
    source: 'Koninklijk besluit van 3 april 1984 (rijksregister)',
  }),
  identifier({
    type: 'be-company-number',
    label: 'Belgian enterprise number',
    names: ['ondernemings', 'num[eé]ro d.entreprise', 'kbo', 'bce', 'btw', 'tva', 'rpr', 'rpm', 'enterprise'],
    sharedNames: companyWords,
    forms: ['9999.999.999', '9999999999', '9999 999 999'],
    isValid: isBelgianCompany,
    proof: 'check number modulo 97',
    finds: ['ondernemingsnummer «0403.019.261»', 'BTW «0403019261»', 'KBO «0050 008 052»'],
    ignores: ['0403.019.261', 'KBO 0403.019.262', 'tel 0403 019 261'],
    source: 'Kruispuntbank van Ondernemingen, koninklijk besluit van 24 juni 2003',
  }),
  identifier({
    type: 'lu-national-number',
    label: 'Luxembourg national number',
    names: ['matricule', 'num[eé]ro d.identification national', 'matricule nationale', 'cns'],
    sharedNames: [...personWords, ...socialWords, ...taxWords],
    ownForms: ['9999 9999 999 99', '99999999 99999'],
    forms: ['9999999999999'],
    isValid: isLuxembourgNumber,
    isProof: true,
    proof: 'date of birth, Luhn and Verhoeff digit',
    finds: ['matricule «1985073079755»', '«1990 1224 074 34»'],
    ignores: ['1985073012345', 'matricule 1985073045753', 'matricule 1985133012345'],
    source: 'Loi du 19 juin 2013 relative à l’identification des personnes physiques',
  }),
]
