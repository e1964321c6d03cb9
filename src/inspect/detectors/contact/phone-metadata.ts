/**
 * Which numbers regions have given out, from libphonenumber. Apart from the detectors: its tables are larger than all
 * of inspection, and the page goes without them.
 */
import { type CountryCode, isSupportedCountry, isValidPhoneNumber } from 'libphonenumber-js/max'
import type { PhoneValidator } from './phone-shapes.ts'

/** Never throws; a region without numbers of its own has given out none. */
export const isNumberOf: PhoneValidator = (written, regions) =>
  regions.some(
    (region) => isSupportedCountry(region) && isValidPhoneNumber(written, region satisfies CountryCode),
  )
