import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { fullDate } from '../person/written-date.ts'

/** From the day to the year: `23rd of September, 2024`. */
const longestBefore = 32
/** What may follow the year: `-12-31`, or `年12月31日`. */
const longestAfter = 8

const year = /(?<!\d)(?:19|20)\d\d(?!\d)/
const dates = new RegExp(fullDate, 'giu')
const timeAfter =
  /^(?:T|,? )\d\d?:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|(?: ?[+-]\d\d:?\d\d)| ?[ap]m)?(?![\p{L}\d:])/iu

function findDates(text: string, start: number, end: number): readonly Match[] {
  if (!year.test(text.slice(start, end))) return nothing
  const from = Math.max(0, start - longestBefore)
  const found: Match[] = []
  for (const { 0: written, index } of text.slice(from, end + longestAfter).matchAll(dates)) {
    const [first, last] = [from + index, from + index + written.length]
    if (last <= start || first >= end) continue
    // A version, a path, the number of a document.
    if (/[\d./_-]/.test(text.charAt(first - 1)) || /^[/_-]|^\.\d/.test(text.slice(last, last + 2))) continue
    if (isInsideAtStart(text, first)) continue
    const time = timeAfter.exec(text.slice(last, last + 40))?.[0].length ?? 0
    if (time === 0 && isInsideAtEnd(text, last)) continue
    found.push({ start: first, end: last + time, score: 0.7, why: 'a day, a month and a year' })
  }
  return found
}

/**
 * A day of the calendar. Alone it is nobody's and leaves a text public; it is found so that a company can write rules
 * over it, as those that have to take every date out of health data do.
 */
export const date: Detector = {
  type: 'date',
  family: 'other',
  class: 'public',
  label: 'date',
  trigger: { digits: 4, most: 40 },
  examine: findDates,
  proof: 'a day, a month and a year of four digits',
  finds: [
    'on «2024-05-03» we met',
    'due «03/05/2024», latest',
    'am «3.5.2024».',
    '«2024-05-03 10:11:12» INFO started',
    '{"at":"«2024-05-03T10:11:12.5Z»"}',
    'by «May 3rd, 2024»',
    'until «3 May 2024»',
    'am «3. Mai 2024»',
    'le «1er mai 2024»',
    'el «3 de mayo de 2024»',
    'em «3 de maio de 2024»',
    'il «3 maggio 2024»',
    'op «3 mei 2024»',
    'from «2024-05-03» to «2024-06-03»',
    '«2024年5月3日»',
    '«2024/05/03»',
  ],
  ignores: [
    'in May 2024',
    'version 2024.05',
    '99/99/2024',
    'INV-2024-05-03',
    'https://example.com/2024/05/03/post',
    '3/5/24',
    'on May 3',
    '10.2.3.2024',
    'a2024-05-03',
    'snapshot-2024-05-03.tar',
    'May 2024, 12 people',
  ],
  source: 'ISO 8601-1:2019; CLDR 46, long and short dates of the seven languages',
}
