import { isUpper } from '../characters.ts'
import { type Detector, nothing } from '../detector.ts'
import { healthCondition } from '../detectors/health/health-condition.ts'
import { atEnd, foldCase, foldedExpression } from '../fold-case.ts'
import { namedValue } from '../named-value.ts'
import { createHoldsInTurn } from '../word-beginnings.ts'
import { isDrug } from './drugs.ts'
import { mayHoldPerson, pronouns, related, titled } from './persons.ts'

const taking = namedValue({
  wakes: [
    ...['take', 'taking ', 'took ', 'i take ', 'is on ', 'am on ', "'s on ", "'m on ", 'presc'],
    ...['nimmt ', 'nehme ', 'bekommt ', 'prend ', 'prends ', 'toma ', 'tomo '],
    ...['recet', 'receit', 'neemt ', 'slikt ', 'prende ', 'prendo '],
  ],
  names:
    'takes|taking|took|i take|(?:is|am|s|m) on|prescribed|nimmt|nehme|bekommt|prends?|prescrit|tom[ao]|recet[aó](?:do|ron)?|receit(?:ou|ado)|neemt|slikt|prend[eo]',
  fillers:
    '\\d{1,4}|mg|mcg|µg|g|ml|tablets?|pills?|doses?|daily|low-dose|high-dose|some|her|him|me|mich|mir|täglich|regelmäßig|gegen|jeden|tag|seit|jahren|tabletten?|comprimés?|dagelijks|cada|día|por|dia|then|up',
  value: '\\p{L}{5,24}(?: \\d{1,4}(?:[.,]\\d{1,2})? ?(?:mg|mcg|µg|g|ml|i\\.?e|i\\.?u|units))?',
  isList: true,
  judge: (value) =>
    isDrug(value.split(' ', 1)[0] ?? '')
      ? { score: 0.75, why: 'a drug, and a person who takes it or is given it' }
      : undefined,
})

const small =
  "(?:also|now|just|recently|currently|already|still|who|that|has|have|had|was|is|am|been|got|be|being|'?s|'?m|'?ve|auch|jetzt|noch|aussi|a|est|ha|le|l'|lui|me|m'|mi|te|se|está|también|sta|ook|our|ils?) ?"
/** Somebody who takes it or is given it, right before the verb. */
const person = foldedExpression(
  atEnd(`(?<![\\p{L}\\p{N}'-])(?:${pronouns}|${related}|${titled}),?(?: |(?='))(?:${small}){0,4}`),
)
/** `Ada takes`: nobody but a person takes a drug, whatever stands there with a capital. */
const named =
  /$(?<=(?<![\p{L}\p{N}])(?!(?:If|Who|Whoever|Everyone|Everybody|Anyone|Nobody|Someone|Somebody|One|It|This|That|What|When|While|Before|After|Never|Always|Stop|Start|Avoid|Risks?|People|Wer|Man|Jeder|Jemand|Quien|Si|On|Qui|Chi|Como|Wenn)(?![\p{L}]))\p{Lu}\p{Ll}{1,20}(?: \p{Lu}[\p{L}'-]{1,20}){0,2} (?:is |was |has been |has |had |also |now |still |currently |hat |a |está |le ){0,2})/u
/** `Can I take …?`, `if she takes …` say nothing of anybody. */
const isAsked = foldedExpression(
  atEnd(
    '(?<![\\p{L}])(?:can|may|could|should|would|must|if|when|does|do|did|kann|darf|soll|sollte|wenn|falls|puis|peut|dois|si|puede|puedo|pode|posso|kan|mag|als|se) (?:\\p{L}{2,12} ){0,2}\\p{L}{1,12},? (?:be |been |also |only )?',
  ),
)
const isPrescribed = /^(?:prescri|recet|receit)/iu
/** `prescribed her`, `le recetaron`, `was prescribed`: whom it is for, and not who wrote it down. */
const isToPerson =
  /^(?:prescribed|prescrit|recet\p{L}+|receit\p{L}+) (?:her|him|me|a mi|à m|ao meu|à minha)(?![\p{L}])/iu
const isForPerson = foldedExpression(
  atEnd("(?<![\\p{L}])(?:le|me|te|lui|mi|lhe|m')(?: (?:a|ha|han|hanno|fue|foi))? "),
)
const isPassive = /$(?<= (?:was|were|been|got|am|is|being) )/iu
/** The subject is in the verb. */
const isFirstPerson = /^(?:i take|nehme|tomo|prendo|prends)(?![\p{L}])/iu
const reach = 72
/** Of `isFirstPerson` and `isPrescribed`, with what follows it. */
const longestVerb = 8

/** A name begins with one. */
const mayHoldCapital = createHoldsInTurn((code) => code > 127 || isUpper(code))

/** False where the verb says of nobody that stands before it, and of none behind it either, that a drug is taken. */
function mayBeOfPerson(text: string, start: number): boolean {
  const from = Math.max(0, start - reach)
  // Both read on, whatever the other one says.
  const isPersonBefore = mayHoldPerson(text, from, start)
  const isNameBefore = mayHoldCapital(text, from, start)
  if (isPersonBefore || isNameBefore) return true
  const verb = text.slice(start, start + longestVerb)
  return isFirstPerson.test(verb) || isPrescribed.test(verb)
}

const isOfPerson = (text: string, start: number): boolean => {
  const before = text.slice(Math.max(0, start - reach), start)
  const sentence = foldCase(before.slice(before.search(/[^\n!?;:]*$/u)).replaceAll('’', "'"))
  const piece = text.slice(start, start + reach)
  if (isFirstPerson.test(piece)) return !isAsked.test(`${sentence}i `)
  if (isAsked.test(sentence)) return false
  const mayHold = mayHoldPerson(text, Math.max(0, start - reach), start)
  const hasPerson = (mayHold && person.test(sentence)) || named.test(before)
  if (!isPrescribed.test(piece)) return hasPerson
  return isToPerson.test(piece) || isForPerson.test(sentence) || (hasPerson && isPassive.test(before))
}

/** Drugs of a person who takes them or was prescribed them. By themselves they are in every leaflet. */
export const drugTaking: Detector = {
  ...healthCondition,
  ...taking,
  examine: (text, start, end) => {
    if (!mayBeOfPerson(text, start)) return nothing
    const found = taking.examine(text, start, end)
    return found.length === 0 || isOfPerson(text, start) ? found : nothing
  },
  finds: [
    'My patient takes «metformin 500 mg» and «ramipril 5 mg»',
    'Ada takes «atorvastatin» every evening',
    'she was prescribed «sertraline»',
    'The doctor prescribed her «oxycodone».',
    'my mother is on «warfarin»',
    'I take «levothyroxine» daily',
    'Frau Muster nimmt «Ibuprofen»',
    'Er nimmt täglich 10 mg «Bisoprolol»',
    'mi madre toma «enalapril»',
    'Mon père prend du «paracétamol»',
    'le recetaron «ibuprofeno»',
    'minha avó toma «losartana»',
    'mijn vader slikt «metoprolol»',
    'Mia madre prende «levotiroxina»',
  ],
  ignores: [
    'metformin 500 mg',
    'Ibuprofen is sold without a prescription',
    'Can I take ibuprofen with alcohol?',
    'If she takes warfarin, what then?',
    'a person taking warfarin',
    'Who takes ibuprofen should eat first',
    'Nobody is taking bets',
    'Doctors prescribed oxycodone too often',
    'the study is on metformin',
    'he prescribed ibuprofen',
    'man nimmt Ibuprofen nach dem Essen',
    'the reaction took morphine as its base',
  ],
}
