/** Ids of Spain and Portugal. */
import { hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

const dniLetters = 'TRWAGMYFPDXBNJZSQVHLCKE'

export const isDni = (id: string): boolean => dniLetters[Number(id.slice(0, 8)) % 23] === id[8]

/** X, Y and Z count as 0, 1 and 2 before the digits. */
export const isNie = (id: string): boolean =>
  /^[XYZ]/.test(id) && isDni('XYZ'.indexOf(id.charAt(0)) + id.slice(1))

/** The check is a digit for companies, a letter for public bodies, either for others. */
export function isCif(id: string): boolean {
  if (!/^[ABCDEFGHJNPQRSUVW]\d{7}[\dA-J]$/.test(id)) return false
  const check = [...'0123456789'].findIndex((digit) => hasLuhnSum(id.slice(1, 8) + digit))
  const letter = 'JABCDEFGHI'[check]
  if (/^[NPQRSW]/.test(id)) return id[8] === letter
  if (/^[ABEH]/.test(id)) return id[8] === String(check)
  return id[8] === letter || id[8] === String(check)
}

/** Provinces 1 to 53 and 66; the last two digits are the rest modulo 97. */
const isNss = (id: string): boolean => {
  const province = numberOf(id, 0, 2)
  return (
    ((province >= 1 && province <= 53) || province === 66) &&
    numberOf(id, 0, 10) % 97 === numberOf(id, 10, 12)
  )
}

const numberOf = (id: string, from: number, to: number): number => Number(id.slice(from, to))

/** The last digit is 11 less the rest, 0 for what has no digit. */
export function isPortugueseNif(id: string): boolean {
  if (!/^(?:[1235689]|4[15]|7[0-9])/.test(id)) return false
  const check = 11 - (weightedSum(id.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) % 11)
  return (check > 9 ? 0 : check) === valueAt(id, 8)
}

const nissWeights = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2]

const isNiss = (id: string): boolean =>
  /^[12]/.test(id) && 9 - (weightedSum(id.slice(0, 10), nissWeights) % 10) === valueAt(id, 10)

