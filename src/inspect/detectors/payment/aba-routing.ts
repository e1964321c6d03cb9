import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** First two digits: Federal Reserve districts, thrifts, electronic and traveller's cheques. */
const isDistrict = (digits: string): boolean => {
  const prefix = Number(digits.slice(0, 2))
  return prefix <= 12 || (prefix >= 21 && prefix <= 32) || (prefix >= 61 && prefix <= 72) || prefix === 80
}

/** Weights 3, 7, 1 over nine digits; the sum is a multiple of ten and not zero. */
export function hasRoutingSum(digits: string): boolean {
  const weights = [3, 7, 1]
  let sum = 0
  for (let index = 0; index < digits.length; index++) sum += Number(digits[index]) * (weights[index % 3] ?? 0)
  return sum > 0 && sum % 10 === 0
}

export const abaRouting: Detector = {
  type: 'aba-routing',
  family: 'payment',
  class: 'internal',
  label: 'US bank routing number',
  ...namedValue({
    wakes: ['routing', 'aba', 'rtn'],
    names: 'routing(?: (?:transit )?(?:number|no|code))?|aba(?:/rtn)?|rtn',
    fillers: 'routing|transit|aba|wire|ach|bank',
    value: '\\d{9}|\\d{4}-\\d{4}-\\d',
    judge: (value) => {
      const digits = value.replace(/\D/g, '')
      return isDistrict(digits) && hasRoutingSum(digits)
        ? { score: 0.95, isProved: true, why: 'nine digits with a valid routing sum after a name for them' }
        : undefined
    },
  }),
  proof: 'sum with weights 3, 7, 1 and its name before it',
  finds: [
    'routing number: «021000021»',
    'ABA «011000015», account 1234',
    '{"routing_number":"«322271627»"}',
    'Routing (ACH) no. «021000021»',
  ],
  ignores: ['021000021', 'routing number: 021000022', 'ABA 991000021', 'routing table 10', 'order 011000015'],
  source: 'American Bankers Association, routing number policy; Federal Reserve districts',
}
