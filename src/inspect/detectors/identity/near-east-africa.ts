/** Ids of South Africa, Nigeria, Israel and Turkey. */
import { hasYearMonthDay } from '../../birth-dates.ts'
import { hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Date of birth, order, citizen or not, a digit that was once for race, Luhn digit. */
const isSouthAfrican = (id: string): boolean =>
  hasYearMonthDay(id, 0) && /^\d{10}[0-2]/.test(id) && hasLuhnSum(id)

/** Odd places seven times less even ones, and the sum of the first ten. */
function isTckn(id: string): boolean {
  const odd = weightedSum(id.slice(0, 9), [1, 0])
  const even = weightedSum(id.slice(0, 8), [0, 1])
  const tenth = (((odd * 7 - even) % 10) + 10) % 10
  return (
    /^[1-9]/.test(id) &&
    tenth === valueAt(id, 9) &&
    weightedSum(id.slice(0, 10), [1]) % 10 === valueAt(id, 10)
  )
}

function isVkn(id: string): boolean {
  let sum = 0
  for (let at = 0; at < 9; at++) {
    const moved = (valueAt(id, at) + 9 - at) % 10
    sum += moved === 0 ? 0 : (moved << (9 - at)) % 9 || 9
  }
  return (10 - (sum % 10)) % 10 === valueAt(id, 9) && !/^0+$/.test(id)
}

export const nearEastAndAfricanIds: readonly Detector[] = [
  identifier({
    type: 'za-id',
    label: 'South African identity number',
    names: ['sa id', 'id number', 'id no', 'rsa id', 'south african id', 'identiteitsnommer'],
    sharedNames: personWords,
    ownForms: ['999999 9999 999', '999999 9999 99 9', '999999-9999-999', '999999 9999 9 99'],
    forms: ['9999999999999'],
    isValid: isSouthAfrican,
    proof: 'date of birth and Luhn sum',
    finds: ['ID number: «8001015009087»', 'SA ID «800101 5009 087»', '«800101 5009 08 7»'],
    ignores: ['8001015009087', 'ID number 8001015009088', '801301 5009 087'],
    source: 'Department of Home Affairs; Identification Act 68 of 1997',
  }),
  identifier({
    type: 'ng-nin',
    label: 'Nigerian identity number (NIN)',
    names: ['nin', 'nigerian id', 'national identification'],
    forms: ['99999999999', '9999-999-9999', '9999 999 9999'],
    isValid: (id) => !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'eleven digits',
    finds: ['NIN «12345678919»', 'nin: «4201-234-5671»'],
    ignores: ['12345678919', 'NIN 11111111111', 'total 4201-234-5671'],
    source: 'National Identity Management Commission; NIMC Act 2007',
  }),
  identifier({
    type: 'il-id',
    label: 'Israeli identity number',
    names: ['תעודת זהות', 'ת\\.?ז\\.?', 'ת"ז', 'מספר זהות', 'teudat zehut', 'israeli id'],
    sharedNames: personWords,
    forms: ['999999999', '99999999-9', '9-9999999-9', '99999999', '9999999-9'],
    isValid: (id) => hasLuhnSum(id) && !/^0+$/.test(id),
    proof: 'Luhn sum',
    finds: [
      'תעודת זהות: «123456782»',
      'Israeli ID «12345678-2»',
      'Israeli ID «39337423»',
      'teudat zehut «0-9814083-3»',
    ],
    ignores: ['123456782', 'Israeli ID 123456783', 'order 12345678-2'],
    source: 'Population and Immigration Authority, check digit',
  }),
  identifier({
    type: 'tr-id',
    label: 'Turkish identity number',
    names: [
      't c kimlik',
      'tc kimlik',
      'tckn',
      'kimlik',
      'kimlik no',
      't\\.c\\.',
      'tc no',
      'kimlik numaras[ıi]',
    ],
    sharedNames: personWords,
    forms: ['99999999999', '999 999 999 99'],
    isValid: isTckn,
    proof: 'two check digits',
    finds: ['T.C. Kimlik No: «17291716060»', 'TCKN «10000000146»'],
    ignores: ['17291716060', 'TCKN 17291716061', 'kimlik no 07291716060'],
    source: 'Nüfus ve Vatandaşlık İşleri Genel Müdürlüğü',
  }),
  identifier({
    type: 'tr-tax-number',
    label: 'Turkish tax number',
    names: ['vkn', 'vergi kimlik', 'vergi', 'vergi no', 'vergi numaras[ıi]', 'vergi dairesi'],
    sharedNames: taxWords,
    forms: ['9999999999', '999 999 99 99'],
    isValid: isVkn,
    proof: 'check digit',
    finds: ['VKN «4540536920»', 'Vergi No: «4540536920»'],
    ignores: ['4540536920', 'VKN 4540536921', 'order 4540536920'],
    source: 'Gelir İdaresi Başkanlığı, Vergi Kimlik Numarası',
  }),
]
