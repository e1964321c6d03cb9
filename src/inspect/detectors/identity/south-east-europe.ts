/** Ids of Romania, Bulgaria, Croatia, Slovenia, Serbia and Greece. */
import { hasDayMonthYear, hasYearMonthDay, isDayOfMonth, numberAt } from '../../birth-dates.ts'
import { hasLuhnSum, hasMod11And10, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

const cnpWeights = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]

/** Counties 01 to 48, 51, 52, 70, 80 to 83. A rest of ten is written as 1. */
function isCnp(id: string): boolean {
  if (!/^[1-9]\d{6}(?:0[1-9]|[1-3]\d|4[0-8]|5[12]|70|8[0-3])/.test(id) || !hasYearMonthDay(id, 1))
    return false
  const rest = weightedSum(id.slice(0, 12), cnpWeights) % 11
  return (rest === 10 ? 1 : rest) === valueAt(id, 12)
}

export function isCui(id: string): boolean {
  const filled = id.padStart(10, '0')
  const sum = weightedSum(filled.slice(0, 9), [7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10
  return !id.startsWith('0') && (sum % 11) % 10 === valueAt(filled, 9)
}

/** 20 is added to the month before 1900, 40 from 2000 on. */
export const isEgn = (id: string): boolean =>
  isDayOfMonth(numberAt(id, 2, 4) % 20, numberAt(id, 4, 6)) &&
  (weightedSum(id.slice(0, 9), [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === valueAt(id, 9)

/** Day, month and the last three digits of the year, region, serial number. Also in Serbia, Bosnia, Macedonia. */
function isEmso(id: string): boolean {
  if (!hasDayMonthYear(id, 0) || !/^\d{4}(?:9\d\d|0[0-3]\d)/.test(id)) return false
  const check = 11 - (weightedSum(id.slice(0, 12), [7, 6, 5, 4, 3, 2]) % 11)
  return (check > 9 ? 0 : check) === valueAt(id, 12)
}

export function isSlovenianTax(id: string): boolean {
  const check = 11 - (weightedSum(id.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) % 11)
  return !id.startsWith('0') && check !== 11 && check % 10 === valueAt(id, 7)
}

export const isAfm = (id: string): boolean =>
  !/^0{8}/.test(id) &&
  (weightedSum(id.slice(0, 8), [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === valueAt(id, 8)

export const southEastEuropeanIds: readonly Detector[] = [
  identifier({
    type: 'ro-cnp',
    label: 'Romanian personal number (CNP)',
    names: ['cnp', 'cod numeric personal'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['9999999999999', '9 999999 999999', '9 999999 99 9999'],
    isValid: isCnp,
    isProof: true,
    proof: 'date of birth, county and check digit modulo 11',
    finds: ['CNP: «1800101221144»', 'cod numeric personal «2900704166146»'],
    ignores: ['1800101221144', 'CNP 1800101221145', 'CNP 1801301221144', 'at 1700000000000'],
    source: 'Ordonanța de urgență 97/2005; HG 1375/2006',
  }),
  identifier({
    type: 'ro-company-number',
    label: 'Romanian tax number of a company',
    names: ['cui', 'cif', 'cod fiscal', 'cod unic de [iî]nregistrare', 'cod de identificare fiscal[aă]'],
    sharedNames: companyWords,
    forms: [
      '999999',
      '9999999',
      '99999999',
      '999999999',
      '9999999999',
      'ro99999999',
      'ro9999999',
      'ro999999',
    ],
    isValid: isCui,
    proof: 'check digit modulo 11',
    finds: ['CUI «18547290»', 'CIF: «18547290»', 'cod fiscal «52521036»'],
    ignores: ['18547290', 'CUI 18547291', 'on 20240131'],
    source: 'Ordinul ANAF; Legea 359/2004',
  }),
  identifier({
    type: 'bg-egn',
    label: 'Bulgarian personal number (EGN)',
    names: ['егн', 'egn', 'единен граждански номер'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['9999999999'],
    isValid: isEgn,
    proof: 'date of birth and check digit modulo 11',
    finds: ['ЕГН: «7523169263»', 'EGN «7501010010»', 'ЕГН «0541017411»'],
    ignores: ['7523169263', 'ЕГН 7523169264', 'ЕГН 7593169263'],
    source: 'Закон за гражданската регистрация, чл. 11',
  }),
  identifier({
    type: 'hr-oib',
    label: 'Croatian personal number (OIB)',
    names: ['oib', 'osobni identifikacijski broj'],
    sharedNames: [...personWords, ...taxWords, ...companyWords],
    forms: ['99999999999'],
    isValid: hasMod11And10,
    proof: 'check digit ISO 7064',
    finds: ['OIB: «33392005961»', 'OIB «94577403194»'],
    ignores: ['33392005961', 'OIB 33392005962', 'broj 33392005961'],
    source: 'Zakon o osobnom identifikacijskom broju, NN 60/08',
  }),
  identifier({
    type: 'si-emso',
    label: 'Slovenian or Serbian personal number (EMŠO, JMBG)',
    names: ['em[sš]o', 'jmbg', 'јмбг', 'mati[cč]ni broj', 'mati[cč]na [sš]tevilka'],
    sharedNames: personWords,
    forms: ['9999999999999'],
    isValid: isEmso,
    proof: 'date of birth and check digit modulo 11',
    finds: ['EMŠO «0101006500006»', 'JMBG: «0101006500006»', 'emšo «1507985324906»'],
    ignores: ['0101006500006', 'EMŠO 0101006500007', 'EMŠO 0113006500006'],
    source: 'Zakon o centralnem registru prebivalstva; Uredba o EMŠO',
  }),
  identifier({
    type: 'si-tax-number',
    label: 'Slovenian tax number',
    names: ['dav[cč]na', 'dav[cč]na [sš]tevilka', 'id za ddv', 'ddv'],
    sharedNames: [...taxWords, ...companyWords],
    forms: ['99999999'],
    isValid: isSlovenianTax,
    proof: 'check digit modulo 11',
    finds: ['davčna številka «50223054»', 'ID za DDV: «50223054»'],
    ignores: ['50223054', 'davčna številka 50223055', 'on 20240131'],
    source: 'Zakon o davčnem postopku; FURS',
  }),
  identifier({
    type: 'gr-amka',
    label: 'Greek social security number (AMKA)',
    names: ['αμκα', 'amka', 'α\\.μ\\.κ\\.α\\.?', 'αριθμ[οό]ς μητρ[ωώ]ου κοινωνικ[ηή]ς ασφ[αά]λισης'],
    sharedNames: socialWords,
    forms: ['99999999999', '999999 99999'],
    isValid: (id) => hasDayMonthYear(id, 0) && hasLuhnSum(id),
    proof: 'date of birth and Luhn sum',
    finds: ['ΑΜΚΑ: «01013099997»', 'AMKA «15068526126»'],
    ignores: ['01013099997', 'AMKA 01013099998', 'AMKA 01133099997'],
    source: 'ΗΔΙΚΑ, Αριθμός Μητρώου Κοινωνικής Ασφάλισης, ν. 3655/2008',
  }),
  identifier({
    type: 'gr-afm',
    label: 'Greek tax number (AFM)',
    names: ['αφμ', 'afm', 'α\\.φ\\.μ\\.?', 'vat', 'αριθμ[οό]ς φορολογικο[υύ] μητρ[ωώ]ου'],
    sharedNames: taxWords,
    forms: ['999999999'],
    isValid: isAfm,
    proof: 'check digit modulo 11',
    finds: ['ΑΦΜ «094259216»', 'AFM: «094259216»'],
    ignores: ['094259216', 'ΑΦΜ 094259217', 'order 094259216'],
    source: 'ΑΑΔΕ, Αριθμός Φορολογικού Μητρώου',
  }),
]
