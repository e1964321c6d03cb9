import type { Detector } from '../../detector.ts'
import { personalTerm } from './personal-term.ts'

export const ethnicOrigin: Detector = {
  type: 'ethnic-origin',
  family: 'person',
  class: 'confidential',
  label: 'ethnic origin of a person',
  ...personalTerm({
    wakes: [
      ...[
        'african american',
        'african-american',
        'latino',
        'latina',
        'hispanic',
        'asian',
        'caucasian',
        'black',
        'white',
        'arab',
        'kurd',
        'roma',
      ],
      ...[
        'sinti',
        'native american',
        'indigenous',
        'aboriginal',
        'mixed race',
        'mixed-race',
        'biracial',
        'pacific isl',
      ],
    ],
    terms:
      'african[ -]american|latin[oa]|hispanic|asian(?:[ -]american)?|caucasian|black|white|arab(?:ic|e)?|kurd(?:ish|isch|e|in)?|roma|sinti(?:zza)?|native american|indigenous|aboriginal|mixed[ -]race|biracial|pacific islander',
    // `He is black` in a text about chess: for colours a field or `identifies as` must say what is meant.
    verbs: "(?:identif(?:y|ies)|self-identif(?:y|ies)|registered) as|(?:am|is|'m|'s|was) (?:ethnically|of)",
    fields:
      'race|ethnicity|ethnic (?:origin|group|background)|race/ethnicity|ethnie|herkunft|ethnische herkunft|etnia|origen [ée]tnico|etniciteit',
    why: 'an ethnic origin in a statement about a person',
  }),
  proof: 'a person and a verb, or the name of a field, before it',
  finds: [
    'Ethnicity: «Hispanic»',
    '{"race": "«Black»", "age": 40}',
    'the applicant identifies as «Latina»',
    'ethnische Herkunft: «kurdisch»',
    'she is of «Arab» descent',
  ],
  ignores: [
    'a black car',
    'he is white with fear',
    'Asian markets opened',
    'race: 100 m sprint',
    'white paper',
    'the Roma quarter',
  ],
  source: 'GDPR, article 9(1)',
}
