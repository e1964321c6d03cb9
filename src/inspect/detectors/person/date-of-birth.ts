import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'
import { writtenDate } from './written-date.ts'

/** The day a person was born. A date alone is any day. */
export const dateOfBirth: Detector = {
  type: 'date-of-birth',
  family: 'person',
  class: 'confidential',
  label: 'date of birth',
  ...namedValue({
    // An encyclopaedia writes of public figures like this.
    isDismissed: (text, start) => text.startsWith('(born', start - 1),
    wakes: [
      ...[
        'dob',
        'd.o.b',
        'birth',
        'date of birth',
        'born',
        'geboren',
        'geb.',
        'geburt',
        'naissance',
        'nacid',
        'nacimiento',
      ],
      ...['nascid', 'nascimento', 'nascita', 'nato il', 'nata il', 'geboorte'],
    ],
    names:
      'dob|d\\.o\\.b|birth(?:[ _-]?da(?:te|y)s?)?|born|geboren|geb|geburts(?:datum|tag)|naissance|nacid[oa]|nacimiento|nascid[oa]|nascimento|nascita|nat[oa] il|geboorte(?:datum|dag)',
    fillers: 'on|am|em|el|op|le|date|was|in \\p{L}{2,20}',
    value: writtenDate,
    judge: () => ({ score: 0.9, why: 'a date after words for being born' }),
  }),
  proof: 'words for being born before a date',
  finds: [
    'DOB: «03/05/1980»',
    'born on «3 May 1980» in Example',
    '{"birthDate":"«1980-05-03»"}',
    'date_of_birth=«1980-05-03»',
    'geboren am «3. Mai 1980»',
    'geb. «03.05.1980»',
    'Geburtsdatum: «03.05.1980»',
    'date de naissance : «3 mai 1980»',
    'fecha de nacimiento «3 de mayo de 1980»',
    'data de nascimento: «03/05/1980»',
    'nata il «3 maggio 1980»',
    'geboortedatum «3 mei 1980»',
    'My birthday is «May 3rd, 1980».',
  ],
  ignores: [
    'on 03/05/1980',
    'born in 1980',
    'Example Muster (born 3 May 1980) is a painter',
    'the idea was born on Monday',
    'his birthday is in May',
    'born 99/99/1980',
    'reborn 03/05/1980',
    'stubborn 03/05/1980',
  ],
  source: 'GDPR, article 4(1); 45 CFR 164.514(b)(2)(i)(C)',
}
