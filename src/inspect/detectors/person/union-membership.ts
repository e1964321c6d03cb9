import type { Detector } from '../../detector.ts'
import { personalTerm } from './personal-term.ts'

export const unionMembership: Detector = {
  type: 'union-membership',
  family: 'person',
  class: 'confidential',
  label: 'union membership of a person',
  ...personalTerm({
    wakes: [
      ...[
        'union',
        'trade union',
        'labor union',
        'labour union',
        'gewerkschaft',
        'shop steward',
        'syndiqu',
        'sindica',
        'vakbond',
      ],
      ...['ver.di', 'ig metall', 'works council', 'betriebsrat'],
    ],
    terms:
      '(?:trade |labou?r )?union(?: (?:member|representative|rep|organi[sz]er|steward))?|gewerkschaft(?:smitglied|er|erin)?|shop steward|syndiquée?|sindicalista|sindicato|sindacalista|vakbond(?:slid)?|ver\\.di|ig metall|works council|betriebsrat',
    verbs:
      "(?:am|is|'m|'s|was) (?:a |an |active |an active )?(?:member of|organi[sz]er (?:of|for)|in)? ?|joined|leads?|organi[sz](?:es|ed)|(?:am|is|'m|'s|was|became) |belongs? to|bin|ist|suis|est|soy|es|miembro|pertenece|membro|lid van",
    fields: 'union|union membership|trade union|gewerkschaft|syndicat|sindicato|vakbond',
    why: 'organised labour in a statement about a person',
  }),
  proof: 'a person and a verb, or the name of a field, before it',
  finds: [
    'She is a «union member» and was warned.',
    'my colleague joined the «union» last week',
    'he is a «shop steward»',
    'Gewerkschaft: «ver.di»',
    'er ist «Gewerkschaftsmitglied»',
    'our employee belongs to the «trade union»',
  ],
  ignores: [
    'The union of two sets',
    'union all select',
    'the European Union is large',
    'a union type is an array',
    'it is a union',
    'exports.union = union;',
    'trade union law',
  ],
  source: 'GDPR, article 9(1)',
}
