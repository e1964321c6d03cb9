import type { Detector } from '../detector.ts'
import { namedValue } from '../named-value.ts'
import { indianVehicleKind } from './kinds.ts'

/** States and territories, with codes that were changed. */
const states =
  'an|ap|ar|as|br|cg|ch|dd|dl|dn|ga|gj|hp|hr|jh|jk|ka|kl|la|ld|mh|ml|mn|mp|mz|nl|od|or|pb|py|rj|sk|tn|tr|ts|tg|uk|up|ua|wb'

/** Registrations of vehicles in India, after a word for them: state, district, series and number, or the series of all states. */
export const indianVehicle: Detector = {
  ...indianVehicleKind,
  ...namedValue({
    wakes: [
      ...[
        'vehicle n',
        'vehicle r',
        'vehicle_n',
        'vehicle_r',
        'vehiclen',
        'vehicler',
        'registration n',
        'regn',
      ],
      ...['registration_n', 'reg n', 'reg. n', 'reg_n', 'number plate', 'license plate', 'licence plate'],
      ...['plate n', 'car n', 'bike n', 'truck n', 'rc n'],
    ],
    names:
      'vehicle[ _]?(?:registration|regn?)[ _.]?(?:numbers?|no)?|vehicle[ _]?(?:numbers?|no)|(?:registration|regn?\\.?)[ _]?(?:numbers?|no)|regn|number plate|licen[cs]e plate|plate (?:number|no)|(?:car|bike|truck|rc) (?:number|no)',
    value: `(?:${states})[ -]?\\d{1,2}[ -]?[a-z]{0,3}[ -]?\\d{4}|\\d\\d[ -]?bh[ -]?\\d{4}[ -]?[a-z]{1,2}`,
    isList: true,
    judge: (value) =>
      value.endsWith('0000') ? undefined : { score: 0.85, why: 'state and number after a word for vehicles' },
  }),
  finds: [
    'vehicle number «MH 12 AB 1234»',
    'Vehicle registration no: «KA05MH4455»',
    '{"vehicle_number":"«DL3CAB1234»"}',
    'her car number is «TN-09-BX-7788» and «TN-10-C-4455»',
    'Regn. no. «GJ 1 XY 0042»',
    'number plate «22 BH 4455 AA»',
    'registration number «up32ab1234»',
  ],
  ignores: [
    'MH 12 AB 1234',
    'vehicle number XX 12 AB 1234',
    'vehicle number MH 12 AB 0000',
    'registration number MH 12345678',
    'the car number 12 of 40',
    'plate number AB12 CDE',
    'vehicle registration in 2024',
  ],
}
