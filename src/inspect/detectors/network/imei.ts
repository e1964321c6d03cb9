import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { hasLuhnSum } from '../../checksums.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

const isDeviceContext = contextBefore([
  'imei',
  'imeis',
  'handset',
  'device id',
  'gerätenummer',
  'seriennummer',
])

function findImei(text: string, start: number, end: number): readonly Match[] {
  const value = text.slice(start, end)
  const isPrinted = /^\d\d([ -])\d{6}\1\d{6}\1\d$/.test(value)
  const digits = value.replace(/\D/g, '')
  if (isInsideAtStart(text, start) || isInsideAtEnd(text, end) || /[-.]/.test(text.charAt(start - 1)))
    return nothing
  if (
    digits.length !== 15 ||
    !hasLuhnSum(digits) ||
    /^0+$/.test(digits) ||
    (!isPrinted && !isDeviceContext(text, start))
  )
    return nothing
  const why = isPrinted
    ? 'grouped as devices print it, with a valid Luhn sum'
    : 'fifteen digits with a valid Luhn sum after a name for them'
  return [{ start, end, score: 0.95, isProved: true, why }]
}

/** Serial numbers of mobile telephones. */
export const imei: Detector = {
  type: 'imei',
  family: 'network',
  class: 'confidential',
  label: 'serial number of a mobile telephone (IMEI)',
  trigger: { groups: ['15', '2-6-6-1'] },
  examine: findImei,
  proof: 'Luhn sum, and its own grouping or its name',
  finds: ['IMEI: «490154203237518»', '«49-015420-323751-8»', '{"imei":"«356938035643809»"}'],
  ignores: ['490154203237518', 'IMEI: 490154203237519', '49-015420-323751-9', 'imei 000000000000000'],
  source: '3GPP TS 23.003, clause 6.2.1 and annex B',
}
