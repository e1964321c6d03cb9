import { createRequire } from 'node:module'
import type { CountryCode } from 'libphonenumber-js/max'
import type { PhoneValidator } from '#/inspect/detectors/contact/phone-shapes.ts'

type Library = typeof import('libphonenumber-js/max')

let library: Library | undefined

/**
 * Which numbers regions have given out, from libphonenumber. Its tables take 12 MB of memory: they are read when the
 * first number asks for them, some ten milliseconds. Never throws; a region without numbers of its own has given out none.
 */
export const isNumberOf: PhoneValidator = (written, regions) => {
  library ??= createRequire(import.meta.url)('libphonenumber-js/max') as Library
  const { isSupportedCountry, isValidPhoneNumber } = library
  return regions.some(
    (region) => isSupportedCountry(region) && isValidPhoneNumber(written, region satisfies CountryCode),
  )
}