export const iberianIds: readonly Detector[] = [
  identifier({
    type: 'es-dni',
    label: 'Spanish identity number (DNI)',
    names: ['dni', 'nif', 'documento nacional de identidad', 'd n i'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['99999999A', '99999999-A', '99.999.999-A', '99.999.999 A', '99.999.999A'],
    forms: ['99999999 A'],
    isValid: isDni,
    proof: 'check letter modulo 23',
    finds: [
      'DNI «12345678Z»',
      'con «12345678-Z» y',
      '«12.345.678-Z»',
      'dni: «12345678z»',
      'NIF «12345678 Z»',
    ],
    ignores: ['12345678A', '12345678z', 'v12345678Z', '12345678Z9', '12345678 Z', 'build-12345678Z'],
    source: 'Real Decreto 1553/2005; Ministerio del Interior, cálculo del dígito de control',
  }),
  identifier({
    type: 'es-nie',
    label: 'Spanish identity number of foreigners (NIE)',
    names: ['nie', 'n[uú]mero de identidad de extranjero', 'extranjero', 'nif'],
    sharedNames: [...personWords, ...taxWords],
    ownForms: ['A9999999A', 'A-9999999-A', 'A9999999-A', 'A-9999999A'],
    isValid: isNie,
    proof: 'first letter and check letter modulo 23',
    finds: ['NIE «X1234567L»', '«X-1234567-L»', '«Y4803323V»', 'nie: «x1234567l»'],
    ignores: ['X1234567A', 'A1234567L', 'x1234567l', 'X12345678L'],
    source: 'Real Decreto 557/2011; Ministerio del Interior',
  }),
  identifier({
    type: 'es-cif',
    label: 'Spanish company number (CIF)',
    names: ['cif', 'nif', 'c i f', 'n i f'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: ['A-99999999', 'A-9999999-A'],
    forms: ['A99999999', 'A9999999A', 'A9999999-A', 'A.99999999'],
    isValid: isCif,
    proof: 'kind of body and check character',
    finds: ['CIF «A58818501»', 'con NIF «A-58818501»', 'cif: «Q2826000H»', '«A-58818501»'],
    ignores: ['A58818501', 'CIF A58818502', 'A-58818502', 'CIF I58818501'],
    source: 'Real Decreto 1065/2007; Orden EHA/451/2008',
  }),
  identifier({
    type: 'es-social-security',
    label: 'Spanish social security number',
    names: ['nss', 'nass', 'naf', 'seguridad social', 'afiliaci[oó]n', 'n[uº°]?\\.? ?ss'],
    sharedNames: socialWords,
    ownForms: ['99/99999999/99', '99-99999999-99', '99 99999999 99', '99/9999999999'],
    forms: ['999999999999'],
    isValid: isNss,
    isProof: true,
    proof: 'province and check number modulo 97',
    finds: [
      'NSS «28/12345678/40»',
      '«08 37703624 81»',
      'Seguridad Social: «288182401590»',
      '«28/12345678/40»',
    ],
    ignores: ['28/12345678/41', '281234567840', '60/12345678/40', '2024 12345678 40'],
    source: 'Tesorería General de la Seguridad Social, Real Decreto 84/1996',
  }),
  identifier({
    type: 'pt-nif',
    label: 'Portuguese tax number',
    names: ['nif', 'nipc', 'contribuinte', 'n[uú]mero de contribuinte', 'finan[cç]as'],
    sharedNames: [...taxWords, ...companyWords],
    forms: ['999999999', '999 999 999', '999.999.999'],
    isValid: isPortugueseNif,
    proof: 'kind of person and check digit modulo 11',
    finds: ['NIF «123456789»', 'contribuinte nº «501 964 843»', 'NIPC: «530911345»'],
    ignores: ['501964843', 'NIF 501964844', 'NIF 001964843', 'total 501 964 843'],
    source: 'Decreto-Lei 14/2013; Autoridade Tributária',
  }),
  identifier({
    type: 'pt-citizen-card',
    label: 'number of a Portuguese citizen card',
    names: ['cart[aã]o de cidad[aã]o', 'cc', 'documento'],
    sharedNames: personWords,
    ownForms: ['999999999AA9', '99999999 9 AA9', '99999999 9AA9', '99999999-9-AA9', '999999999**9'],
    isValid: (id) => /[A-Z]/.test(id) && hasLuhnSumOf36(id),
    proof: 'version and check digit',
    finds: ['Cartão de Cidadão «000000000ZZ4»', '«29569774 6 ZZ6»', '«814488697ZY4»'],
    ignores: ['000000000ZZ5', '123456789ZZ', 'a000000000ZZ4'],
    source: 'Autoridade de Certificação do Cartão de Cidadão, validação de número de documento',
  }),
  identifier({
    type: 'pt-social-security',
    label: 'Portuguese social security number',
    names: ['niss', 'seguran[cç]a social'],
    sharedNames: socialWords,
    forms: ['99999999999', '999 999 999 99'],
    isValid: isNiss,
    proof: 'check digit',
    finds: ['NISS «19484389542»', 'Segurança Social: «10403575195»'],
    ignores: ['12345678901', 'NISS 12291908953', 'NISS 32345678901'],
    source: 'Instituto da Segurança Social; OECD, tax identification numbers of Portugal',
  }),
]

/** Luhn sum in which letters count as 10 to 35 and products lose nine once. */
function hasLuhnSumOf36(id: string): boolean {
  let sum = 0
  for (let index = 0; index < id.length; index++) {
    const value = valueAt(id, index) * (index % 2 === 0 ? 2 : 1)
    sum += index % 2 === 0 && value > 9 ? value - 9 : value
  }
  return sum % 10 === 0
}
