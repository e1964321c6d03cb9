/** Numbers of passports and driving licences: no check tells them from others, only the words before them do. */
import type { Detector } from '../../detector.ts'
import { identifier } from '../../identifier.ts'

/** Two digits at least; not a year and not a word. */
const hasDigits = (id: string): boolean => /\d.*\d.*\d.*\d/.test(id) && !/^(\d)\1+$/.test(id)

const passportForms = '999999999 A99999999 AA9999999 99AA99999 A9999999 AAA999999 AA999999 A999999A'.split(
  ' ',
)

const licenceForms = [
  ...'A9999999 99999999 999999999 A99999999 A999999999 A999999999999 A9999-99999-99999 A999-9999-9999'.split(
    ' ',
  ),
  ...'A999-9999-9999-99 9999999 99AA99999 AA999999 AA9999999 A999-999-99-999-9 99-999-9999 A99-99-9999'.split(
    ' ',
  ),
]

export const documentIds: readonly Detector[] = [
  identifier({
    type: 'passport',
    label: 'passport number',
    names: [
      ...[
        'passport',
        'passport number',
        'passport no',
        'passports',
        'reisepass',
        'pass nr',
        'passeport',
        'pasaporte',
      ],
      ...[
        'passaporto',
        'passaporte',
        'paspoort',
        'paszport\\w*',
        'pass(?= ?(?:no|nr|number))',
        '护照',
        '護照',
        'パスポート',
        '여권',
      ],
      ...['num[eé]ro de passeport', 'n[uú]mero de pasaporte', 'travel document'],
    ],
    forms: passportForms,
    isValid: hasDigits,
    isUnchecked: true,
    proof: 'letters and digits as passports have',
    finds: [
      'passport no. «123456789»',
      'Passport: «A12345678»',
      'passeport «09AB12345»',
      'pasaporte «AAA123456»',
      '护照号码«E12345678»',
    ],
    ignores: ['123456789', 'A12345678', 'passport 12345', 'passport AAAAAAAAA', 'pass 123456789'],
    source: 'ICAO Doc 9303, part 4; forms of the states that issue them',
  }),
  identifier({
    type: 'driving-licence',
    label: 'driving licence number',
    names: [
      ...[
        'driver.?s? licen[cs]e',
        'driving licen[cs]e',
        'drivers? licen[cs]e number',
        'dl number',
        'dl no',
        'dl(?= ?[#:])',
      ],
      ...[
        'licen[cs]e number',
        'f[uü]hrerschein',
        'permis de conduire',
        'permiso de conducir',
        'licencia de conducir',
      ],
      ...[
        'patente di guida',
        'patente',
        'carta de condu[cç][aã]o',
        'rijbewijs',
        'prawo jazdy',
        'k[oö]rkort',
        '驾驶证',
        '運転免許',
      ],
    ],
    forms: licenceForms,
    isValid: hasDigits,
    isUnchecked: true,
    proof: 'letters and digits as licences have',
    finds: [
      "driver's license «D1234567»",
      'Driving licence: «F255-9215-0094»',
      'DL# «12345678»',
      'permis de conduire «99AB12345»',
    ],
    ignores: ['D1234567', 'F255-9215-0094', "driver's license 2024", 'software license D1234567X'],
    source: 'AAMVA, formats by state; Directive 2006/126/EC',
  }),
]
