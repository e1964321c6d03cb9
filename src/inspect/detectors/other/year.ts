import { type Detector, type Match, nothing } from '../../detector.ts'

const yearAlone = /^(?:19|20)\d\d(?![\p{L}\d_%:/-]|[.,]\d)/u
/** Words that stand before a year in the seven languages. */
const wordBefore =
  /(?<!\p{L})(?:in|of|since|until|till|by|before|after|during|from|year|early|mid|late|jahre?|seit|bis|von|vor|nach|en|depuis|avant|après|desde|hasta|de|em|até|dal|nel|del|sinds|tot|voor|na|van)[ -]$/iu
const longestWord = 10
/** What there are so many of: 'of 2000 people'. */
const roundOfThings = /^(?:1900|2000) \p{Ll}/u

function findYear(text: string, start: number, end: number): readonly Match[] {
  const rest = text.slice(start, end + 2)
  if (!yearAlone.test(rest) || roundOfThings.test(rest)) return nothing
  if (!wordBefore.test(text.slice(Math.max(0, start - longestWord), start))) return nothing
  return [{ start, end, score: 0.5, why: 'a year after a word that stands before years' }]
}

/** A year by itself: public, and a kind of its own, because who takes out dates often keeps years. */
export const yearDetector: Detector = {
  type: 'year',
  family: 'other',
  class: 'public',
  label: 'year',
  trigger: { digits: 4, most: 4 },
  examine: findYear,
  proof: 'four digits after a word that stands before years',
  finds: [
    'opened in «1987», closed in «2003».',
    'since «2019»',
    'seit «2019» dabei',
    'the law of «1974» protects it',
    'from «1994» to 1997',
    'depuis «2008»',
  ],
  ignores: [
    'a list of 2000 people',
    'port 2024',
    'in 2024.05',
    'in 2,000 years',
    'costs 1999 euros',
    'in 1850',
    'from 2024-05-03',
    'within 2024',
  ],
  source: 'Gregorian calendar; 45 CFR 164.514(b)(2)(i)(C)',
}
