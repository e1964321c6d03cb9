/**
 * Telephone numbers by linear rules of our own. What the digits look like decides how much must speak for them:
 * `+` or `00` and a calling code stands for itself, a national shape must be all there is to its run of digits,
 * anything else needs a word such as `phone` before it.
 */
import { isAfterEscape, isInsideAtEnd } from '../../boundary.ts'
import { isAlphanumeric } from '../../characters.ts'
import { askedOnce, type Context, contextOnLine } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { type Group, groupsOf, separatorAfter, shapeOf } from '../../number-groups.ts'
import { isInternationalNumber } from './calling-codes.ts'
import { lengthOfSplit, mayBeAlone, mostAlone } from './phone-alone.ts'
import { type PhoneValidator, regionsOf } from './phone-shapes.ts'
import {
  furtherPhoneWords,
  isNamedInOtherLetters,
  namedAfter,
  phoneWords,
  plainlyNamedAfter,
} from './phone-words.ts'

const fewestDigits = 7
const mostDigits = 15

/** Numbers of seven digits are common: the word must stand close. */
const contextReach = 32

const isPhoneContext = contextOnLine(phoneWords, contextReach)
const isFurtherContext = contextOnLine([...phoneWords, ...furtherPhoneWords], contextReach)
const isNamed: Context = (text, start) => isFurtherContext(text, start) || isNamedInOtherLetters(text, start)

/** Where nobody knows which numbers regions have given out, fewer words are looked for as well. */
const contextFor = (isNumberOf: PhoneValidator | undefined): Context =>
  isNumberOf === undefined ? isPhoneContext : isNamed

function findPhones(
  text: string,
  start: number,
  end: number,
  isNumberOf: PhoneValidator | undefined,
): readonly Match[] {
  if (isAmount(text, end) && groupsOf(text, start, end).length === 1) return nothing
  // No word stands inside a run, so one look before it serves all of its numbers.
  const hasContext = askedOnce(contextFor(isNumberOf), text, start)
  if (!mayBeAlone(text, start, end) && !hasContext()) return nothing
  const groups = groupsOf(text, start, end)
  const matches: Match[] = []
  const readable = countReadable(groups)
  for (let first = 0; first < readable; first++) {
    if (first > 0 && !hasContext()) break
    const phone = phoneFrom({ text, groups, first, hasContext, isNumberOf })
    if (phone === undefined) continue
    matches.push(phone.match)
    first = phone.last
  }
  return matches
}

/** How many of the groups have as many digits in them and behind them as a number has. */
function countReadable(groups: readonly Group[]): number {
  let digits = 0
  let first = groups.length
  while (first > 0 && digits < fewestDigits) {
    first--
    digits += (groups[first] as Group).end - (groups[first] as Group).start
  }
  return Math.min(first + 1, groups.length)
}

/** Groups of one run, read from `first` on. */
interface Reading {
  readonly text: string
  readonly groups: readonly Group[]
  readonly first: number
  /** A word for telephones stands before the run. */
  readonly hasContext: () => boolean
  readonly isNumberOf: PhoneValidator | undefined
}

interface Phone {
  readonly match: Match
  readonly last: number
}

const startOf = ({ groups, first }: Reading): number => (groups[first] as Group).start

