/** Luhn sum over digits. Source: ISO/IEC 7812-1:2017, annex B. */
export function hasLuhnSum(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    const digit = digits.charCodeAt(digits.length - 1 - index) - 48
    const doubled = digit * 2
    sum += index % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/**
 * MOD 97-10 over letters and digits, letters counted as A = 10 to Z = 35; true when the remainder is 1.
 * Source: ISO/IEC 7064:2003. Upper case only.
 */
export function hasMod97(characters: string): boolean {
  let remainder = 0
  for (let index = 0; index < characters.length; index++) {
    const code = characters.charCodeAt(index)
    const value = code <= 57 ? code - 48 : code - 55
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}

/** Digits as they are, letters as A = 10 to Z = 35. Upper case only. */
export const valueAt = (characters: string, index: number): number => {
  const code = characters.charCodeAt(index)
  return code <= 57 ? code - 48 : code - 55
}

/** Each value times its weight, added up; weights begin again when they are fewer. */
export function weightedSum(characters: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < characters.length; index++) {
    sum += valueAt(characters, index) * (weights[index % weights.length] as number)
  }
  return sum
}

/** The same, beginning with the last. */
export function weightedSumFromEnd(characters: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < characters.length; index++)
    sum += valueAt(characters, characters.length - 1 - index) * (weights[index % weights.length] as number)
  return sum
}

/** Luhn sum over letters and digits with values up to `base`. Source: ISO/IEC 7812-1 for base 10; GSTN for base 36. */
export function hasLuhnSumOf(characters: string, base: number): boolean {
  let sum = 0
  for (let index = 0; index < characters.length; index++) {
    const value = valueAt(characters, characters.length - 1 - index) * (index % 2 === 0 ? 1 : 2)
    sum += Math.floor(value / base) + (value % base)
  }
  return sum % base === 0
}

/** MOD 11,10: one check digit at the end. Source: ISO/IEC 7064:2003. */
export function hasMod11And10(digits: string): boolean {
  let product = 10
  for (let index = 0; index < digits.length - 1; index++) {
    const sum = (valueAt(digits, index) + product) % 10
    product = ((sum === 0 ? 10 : sum) * 2) % 11
  }
  return (product + valueAt(digits, digits.length - 1)) % 10 === 1
}

/** MOD 11-2: one check digit or X at the end. Source: ISO/IEC 7064:2003. */
export function hasMod11And2(characters: string): boolean {
  let sum = 0
  for (let index = 0; index < characters.length - 1; index++)
    sum = ((sum + valueAt(characters, index)) * 2) % 11
  const last = characters.endsWith('X') ? 10 : valueAt(characters, characters.length - 1)
  return (sum + last) % 11 === 1
}

/** Weights 1 and 3 from the right. Source: GS1 General Specifications, 7.9.1. */
export const hasEanSum = (digits: string): boolean => weightedSumFromEnd(digits, [1, 3]) % 10 === 0

/** Multiplication in the dihedral group of ten elements. */
const turned = (one: number, other: number): number => {
  if (one < 5) return other < 5 ? (one + other) % 5 : 5 + ((one + other) % 5)
  return other < 5 ? 5 + ((one - other + 5) % 5) : (one - other + 5) % 5
}

const verhoeffStep = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4]

/** Check digit at the end. Source: J. Verhoeff, Error Detecting Decimal Codes, 1969. */
export function hasVerhoeffSum(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index++) {
    let digit = valueAt(digits, digits.length - 1 - index)
    for (let step = index % 8; step > 0; step--) digit = verhoeffStep[digit] as number
    sum = turned(sum, digit)
  }
  return sum === 0
}
