import { isAlphanumeric, isSignBeyondAscii, plainUnit } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { createMayEnd } from '../../word-endings.ts'
import { personalBefore } from './personal-statement.ts'

/** After a number: what makes it an age once a person is spoken of. */
const yearsOld =
  /^(?: years?(?: and \w{1,8} months?)?[ -]old|[ -]?y\/?o(?![\p{L}])|[ -]years?[ -]old|-year-old| jahre alt|-jährige?[rns]?|jährige?[rns]?| ans| años| anos| jaar(?: oud)?| anni)(?![\p{L}])/iu
/** Persons that `34-year-old` is said of. */
const personAfter =
  /^ (?:\p{L}{3,12} ){0,1}(?:man|woman|male|female|boy|girl|patient|mother|father|son|daughter|employee|student|person|child|lady|guy|user|mann|frau|patientin|junge|mädchen|homme|femme|hombre|mujer|niño|niña)(?![\p{L}])/iu
const isPersonal = personalBefore(
  "am|is|'m|'s|was|turned|turns|are|bin|ist|ai|a|âgée? de|tengo|tiene|cumplió|tenho|tem|ho|ha|ben|heeft|wurde|be|turning",
)
const named =
  /(?<![\p{L}])(?:age|aged|alter|âge|edad|idade|età|leeftijd)["'*_]{0,2}(?:\s?[:=|][*_]{0,2}\s?["'*_]{0,2}| )$/iu
const agedBefore = /(?<![\p{L}])(?:aged|âgée? de|j'ai) $/iu
/** No unit follows, and nothing else can be meant. */
const turned =
  /(?<![\p{L}])(?:i|he|she)(?:'ve| have| has)? (?:just |recently )?turned $|(?<![\p{L}])when (?:i|he|she) was $/iu
/** The last letters of the words below. */
const wordBefore = /(?:age|aged|alter|edad|idade|età|ijd|âgée? de|j'ai|turned|was)[\s"'*_:=|]{1,6}$/iu
/** A form for people: `age: 30` in lower case is an example in code far more often. */
const field =
  /(?<![\p{L}])(?:Age|AGE|Alter|Âge|Edad|Idade|Età|Leeftijd)["'*_]{0,2}\s?[:|][*_]{0,2}\s?["'*_]{0,2}$/u

/** `students over 16 years old`: a bound for many, and nobody's age. */
const isBound = /(?<![\p{L}])(?:over|under|above|below|than|least|minimum|über|unter|als)\s$/iu

/** No person's age: a range, a unit, a number that goes on, a list of ages, an animal. */
const isOther = (after: string): boolean =>
  /^(?:\s?[-–%]\s?\d|\s?(?:to|and|bis|or|à|a|y|years? or|\+|%|months?|days?|weeks?)(?![\p{L}])|[.,:/]\d|, \d{1,3}, \d|, ?(?:breed|species)(?![\p{L}])|[-\p{L}\d])/iu.test(
    after,
  )

/** The words of `wordBefore` and `named`. */
const wordsBefore = [
  ...['age', 'aged', 'alter', 'âge', 'edad', 'idade', 'età', 'leeftijd', 'âgé de', "j'ai", 'turned', 'was'],
]
const mayEndWord = createMayEnd(wordsBefore)

/** Most numbers have neither a word for age before them nor years behind them, and a few letters tell. */
function mayBeAge(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end)
  if (beginsYears(text, after === space || after === hyphen ? end + 1 : end)) return true
  // Between a word and its number no two spaces stand side by side: those of tables do.
  if (text.charCodeAt(start - 1) === space && text.charCodeAt(start - 2) === space) return false
  let at = start - 1
  while (at > 0 && start - at < longestGap && isGap(text.charCodeAt(at))) at--
  const last = text.charCodeAt(at)
  if (isSignBeyondAscii(last)) return false
  return at < 1 || at === start - 1 ? last > 127 && plainUnit(last) === space : mayEndWord(text, at)
}

const space = 32
const hyphen = 45
const slash = 47
/** Of `named`. */
const longestGap = 10
/** Of `wordBefore`. */
const mostSigns = 6

/** `years`, `y/o`, `jahre`, `jährig`, `ans`, `años`, `anni`: what may begin one of `yearsOld`. */
function beginsYears(text: string, at: number): boolean {
  const first = text.charCodeAt(at) | 0x20
  if (first !== 121 && first !== 106 && first !== 97) return false
  const second = text.charCodeAt(at + 1)
  if (second > 127) return true
  const lower = second | 0x20
  if (first === 121) return lower === 101 || lower === 111 || second === slash
  const third = text.charCodeAt(at + 2)
  if (first === 106) return lower === 97 && (third > 127 || (third | 0x20) === 97 || (third | 0x20) === 104)
  return lower === 110 && (third > 127 || ((third | 0x20) >= 110 && (third | 0x20) <= 115))
}

/** Between a word and its number; white space beyond ASCII is left to the pattern. */
const isGap = (code: number): boolean => (code < 123 && !isAlphanumeric(code)) || code === 124

function findAge(text: string, start: number, end: number): readonly Match[] {
  if (!mayBeAge(text, start, end)) return nothing
  const age = Number(text.slice(start, end))
  if (!(age >= 1 && age <= 119) || /[\d.,$€£#:/-]/.test(text.charAt(start - 1))) return nothing
  const before = text.slice(Math.max(0, start - 24), start)
  // Most numbers have neither a word for age before them nor years behind them.
  const isAfterWord = wordBefore.test(before.slice(-10))
  if (!isAfterWord && !/^[ -]?[yja]/i.test(text.slice(end, end + 2))) return nothing
  const after = text.slice(end, end + 40)
  const unit = yearsOld.exec(after)?.[0]
  const found = (score: number): readonly Match[] => [{ start, end, score, why: 'years of a person' }]
  if (unit !== undefined) {
    if (isBound.test(before)) return nothing
    return personAfter.test(after.slice(unit.length)) ||
      isPersonal(text, start) ||
      named.test(before) ||
      agedBefore.test(before)
      ? found(0.8)
      : nothing
  }
  if (
    isAfterWord &&
    turned.test(before) &&
    /^(?:[.,;!?)"'\n]|$| (?:last|this|in|on|and)(?![\p{L}]))/iu.test(after)
  )
    return found(0.75)
  if (!named.test(before) || isOther(after)) return nothing
  return field.test(before) || (agedBefore.test(before) && /^[,.;)]/.test(after)) ? found(0.75) : nothing
}

/** How old a person is. Together with a place it can name somebody; alone it is little. */
export const age: Detector = {
  type: 'age',
  family: 'person',
  class: 'internal',
  label: 'age of a person',
  trigger: {
    digits: 1,
    most: 3,
    touching: {
      before: '',
      after: ' -yjYJ',
      afterSpace: 'yjaYJA',
      // `-year`, `-jährig`, `yo`, `y/o`.
      afterOther: 'yjoYJO/',
      named: { words: wordsBefore, signs: mostSigns },
    },
  },
  isNamedOnly: true,
  examine: findAge,
  proof: 'words for years of age, and a person',
  finds: [
    'I am «34» years old',
    'a «34»-year-old patient with fever',
    'Age: «34»',
    '**Age:** «34»',
    'Edad: «34»',
    'Anna Muster, aged «34», lives there',
    'my daughter is «7» years old',
    'Alter: «34»',
    'I just turned «47».',
    'ich bin «34» Jahre alt',
    'eine «34»-jährige Frau',
    "j'ai «34» ans",
    'mi hija tiene «7» años',
  ],
  ignores: [
    'the company is 10 years old',
    'a 12-year-old whisky',
    'children aged 5 to 12',
    'aged 12 years in oak',
    'when he was 3 kilometres away',
    'page 34 of 50',
    'version 34',
    'in 34 years',
    'one fourth of the students over 16 years old are girls',
    'the data: Age: 25, 30, 35, 40',
    'Name: Max, Age: 5, Breed: Golden Retriever',
    'Age: 34%',
    'ages 34',
    '{"name": "x", "age": 34}',
    'let age = 34;',
    'hace 34 años',
  ],
  source: '45 CFR 164.514(b)(2)(i)(C); GDPR, article 4(1)',
}