function phoneFrom(reading: Reading): Phone | undefined {
  const { text, groups, first } = reading
  if (isDateAlone(reading) || isAttachedBefore(reading)) return undefined
  const { start, end } = groups[first] as Group
  const isPlus = first === 0 && /\+\(?$/.test(text.slice(Math.max(0, start - 2), start))
  if (isPlus) return international(reading, 0)
  if (first === 0 && text.startsWith('00', start)) {
    // Account and order numbers begin with zeros as well: without separators only a word tells them apart.
    return groups.length > 1 || reading.hasContext() ? international(reading, 2) : undefined
  }
  if (end - start > mostDigits) return undefined
  return (
    national(reading) ??
    (isAfterSplit(reading) || reading.hasContext() || isNamedAfter(reading) ? inContext(reading) : undefined)
  )
}

/** Most numbers as long are dates or years, which only a calling code, zeros or brackets make a number to call. */
function isDateAlone({ text, groups, first }: Reading): boolean {
  const { start } = groups[first] as Group
  if (first === 0 && (text.startsWith('00', start) || beforeCode.has(text.charAt(start - 1)))) return false
  return isDate(text, start)
}

const beforeCode = new Set('+(')

/** The longest reading that has a calling code and a right number of digits after it. */
function international(reading: Reading, prefix: number): Phone | undefined {
  let longest: number | undefined
  for (const { last, digits } of growing(reading, mostDigits + prefix)) {
    if (isInternationalNumber(digits.slice(prefix)) && !isAttachedAfter(reading, last)) longest = last
  }
  if (longest === undefined) return undefined
  return phone(
    reading,
    longest,
    prefix === 0 ? 0.9 : 0.8,
    'a calling code and as many digits as its numbers have',
  )
}

/** Shapes people write without a country code. The number must be all of its run. */
function national(reading: Reading): Phone | undefined {
  const { text, groups, first } = reading
  // Every shape below has several groups.
  if (first > 0 || groups.length < 2 || groups.length > mostAlone) return undefined
  const last = groups.length - 1
  if (isAttachedAfter(reading, last)) return undefined
  const shape = shapeOf(groups, first, last)
  const digits = text.slice(startOf(reading), (groups[last] as Group).end).replace(/\D/g, '')
  if (isNorthAmerican(shape, digits) && hasUsualSeparators(reading)) {
    return phone(reading, last, 0.75, 'area code, exchange and number as in North America')
  }
  if (isWithTrunkZero(reading, shape, digits)) {
    return phone(reading, last, 0.6, 'a leading zero and groups as national numbers have')
  }
  if (isWithBrackets(reading, digits)) {
    return phone(reading, last, 0.7, 'an area code in brackets and a number')
  }
  if (isGivenOut(reading, shape)) {
    return phone(reading, last, 0.6, 'a number a region has given out, in groups as it writes them')
  }
  return undefined
}

/** Area code and exchange begin with 2 to 9. Source: North American Numbering Plan. */
const isNorthAmerican = (shape: string, digits: string): boolean =>
  (shape === '3-3-4' || (shape === '1-3-3-4' && digits.startsWith('1'))) &&
  /^[2-9]\d\d[2-9]\d{6}$/.test(digits.slice(-10))

const hasUsualSeparators = ({ text, groups, first }: Reading): boolean =>
  /^(?:[-. ]|\) ?|\)-)$/.test(separatorAfter(text, groups, groups.length - 3)) &&
  /^[-. ]$/.test(separatorAfter(text, groups, groups.length - 2)) &&
  (groups.length - first === 3 || /^[-. ]\(?$/.test(separatorAfter(text, groups, first)))

/** Nine to eleven digits in two to five groups after one zero: `020 7946 0958`, `0171/1234567`, `06 12 34 56 78`. */
function isWithTrunkZero(reading: Reading, shape: string, digits: string): boolean {
  const { text, groups, first } = reading
  if (!/^0[1-9]/.test(digits) || digits.length < 9 || digits.length > 12) return false
  const separators = groups.slice(first, -1).map((_, index) => separatorAfter(text, groups, first + index))
  if (separators.some((separator) => !/^(?:[-. /]|\) ?)$/.test(separator))) return false
  const dots = separators.filter((separator) => separator === '.').length
  if (shape === '2-2-2-2-2') return dots === 0 || dots === 4
  // Three, two and four digits are how social security numbers are written.
  if (dots > 0 || shape === '3-2-4') return false
  return /^[2-5](?:-[2-8]){1,3}$/.test(shape) && !isDate(text, startOf(reading))
}

const isWithBrackets = ({ text, groups, first }: Reading, digits: string): boolean => {
  const { start, end } = groups[first] as Group
  return (
    text[start - 1] === '(' &&
    text[end] === ')' &&
    end - start >= 2 &&
    end - start <= 5 &&
    groups.length >= 2 &&
    digits.length >= 9 &&
    digits.length <= 12 &&
    !/^(?:19|20)\d\d$/.test(text.slice(start, end))
  )
}

