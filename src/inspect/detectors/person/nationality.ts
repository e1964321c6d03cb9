import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** A field of a form. In prose `German` is a language, a car and a people. */
export const nationality: Detector = {
  type: 'nationality',
  family: 'person',
  class: 'internal',
  label: 'nationality of a person',
  ...namedValue({
    wakes: [
      'nationality',
      'citizenship',
      'staatsangeh',
      'staatsb',
      'nationalit',
      'nacionalid',
      'nazionalit',
      'cittadinanza',
      'nationaliteit',
    ],
    names:
      '(?:nationality|citizenship|staatsangehörigkeit|staatsbürgerschaft|nationalité|nacionalidade?|nazionalità|cittadinanza|nationaliteit)["\'*_]{0,2}\\s?[:=]',
    value:
      '\\p{L}{2,20}(?:tsch|ish|ian|ean|an|ese|ch|ench|isch|aans|ais|aise|ien|ienne|ano|ana|ol|ola|és|esa|és|ês|eza|o|a|i|er|nd|and|US|USA|DE|FR|GB|UK|ES|PT|IT|NL|AT)',
    judge: (value) =>
      value.length > 24 ||
      /^(?:and|und|of|or|date|is|not|data)$/i.test(value) ||
      (value === value.toLowerCase() && !/sch$/.test(value))
        ? undefined
        : { score: 0.8, why: 'a people or country after a name for nationality' },
  }),
  proof: 'its name before a people or country',
  finds: [
    'Nationality: «German»',
    '{"nationality":"«Brazilian»"}',
    'Staatsangehörigkeit: «deutsch»',
    'nacionalidad: «Española»',
  ],
  ignores: [
    'her nationality and religion',
    'nationality of applicants',
    'What nationality was James?',
    'German engineering',
    'dual citizenship',
  ],
  source: 'GDPR, article 4(1); ICAO Doc 9303, part 3',
}
