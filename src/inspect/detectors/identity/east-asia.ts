/** Ids of China, Hong Kong, Taiwan, Japan and Korea. */
import { hasYearMonthDay, numberAt } from '../../birth-dates.ts'
import { hasMod11And2, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** Region, date of birth, order and check character. Source: GB 11643-1999. */
const isResidentId = (id: string): boolean =>
  /^(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])\d{4}(?:18|19|20)\d{9}[\dX]$/.test(id) &&
  hasYearMonthDay(id, 8) &&
  hasMod11And2(id)

const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

function isCreditCode(id: string): boolean {
  if (!/^[1-9A-GY][1239]\d{6}[\dA-HJ-NP-RT-UW-Y]{10}$/.test(id)) return false
  const sum = creditWeights.reduce(
    (total, weight, at) => total + weight * creditAlphabet.indexOf(id.charAt(at)),
    0,
  )
  return creditAlphabet[(31 - (sum % 31)) % 31] === id[17]
}

/** One or two letters, six digits and a check character; a missing letter counts as 36. */
function isHongKongId(id: string): boolean {
  const filled = id.length === 8 ? 36 * 9 + weightedSum(id.slice(0, 7), [8, 7, 6, 5, 4, 3, 2]) : 0
  const sum = id.length === 8 ? filled : weightedSum(id.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2])
  return /^[A-NP-Z]{1,2}\d{6}[\dA]$/.test(id) && (sum + valueAt(id, id.length - 1)) % 11 === 0
}

/** In the order the households were registered. Source: Ministry of the Interior, Taiwan. */
const taiwanLetters = 'ABCDEFGHJKLMNPQRSTUVXYWZIO'

function isTaiwanId(id: string): boolean {
  const letter = taiwanLetters.indexOf(id.charAt(0)) + 10
  const sum =
    Math.floor(letter / 10) + (letter % 10) * 9 + weightedSum(id.slice(1), [8, 7, 6, 5, 4, 3, 2, 1, 1])
  return /^[A-Z][1289]/.test(id) && sum % 10 === 0
}

/** Of products the digits are added up; a seven in the seventh place may count one more. */
function isTaiwanCompany(id: string): boolean {
  const weights = [1, 2, 1, 2, 1, 2, 4, 1]
  let sum = 0
  for (let at = 0; at < 8; at++) {
    const product = valueAt(id, at) * (weights[at] as number)
    sum += Math.floor(product / 10) + (product % 10)
  }
  return id !== '00000000' && (sum % 5 === 0 || (id[6] === '7' && (sum + 1) % 5 === 0))
}

