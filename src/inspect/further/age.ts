import { type Detector, type Match, nothing } from '../detector.ts'
import { age } from '../detectors/person/age.ts'

const words = 'age|alter|âge|edad|idade|leeftijd'
/** A field of a form or a table: `age: 42`, `"edad": 42`, `âge : 42`. */
const field = new RegExp(
  `^(?:${words})(["']?)\\s?[:=|]\\s?["']?(\\d{1,3})(?![\\d.,]\\d|\\d)(?!\\s?[%/–+-])`,
  'iu',
)
/** `Ada Example, aged 42` before the end of a clause or what a person does. */
const aged =
  /^aged (\d{1,3})(?=[.;:!?)"'\n]|$|,? (?:from|who|is|was|has|had|with|lives|living|works|of|presents|presented|came|died|on)(?![\p{L}]))/iu

/** What goes before a field: nothing, or the end of another one. */
const beginsField = /$(?<=(?:^|[\n,;|(•{]|[.:] |- )[ \t]*["'*_]{0,3})/u
/** What goes before a field of a form by itself; in settings it is indented. */
const beginsLine = /$(?<=(?:^|\n|[|;•] ?|[.:] |- )["'*_]{0,3})/u
/** A header of an answer from a cache is called so, too. */
const header = /(?:cache|etag|vary|content-type|server|via|expires|x-[a-z-]+)[^\n]{0,40}:/iu
/** A name or a person, whose age it is. */
const person =
  /$(?<=(?:\p{Lu}\p{L}+ \p{Lu}[\p{L}'-]*\p{L}|(?<![\p{L}])(?:man|woman|male|female|boy|girl|patient|mother|father|son|daughter|brother|sister|wife|husband|employee|student|lady|gentleman|guy|he|she)),? (?:is |was |\()?)/u
/** Fields that only persons have, and people seldom make up: exercises give everybody a name and an age. */
const besides =
  /(?<![\p{L}])(?:sex|gender|geschlecht|sexo|sexe|geslacht|patient(?:in)?(?:[ _]?(?:id|name))?|paciente|mrn|diagnos(?:is|e)|diagnóstico|ssn|dob|marital[ _]?status|familienstand|estado civil|nationality)["'*_]{0,3}\s?[:=|]\s?["'*_]{0,3}[\p{L}\d]/iu
/** A name in a form: in source code it stands between quotes. */
const named =
  /(?<![\p{L}"'])(?:(?:first|last|full|sur)?[ _]?name|vorname|nachname|nombre|apellidos?|nome|nom|prénom|naam)[*_]{0,3}\s?[:=|][*_]{0,3}\s?\p{L}/iu
/** The whole name of a person in a record: `"name": "Ada Example"`, or its parts in fields of their own. */
const wholeName =
  /(?<![\p{L}])(?:(?:(?:full|employee|customer|patient|person|user)[ _]?)?[nN]ame|nombre|nome|nom|naam)["'*_]{0,3}\s?[:=]\s?["'*_]{1,3}\p{Lu}\p{L}+(?: \p{Lu}\p{L}*\.?)? \p{Lu}[\p{L}'-]*\p{L}["']|(?<![\p{L}])(?:last[ _]?[nN]ame|surname|nachname|apellidos?|cognome|sobrenome|achternaam)["'*_]{0,3}\s?[:=]\s?["'*_]{1,3}\p{Lu}[\p{L}'-]*\p{L}["']/u
/** Whom everybody calls so where nobody is meant. */
const isNobody = /(?<![\p{L}])(?:Doe|Mustermann|(?:John|Jane) Smith|Juan Pérez|Mario Rossi)(?![\p{L}])/u
/** A unit, another thing that grows old, or a list of numbers. */
const isOther = (after: string): boolean =>
  /^["']?(?:\s?(?:%|to|bis|or|and over|days?|months?|weeks?|hours?|min|s|sec|ms|kb|mb|gb|tb|ka|ma|bp|gyr|myr)(?![\p{L}])|, ?\d|,? ?["']?(?:breed|species|rasse)|\p{L})/iu.test(
    after,
  )

const longest = 40
const reach = 80
const oldest = 119

/** The age in a field of a form or a table, and behind a name, in further forms than a page has room for. */
export const furtherAge: Detector = {
  ...age,
  trigger: {
    literals: [
      ...['age:', 'age :', 'age"', "age'", 'age|', 'age |', 'aged ', 'ge:', 'ge :', 'ge"'],
      ...['alter:', 'alter :', 'alter"', 'edad:', 'edad"', 'idade:', 'idade"', 'leeftijd'],
    ],
    isAnyCase: true,
    isWordStart: true,
  },
  examine: (text, woken) => {
    const start = /[âÂ]/.test(text.charAt(woken - 1)) ? woken - 1 : woken
    const piece = text.slice(start, start + longest)
    const before = text.slice(Math.max(0, start - reach), start)
    const told = aged.exec(piece)
    if (told !== null) return person.test(before) ? found(start, told, told[1]) : nothing
    const given = field.exec(piece)
    if (given === null || !beginsField.test(before) || isOther(piece.slice(given[0].length))) return nothing
    // In source code and settings it is no person's, unless fields that only persons have stand beside it.
    const around = before + text.slice(start, start + reach)
    const isAlone = given[1] === '' && beginsLine.test(before) && !header.test(around)
    return isAlone ||
      person.test(before) ||
      besides.test(around) ||
      named.test(before) ||
      (wholeName.test(around) && !isNobody.test(around))
      ? found(start, given, given[2])
      : nothing
  },
  finds: [
    'age: «42»',
    'Patient notes: age: «42»',
    'name: Ada Example\nage: «42»',
    '{"patient_id": "P0099123", "age": «42»}',
    '{"age":"«42»","sex":"F"}',
    '{"name":"Ada Example","age":«42»}',
    '{"age": «42», "fullName": "Ada M. Example"}',
    "{ first_name: 'Ada', last_name: 'Example', age: «42» }",
    'Ada Example, aged «42»',
    'a woman aged «42» from Exampleville',
    'âge : «42»',
    'edad: «42»',
    'nombre: Ada, edad: «42»',
    'alter: «42»',
    'female, age: «42»',
    '| name: Ada | age | «42» |',
  ],
  ignores: [
    'cache age: 42',
    'max-age=42',
    'age: 5 GB',
    'age: 300',
    'cache:\n  age: 42',
    'age: 42\ncache-control: public',
    'children aged 5 to 12',
    'whisky aged 12 years',
    'a wine aged 12 and sold',
    '{"age": 42}',
    '{"name": "Ada", "age": 42}',
    "{ name: 'Ada', age: 42 }",
    '{"name": "John Doe", "age": 42}',
    "{ firstName: 'Jane', lastName: 'Doe', age: 42 }",
    '{"name": "Red Wine", "vintage": 42}',
    'let age = 42;',
    'page: 42',
    'message: 42',
    'average age: 42',
    'age: 18-25',
    'age: 3 months',
    'version alter: 4.2',
  ],
}

function found(start: number, { 0: whole }: RegExpExecArray, digits = ''): readonly Match[] {
  const years = Number(digits)
  if (years < 1 || years > oldest) return nothing
  const end = start + whole.length
  return [{ start: end - digits.length, end, score: 0.75, why: 'years under a name for the age of a person' }]
}
