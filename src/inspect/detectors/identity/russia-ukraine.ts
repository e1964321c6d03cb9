/** Ids of Russia and Ukraine. */
import { numberAt } from '../../birth-dates.ts'
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, personWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

const innWeights = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]

/** Ten digits for companies, twelve with two check digits for people. */
function isInn(id: string): boolean {
  const checks = id.length === 10 ? [9] : [10, 11]
  return (
    !id.startsWith('00') &&
    checks.every(
      (at) => (weightedSum(id.slice(0, at), innWeights.slice(11 - at)) % 11) % 10 === valueAt(id, at),
    )
  )
}

function isSnils(id: string): boolean {
  const sum = weightedSum(id.slice(0, 9), [9, 8, 7, 6, 5, 4, 3, 2, 1])
  return numberAt(id, 0, 9) > 1_001_998 && (sum % 101) % 100 === numberAt(id, 9, 11)
}

/** The first five digits are the days since 31 December 1899. */
const isRntrc = (id: string): boolean =>
  numberAt(id, 0, 5) < 50_000 &&
  numberAt(id, 0, 5) > 0 &&
  (((weightedSum(id.slice(0, 9), [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) + 11) % 11) % 10 === valueAt(id, 9)

function isEdrpou(id: string): boolean {
  const weights = /^[345]/.test(id) ? [7, 1, 2, 3, 4, 5, 6] : [1, 2, 3, 4, 5, 6, 7]
  const first = weightedSum(id.slice(0, 7), weights) % 11
  const rest =
    first === 10
      ? weightedSum(
          id.slice(0, 7),
          weights.map((weight) => weight + 2),
        ) % 11
      : first
  return rest % 10 === valueAt(id, 7) && !/^0+$/.test(id)
}

export const russianAndUkrainianIds: readonly Detector[] = [
  identifier({
    type: 'ru-inn',
    label: 'Russian taxpayer number (INN)',
    names: ['инн', 'inn(?= ?[:#=№])', 'идентификационный номер налогоплательщика'],
    sharedNames: taxWords,
    forms: ['9999999999', '999999999999'],
    isValid: isInn,
    proof: 'check digits modulo 11',
    finds: ['ИНН «7707083893»', 'ИНН: «500100732259»', 'INN: «7707083893»'],
    ignores: ['7707083893', 'ИНН 7707083894', 'the inn at 7707083893'],
    source: 'Федеральная налоговая служба, приказ ММВ-7-6/435@',
  }),
  identifier({
    type: 'ru-snils',
    label: 'Russian insurance account number (SNILS)',
    names: ['снилс', 'snils', 'страховой номер'],
    sharedNames: [...socialWords, ...personWords],
    ownForms: ['999-999-999 99', '999-999-999-99'],
    forms: ['99999999999', '999 999 999 99'],
    isValid: isSnils,
    isProof: true,
    proof: 'check number modulo 101',
    finds: ['СНИЛС «112-233-445 95»', '«112-233-445 95»', 'снилс: «11223344595»'],
    ignores: ['112-233-445 96', '11223344595', '1-112-233-445 95'],
    source: 'Социальный фонд России; федеральный закон 27-ФЗ',
  }),
  identifier({
    type: 'ru-passport',
    label: 'Russian passport number',
    names: ['паспорт\\p{L}*', 'серия', 'серия и номер', 'russian passport'],
    sharedNames: ['passport'],
    forms: ['99 99 999999', '9999 999999', '9999 № 999999'],
    isValid: (id) => /^\d{10}$/.test(id) && !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'series and number',
    finds: ['паспорт «45 08 123456»', 'паспорт серия «4508 123456»', 'Паспорт: «4508 № 123456»'],
    ignores: ['45 08 123456', 'паспорт 45 08 12345', '4508 123456'],
    source: 'Постановление Правительства РФ от 08.07.1997 № 828',
  }),
  identifier({
    type: 'ua-tax-number',
    label: 'Ukrainian taxpayer number (RNOKPP)',
    names: ['рнокпп', 'іпн', 'инн', 'ідентифікаційний код', 'ідентифікаційний номер', 'rnokpp', 'ипн'],
    sharedNames: taxWords,
    forms: ['9999999999'],
    isValid: isRntrc,
    proof: 'date of birth and check digit modulo 11',
    finds: ['РНОКПП «1759013776»', 'ІПН: «1759013776»'],
    ignores: ['1759013776', 'РНОКПП 1759013777', 'at 1700000000'],
    source: 'Державна податкова служба України, наказ 822 від 29.09.2017',
  }),
  identifier({
    type: 'ua-company-number',
    label: 'Ukrainian company number (EDRPOU)',
    names: ['єдрпоу', 'егрпоу', 'код єдрпоу', 'edrpou'],
    sharedNames: companyWords,
    forms: ['99999999'],
    isValid: isEdrpou,
    proof: 'check digit modulo 11',
    finds: ['ЄДРПОУ «32855961»', 'код ЄДРПОУ: «32855961»'],
    ignores: ['32855961', 'ЄДРПОУ 32855968', 'on 20240131'],
    source: 'Державна служба статистики України, наказ 1032',
  }),
]
