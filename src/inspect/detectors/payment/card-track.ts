import { hasLuhnSum } from '../../checksums.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Longest track 1 without its number: name of up to 26, date, service code and what the issuer adds. */
const longestRest = 70
const track1 = /^\^[A-Z ./'-]{2,26}\^\d{7}[\dA-Z]{0,32}\??/i
const track2 = /^[=D]\d{7}\d{0,16}\??/

function findTrack(text: string, start: number, end: number): readonly Match[] {
  const rest = text.slice(end, end + longestRest)
  if (!/^[=D^]/.test(rest)) return nothing
  const digits = /\d{12,19}$/.exec(text.slice(Math.max(start, end - 20), end))?.[0]
  const after = track1.exec(rest) ?? track2.exec(rest)
  if (digits === undefined || after === null || !hasLuhnSum(digits)) return nothing
  const opening = /(?:%?B|;)$/.exec(text.slice(Math.max(0, end - digits.length - 2), end - digits.length))
  const from = end - digits.length - (opening?.[0].length ?? 0)
  const why = 'a card number with a valid Luhn sum, followed by what a magnetic stripe holds'
  return [{ start: from, end: end + after[0].length, score: 1, isProved: true, why }]
}

/** What stands on the magnetic stripe of a card. It may never be stored after a payment: PCI DSS, requirement 3.3. */
export const cardTrack: Detector = {
  type: 'card-track',
  family: 'payment',
  class: 'restricted',
  label: 'magnetic stripe of a card',
  trigger: { digits: 12 },
  examine: findTrack,
  proof: 'Luhn sum and the layout of the stripe',
  finds: [
    'swiped «%B4111111111111111^MUSTER/ANNA^27121010000000000?»',
    '«;4111111111111111=27121010000000000000?»',
    'track2: «5105105105105100D2712101123456789»',
  ],
  ignores: [
    '4111111111111111=total',
    ';4111111111111112=27121010000000000000?',
    'id=4111111111111111^2',
    'x;123456789012=1234',
  ],
  source: 'ISO/IEC 7813:2006; PCI DSS 4.0, requirement 3.3.1',
}
