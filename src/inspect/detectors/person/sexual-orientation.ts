import type { Detector } from '../../detector.ts'
import { personalTerm } from './personal-term.ts'

export const sexualOrientation: Detector = {
  type: 'sexual-orientation',
  family: 'person',
  class: 'confidential',
  label: 'sexual orientation of a person',
  ...personalTerm({
    wakes: [
      ...[
        'gay',
        'lesbian',
        'lesbi',
        'lesbe',
        'lesbisch',
        'bisex',
        'homosex',
        'heterosex',
        'transgender',
        'transsex',
        'nonbinary',
        'non-binary',
      ],
      ...['queer', 'schwul', 'asexual', 'pansexual'],
    ],
    terms:
      'gay|lesbian|lesbe|lesbisch|lesbienne|lesbiana|l[ée]sbica|bisexual|bisexuell|bisexuel(?:le)?|homosexual|homosexuell|homosexuel(?:le)?|homosessuale|heterosexual|heterosexuell|transgender|trans(?:sexual|sexuell)|non-?binary|queer|schwul|asexual|pansexual',
    verbs: "am|is|'m|'s|was|came out as|identif(?:y|ies) as|bin|ist|suis|est|soy|es|sou|é|sono|è|ben",
    fields:
      'sexual orientation|orientation|sexuelle orientierung|orientation sexuelle|orientaci[óo]n sexual|orienta[çc][ãa]o sexual',
    why: 'a sexual orientation in a statement about a person',
  }),
  proof: 'a person and a verb, or the name of a field, before it',
  finds: [
    'He is «gay» and not out at work.',
    'my daughter came out as «bisexual»',
    'Sexual orientation: «lesbian»',
    'ich bin «schwul»',
    "I'm «non-binary»",
    'mi hermana es «lesbiana»',
  ],
  ignores: [
    'a gay bar',
    'the film is queer',
    'Are penguins gay?',
    'homosexual couples may marry',
    'orientation: landscape',
    'Gay Street 12',
  ],
  source: 'GDPR, article 9(1)',
}
