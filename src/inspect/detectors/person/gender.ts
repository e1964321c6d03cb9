import type { Detector } from '../../detector.ts'
import { namedValue } from '../../named-value.ts'

/** A field of a form: said in prose it is in every pronoun. */
export const gender: Detector = {
  type: 'gender',
  family: 'person',
  class: 'internal',
  label: 'gender of a person',
  ...namedValue({
    wakes: ['gender', 'sex', 'geschlecht', 'sesso', 'geslacht'],
    names: '(?:gender|sex|geschlecht|sexe|sexo|sesso|geslacht)["\'*_]{0,2}\\s?[:=|]',
    value:
      'male|female|non-?binary|diverse?|männlich|weiblich|divers|homme|femme|hombre|mujer|masculino|femenino|feminino|maschio|femmina|man|vrouw|m|f|x|w|d',
    judge: () => ({ score: 0.8, why: 'a gender in a field for it' }),
  }),
  proof: 'a field for it before the word',
  finds: [
    'Gender: «female»',
    '{"sex":"«M»"}',
    'Geschlecht: «weiblich»',
    'sexo: «masculino»',
    'gender = «non-binary»',
  ],
  ignores: ['gender equality', 'sex education', 'gender: the debate', 'the gender is male', 'gender: M1'],
  source: 'GDPR, article 4(1)',
}
