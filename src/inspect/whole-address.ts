/**
 * An address is one place, from the number of the house to the country: what follows a street, and is a unit of a house, a
 * region, a postcode or a place, belongs to it; so does a word nobody knows when one of those stands behind it. A corner is
 * the place of both its streets.
 */
import { isDigit } from './characters.ts'
import type { Candidate } from './overlaps.ts'

/**
 * `candidates` in order of position and not overlapping; the result is so as well. Linear in their number: of an address
 * a bounded stretch before and behind it is looked at.
 */
export function withWholeAddresses(text: string, candidates: readonly Candidate[]): readonly Candidate[] {
  const whole: Candidate[] = []
  for (let index = 0; index < candidates.length; ) {
    const candidate = candidates[index] as Candidate
    if (isAddress(candidate)) {
      const { start, end, next } = wholeOf(text, candidates, index, whole.at(-1)?.end ?? 0)
      whole.push({ ...candidate, start, end })
      index = next
    } else {
      whole.push(candidate)
      index++
    }
  }
  return whole
}

const isAddress = ({ kind }: Candidate): boolean =>
  kind.type === 'street-address' || kind.type === 'postal-address'

/** What names a part of an address, and is none when it stands alone. */
const isPart = ({ kind }: Candidate): boolean =>
  kind.type === 'place-name' || kind.type === 'postcode' || kind.type === 'postal-address'

interface Whole {
  readonly start: number
  readonly end: number
  /** The first candidate that is no part of it. */
  readonly next: number
}

function wholeOf(text: string, candidates: readonly Candidate[], index: number, from: number): Whole {
  const address = candidates[index] as Candidate
  const start = startOf(text, address.start, from)
  const end = endOfStreet(text, address)
  const corner = cornerBefore.exec(text.slice(Math.max(from, start - longestCorner), start))
  const second = corner === null ? undefined : secondStreet(text, candidates, index + 1, end)
  if (corner !== null && second !== undefined) return { start: start - corner[0].length, ...second }
  return { start, ...restOf(text, candidates, index + 1, { ...address, end }) }
}

const units =
  '(?:apartment|apt|suite|ste|unit|flat|room|floor|building|bldg|wohnung|whg|appartement|piso|puerta|andar|sala|huis)'

/** Of a name that begins with its stop the rest: 'ul' of 'ul. Cicha'. */
const abbreviationBefore = /(?:^|[\s,:>])(\p{L}{1,4})$/u
const longestAbbreviation = 5
/** A unit, and up to two numbers that are no years: '12 4711 Parkdale Avenue'. */
const number = '(?!(?:19|20)\\d\\d )\\d{1,5}[a-zA-Z]?,? '
const numbersBefore = new RegExp(
  `(?:^|[\\s,:>])((?:${units}\\.? #?\\d{1,5}[a-zA-Z]?,? )?(?:${number}){0,2})$`,
  'iu',
)
const longestNumbers = 32

function startOf(text: string, found: number, from: number): number {
  let start = found
  if (text.charAt(start) === '.')
    start -=
      abbreviationBefore.exec(text.slice(Math.max(from, start - longestAbbreviation), start))?.[1]?.length ??
      0
  start -= codeBefore.exec(text.slice(Math.max(from, start - longestCode), start))?.[1]?.length ?? 0
  start -= numbersBefore.exec(text.slice(Math.max(from, start - longestNumbers), start))?.[1]?.length ?? 0
  return start - streetBefore(text, start, from)
}

/** The first half of a postcode, parted from the other by a hyphen: '00' of '00-001 Przyklad'. */
const codeBefore = /(?:^|[,\n>]\s?)(\d{2,4}-)$/u
const longestCode = 7

/** An address that begins with the number of its house, or with its postcode. */
const houseAndPlace = /^(?:\d{1,4}[a-zA-Z]?,? )?(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{2}-\d{3}|\d{3} \d\d) \p{Lu}/u
const house = /^\d{1,4}[a-zA-Z]?,? (?:[A-Z]{1,2}-)?(?:\d{3}|\d\d-\d{3})/
/** Words of a street nobody knows before it, on its line; with the number when the address has none. */
const streetWords =
  "(?:(?:ul|al|os|pl)\\. ?|ulica |(?:A[mn]|I[mn]|Zu[mr]|Auf|Unter|Hinter|Vor|Beim?|Über)(?: de[mnr])? )?\\p{Lu}[\\p{L}'’.-]{2,24}(?: \\p{Lu}[\\p{L}'’.-]{1,24})? "
const streetAlone = new RegExp(
  `(?<![^\\s,:;>(|])(${streetWords}(?:\\d{1,4}[a-zA-Z]? (?:[A-Z]|m\\.) )?)$`,
  'u',
)
const streetWithNumber = new RegExp(
  `(?<![^\\s,:;>(|])(${streetWords}\\d{1,4}[a-zA-Z]?(?:[/-]\\d{1,4}[a-zA-Z]?| m\\. ?\\d{1,4})?, )$`,
  'u',
)
const longestStreet = 72

/** How much before an address is its street: nobody writes the number of a house without one. */
function streetBefore(text: string, start: number, from: number): number {
  const address = text.slice(start, start + longestPart)
  if (!houseAndPlace.test(address)) return 0
  const words = house.test(address) ? streetAlone : streetWithNumber
  return words.exec(text.slice(Math.max(from, start - longestStreet), start))?.[1]?.length ?? 0
}

