import type { Detector } from '../../detector.ts'
import { personalTerm } from './personal-term.ts'

export const politicalOpinion: Detector = {
  type: 'political-opinion',
  family: 'person',
  class: 'confidential',
  label: 'political opinion of a person',
  ...personalTerm({
    wakes: [
      ...[
        'republican',
        'democrat',
        'communist',
        'kommunist',
        'socialist',
        'sozialist',
        'labour',
        'tory',
        'conservative part',
      ],
      ...[
        'green party',
        'afd',
        'spd',
        'cdu',
        'fdp',
        'libertarian',
        'anarchist',
        'marxist',
        'comunista',
        'socialista',
      ],
    ],
    terms:
      'republicans?|democrats?|communist(?: party)?|kommunist(?:in)?|socialist(?: party)?|sozialist(?:in)?|labour(?: party| member| voter)?|tory|conservative party|green party|afd(?:-(?:mitglied|wähler(?:in)?))?|spd(?:-(?:mitglied|wähler(?:in)?))?|cdu(?:-(?:mitglied|wähler(?:in)?))?|fdp(?:-(?:mitglied|wähler(?:in)?))?|libertarian|anarchist|marxist|comunista|socialista',
    verbs:
      "am|is|'m|'s|was|vot(?:e|es|ed) (?:for )?(?:the )?|supports?|(?:joined|left) the|(?:am|is|was|'m|'s) (?:a )?(?:registered|member of the|in the)|member of the|bin|ist|wählt|wähle|suis|est|soy|es|vota|voto|sou|sono",
    fields: 'political (?:opinion|party|affiliation|views?)|party affiliation|parteizugehörigkeit|partei',
    why: 'a political opinion in a statement about a person',
  }),
  proof: 'a person and a verb, or the name of a field, before it',
  finds: [
    'He is a registered «Republican» and says so.',
    'my neighbour votes for the «Green Party»',
    'Party affiliation: «Democrat»',
    'Parteizugehörigkeit: «SPD»',
    "I'm a «socialist»",
    'she joined the «Labour Party» in May',
  ],
  ignores: [
    'The Republican candidate won',
    'Democrats in the senate',
    'labour costs rise',
    'the state is socialist',
    'a libertarian think tank',
    'who votes for the Green Party?',
  ],
  source: 'GDPR, article 9(1)',
}