/** `030 / 12345678`: a code and a slash say what the word would; a hyphen stands in order numbers as well. */
function isAfterSplit(reading: Reading): boolean {
  const start = startOf(reading)
  const length = reading.first === 0 ? lengthOfSplit(reading.text, start) : 0
  return length > 0 && /^(?:\(?0[1-9]\d{1,3}\)? \/|\(?\+)/.test(reading.text.slice(start - length, start))
}

function isNamedAfter({ text, groups, first }: Reading): boolean {
  const { end } = groups[groups.length - 1] as Group
  if (first > 0 || groups.length > mostAlone) return false
  const after = text.slice(end + extensionAt(text, end), end + 28)
  return (groups.length > 1 ? namedAfter : plainlyNamedAfter).test(after)
}

/** Only spaces, hyphens and brackets between the groups; asked last, because the answer takes a while. */
function isGivenOut({ text, groups, isNumberOf }: Reading, shape: string): boolean {
  const regions = regionsOf(shape)
  if (isNumberOf === undefined || regions.length === 0) return false
  const { start } = groups[0] as Group
  const written = text.slice(start, (groups[groups.length - 1] as Group).end)
  return /^[\d ()-]+$/.test(written) && !isDate(text, start) && isNumberOf(written, regions)
}

/** Beside a word for telephones, 7 to 15 digits that are no date and no version. */
function inContext(reading: Reading): Phone | undefined {
  const { text } = reading
  const start = startOf(reading)
  let longest: number | undefined
  for (const { last, digits } of growing(reading, 12)) {
    if (digits.length >= fewestDigits && !isAttachedAfter(reading, last)) longest = last
  }
  if (longest === undefined || isDate(text, start) || isOtherNumber(reading, longest)) return undefined
  return phone(reading, longest, 0.7, 'digits beside a word for telephones')
}

/** Readings from the first group on, group by group, up to so many digits. At most 16 steps. */
function* growing(
  { text, groups, first }: Reading,
  most: number,
): Generator<{ last: number; digits: string }> {
  let digits = ''
  for (let last = first; last < groups.length; last++) {
    const { start, end } = groups[last] as Group
    if (digits.length + end - start > most) return
    digits += text.slice(start, end)
    yield { last, digits }
  }
}

/** Four short groups with dots are an address or a version; others are decimal fractions, or counts that end in zeros. */
function isOtherNumber({ text, groups, first }: Reading, last: number): boolean {
  const written = text.slice((groups[first] as Group).start, (groups[last] as Group).end)
  return /^\d{1,4}(?:\.\d{1,4}){3}$/.test(written) || /^\d{1,3}\.\d{5,}$|^[1-9]\d{0,4}0000$/.test(written)
}

/** A date, or two years. */
const isDate = (text: string, start: number): boolean =>
  /^(?:(?:1\d|20)\d\d[-./ ]{1,2}(?:1\d|20)\d\d(?!\d)|\d{1,2}[-./ ]\d{1,2}[-./ ](?:19|20)\d\d|(?:19|20)\d\d[-./ ]?[01]\d[-./ ]?[0-3]\d)/.test(
    text.slice(start, start + 12),
  )

const isAttachedBefore = ({ text, groups, first }: Reading): boolean => {
  if (first > 0) return /[-.]$/.test(separatorAfter(text, groups, first - 1))
  const start = (groups[first] as Group).start
  const opening = text[start - 1] === '(' ? start - 1 : start
  if (isAfterEscape(text, opening)) return false
  const before = text.slice(Math.max(0, start - 2), start)
  if (/[\dA-Za-z#$€£%@]\(?$/.test(before) || /\w[-./_]$|\d:$/.test(before)) return true
  // A decimal comma or thousands, unless the number has separators of its own.
  return groups.length === 1 && /\d,$/.test(before)
}

/** Followed by a letter (but for an extension), a unit or more of the same number. */
function isAttachedAfter({ text, groups }: Reading, last: number): boolean {
  const { end } = groups[last] as Group
  if (/^[-.]$/.test(separatorAfter(text, groups, last))) return true
  if (isAmount(text, end)) return true
  if (text.charAt(end) === '-' && isAlphanumeric(text.charCodeAt(end + 1))) return true
  return isInsideAtEnd(text, end) && extensionAt(text, end) === 0
}

/** Followed by a sign of amounts. */
const isAmount = (text: string, end: number): boolean => amountSigns.has(text.charCodeAt(end))
/** `%`, `$` and `€`. */
const amountSigns = new Set([37, 36, 0x20ac])

/** Length of `x123`, ` ext. 123` at a position, 0 when there is none. */
const extensionAt = (text: string, at: number): number =>
  /^ ?(?:x|ext\.?|extension) ?\d{1,6}(?![\w])/i.exec(text.slice(at, at + 20))?.[0].length ?? 0

function phone(reading: Reading, last: number, score: number, why: string): Phone {
  const { text, groups } = reading
  const first = startOf(reading)
  const { end } = groups[last] as Group
  const opening = /(?:\(?\+\(?|\()$/.exec(text.slice(Math.max(0, first - 3), first))?.[0] ?? ''
  // A bracket around the whole number is the sentence's.
  const isClosed = !opening.startsWith('(') || text.slice(first, end).includes(')')
  const start = first - (isClosed ? opening.length : opening.length - 1)
  return {
    last,
    match: { start: start - lengthOfSplit(text, start), end: end + extensionAt(text, end), score, why },
  }
}

/** `isNumberOf` knows which numbers regions have given out; without it fewer national shapes are found. */
export const createPhoneDetector = (isNumberOf?: PhoneValidator): Detector => ({
  type: 'phone',
  family: 'contact',
  class: 'internal',
  label: 'telephone number',
  trigger: { digits: fewestDigits, isApart: true },
  examine: (text, start, end) => findPhones(text, start, end, isNumberOf),
  proof: 'calling code and length, a national shape, or words before it',
  finds: [
    'call «+44 20 7946 0958» or «+1 (212) 555-0123».',
    '«+4915112345678»',
    'from abroad «0049 171 1234567»',
    '«(212) 555-0123»',
    'it is «212-555-0123»',
    'office: «212.555.0123 x42»',
    '«1-800-555-0199»',
    'London «020 7946 0958», Berlin «030/12345678», Paris «06 12 34 56 78»',
    '«+44 (0) 20 7946 0958»',
    'phone_number: «2125550123»',
    'Tel. «555-0123»',
    'mobile «98765 43210»',
    '«(11) 91234-5678»',
    'tel:«+390612345678»',
    'tel:«2125550123»',
    'Anna,«212-555-0123»,NY',
    '12,«212-555-0123»,NY',
    '{"phone":"«2125550123»"}',
    'phone: «00441711234567»',
    '"call\\n«(212) 555-0123»\\n"',
    '"x\\n«+442079460958»"',
    '**«212-555-0123»** or _«+44 20 7946 0958»_',
    '«212-555-0123»',
    '«22 498317» office\n«912 345 6789 x12» (mobile)\n«2546712361» fax',
    '«+1-054-353-1726x16954»',
  ],
  ignores: [
    'order 4500012345',
    'order no. 0012-3456-789',
    'on 2024-01-02 10:30 and 01.02.2024 and 01/02/2024',
    'version 10.15.7.2024 of 1.2.345.6789',
    'server 192.168.100.200',
    'invoice #212-555-0123',
    'ISBN 978-3-16-148410-0',
    '$212-555-0123',
    '00 01 02 03 04 05 06 07',
    'call 2024-01-02',
    '+99 1234 567890',
    'between 1000000 and 9999999',
    'SKU AB-0123 45678',
    'phone 4500012345%',
    '3.141592653589793',
    '2024 2025 2026 2027',
    '1700000000',
    'in 2010-2014 and 1999-2003',
    'call it the portable era, 1999-2005',
    'called an anarchist, 1809–1865',
    'the mobile app got 1500000 downloads',
    'dial 192.168.100.200 or 10.20.30.40',
    'call v 10.15.7.2024',
    '1-800-273-TALK',
    'A/C No. 00632000001783',
    'call f(12345678)',
    'id 12345678-1234-1234-1234-123456789012',
    '52.5200066,13.4049540',
    'phone bill 3,14159265',
    '1500000 work items and 2000000 phones',
    'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  ],
  source: 'ITU-T E.164 and E.123; North American Numbering Plan; national numbering plans',
})

export const phoneNumber = createPhoneDetector()
