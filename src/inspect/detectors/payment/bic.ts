import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'
import { isCountryCode } from './country-codes.ts'

/** Identifier of a bank. Words of eight capitals look like one, so its name or an IBAN stands before it. */
export const bic: Detector = {
  type: 'bic',
  family: 'payment',
  class: 'internal',
  label: 'bank identifier (BIC)',
  ...namedValue({
    wakes: ['bic', 'swift', 'iban'],
    names: 'bic(?:/swift|[ -]?code)?|swift(?:/bic|[ -]?code)?|iban',
    fillers: 'swift|bic|[a-z]{2}\\d\\d[ -]?(?:[a-z0-9]{4}[ -]?){2,7}[a-z0-9]{1,4}',
    value: '[a-z]{6}[a-z0-9]{2}(?:[a-z0-9]{3})?',
    judge: (value, name) =>
      value === value.toUpperCase() && isCountryCode(value.slice(4, 6))
        ? {
            score: name === 'iban' ? 0.8 : 0.9,
            why: 'form and country of a bank identifier after a name for it',
          }
        : undefined,
  }),
  proof: 'country code, and its name or an IBAN before it',
  finds: [
    'BIC: «DEUTDEFF»',
    'SWIFT code is «NWBKGB2L»',
    'BIC/SWIFT «BNPAFRPPXXX»',
    '{"bic":"«COBADEFFXXX»"}',
    'IBAN DE89 3704 0044 0532 0130 00, «COBADEFFXXX»',
  ],
  ignores: [
    'DEUTDEFF',
    'SWIFT: ABCDXX22',
    'swift response needed',
    'SWIFT IS A LANGUAGE',
    'Swift generics',
    'BIC deutdeff',
  ],
  source: 'ISO 9362:2022',
}
