import type { Detector } from '../../detector.ts'
import { personalTerm } from './personal-term.ts'

export const religion: Detector = {
  type: 'religion',
  family: 'person',
  class: 'confidential',
  label: 'religion of a person',
  ...personalTerm({
    wakes: [
      ...[
        'muslim',
        'musulm',
        'islam',
        'moslem',
        'catholic',
        'katholi',
        'catholi',
        'cattolic',
        'protestant',
        'evangeli',
        'jew',
        'jud',
        'juif',
        'juive',
      ],
      ...[
        'hindu',
        'buddhis',
        'bouddhis',
        'budist',
        'sikh',
        'mormon',
        'atheis',
        'ateo',
        'ateu',
        'agnostic',
        'agnosti',
        'baptist',
        'methodist',
        'quaker',
        'scientolog',
      ],
    ],
    terms:
      'muslims?|musulm[aá]na?o?|musulmane?|muçulman[oa]|moslem|islamic|catholic|katholisch|katholik(?:in)?|catholique|cattolic[oa]|protestants?|evangelisch|evangelical|jewish|jude|jüdin|jüdisch|jud[ií][oa]|juif|juive|hindu|buddhist(?:in|a)?|bouddhiste|budista|sikh|mormon|atheist(?:in)?|ateo|atea|ateu|agnostic|agnostiker(?:in)?|baptist|methodist|quaker|scientologist',
    verbs:
      "am|is|'m|'s|was|are|became|become|identif(?:y|ies) as|converted to|bin|ist|wurde|suis|est|soy|es|sou|é|sono|è|ben",
    fields:
      'religion|religious affiliation|faith|konfession|religionszugehörigkeit|confession|religi[óo]n|religi[ãa]o|religione|godsdienst',
    why: 'a religion in a statement about a person',
  }),
  proof: 'a person and a verb, or the name of a field, before it',
  finds: [
    'She is a practising «Muslim» and asked for a room.',
    "I'm «Jewish», so Friday evening does not work.",
    '{"religion": "«Catholic»"}',
    'Konfession: «evangelisch»',
    'my boss is «Hindu»',
    'ich bin «katholisch»',
    'mi jefe es «ateo»',
  ],
  ignores: [
    'Jewish history in Prague',
    'The museum is Catholic in its taste',
    'What do Muslims celebrate?',
    'a Protestant church',
    'it is Hindu',
    'the religion of Islam',
  ],
  source: 'GDPR, article 9(1)',
}
