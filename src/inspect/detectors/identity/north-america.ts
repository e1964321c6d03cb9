/** Ids of the United States and Canada. Social security numbers have a file of their own. */
import { hasLuhnSum } from '../../checksums.ts'
import type { Detector } from '../../detector.ts'
import { companyWords, socialWords, taxWords } from '../../id-words.ts'
import { identifier } from '../../identifier.ts'

/** The prefixes of employer numbers that are given out. Source: IRS, how EINs are assigned. */
const einPrefixes = /^(?:0[1-6]|1[0-6]|2[0-7]|3\d|4[0-8]|5\d|6[0-8]|7[1-7]|8[0-8]|9[0-5]|9[89])/

/** Values of letters and weights of places. Source: ISO 3779:2009; 49 CFR 565.15, tables III and IV. */
const vinValues = '0123456789.ABCDEFGH..JKLMN.P.R..STUVWXYZ'
const vinWeights = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]

export function isVehicleNumber(vin: string): boolean {
  if (!/^[A-HJ-NPR-Z\d]{8}[\dX][A-HJ-NPR-Z\d]{4}\d{4}$/.test(vin)) return false
  let sum = 0
  for (let index = 0; index < vin.length; index++) {
    sum += (vinValues.indexOf(vin.charAt(index)) % 10) * (vinWeights[index] as number)
  }
  return '0123456789X'[sum % 11] === vin[8]
}

/** Source: IRS, Publication 1915. */
const isItin = (id: string): boolean => /^9\d\d(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])\d{4}$/.test(id)

const isSin = (id: string): boolean => /^[1-79]/.test(id) && hasLuhnSum(id)

export const northAmericanIds: readonly Detector[] = [
  identifier({
    type: 'us-itin',
    label: 'US individual taxpayer number',
    names: ['itin', 'individual taxpayer'],
    sharedNames: [...taxWords, 'ssn', ...socialWords],
    ownForms: ['999-99-9999'],
    forms: ['999999999', '999 99 9999'],
    isValid: isItin,
    proof: 'first digit 9 and an assigned range',
    finds: ['ITIN «912-78-4321»', 'individual taxpayer id: «912784321»', '«934-70-8812»'],
    ignores: ['912-49-4321', '912784321', 'order 912 78 4321', 'x912-78-4321'],
    source: 'Internal Revenue Service, Publication 1915',
  }),
  identifier({
    type: 'us-ein',
    label: 'US employer identification number',
    names: ['ein', 'fein', 'employer identification', 'employer id', 'federal tax id', 'federal id'],
    sharedNames: taxWords,
    forms: ['99-9999999', '999999999'],
    isValid: (id) => einPrefixes.test(id) && !/^(\d)\1+$/.test(id),
    isUnchecked: true,
    proof: 'assigned prefix',
    finds: ['EIN: «46-1234567»', 'federal tax id «461234567»'],
    ignores: ['46-1234567', 'EIN 07-1234567', 'EIN 46-12345678', 'part 46-1234567'],
    source: 'Internal Revenue Service, how EINs are assigned and valid EIN prefixes',
  }),
  identifier({
    type: 'vehicle-number',
    label: 'vehicle identification number',
    names: [
      'vin',
      'vehicle identification',
      'vehicle',
      'chassis',
      'fahrgestell',
      'fahrzeug identifizierungs',
      'fin',
    ],
    sharedNames: ['num[eé]ro de ch[aâ]ssis', 'bastidor', 'telaio', 'chassi', 'car', 'truck'],
    ownForms: ['*****************'],
    isValid: isVehicleNumber,
    proof: '17 characters, check character modulo 11 and a serial number',
    finds: ['VIN «1HGCM82036A987064»', 'the car is «1HGCM82835A515502».', '«1M8GDM9AXKP042788»'],
    ignores: ['VIN 1M8GDM9A1KP042788', '1M8GDM9AXKP04278', 'a1b2c3d4e5f6a7b8c', 'x_1M8GDM9AXKP042788'],
    source: 'ISO 3779:2009; 49 CFR 565.15',
  }),
  identifier({
    type: 'ca-sin',
    label: 'Canadian social insurance number',
    names: ['sin number', 'sin no', 'sin(?= ?[:#=])', 'nas', 'social insurance', 'assurance sociale'],
    sharedNames: taxWords,
    forms: ['999-999-999', '999 999 999', '999999999'],
    isValid: isSin,
    proof: 'assigned first digit and Luhn sum',
    finds: [
      'SIN: «359-269-966»',
      'social insurance number «951 700 368»',
      "numéro d'assurance sociale «197048119»",
    ],
    ignores: ['046-454-286', 'SIN: 947-686-637', 'social insurance 846 454 286', 'it is a sin 4 times'],
    source: 'Government of Canada, Social Insurance Number code of practice',
  }),
  identifier({
    type: 'ca-business-number',
    label: 'Canadian business number',
    names: ['bn', 'business number', 'num[eé]ro d.entreprise', 'cra', 'gst', 'hst'],
    sharedNames: [...companyWords, ...taxWords],
    ownForms: [
      '999999999rt9999',
      '999999999rp9999',
      '999999999rc9999',
      '999999999rm9999',
      '999999999 rt 9999',
    ],
    forms: ['999999999', '99999 9999'],
    isValid: (id) => hasLuhnSum(id.slice(0, 9)),
    proof: 'Luhn sum and a program account',
    finds: ['GST/HST «975653239RT0001»', 'business number: «693640104»', '«763978236RC0002»'],
    ignores: ['607425210RT0001', '123456782', '123456782RX0001'],
    source: 'Canada Revenue Agency, business number registration',
  }),
]