const isMyNumber = (id: string): boolean => {
  const rest = weightedSum(id.slice(0, 11), [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
  return (rest <= 1 ? 0 : 11 - rest) === valueAt(id, 11) && !/^(\d)\1+$/.test(id)
}

/** The check digit stands first. */
const isJapaneseCompany = (id: string): boolean =>
  9 - (weightedSum(id.slice(1), [2, 1]) % 9) === valueAt(id, 0)

/** Since October 2020 the last six digits are given out at random and keep no sum. */
const isKoreanResident = (id: string): boolean => /^\d{6}[0-9]/.test(id) && hasYearMonthDay(id, 0)

function isKoreanCompany(id: string): boolean {
  const sum = weightedSum(id.slice(0, 9), [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((valueAt(id, 8) * 5) / 10)
  return numberAt(id, 0, 3) > 100 && id.slice(3, 5) !== '00' && (10 - (sum % 10)) % 10 === valueAt(id, 9)
}

export const eastAsianIds: readonly Detector[] = [
  identifier({
    type: 'cn-resident-id',
    label: 'Chinese resident identity number',
    names: ['身份证', '身份證', '公民身份号码', 'resident id', 'shenfenzheng', 'chinese id'],
    sharedNames: personWords,
    ownForms: ['999999999999999999', '99999999999999999A', '999999 99999999 9999', '999999 99999999 999A'],
    isValid: isResidentId,
    isProof: true,
    proof: 'region, date of birth and check character',
    finds: ['身份证号码是«11010519491231002X»', '«440524188001010014»', 'id «31010419900307764X»'],
    ignores: ['110105194912310021', '11010519491331002X', '911010519491231002X', '01010519491231002X'],
    source: 'GB 11643-1999; ISO/IEC 7064 MOD 11-2',
  }),
  identifier({
    type: 'cn-company-code',
    label: 'Chinese unified social credit code',
    names: ['统一社会信用代码', '信用代码', '税号', '纳税人识别号', 'uscc', 'social credit code'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: ['******************', '999999999999999999'],
    isValid: isCreditCode,
    proof: 'region and check character modulo 31',
    finds: ['统一社会信用代码：«91110000600037341L»', '«91110000600037341L»', '税号«91110000600037341L»'],
    ignores: ['91110000600037342L', '91110000600037341l', 'X91110000600037341L'],
    source: 'GB 32100-2015',
  }),
  identifier({
    type: 'hk-id',
    label: 'Hong Kong identity card number',
    names: ['hkid', 'hong kong id', 'hong kong identity', 'hkid card', '香港身份證', '身份證', '身份证'],
    sharedNames: personWords,
    ownForms: ['A999999(9)', 'A999999(A)', 'AA999999(9)', 'AA999999(A)'],
    forms: ['A9999999', 'A999999A', 'AA9999999', 'A999999 (9)'],
    isValid: isHongKongId,
    proof: 'check character modulo 11',
    finds: ['HKID: «G123456(A)»', '«A123456(3)»', '香港身份證«A123456(3)»', 'hkid «a1234563»'],
    ignores: ['A123456(4)', 'f123456(3)', 'A1234563', 'fA123456(3)', 'call A123456(33)'],
    source: 'Immigration Department, Hong Kong; Registration of Persons Regulations',
  }),
  identifier({
    type: 'tw-national-id',
    label: 'Taiwanese identity number',
    names: ['身分證', '身份證', '居留證', 'taiwan id', 'national id'],
    sharedNames: personWords,
    forms: ['A999999999'],
    isValid: isTaiwanId,
    proof: 'first letter and check digit',
    finds: ['身分證字號：«A123456789»', 'national ID «A123456789»'],
    ignores: ['A123456789', '身分證 A123456780', '身分證 A323456789'],
    source: 'Ministry of the Interior, Taiwan, national identification card',
  }),
  identifier({
    type: 'tw-company-number',
    label: 'Taiwanese company number',
    names: ['統一編號', '統編', 'ubn', 'gui number'],
    sharedNames: companyWords,
    forms: ['99999999'],
    isValid: isTaiwanCompany,
    proof: 'check digit',
    finds: ['統一編號：«04595257»', '統編 «22099131»'],
    ignores: ['04595257', '統編 04595258', 'on 20240131'],
    source: 'Ministry of Finance, Taiwan, rules of 2023-04-01',
  }),
  identifier({
    type: 'jp-my-number',
    label: 'Japanese individual number (My Number)',
    names: ['マイナンバー', '個人番号', 'my number', 'mynumber', 'individual number'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['999999999999', '9999 9999 9999', '9999-9999-9999'],
    isValid: isMyNumber,
    proof: 'check digit modulo 11',
    finds: ['マイナンバーは«123456789018»です', 'My Number: «4722 7642 8445»', '個人番号 «3354-4547-8999»'],
    ignores: ['123456789018', 'My Number 123456789019', 'order 1234 5678 9018'],
    source: 'Ministry of Internal Affairs and Communications, order 85 of 2014, article 5',
  }),
  identifier({
    type: 'jp-company-number',
    label: 'Japanese corporate number',
    names: ['法人番号', 'corporate number', 'houjin bangou', 'インボイス', '登録番号'],
    sharedNames: companyWords,
    forms: ['9999999999999', 't9999999999999', '9-9999-9999-9999'],
    isValid: (id) => isJapaneseCompany(id.slice(-13)),
    proof: 'check digit modulo 9',
    finds: ['法人番号：«5835678256246»', '登録番号 «T5835678256246»', 'corporate number «5-8356-7825-6246»'],
    ignores: ['5835678256246', '法人番号 4835678256246', 'at 1700000000000'],
    source: 'National Tax Agency, order 70 of 2014',
  }),
  identifier({
    type: 'kr-resident-number',
    label: 'Korean resident registration number',
    names: ['주민등록번호', '주민번호', '외국인등록번호', 'rrn', 'resident registration', 'jumin'],
    sharedNames: personWords,
    ownForms: ['999999-9999999'],
    forms: ['9999999999999'],
    isValid: isKoreanResident,
    proof: 'date of birth and two groups',
    finds: ['주민등록번호는 «971013-9019902»입니다', '«900101-1234567»', 'RRN «9001011234567»'],
    ignores: ['901301-1234567', '9001011234567', '1-900101-1234567', '900101-12345678'],
    source: '주민등록법 시행규칙 제2조',
  }),
  identifier({
    type: 'kr-company-number',
    label: 'Korean business registration number',
    names: ['사업자등록번호', '사업자번호', 'brn', 'business registration'],
    sharedNames: [...companyWords, ...taxWords],
    forms: ['999-99-99999', '9999999999'],
    isValid: isKoreanCompany,
    proof: 'check digit',
    finds: ['사업자등록번호: «116-82-00276»', 'business registration «1168200276»'],
    ignores: ['116-82-00276', '사업자등록번호 116-82-00277', '1168200276'],
    source: '국세청, 사업자등록번호',
  }),
]
