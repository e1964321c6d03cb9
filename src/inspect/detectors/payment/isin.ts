import { hasLuhnSum, valueAt } from '../../checksums.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isCountryCode } from './country-codes.ts'

const isNamed = contextBefore([
  'isin',
  'isins',
  'wkn',
  'security',
  'securities',
  'bond',
  'wertpapier',
  'aktie',
  'titre',
  'valor',
])
/** Tax numbers of these countries are two letters and ten digits as well. */
const withLongTaxNumbers = new Set(['PL', 'BE', 'RO', 'SK', 'HR', 'LT', 'RU', 'KZ'])

function findIsin(text: string, start: number): readonly Match[] {
  const value = text.slice(start, start + 12)
  const country = value.slice(0, 2)
  if (!/^[A-Z]{2}[A-Z0-9]{9}\d$/.test(value)) return nothing
  if (!isCountryCode(country) && country !== 'XS' && country !== 'EU') return nothing
  let digits = ''
  for (let at = 0; at < value.length; at++) digits += valueAt(value, at)
  if (!hasLuhnSum(digits)) return nothing
  if (withLongTaxNumbers.has(country) && !isNamed(text, start)) return nothing
  return [
    {
      start,
      end: start + 12,
      score: 0.95,
      isProved: true,
      why: 'country, length and check digit of a security',
    },
  ]
}

/** Numbers of securities. Public in themselves; which ones a company speaks about may not be. */
export const isin: Detector = {
  type: 'isin',
  family: 'payment',
  class: 'internal',
  label: 'number of a security (ISIN)',
  trigger: { mixed: { shortest: 12, longest: 12 }, wordForms: ['AA*********9'] },
  examine: findIsin,
  proof: 'country code and Luhn sum over letters and digits',
  finds: [
    'buy «US0378331005» today',
    'ISIN:«DE0005557508»',
    '«FR0000120271», «GB0002634946»',
    'ISIN «PL9999999995»',
  ],
  ignores: [
    'US0378331006',
    'us0378331005',
    'ZZ0378331005',
    'US03783310055',
    'PL9999999995',
    'order AB1234567890',
  ],
  source: 'ISO 6166:2021',
}
