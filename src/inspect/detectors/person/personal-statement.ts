/**
 * Whether a statement is about a person. A bounded grammar, read backwards from what is said: a person, up to two
 * words of how and when, a verb, and again up to two and four words of degree. In the languages of the detectors that use it.
 */

import { foldCase, foldedExpression } from '../../fold-case.ts'
import { keepingLast } from '../../last-answer.ts'
import { alternativesOf, createHoldsWordInTurn, spelledOut } from '../../word-beginnings.ts'
import { createMayEnd } from '../../word-endings.ts'
import { createMayBeStatement, type StatementWords } from './statement-words.ts'

/** Longest stretch from the person to what is said of them, in UTF-16 units. */
const reach = 72

/** Persons: pronouns, relatives and colleagues with whose they are, titles with a name, those a clinic speaks of. */
const ours =
  'my|our|his|her|their|your|mein|meine|unser|unsere|sein|seine|ihr|ihre|mon|ma|notre|son|sa|mi|nuestro|nuestra|su|meu|minha|seu|sua|mijn|ons|onze|zijn|haar|mio|mia|il mio|la mia'
const relatives =
  'mother|father|mom|mum|dad|wife|husband|partner|son|daughter|child|brother|sister|boss|manager|colleague|co-?worker|employee|client|neighbou?r|friend|girlfriend|boyfriend|aunt|uncle|grandmother|grandfather|grandma|grandpa|cousin|teacher|ceo|assistant|roommate|mutter|vater|frau|mann|sohn|tochter|bruder|schwester|chef|chefin|kollege|kollegin|mitarbeiter|mitarbeiterin|nachbar|freund|freundin|kind|mère|père|femme|mari|fils|fille|frère|sœur|collègue|madre|padre|mujer|esposa|marido|hijo|hija|hermano|hermana|jefe|jefa|compañero|compañera|mãe|pai|filho|filha|irmão|irmã|moglie|marito|figlio|figlia|fratello|sorella|moeder|vader|vrouw|zoon|dochter|broer|zus|collega'
const pronouns = "i|he|she|ich|er|je|j'|il|elle|yo|él|ella|eu|ele|ela|io|lui|lei|ik|hij|zij"
const patients = 'patient|employee|applicant|candidate|claimant|defendant|client|customer|tenant'
const spoken = 'patientin|patient|mitarbeiterin|mitarbeiter|bewerberin|bewerber|paciente|patiente'
const titles = 'mr|mrs|ms|miss|dr|herr|frau|mme|m|sr|sra|sig|signora|dhr|mevr'
const persons = [
  pronouns,
  `(?:${ours}) (?:\\p{L}{2,12} )?(?:${relatives})`,
  `the (?:${patients})`,
  '(?:der|die) (?:patientin|patient|mitarbeiterin|mitarbeiter|bewerberin|bewerber)|(?:el|la) paciente|(?:le patient|la patiente)',
  `(?:${titles})\\.? \\p{L}[\\p{L}.-]{1,20}(?: \\p{L}[\\p{L}-]{1,20})?`,
].join('|')

const mannerWords =
  'also|now|just|recently|currently|already|always|never|really|still|both|auch|jetzt|seit kurzem|aussi|también|também|anche|ook|who|that|has|had|have|ha|a'
const manner = `(?:(?:${mannerWords}) ){0,2}`
const degreeWords =
  'a|an|the|very|severe|mild|chronic|acute|early|late|advanced|stage|type|ii|iii|iv|three|two|one|four|six|five|months?|weeks?|terminal|been|with|and|of|his|her|my|practi[cs]ing|devout|openly|active|registered|member|supporter|strong|proud|secretly|schwere|schweres|leichte|chronische|ein|eine|un|une|una|um|uma|een|del|dello|della|de|la|le|el'
const degrees = `(?:(?:${degreeWords}) ){0,4}`

export type PersonalContext = (text: string, start: number) => boolean

/** The pronoun and a shortened verb are one word: `I'm`, `she's`. */
const personThen = `(?<![\\p{L}\\p{N}'’-])(?:${persons})(?: |(?=['’]))`
const anyPerson = foldedExpression(personThen)
/** Whose relative it is and an article say too little. A sign or a blank follows them all. */
const mayHold = createHoldsWordInTurn([pronouns, relatives, patients, spoken, titles].flatMap(alternativesOf))

/** False where no person stands near enough before a position. */
export const mayBeOfPerson = (text: string, start: number): boolean =>
  mayHold(text, Math.max(0, start - reach), start)

/**
 * False where neither one of `verbs`, the inside of a regular expression, nor a word that may follow it ends right before a
 * position: told by its last letters, and so nearly everywhere.
 */
export function createMayEndSaid(verbs: string): PersonalContext {
  const words = alternativesOf(`${verbs}|${mannerWords}|${degreeWords}`).flatMap(spelledOut)
  // Some verbs may end with a blank, and a shortened one stands behind another sign as well.
  const mayEnd = createMayEnd(words.flatMap((word) => [word, word.trimEnd()]).map(withoutSign))
  return (text, start) => {
    const before = text.charCodeAt(start - 1)
    return before === space ? mayEnd(text, start - 2) : before === apostrophe || before > 127
  }
}

const withoutSign = (word: string): string => word.replace("'", '')

const space = 32
const apostrophe = 39

/** The words of a statement but for its verbs. */
const statementWords: StatementWords = {
  persons: [pronouns, relatives, patients, spoken].join('|'),
  titles,
  manners: mannerWords,
  degrees: degreeWords,
}

/** True when a person and one of the verbs (the inside of a regular expression) stand right before a position. */
export function personalBefore(verbs: string): PersonalContext {
  const said = `(?:${verbs})[ ]?(?<= |')${manner}${degrees}`
  // Each half is compiled in a tenth of the time the whole takes, and one of them misses before most values.
  // Read backwards from the end, as by `atEnd`.
  const anythingSaid = foldedExpression(`$(?<=${said})`)
  const statement = foldedExpression(`$(?<=${personThen}${manner}${said})`)
  const isStatement = (sentence: string): boolean => anyPerson.test(sentence) && statement.test(sentence)
  const mayEndSaid = createMayEndSaid(verbs)
  const mayBeSaid = createHoldsWordInTurn(alternativesOf(verbs).flatMap(spelledOut).map(withoutSign))
  const mayBeStatement = createMayBeStatement(verbs, statementWords, reach)
  const isSaid = keepingLast((piece) => {
    const window = foldCase(piece.replaceAll('’', "'"))
    // Nothing that is said goes on over a break.
    return anythingSaid.test(window) && isStatement(window.slice(lastBreak(window)))
  })
  return (text, start) => {
    if (!mayEndSaid(text, start)) return false
    if (!mayBeOfPerson(text, start) || !mayBeSaid(text, Math.max(0, start - reach), start)) return false
    return mayBeStatement(text, start) && isSaid(text.slice(Math.max(0, start - reach), start))
  }
}

/** After the last end of a sentence or line; a full stop after a title is none. */
function lastBreak(window: string): number {
  const found = /[\n!?;:]|(?<!\b(?:mr|mrs|ms|dr|sr|sra|sig))\.(?=\s)/gi
  let last = 0
  for (const match of window.matchAll(found)) last = match.index + 1
  return last
}