/** A street has one word that says it is one; behind the number of the house there is none. */
const secondWord =
  /(?<=[ \t](?:\d{1,5}[a-zA-Z]?|street|road|avenue|place|court|drive|lane|square|boulevard))[ \t](?:st\.?|street)$/i
const longestSecondWord = 24

function endOfStreet(text: string, { start, end }: Candidate): number {
  const tail = text.slice(Math.max(start, end - longestSecondWord), end)
  const last = end - (secondWord.exec(tail)?.[0].length ?? 0)
  return last + (isDigit(text.charCodeAt(last - 1)) ? endOfHouse(text, last) : 0)
}

/** What goes on with the number of a house: '-II', '/A', ' bis', ', 2ºA', ', 3. tv'. */
const houseTail =
  /^(?:[-/](?:[IVX]{1,4}|\d{1,4}|[a-zA-Z])| [-–/] \d{1,4}[a-zA-Z]?|,? ?(?:bis|ter|hs)|,? \d{1,2}\.?[ºª°] ?(?:[A-Z]|Esq|Dto|Dta|izq|dcha|dreta)?\.?|, \d\. (?:tv|th|mf)|,? lgh \d{1,4}| [A-Z])(?=[,\n]|$)/u
const longestTail = 16

function endOfHouse(text: string, end: number): number {
  let at = end
  for (let part = 0; part < 2; part++) at += houseTail.exec(text.slice(at, at + longestTail))?.[0].length ?? 0
  return at - end
}

const cornerBefore = /(?<![\p{L}\d])(?:the )?(?:corner|intersection) of $/iu
const longestCorner = 24
const and = /^ (?:and|&) /

/** The end of a sentence, and not of 'St.'. */
const stopAtEnd = /(?<=\p{L}{4})\.+$/u

/** Whatever is named there is a street: it may look like a person or a company. */
function secondStreet(
  text: string,
  candidates: readonly Candidate[],
  next: number,
  end: number,
): Omit<Whole, 'start'> | undefined {
  const start = end + (and.exec(text.slice(end, end + 5))?.[0].length ?? 0)
  if (start === end) return undefined
  const following = candidates[next]
  if (following !== undefined && following.start <= start) return { end: following.end, next: next + 1 }
  const limit = Math.min(following?.start ?? text.length, start + longestPart)
  const name = capitalWords.exec(text.slice(start, limit))
  return name === null ? undefined : { end: start + name[0].replace(stopAtEnd, '').length, next }
}

/** Parts of an address behind its street. */
const mostParts = 8
const longestPart = 64

const between =
  /^[ \t]*(?:[,–-][ \t]+|,|in (?=\d{4,5} )|à (?=\d{5} ))?(?:\r?\n[ \t]*(?:>[ \t]*)?(?:,[ \t]*)?)?/
const unit = new RegExp(`^${units}\\b\\.?[ \\t]*#?[ \\t]?\\d{1,5}[a-zA-Z]?(?![\\p{L}\\d])`, 'iu')
/** Of an Italian province. */
const province = /^\(\p{Lu}{2}\)/u
const region = /^[A-Z]{2,3}(?![\p{L}\d])/u
const postcode = /^\d{3,6}(?:[ -]\d{2,4})?(?![\p{L}\d%:/]|[.,]\d)/u
const word = "[\\p{L}][\\p{L}'’.-]*"
const link = '(?:de|do|da|di|la|le|les|el|del|der|den|am|im|an|sur|sous|en|op|aan|of|the|and)'
/** One to four words of a place nobody knows. */
const capitalWords = new RegExp(`^(?=\\p{Lu})${word}(?:[ -](?:${link}(?= )|(?=\\p{Lu})${word})){0,3}`, 'u')
const anyWords = new RegExp(`^${word}(?: ${word}){0,2}`, 'u')

/** Nothing, or what of a postcode stands before what is known of a place: '1100-' of '1100-048 Exemplo'. */
const codeOfPlace = /^(?:(?:[A-Z]{1,3}-)?\d{2,6}(?:-\d{0,3}| \d{2,3})? ?)?$/
const isCodeOf = (written: string): boolean =>
  written.length <= longestWrittenCode && codeOfPlace.test(written)
const longestWrittenCode = 12

/** Where an address ends, as far as something known of it is found, and which candidate is the next. */
function restOf(
  text: string,
  candidates: readonly Candidate[],
  index: number,
  address: Candidate,
): Omit<Whole, 'start'> {
  const words = /\p{Lu}/u.test(text.slice(address.start, address.end)) ? capitalWords : anyWords
  let { end } = address
  let next = index
  let at = end
  let hasPlace = false
  let isUnknown = false
  for (let part = 0; part < mostParts; part++) {
    const begin = at + (between.exec(text.slice(at, at + longestPart))?.[0].length ?? 0)
    const following = candidates[next]
    if (begin === at || (following !== undefined && following.start < begin)) break
    if (following !== undefined && isPart(following) && isCodeOf(text.slice(begin, following.start))) {
      at = following.end
      end = at
      next++
      hasPlace = true
      isUnknown = false
      continue
    }
    const rest = text.slice(begin, Math.min(following?.start ?? text.length, begin + longestPart))
    const known: RegExpExecArray | null =
      unit.exec(rest) ??
      (hasPlace ? province.exec(rest) : null) ??
      (hasPlace || isUnknown ? postcode.exec(rest) : null)
    const found = known ?? region.exec(rest) ?? (isUnknown ? null : words.exec(rest))
    if (found === null) break
    at = begin + found[0].length
    isUnknown = known === null
    if (known !== null) end = at
  }
  return { end, next }
}
