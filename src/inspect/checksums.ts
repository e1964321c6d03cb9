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
