import { isDigit, isLetter, isSignBeyondAscii } from '../characters.ts'
import { type Detector, nothing } from '../detector.ts'
import { dateOfBirth } from '../detectors/person/date-of-birth.ts'
import { writtenDate } from '../detectors/person/written-date.ts'
import { caselessExpression, foldCase, foldedExpression } from '../fold-case.ts'
import { createMayStand } from '../word-beginnings.ts'

/** Words for being born, and names of fields for it, as pieces of an expression. */
const words: readonly string[] = [
  ...['dob', 'birth(?:[ _-]?da(?:te|y))?', 'bday', 'b-day'],
  ...[
    'né',
    'née',
    'naissance',
    'nacid[oa]',
    'nac\\.',
    'nacimiento',
    'nat[oa]',
    'nascita',
    'nascid[oa]',
    'nascimento',
  ],
  ...['geb', 'geb\\.?[ -]?dat(?:um)?', 'geboren', 'geburtsdatum', 'geburtstag', 'geboortedatum'],
  ...[
    'ur\\.',
    'urodzon[ya]',
    'urodzenia',
    'nar\\.',
    'narozen[áaý]?',
    'narozen[íi]',
    'született',
    'szül',
    'születési (?:idő|dátum)',
  ],
  ...['født', 'fødselsdato', 'fødselsdag', 'född', 'födelsedatum', 'födelsedag', 'syntynyt', 'syntymäaika'],
  ...[
    'născut[ăa]?',
    'nașterii',
    'doğum tarihi',
    'γεννήθηκε',
    'γέννησης',
    'рожд',
    'рождения',
    'родил(?:ся|ась)',
    'народився',
    'народження',
  ],
]
/** Scripts that part no words. */
const joined = '出生日期|出生|生日|生年月日|생년월일|تاريخ الميلاد|जन्म ?(?:तिथि|तारीख)|תאריך לידה|วันเกิด'

const small = 'le|el|il|am|a|à|op|den|on|em|dne|dnia|w dniu|is|was|est|es|é|è|ist'
/** `à Lyon`, `a Roma (RM)`, `in Frankfurt am Main`. */
const place =
  "(?:à|a|en|em|in|te|w|v|i|zu) \\p{L}[\\p{L}'’-]{1,24}(?: (?:\\p{L}[\\p{L}'’-]{1,20}|\\(\\p{L}{2}\\))){0,2},?"
const form = '\\([djmaty/. -]{4,12}\\)'
const signs = '["\'“„*_:：=|>()\\[\\].\\t -]{1,4}'

const months =
  'января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря|stycznia|lutego|marca|kwietnia|maja|czerwca|lipca|sierpnia|września|października|listopada|grudnia|maj|augusti|toukokuuta|maaliskuuta'
const dates = [
  `${writtenDate}`,
  `(?:0?[1-9]|[12]\\d|3[01])\\.? (?:${months}) (?:19|20)\\d\\d`,
  '(?:0?[1-9]|[12]\\d|3[01])\\. (?:0?[1-9]|1[0-2])\\. (?:19|20)\\d\\d',
  '(?:19|20)\\d\\d年 ?(?:0?[1-9]|1[0-2])月 ?(?:0?[1-9]|[12]\\d|3[01])日',
  '(?:19|20)\\d\\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])',
].join('|')

const isNamed = foldedExpression(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}])|${joined}`)
const born = caselessExpression(
  `(?:(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}])|${joined})(?:${signs}|(?:${small}|${place}|${form})(?![\\p{L}\\p{N}])){1,6}(?<![\\p{L}\\p{N}])(${dates})(?:t\\d\\d:\\d\\d[\\d:.]{0,12}(?:z|[+-]\\d\\d:?\\d\\d)?)?(?![\\p{L}\\p{N}])`,
)
/** `Anna *3.5.1980`: a star right behind a name or a bracket. */
const star = /[\p{L}(][,)]? ?\*((?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d)(?!\d)/u

/** A month in words. */
const named = /\p{L}/u

// Behind the hyphen of `b-day` a word begins; its first letter alone would be that of a tenth of all words.
const mayStand = createMayStand([
  ...words.map((word) => (word === 'b-day' ? 'day' : word)),
  ...joined.split('|'),
])
const isBornBefore = (text: string, from: number, start: number): boolean =>
  mayStand(text, from, start) && isNamed.test(foldCase(text.slice(from, start)))

/** `19` or `20` and two digits, as a group of its own or with month and day behind it. */
function holdsYear(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; ) {
    const first = at
    while (at < end && isDigit(text.charCodeAt(at))) at++
    if ((at - first === 4 || at - first === 8) && beginsYear(text, first)) return true
    at++
  }
  return false
}

function beginsYear(text: string, at: number): boolean {
  const first = text.charCodeAt(at)
  const second = text.charCodeAt(at + 1)
  return (first === one && second === nine) || (first === two && second === zero)
}
const [zero, one, two, nine] = [48, 49, 50, 57]

/**
 * A year, and one with no more than another number behind it, belongs to a date when the day stands before it, of one or
 * two digits, and between them the month.
 */
function mayHoldDay(text: string, start: number, end: number): boolean {
  const after = text.charCodeAt(end)
  if (after > 127 && !isSignBeyondAscii(after)) return true
  if (end - start > 4 && !isYearAndOther(text, start, end)) return true
  for (let at = start - 1; at >= 0 && start - at <= longestMonth; at--) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) return !(isDigit(text.charCodeAt(at - 1)) && isDigit(text.charCodeAt(at - 2)))
    if (!isLetter(code) && code < 128 && !besideMonth.includes(code)) return false
  }
  return false
}

/** `1985-1993`, `2004/05`: a year, one sign and one other number. */
function isYearAndOther(text: string, start: number, end: number): boolean {
  if (end - start < 6 || isDigit(text.charCodeAt(start + 4))) return false
  for (let at = start; at < end; at++) if (isDigit(text.charCodeAt(at)) === (at === start + 4)) return false
  return true
}

/** From a day to its year: `3 de septiembre de 1984`. */
const longestMonth = 20
/** Space, comma, hyphen, dot. */
const besideMonth = [32, 44, 45, 46]

/** From a word to the last digit of its date. */
const reach = 72
/** Behind the last digit: a sign of a date in Chinese, a time. */
const reachAfter = 30

/** The day a person was born, in further languages and forms than a page has room for. */
export const furtherBirthDates: Detector = {
  ...dateOfBirth,
  trigger: { digits: 4, most: 24 },
  examine: (text, start, end) => {
    if (!holdsYear(text, start, end) || !mayHoldDay(text, start, end)) return nothing
    const from = Math.max(0, start - reach)
    const hasStar = text.charAt(start - 1) === '*'
    if (!hasStar && !isBornBefore(text, from, start)) return nothing
    const found = (hasStar ? star : born).exec(text.slice(from, end + reachAfter))
    if (found === null) return nothing
    const [whole, written = ''] = found
    const first = from + found.index + whole.lastIndexOf(written)
    const last = first + written.length
    if (last <= start || first >= end) return nothing
    // An encyclopaedia writes of public figures like this.
    if (text.charAt(from + found.index - 1) === '(' && named.test(written)) return nothing
    return [{ start: first, end: last, score: 0.9, why: 'a date after words for being born' }]
  },
}
