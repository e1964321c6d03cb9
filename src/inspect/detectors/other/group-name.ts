import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/** Peoples by their English adjectives, which with an `s` are most of their plurals. */
const peoples = (
  'afghan|african|albanian|algerian|american|andorran|angolan|arab|arabian|argentine|argentinian|armenian|asian|australian|austrian|azerbaijani|' +
  'bahamian|bahraini|bangladeshi|barbadian|basque|bavarian|belarusian|belgian|belizean|bengali|beninese|bhutanese|bolivian|bosnian|' +
  'botswanan|brazilian|british|bruneian|bulgarian|burkinabe|burmese|burundian|cambodian|cameroonian|canadian|catalan|chadian|' +
  'chechen|chilean|chinese|colombian|comorian|congolese|corsican|rican|croat|croatian|cuban|cypriot|czech|danish|djiboutian|' +
  'dominican|dutch|ecuadorean|ecuadorian|egyptian|emirati|english|eritrean|estonian|ethiopian|european|fijian|filipino|finnish|' +
  'flemish|french|gabonese|gambian|georgian|german|ghanaian|greek|greenlander|greenlandic|grenadian|guatemalan|guinean|guyanese|haitian|hispanic|honduran|' +
  'hungarian|icelander|icelandic|indian|indonesian|iranian|iraqi|irish|israeli|italian|ivorian|jamaican|japanese|jordanian|kazakh|kenyan|' +
  'korean|kosovar|kurd|kurdish|kuwaiti|kyrgyz|laotian|latino|latvian|lebanese|liberian|libyan|lithuanian|luxembourger|macedonian|' +
  'malagasy|malawian|malaysian|maldivian|malian|maltese|mauritanian|mauritian|mexican|moldovan|mongolian|montenegrin|moroccan|mozambican|namibian|' +
  'nepalese|nepali|nicaraguan|nigerian|nigerien|norwegian|omani|pakistani|palestinian|panamanian|paraguayan|persian|peruvian|' +
  'portuguese|qatari|romanian|russian|rwandan|salvadoran|samoan|saudi|scandinavian|scottish|senegalese|serb|serbian|sicilian|' +
  'singaporean|slovak|slovakian|slovene|slovenian|somali|spanish|lankan|sudanese|surinamese|swedish|' +
  'swiss|syrian|taiwanese|tajik|tanzanian|thai|tibetan|togolese|tongan|trinidadian|tunisian|turkish|turkmen|ugandan|ukrainian|' +
  'uruguayan|uzbek|venezuelan|vietnamese|welsh|yemeni|zambian|zimbabwean|' +
  'dane|englishman|englishmen|englishwoman|finn|frenchman|frenchmen|frenchwoman|irishman|irishmen|scotsman|spaniard|swede|turk'
).split('|')
/** Faiths and parties, likewise. */
const beliefs = (
  'anglican|atheist|buddhist|calvinist|catholic|hindu|islamic|jewish|lutheran|methodist|mormon|muslim|pentecostal|presbyterian|' +
  'protestant|quaker|shia|shiite|shii|sikh|sunni|zoroastrian|communist|fascist|marxist|nazi|socialist'
).split('|')
/** Other words without their capital. */
const capitals =
  'Polish|Pole|Jew|Christian|Orthodox|Baptist|Republican|Democrat|Conservative|Liberal Democrat|Tory|Tories|Labourite'.split(
    '|',
  )

const all = [...peoples, ...beliefs].toSorted((one, other) => other.length - one.length)
const anyCase = new RegExp(`^(?:${all.join('|')})s?(?![\\p{L}\\d])`, 'iu')
const withCapital = new RegExp(`^(?:${capitals.join('|')})s?(?![\\p{L}\\d])`, 'u')
const wordBefore =
  /(?<!\p{L})(?:north|south|east|west|northern|southern|eastern|western|central|latin|costa|puerto|sri) $/iu
const longest = 24

/** The language, not the people. */
const languageBefore =
  /(?<!\p{L})(?:in|into|to|from|speaks?|speaking|spoken|fluent|native|learn|learning|understand|write|translate|basic|business)[ ]$/iu
const languageAfter =
  /^[ -](?:to|translations?|version|language|speaking|speakers?|grammar|words?|sentences?|text|lessons?)(?!\p{L})/iu

function findGroup(text: string, start: number): readonly Match[] {
  if (isInsideAtStart(text, start) || text.charAt(start - 1) === '-') return nothing
  const rest = text.slice(start, start + longest)
  const name = (anyCase.exec(rest) ?? withCapital.exec(rest))?.[0]
  if (name === undefined) return nothing
  const end = start + name.length
  if (isInsideAtEnd(text, end)) return nothing
  if (languageAfter.test(text.slice(end, end + longest))) return nothing
  const before = text.slice(Math.max(0, start - longest), start)
  if (languageBefore.test(before)) return nothing
  const first = start - (wordBefore.exec(before)?.[0].length ?? 0)
  return [{ start: first, end, score: 0.5, why: 'the name of a people, a faith or a party' }]
}

/**
 * A people, a faith or a party by its English name. Said of nobody it leaves a text public; what is said of a person is
 * found as their nationality, religion or political opinion.
 */
export const groupName: Detector = {
  type: 'group-name',
  family: 'other',
  class: 'public',
  label: 'name of a people, a faith or a party',
  trigger: {
    literals: [...peoples, ...beliefs, ...capitals].map((name) => name.toLowerCase()),
    isAnyCase: true,
    isWordStart: true,
  },
  examine: findGroup,
  proof: 'one of some 250 names, where it is no language',
  finds: [
    'a «Danish» chair and two «Peruvian» rugs',
    '«Ecuadorians» abroad may vote',
    'the «south african» rand',
    'old «Catholic» churches',
    'most «Republicans» agreed',
    'a «Polish» bakery',
    'the «French» border',
  ],
  ignores: [
    'Please answer in English.',
    'translate it from Dutch to Danish',
    'a French translation',
    'polish the table',
    'a conservative guess',
    'English-speaking guests',
    'germane to this',
    'american_express',
  ],
  source: 'Unicode CLDR 46, names of regions; OntoNotes 5.0, type NORP',
}
