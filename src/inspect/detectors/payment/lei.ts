import { hasMod97 } from '../../checksums.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

function findLei(text: string, start: number, end: number): readonly Match[] {
  const value = text.slice(start, end)
  if (!/^[A-Z0-9]{18}\d\d$/.test(value) || !hasMod97(value)) return nothing
  return [{ start, end, score: 1, isProved: true, why: 'twenty characters with a valid check number' }]
}

/** Identifiers of legal entities. */
export const lei: Detector = {
  type: 'lei',
  family: 'payment',
  class: 'internal',
  label: 'legal entity identifier (LEI)',
  trigger: { mixed: { shortest: 20, longest: 20 }, wordForms: ['******************99'] },
  examine: findLei,
  proof: 'check number modulo 97',
  finds: [
    'LEI «5493001KJTIIGC8Y1R12»',
    '«529900T8BM49AURSDO55», Frankfurt',
    '1. «529900T8BM49AURSDO55»',
    'of «HWUPKR0MPOU8FGXBT394»',
  ],
  ignores: [
    '5493001KJTIIGC8Y1R13',
    '5493001kjtiigc8y1r12',
    'x5493001KJTIIGC8Y1R12',
    '5493001KJTIIGC8Y1R1299',
  ],
  source: 'ISO 17442-1:2020; ISO/IEC 7064 MOD 97-10',
}
