/** Ids of Singapore, Malaysia, Thailand, Vietnam, Indonesia and the Philippines. */
import { hasYearMonthDay, isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Citizens S and T, foreigners F, G and M: T and G count four more, M three. */
function isNric(id: string): boolean {
  const [kind, check] = [id.charAt(0), id.charAt(8)]
  const more = kind === 'T' || kind === 'G' ? 4 : kind === 'M' ? 3 : 0
  const rest = (weightedSum(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + more) % 11
  if (kind === 'S' || kind === 'T') return 'JZIHGFEDCBA'[rest] === check
  if (kind === 'F' || kind === 'G') return 'XWUTRQPNMLK'[rest] === check
  return kind === 'M' && 'XWUTRQPNJLK'[10 - rest] === check
}

/** Date of birth and place of birth; places that are not assigned. Source: Jabatan Pendaftaran Negara. */
const isMyKad = (id: string): boolean =>
  hasYearMonthDay(id, 0) && !/^(?:00|17|18|19|20|69|73|80|81|94|95|96|97)$/.test(id.slice(6, 8))

const isThaiId = (id: string): boolean =>
  /^[1-8]/.test(id) &&
  (11 - (weightedSum(id.slice(0, 12), [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 ===
    valueAt(id, 12)

/** Province, district, subdistrict, date of birth (women have 40 added to the day), order. */
function isNik(id: string): boolean {
  const day = numberAt(id, 6, 8)
  return (
    /^(?:1[1-9]|21|3[1-6]|5[1-3]|6[1-5]|7[1-6]|8[12]|9[1-6])(?!00)\d\d(?!00)\d\d/.test(id) &&
    isDayOfMonth(numberAt(id, 8, 10), day > 40 ? day - 40 : day) &&
    !id.endsWith('0000')
  )
}

export const southEastAsianIds: readonly Detector[] = [
  identifier({
    type: 'sg-nric',
    label: 'Singaporean identity number (NRIC, FIN)',
    names: ['nric', 'fin', 'ic', 'singpass', 'identity card'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['A9999999A'],
    isValid: isNric,
    proof: 'first letter and check letter modulo 11',
    finds: ['NRIC «S1234567D»', '«S1234567D»', 'FIN: «G2756063L»', 'fin no. «M5959088P»'],
    ignores: ['S1234567A', 's1234567d', 'A1234567D', 'S12345678D'],
    source: 'Immigration & Checkpoints Authority, Singapore; National Registration Act 1965',
  }),
  identifier({
    type: 'my-nric',
    label: 'Malaysian identity number (MyKad)',
    names: ['mykad', 'nric', 'ic', 'kad pengenalan', 'no kp', 'ic number'],
    sharedNames: personWords,
    ownForms: ['999999-99-9999'],
    forms: ['999999999999', '999999 99 9999'],
    isValid: isMyKad,
    proof: 'date and place of birth',
    finds: ['MyKad «770305-02-1234»', '«890101-14-5678»', 'No. KP: «770305021234»'],
    ignores: ['771305-02-1234', '770305-17-1234', '770305021234', '1-770305-02-1234'],
    source: 'Jabatan Pendaftaran Negara, Peraturan-Peraturan Pendaftaran Negara 1990',
  }),
  identifier({
    type: 'vn-id',
    label: 'Vietnamese identity number (CCCD)',
    names: ['cccd', 'c[aă]n c[uư][oớ]c', 'c[aă]n c[uư][oớ]c c[oô]ng d[aâ]n', 'vietnamese id'],
    sharedNames: personWords,
    forms: ['999999999999'],
    isValid: (id) => /^0(?!00)\d\d[0-3]/.test(id),
    isUnchecked: true,
    proof: 'province, and century of birth',
    finds: ['CCCD «001099012345»', 'Căn cước công dân: «079301234567»'],
    ignores: ['001099012345', 'CCCD 201099012345', 'CCCD 001999012345'],
    source: 'Ministry of Public Security; Decree 137/2015/ND-CP',
  }),
  identifier({
    type: 'th-id',
    label: 'Thai identity number',
    names: ['บัตรประชาชน', 'เลขประจำตัวประชาชน', 'เลขประจำตัว', 'thai id', 'citizen id'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['9-9999-99999-99-9', '9 9999 99999 99 9'],
    forms: ['9999999999999'],
    isValid: isThaiId,
    proof: 'kind of person and check digit modulo 11',
    finds: ['เลขประจำตัวประชาชน «1-2345-45678-78-1»', '«1-2345-45678-78-1»', 'Thai ID «1234545678781»'],
    ignores: ['1-2345-45678-78-2', '1234545678781', '9-2345-45678-78-1'],
    source: 'กรมการปกครอง; พระราชบัญญัติการทะเบียนราษฎร พ.ศ. 2534',
  }),
  identifier({
    type: 'id-nik',
    label: 'Indonesian identity number (NIK)',
    names: ['nik', 'ktp', 'nomor induk kependudukan', 'no ktp'],
    sharedNames: personWords,
    forms: ['9999999999999999', '999999 999999 9999'],
    isValid: isNik,
    proof: 'province and date of birth',
    finds: ['NIK: «3171011708450001»', 'No. KTP «3204104512900003»'],
    ignores: ['3171011708450001', 'NIK 3171011713450001', 'NIK 0171011708450001'],
    source: 'Undang-Undang 23/2006 tentang Administrasi Kependudukan',
  }),
  identifier({
    type: 'id-npwp',
    label: 'Indonesian tax number (NPWP)',
    names: ['npwp', 'nomor pokok wajib pajak'],
    sharedNames: taxWords,
    ownForms: ['99.999.999.9-999.999'],
    forms: ['999999999999999'],
    isValid: (id) => hasLuhnSum(id.slice(0, 9)) && !id.startsWith('000000000'),
    proof: 'Luhn sum and tax office',
    finds: ['NPWP «01.312.166.0-091.000»', '«01.312.166.0-091.000»', 'npwp: «013121660091000»'],
    ignores: ['01.312.166.1-091.000', '013121660091000', '1.01.312.166.0-091.000'],
    source: 'Direktorat Jenderal Pajak, PER-20/PJ/2013',
  }),
  identifier({
    type: 'ph-number',
    label: 'Philippine tax or social number',
    names: ['tin', 'sss', 'gsis', 'phil health', 'philhealth', 'umid', 'philsys', 'pag ibig', 'psn', 'bir'],
    sharedNames: [...taxWords, ...socialWords],
    forms: [
      '999-999-999-999',
      '999-999-999',
      '999-999-999-99999',
      '99-9999999-9',
      '99-999999999-9',
      '9999-9999-9999',
    ],
    isValid: (id) => !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'groups as the agencies write them',
    finds: ['SSS No. «34-1234567-8»', 'TIN: «123-456-789-000»', 'PhilHealth «12-345678901-2»'],
    ignores: ['34-1234567-8', '123-456-789-000', 'PhilHealth 12-34567890-2'],
    source: 'Bureau of Internal Revenue; Social Security System; PhilHealth',
  }),
]
