import { type Detector, nothing } from '../detector.ts'
import { dateOfBirth } from '../detectors/person/date-of-birth.ts'
import { writtenDate } from '../detectors/person/written-date.ts'
import { createMayStand } from '../word-beginnings.ts'

/** Words for being born, and names of fields for it, as pieces of an expression. */
const words: readonly string[] = [
  ...['dob', 'birth(?:[ _-]?da(?:te|y))?', 'b-?day', 'date of birth'],
  ...[
    'n[ée]e?',
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
  "(?:à|a|en|em|in|te|w|v|i|zu) \\p{Lu}[\\p{L}'’-]{1,24}(?: (?:\\p{L}[\\p{L}'’-]{1,20}|\\(\\p{Lu}{2}\\))){0,2},?"
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

const born = new RegExp(
  `(?:(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}])|${joined})(?:${signs}|(?:${small}|${place}|${form})(?![\\p{L}\\p{N}])){1,6}(?<![\\p{L}\\p{N}])(${dates})(?:T\\d\\d:\\d\\d[\\d:.]{0,12}(?:Z|[+-]\\d\\d:?\\d\\d)?)?(?![\\p{L}\\p{N}])`,
  'diu',
)
/** `Anna *3.5.1980`: a star right behind a name or a bracket. */
const star = /[\p{L}(][,)]? ?\*((?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:19|20)\d\d)(?!\d)/du

/** A month in words. */
const named = /\p{L}/u

const mayStand = createMayStand(words)
const year = /(?:19|20)\d\d/
/** From a word to the last digit of its date. */
const reach = 72
/** Behind the last digit: a sign of a date in Chinese, a time. */
const reachAfter = 30

/** The day a person was born, in further languages and forms than a page has room for. */
export const furtherBirthDates: Detector = {
  ...dateOfBirth,
  trigger: { digits: 4, most: 24 },
  examine: (text, start, end) => {
    if (!year.test(text.slice(start, end))) return nothing
    const from = Math.max(0, start - reach)
    const hasStar = text.charAt(start - 1) === '*'
    if (!hasStar && !mayStand(text, from, start)) return nothing
    const found = (hasStar ? star : born).exec(text.slice(from, end + reachAfter))
    const place = found?.indices?.[1]
    if (found === null || place === undefined || from + place[1] <= start || from + place[0] >= end)
      return nothing
    // An encyclopaedia writes of public figures like this.
    if (text.charAt(from + found.index - 1) === '(' && named.test(found[1] ?? '')) return nothing
    return [
      { start: from + place[0], end: from + place[1], score: 0.9, why: 'a date after words for being born' },
    ]
  },
}
