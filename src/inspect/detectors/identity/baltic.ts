/** Ids of Estonia, Latvia and Lithuania. */
import { hasDayMonthYear, hasYearMonthDay } from '../../birth-dates.ts'
import { valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { personWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

const firstWeights = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const secondWeights = [3, 4, 5, 6, 7, 8, 9, 1, 2]

/** A rest of ten is taken once more with other weights; ten again is written as 0. */
export function hasBalticSum(id: string): boolean {
  const digits = id.slice(0, -1)
  const first = weightedSum(digits, firstWeights) % 11
  const rest = first === 10 ? weightedSum(digits, secondWeights) % 11 : first
  return rest % 10 === valueAt(id, id.length - 1)
}

const isPersonalCode = (id: string): boolean =>
  /^[1-8]/.test(id) && hasYearMonthDay(id, 1) && hasBalticSum(id)

/** Since 2017 new codes begin with 32 and tell nothing. */
export const isLatvianCode = (id: string): boolean =>
  id.startsWith('32') ||
  (/^\d{6}[0-2]/.test(id) &&
    hasDayMonthYear(id, 0) &&
    ((1 + weightedSum(id.slice(0, 10), [10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11) % 10 === valueAt(id, 10))

export const balticIds: readonly Detector[] = [
  identifier({
    type: 'ee-personal-code',
    label: 'Estonian personal code',
    names: ['isikukood', 'isiku kood', 'estonian'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['99999999999'],
    isValid: isPersonalCode,
    proof: 'date of birth and check digit modulo 11',
    finds: ['isikukood «37605030299»', 'isikukood: «49007048638»'],
    ignores: ['37605030299', 'isikukood 37605030298', 'isikukood 37613030299'],
    source: 'Rahvastikuregistri seadus; EVS 585:2007',
  }),
  identifier({
    type: 'lt-personal-code',
    label: 'Lithuanian personal code',
    names: ['asmens kod\\w+', 'asmens k', 'a k', 'lithuanian'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['99999999999'],
    isValid: isPersonalCode,
    proof: 'date of birth and check digit modulo 11',
    finds: ['asmens kodas «33309240064»', 'a.k. «38703181745»'],
    ignores: ['33309240064', 'asmens kodas 33309240164', 'asmens kodas 33313240064'],
    source: 'Lietuvos Respublikos gyventojų registro įstatymas',
  }),
  identifier({
    type: 'lv-personal-code',
    label: 'Latvian personal code',
    names: ['personas kod\\w+', 'p k'],
    sharedNames: [...personWords, ...taxWords],
    forms: ['99999999999', '999999-99999'],
    isValid: isLatvianCode,
    proof: 'date of birth and check digit modulo 11',
    finds: ['personas kods «161175-19997»', 'personas kods: «16117519997»', 'p.k. «320010-10003»'],
    ignores: ['161175-19997', '16117519997', 'personas kods 161175-19998'],
    source: 'Fizisko personu reģistra likums',
  }),
]
