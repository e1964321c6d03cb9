/** Ids of the Emirates, Saudi Arabia, Egypt, Iran and Pakistan. */
import { hasYearMonthDay } from '../../birth-dates.ts'
import { hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** What is left of the weighted sum below two, else eleven less it. */
function isIranian(id: string): boolean {
  const rest = weightedSum(id.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
  return (rest < 2 ? rest : 11 - rest) === valueAt(id, 9) && !/^(\d)\1+$|^000/.test(id)
}

export const middleEasternIds: readonly Detector[] = [
  identifier({
    type: 'ae-id',
    label: 'Emirates identity number',
    names: ['emirates id', 'eid', 'uae id', 'الهوية', 'رقم الهوية'],
    sharedNames: personWords,
    ownForms: ['999-9999-9999999-9'],
    forms: ['999999999999999', '999 9999 9999999 9'],
    isValid: (id) => /^784(?:19|20)/.test(id) && hasLuhnSum(id),
    proof: 'country, year of birth and Luhn sum',
    finds: ['Emirates ID «784-1985-1234567-3»', '«784-1985-1234567-3»', 'EID: «784198512345673»'],
    ignores: ['784-1985-1234567-4', '784198512345673', '784-1785-1234567-1'],
    source: 'Federal Authority for Identity, Citizenship, Customs and Port Security',
  }),
  identifier({
    type: 'sa-id',
    label: 'Saudi identity or residence number',
    names: ['iqama', 'saudi id', 'saudi national id', 'الهوية', 'رقم الهوية', 'الإقامة', 'رقم الإقامة'],
    sharedNames: personWords,
    forms: ['9999999999'],
    isValid: (id) => /^[12]/.test(id) && hasLuhnSum(id),
    proof: 'citizen or resident and Luhn sum',
    finds: ['Iqama «2456789011»', 'رقم الهوية: «1012345672»'],
    ignores: ['1012345672', 'Iqama 2456789012', 'order 2456789011'],
    source: 'Ministry of Interior, Absher; National Information Center',
  }),
  identifier({
    type: 'eg-id',
    label: 'Egyptian identity number',
    names: ['egyptian id', 'egyptian national id', 'الرقم القومي', 'رقم قومي'],
    sharedNames: personWords,
    forms: ['99999999999999'],
    isValid: (id) =>
      /^[23]\d{6}(?:0[1-4]|[12][1-9]|3[1-5]|88)/.test(id) && hasYearMonthDay(id, 1) && !id.endsWith('00000'),
    proof: 'date and place of birth',
    finds: ['الرقم القومي «29001011234567»', 'national ID: «30205150112345»'],
    ignores: ['29001011234567', 'national ID 29013011234567', 'order 30205150112345'],
    source: 'Civil Status Organization; Law 143 of 1994',
  }),
  identifier({
    type: 'ir-id',
    label: 'Iranian national code',
    names: ['کد ملی', 'شماره ملی', 'code melli', 'iranian id', 'national code'],
    sharedNames: personWords,
    forms: ['9999999999', '999-999999-9'],
    isValid: isIranian,
    proof: 'check digit modulo 11',
    finds: ['کد ملی: «0076543218»', 'code melli «123-456789-1»'],
    ignores: ['0076543218', 'code melli 0076543219', 'code melli 1111111111'],
    source: 'National Organization for Civil Registration',
  }),
  identifier({
    type: 'pk-cnic',
    label: 'Pakistani identity number (CNIC)',
    names: ['cnic', 'snic', 'nicop', 'شناختی کارڈ'],
    sharedNames: personWords,
    forms: ['99999-9999999-9', '9999999999999'],
    isValid: (id) => /^[1-7]\d{11}[1-9]$/.test(id),
    isUnchecked: true,
    proof: 'province and thirteen digits',
    finds: ['CNIC «34201-0891231-8»', 'cnic no: «4220103976408»'],
    ignores: ['34201-0891231-8', 'CNIC 84201-0891231-8', 'part 34201-0891231-8'],
    source: 'NADRA; NADRA Ordinance 2000',
  }),
]
