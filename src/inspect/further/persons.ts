/** Persons an illness or a drug is told of, as pieces of expressions in lower case. */
import { alternativesOf, createHoldsWordInTurn, type MayStand } from '../word-beginnings.ts'

const whose =
  'my|our|his|her|their|your|this|that|a|one of my|mein(?:e|er)?|unser(?:e|er)?|sein(?:e|er)?|ihr(?:e|er)?|ein(?:e|er)?|dies(?:e|er)|mon|ma|notre|son|sa|un|une|cette?|mi|nuestr[oa]|su|una|meu|minha|nosso|nossa|seu|sua|um|uma|mijn|onze?|zijn|haar|een|mio|mia|il mio|la mia|il|la|el|le|de|der|die|das|the|o'
/** Singular all: of many nothing is told. */
const relations = [
  'patient|client|pupil|student|tenant|resident|employee|colleague|co-?worker|boss|manager|supervisor|landlord|neighbou?r|flatmate|roommate|friend|boyfriend|girlfriend|fianc[ée]e?|partner|spouse|wife|husband|ex|mother|father|mum|mom|dad|brother|sister|son|daughter|child|uncle|aunt|nephew|niece|cousin|grand(?:mother|father|son|daughter|ma|pa)|step(?:mother|father|son|daughter)|mother-in-law|father-in-law|brother-in-law|sister-in-law',
  'patientin|klient(?:in)?|kund(?:e|in)|schüler(?:in)?|mitarbeiter(?:in)?|kolleg(?:e|in)|chef(?:in)?|nachbar(?:in)?|freund(?:in)?|partnerin|frau|mann|mutter|vater|bruder|schwester|sohn|tochter|kind|onkel|tante|neffe|nichte|oma|opa|großmutter|großvater|schwieger(?:mutter|vater)',
  'patiente|cliente?|élève|collègue|chef|voisine?|amie?|copine?|conjointe?|mari|femme|mère|père|frère|sœur|soeur|fils|fille|oncle|neveu|nièce|cousine?|grand-(?:mère|père)|salariée?|employée?',
  'paciente|alumn[oa]|compañer[oa]|jef[ea]|vecin[oa]|amig[oa]|novi[oa]|espos[oa]|marido|mujer|madre|padre|herman[oa]|hij[oa]|t[íi][oa]|sobrin[oa]|abuel[oa]|emplead[oa]',
  'aluno|aluna|colega|chefe|vizinh[oa]|namorad[oa]|mãe|pai|irmão|irmã|filh[oa]|av[óô]|funcionári[oa]',
  'patiënte?|cliënte?|leerling|collega|buurman|buurvrouw|vriend(?:in)?|man|vrouw|moeder|vader|broer|zus|zoon|dochter|oom|medewerker|paziente|nonn[oa]|zi[oa]|amic[oa]|moglie|marito|figli[oa]|fratello|sorella',
].join('|')

const inNotes = 'patient|patientin|paciente|patiënt|paziente|pt'

/** `my patient`, `a young patient of mine`, `seine Frau`, and a patient of a note without an article. */
export const related = `(?:${whose}) (?:\\p{L}{2,12} )?(?:${relations})(?: of (?:mine|ours|hers|his))?|(?:${inNotes})`

const titles = 'mr|mrs|ms|miss|dr|herrn?|frau|mme|mlle|m|sr|sra|sig|signora|dhr|mevr|don|doña|dona'

/** `Mr. Example`, `Frau Muster`. */
export const titled = `(?:${titles})\\.? \\p{L}[\\p{L}.-]{1,20}(?: \\p{L}[\\p{L}-]{1,20})?`

/** Pronouns of one person. */
export const pronouns = "i|he|she|ich|er|sie|je|j'|il|elle|yo|él|ella|eu|ele|ela|io|lui|lei|ik|hij|zij"

/** Never false where one of `related` or `titled` stands. */
export const mayHoldRelated: MayStand = createHoldsWordInTurn(
  [relations, inNotes, titles].flatMap(alternativesOf),
)
/** Nor here where one of `pronouns` does. */
export const mayHoldPerson: MayStand = createHoldsWordInTurn(
  [relations, inNotes, titles, pronouns].flatMap(alternativesOf),
)
