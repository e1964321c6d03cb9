import { randomInt } from 'node:crypto'

/** Consonants that are not taken for each other, and spell no word. Source: RFC 8628, section 6.1. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ'
const length = 8

/** Eight letters: 34.6 bits. They live ten minutes, and nobody may guess more than ten times in that. */
export const newUserCode = (): string =>
  Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('')

/** As people read it: WDJB-MJHT. */
export const formatUserCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`

/** What a person typed, in any case and with whatever between the letters; undefined when it cannot be a code. */
export function readUserCode(typed: string): string | undefined {
  if (typed.length > 40) return undefined
  const code = typed.toUpperCase().replaceAll(/[^A-Z]/g, '')
  return code.length === length && [...code].every((letter) => alphabet.includes(letter)) ? code : undefined
}
