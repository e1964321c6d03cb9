/** Numbers of physicians, practices and those who prescribe. */
import { hasLuhnSum, valueAt, weightedSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { identifier } from '../../identifier.ts'

/** Prefix 80840 of the card issuer belongs to the sum. Source: CMS. */
const isNpi = (id: string): boolean => /^[12]/.test(id) && hasLuhnSum(`80840${id}`)

/** First letter: kind of registrant; second: of the name, or 9. */
function isDea(id: string): boolean {
  if (!/^[ABCDEFGHJKLMPRSTUX][A-Z9]\d{7}$/.test(id)) return false
  return weightedSum(id.slice(2, 8), [1, 2]) % 10 === valueAt(id, 8)
}

/** Six digits, a check digit, two for the specialty. Source: KBV, Arztnummern-Richtlinie. */
const isLanr = (id: string): boolean =>
  (10 - (weightedSum(id.slice(0, 6), [4, 9]) % 10)) % 10 === valueAt(id, 6) && !/^0{6}/.test(id)

/** The first two digits are the association: 01 to 03, 17, 20, 35, 38, 46, 47, 51 to 52, 71 to 74, 78, 83, 88, 93, 98. */
const isBsnr = (id: string): boolean =>
  /^(?:0[1-3]|17|20|21|24|27|3[15-9]|4[0-9]|5[0-9]|6[0-9]|7[0-9]|8[0-9]|9[0-9])/.test(id) &&
  !/^(\d)\1+$/.test(id)

const doctorWords = [
  ...[
    'doctor',
    'dr',
    'physician',
    'prescriber',
    'prescriber id',
    'provider',
    'practitioner',
    'pharmacy',
    'arzt',
    'praxis',
  ],
]

export const professionalIds: readonly Detector[] = [
  identifier({
    type: 'us-npi',
    family: 'health',
    label: 'US national provider identifier',
    names: ['npi', 'national provider', 'provider id', 'provider number'],
    sharedNames: doctorWords,
    forms: ['9999999999'],
    isValid: isNpi,
    proof: 'Luhn sum with prefix 80840',
    finds: ['NPI: «1234567893»', 'National Provider Identifier «1655698904»'],
    ignores: ['1234567893', 'NPI 1234567892', 'NPI 3234567893'],
    source: 'Centers for Medicare & Medicaid Services; 45 CFR 162.406',
  }),
  identifier({
    type: 'us-dea',
    family: 'health',
    label: 'US drug enforcement registration number',
    names: ['dea', 'dea number', 'dea no', 'dea registration', 'drug enforcement'],
    sharedNames: doctorWords,
    forms: ['AA9999999', 'A99999999'],
    isValid: isDea,
    proof: 'kind of registrant and check digit',
    finds: ['DEA «AB1234563»', 'DEA number: «F91234563»', 'prescriber «BS2841092»'],
    ignores: ['AB1234563', 'DEA AB1234564', 'DEA ZB1234563'],
    source: 'Drug Enforcement Administration; 21 CFR 1301',
  }),
  identifier({
    type: 'de-physician-number',
    family: 'health',
    label: 'German physician number (LANR)',
    names: ['lanr', 'lebenslange arzt', 'arzt', 'arzt nr'],
    forms: ['999999999', '9999999'],
    isValid: isLanr,
    proof: 'check digit',
    finds: ['LANR «123456601»', 'Arztnummer: «1234566»'],
    ignores: ['123456601', 'LANR 123456701', 'Order 1234566'],
    source: 'Kassenärztliche Bundesvereinigung, Richtlinie nach § 75 Abs. 7 SGB V',
  }),
  identifier({
    type: 'de-practice-number',
    family: 'health',
    label: 'German practice number (BSNR)',
    names: ['bsnr', 'betriebsst[aä]tten', 'betriebsst[aä]tte', 'nbsnr'],
    forms: ['999999999'],
    isValid: isBsnr,
    isUnchecked: true,
    proof: 'association of physicians',
    finds: ['BSNR: «721111100»', 'Betriebsstättennummer «988765400»'],
    ignores: ['721111100', 'BSNR 001111100', 'BSNR 72111110'],
    source: 'Kassenärztliche Bundesvereinigung, Richtlinie nach § 75 Abs. 7 SGB V',
  }),
]
