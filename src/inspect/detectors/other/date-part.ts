import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'

/**
 * English and its months in any case. Other languages as they write them: `Domingo` with a capital is a name. A trigger is
 * ASCII: names whose first letters are not are left out.
 */
const englishDays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
const otherDays = (
  'Montag|Dienstag|Mittwoch|Donnerstag|Freitag|Samstag|Sonnabend|Sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|' +
  'lunes|martes|miércoles|jueves|viernes|domingo|segunda-feira|terça-feira|quarta-feira|quinta-feira|sexta-feira|' +
  'lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag'
).split('|')
const months = (
  'january|february|april|june|july|august|september|october|november|december|januar|februar|juni|juli|oktober|dezember|' +
  'janvier|avril|juin|juillet|août|septembre|octobre|novembre|enero|febrero|abril|mayo|junio|julio|agosto|' +
  'septiembre|octubre|noviembre|diciembre|janeiro|fevereiro|março|maio|junho|julho|setembro|outubro|novembro|dezembro|' +
  'gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|settembre|ottobre|dicembre|januari|februari|maart|augustus'
).split('|')
/** Verbs, other things, or too short without their capital. */
const capitalMonths = 'May|March|Mai|Mars|Mei|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec'.split('|')

const englishDay = new RegExp(`^(?:${englishDays.join('|')})s?(?![\\p{L}\\d])`, 'iu')
const otherDay = new RegExp(`^(?:${otherDays.join('|')})s?(?![\\p{L}\\d])`, 'u')
const anyMonth = new RegExp(`^(?:${months.join('|')})(?![\\p{L}\\d])`, 'iu')
const capitalMonth = new RegExp(`^(?:${capitalMonths.join('|')})(?![\\p{L}\\d])`, 'u')

const day = '(?:0?[1-9]|[12]\\d|3[01])'
const year = '(?:19|20)\\d\\d'
const dayBefore = new RegExp(
  `(?<![\\p{L}\\d.,:/-])${day}(?:st|nd|rd|th|er|\\.|º)?[ -](?:of |de |di )?$`,
  'iu',
)
const numberAfter = new RegExp(
  `^\\.?(?: ${day}(?:st|nd|rd|th)?(?!\\d|[.,:/-]\\d)|,?[ -](?:de |del )?${year})(?!\\d)`,
  'i',
)
const longestNumber = 16

const asciiBeginning = (name: string): string => /^[a-z-]+/.exec(name.toLowerCase())?.[0] ?? name

/** As low as it may be: the same word in the name of a newspaper is that name. */
const score = 0.5

function findPart(text: string, start: number): readonly Match[] {
  if (isInsideAtStart(text, start)) return nothing
  const rest = text.slice(start, start + 40)
  const before = text.slice(Math.max(0, start - longestNumber), start)
  const match = (length: number, more: number, why: string): readonly Match[] =>
    isInsideAtEnd(text, start + length) ? nothing : [{ start: start - more, end: start + length, score, why }]

  const name = (englishDay.exec(rest) ?? otherDay.exec(rest))?.[0]
  if (name !== undefined) return match(name.length, 0, 'a day of the week')
  const month = (anyMonth.exec(rest) ?? capitalMonth.exec(rest))?.[0]
  if (month === undefined) return nothing
  const days = dayBefore.exec(before)?.[0].length ?? 0
  const number = numberAfter.exec(rest.slice(month.length))?.[0].length ?? 0
  return days + number === 0 ? nothing : match(month.length + number, days, 'a month with a day or a year')
}

/**
 * What is no whole date and still says when: a day of the week, a month with its day or its year. Public like a whole
 * date, and looked for with names.
 */
export const datePart: Detector = {
  type: 'date-part',
  family: 'other',
  class: 'public',
  label: 'part of a date',
  trigger: {
    literals: [...englishDays, ...otherDays, ...months, ...capitalMonths].map(asciiBeginning),
    isAnyCase: true,
    isWordStart: true,
  },
  examine: findPart,
  proof: 'the name of a day of the week, or a month beside a number',
  finds: [
    'see you on «Friday» at noon',
    'every «tuesday»',
    'bis «Donnerstag»',
    'le «mardi» matin',
    'due «May 3», latest',
    'the «3rd of May» is free',
    'am «3. Mai» um zehn',
    'le «3 août»',
    'in «May 2024»',
    'el «3 de mayo»',
  ],
  ignores: [
    'on 2024-05-03',
    'until 3 May 2024',
    'Plácido Domingo',
    'you may 3 times',
    'set 3 alarms',
    'fridays_child',
    'August is warm',
  ],
  source: 'CLDR 46, names of days and months of the seven languages; 45 CFR 164.514(b)(2)(i)(C)',
}
