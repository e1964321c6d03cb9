import { isUpper } from '../characters.ts'
import { type Detector, nothing } from '../detector.ts'
import { healthCondition } from '../detectors/health/health-condition.ts'
import { atEnd, caselessExpression, foldCase, foldedExpression } from '../fold-case.ts'
import { keepingLast } from '../last-answer.ts'
import { isWithinWord } from '../named-value.ts'
import { alternativesOf, createHoldsInTurn, spelledOut } from '../word-beginnings.ts'
import { createMayEnd } from '../word-endings.ts'
import { illnesses } from './health.ts'
import { mayHoldRelated, related, titled } from './persons.ts'

const illness = caselessExpression(`^(?:${illnesses})(?![\\p{L}\\p{N}])`)
const longest = 48

const verbs =
  "has(?: got)?|'s got|had|suffers from|suffered from|has had|hat|hatte|leidet an|leidet unter|erkrankte an|a|avait|souffre de|est|tiene|tenía|padece|sufre de|tem|tinha|sofre de|ha|aveva|soffre di|heeft|lijdt aan"
const degreeWords =
  'also|now|a|an|the|severe|mild|chronic|acute|early|late|advanced|stage|type|auch|jetzt|schwere[sn]?|leichte|chronische[sn]?|eine?|einen|le|la|du|un|une|de|des|uma?|el|grave|een|ernstige|il|lo'
const degrees = `(?:(?:${degreeWords}) ){0,3}`
/** Their last letters: before most illnesses stand others. */
const mayEndSaid = createMayEnd(alternativesOf(`${verbs}|${degreeWords}`).flatMap(spelledOut))
/** Small, and asked first: before most illnesses stands no such verb. */
const said = foldedExpression(atEnd(`(?<![\\p{L}\\p{N}])(?:${verbs}) ${degrees}`))
const person = foldedExpression(
  atEnd(
    `(?<![\\p{L}\\p{N}'-])(?:${related}|${titled}) (?:(?:who|also|now|still|auch|jetzt|noch|aussi|también|também|anche|ook) ){0,2}(?:${verbs}) ${degrees}`,
  ),
)
/** A note, or a language that leaves the subject out: the sentence begins with its verb. */
const bare = foldedExpression(
  atEnd(
    `(?:\\n|[.!?;] )["'*•-]{0,3} ?(?:has|hat|tiene|padece|tem|heeft|a(?= (?:le|la|du|une?) )) ${degrees}`,
  ),
)
/** First and last name. Lands and products have two words as well, but these begin otherwise. */
const named =
  /$(?<=(?<![\p{L}\p{N}])(?!(?:South|North|East|West|New|United|Saudi|Costa|Puerto|Sri|El|San|Los|Las|Great|Hong|The|La|Le|Les|Die|Der|Das|Type|World|Medical|National|Our)(?![\p{L}]))\p{Lu}\p{Ll}{1,20} \p{Lu}\p{Ll}{1,20} (?:has|had|hat|hatte|leidet an|a(?= (?:le|la|du|une?) )|tiene|padece|tem|ha|heeft) (?:le |du |la |un |une |a |an |severe |type |de |el |il |eine |einen ){0,2})/u
/** What is said ends with the illness: no question about it, and nothing that is called after it. */
const ends =
  /^(?:\s*(?:[.,;:!)"'\n]|$)| (?:and|but|since|for|with|so|which|und|seit|aber|mit|y|e|et|depuis|mais|pero|desde|en|sinds|maar|da|ma|type|typ|tipo)(?![\p{L}]))/u
const reach = 72

const space = 32

const breaks = Array.from('\n.!?;', (sign) => sign.charCodeAt(0))
/** Whether a capital stands there, or a sign behind which a sentence begins. */
const mayHoldBeginning = createHoldsInTurn((code) => code > 127 || isUpper(code) || breaks.includes(code))

const isOfPerson = (text: string, start: number): boolean => {
  if (text.charCodeAt(start - 1) !== space || !mayEndSaid(text, start - 2)) return false
  const from = Math.max(0, start - reach)
  const mayBeRelated = mayHoldRelated(text, from, start)
  if (!mayBeRelated && from > 0 && !mayHoldBeginning(text, from, start)) return false
  const window = `${from === 0 ? '\n' : ''}${text.slice(from, start)}`
  return mayBeRelated ? isSaidOfAny(window) : isSaidOfOthers(window)
}

const isSaid = (window: string, mayBeRelated: boolean): boolean => {
  const folded = foldCase(window)
  if (!said.test(folded)) return false
  return bare.test(folded) || named.test(window) || (mayBeRelated && person.test(folded))
}
const isSaidOfAny = keepingLast((window) => isSaid(window, true))
const isSaidOfOthers = keepingLast((window) => isSaid(window, false))

/** Beginnings of illnesses in further languages, besides those of the list. */
const wakes = [
  ...('literals' in healthCondition.trigger ? healthCondition.trigger.literals : []),
  ...[
    'asthme',
    'astma',
    'hypertens',
    'migraine',
    'endometri',
    'copd',
    'fibrom',
    'lungenk',
    'prostatak',
    'hautk',
  ],
  ...[
    'darmk',
    'blutk',
    'magenk',
    'leberk',
    'knochenk',
    'hodenk',
    'angstst',
    'schlaganf',
    'herzinf',
    'bluthochd',
  ],
  ...['vih', 'sida', 'autisme', 'alcoholi', 'alkohol', 'sclerose', 'leucemi', 'tumore', 'reuma'],
]

/** The illness of somebody who is spoken of as `my patient`, by name or in a note, in further languages than a page has room for. */
export const illnessOf: Detector = {
  ...healthCondition,
  trigger: { literals: wakes, isAnyCase: true },
  examine: (text, start) => {
    if (isWithinWord(text, start) || !isOfPerson(text, start)) return nothing
    const found = illness.exec(text.slice(start, start + longest))
    if (found === null) return nothing
    const end = start + found[0].length
    return ends.test(text.slice(end, end + longest))
      ? [{ start, end, score: 0.75, why: 'an illness in a statement about a person' }]
      : nothing
  },
  finds: [
    'my patient has «diabetes»',
    'a patient of mine has severe «asthma», what can I offer?',
    'Tiene «diabetes».',
    'mi paciente tiene «diabetes tipo 2»',
    'mein Patient hat «Diabetes»',
    'Hat «Diabetes» seit 2010',
    'Ada Muster hat «Lungenkrebs»',
    'ma patiente a le «diabète»',
    'Ada Exemple a le «diabète»',
    'Ada Exemple a du «diabète»',
    'a le «diabète» depuis 2010',
    'meine Oma hat «Demenz»',
    'minha avó tem «diabetes»',
    'mijn oma heeft «astma»',
    'mia nonna ha il «diabete»',
    'Pt has «COPD»',
  ],
  ignores: [
    'Has diabetes been cured?',
    'Hat Diabetes etwas mit Zucker zu tun?',
    'South Africa has HIV, and help',
    'A cancer, of all things',
    'patients have diabetes',
    'the world has cancer',
    'my patient has cancer insurance',
    'Tiene cáncer cura',
    'a diabetes, by definition',
  ],
}
