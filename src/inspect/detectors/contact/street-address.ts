import { isInsideAtStart } from '../../boundary.ts'
import { isDigit, isLetter, isLower, isSignBeyondAscii, isUpper } from '../../characters.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { createMayBegin } from '../../word-beginnings.ts'
import { createMayEnd } from '../../word-endings.ts'
import {
  boxBefore,
  french,
  mayBeginType,
  streetBefore,
  sureEnglish,
  tailAfter,
  unsureEnglish,
} from './street-names.ts'

/** Longest name of a street, and of what follows it, in UTF-16 units. */
const longestName = 64
const longestTail = 96
/** Of the number of a house. */
const mostDigits = 5

const isAddressContext = contextBefore([
  ...[
    'address',
    'addresses',
    'live at',
    'lives at',
    'living at',
    'lived at',
    'located at',
    'office at',
    'office is at',
    'ship to',
    'deliver to',
    'delivered to',
  ],
  ...[
    'send to',
    'meet me at',
    'taxi to',
    'resides at',
    'home at',
    'street',
    'adresse',
    'anschrift',
    'dirección',
    'endereço',
    'indirizzo',
    'adres',
  ],
])

function findAddress(text: string, start: number, end: number): readonly Match[] {
  const mayFollow = mayBeNamed(text, end)
  const isAfterSpace = start > 0 && text.charCodeAt(start - 1) === space
  if (!isAfterSpace) {
    if (!mayFollow || isInsideAtStart(text, start) || otherBefore.test(text.charAt(start - 1))) return nothing
    return numberFirst(text, start, end) ?? nothing
  }
  const found = mayBeOfHouse(text, start) && endsName(text, start) ? nameFirst(text, start, end) : undefined
  return found ?? (mayFollow ? numberFirst(text, start, end) : undefined) ?? nothing
}

/** False where more digits stand side by side than a house has. */
function mayBeOfHouse(text: string, start: number): boolean {
  for (let at = start; at - start <= mostDigits; at++) if (!isDigit(text.charCodeAt(at))) return true
  return false
}

/** An amount, a number of something, a handle, a path. */
const otherBefore = /[$€£#@/-]/

/**
 * After a space most numbers stand after a small word: a name ends with a capital word, a full stop, or as boxes do, and
 * not with digits or letters behind them.
 */
function endsName(text: string, start: number): boolean {
  let first = start - 1
  while (first > 0 && start - first < 32 && text.charCodeAt(first - 1) > space) first--
  const code = text.charCodeAt(first)
  if (isUpper(code) || code > 127) return !endsWithCode(text, start - 1)
  return mayEndBoxWord(text, start - 2) && boxWords.has(text.slice(first, start - 1).toLowerCase())
}

/** `SW1A`, `12`. */
function endsWithCode(text: string, end: number): boolean {
  let at = end - 1
  while (at > 0 && isLetter(text.charCodeAt(at))) at--
  return isDigit(text.charCodeAt(at))
}

const space = 32
const comma = 44
const boxWords = new Set(['box', 'no.', 'nr.', 'nº', 'postal', 'postale', 'correos', 'p.o.box', 'u.'])
const mayEndBoxWord = createMayEnd([...boxWords])

/** After the number of a house and perhaps its letter a name begins: a capital, a number, or a word in lower case. */
function mayBeNamed(text: string, end: number): boolean {
  const at = isLetter(text.charCodeAt(end)) ? end + 1 : end
  const start = text.charCodeAt(at) === comma ? at + 1 : at
  if (text.charCodeAt(start) !== space) return false
  const code = text.charCodeAt(start + 1)
  if (isDigit(code)) return isOrdinal(text, start + 1)
  if (!isLetter(code) && !isBeyondAscii(code)) return false
  return (
    beginsStreet(text, start + 1) ||
    endsAsStreet(text, start + 1) ||
    ((isUpper(code) || code > 127) && isBeforeType(text, start + 1))
  )
}

/** What may be a letter there. */
const isBeyondAscii = (code: number): boolean => code > 127 && !isSignBeyondAscii(code)

/** What `french` has between the number and the name of a street. */
const mayBeginFrench = createMayBegin(
  'rue avenue av\\b boulevard bd\\b place all impasse chemin quai route cours passage bis'.split(' '),
)

const beginsStreet = (text: string, at: number): boolean =>
  isLower(text.charCodeAt(at + 1)) && mayBeginFrench(text, at)

/** In capitals all words of a name are, up to the kind of street; some are `3rd`. */
function isBeforeType(text: string, at: number): boolean {
  let start = at
  for (let words = 0; words < mostWords; words++) {
    // No word of a name holds a digit unless it begins with one.
    const holdsDigits = isDigit(text.charCodeAt(start))
    const longest = text.charCodeAt(start) > 127 ? 2 * longestCapital : longestCapital
    let end = start + 1
    for (; end - start <= longest && text.charCodeAt(end) !== space; end++)
      if (!holdsDigits && isDigit(text.charCodeAt(end))) return false
    if (text.charCodeAt(end) !== space) return false
    start = end + 1
    const code = text.charCodeAt(start)
    if (isBeyondAscii(code)) continue
    if (isUpper(code) ? mayBeginType(text, start) : !isOrdinal(text, start)) return isUpper(code)
  }
  return false
}

/** A direction, four words, a direction. */
const mostWords = 6

/** `3rd`: digits, then the first letter of `st`, `nd`, `rd` or `th`. */
function isOrdinal(text: string, at: number): boolean {
  let end = at
  while (end - at < 3 && isDigit(text.charCodeAt(end))) end++
  return end > at && 'snrt'.includes(text.charAt(end))
}

/** With its first letter, as in `street-names.ts`. */
const longestCapital = 25

/** One or two words in lower case or capitals, and the beginning of one that ends the name of a street. */
const asStreet = /(?:st|ave|r(?:oa)?d|lane|dr|bl|bo)/y
const firstsOfStreet = [...'sarldb'].map((letter) => letter.charCodeAt(0))
/** Twenty letters, of which some alphabets write each with two units. */
const longestWord = 40

function endsAsStreet(text: string, at: number): boolean {
  let next = at
  for (let words = 0; words < 2; words++) {
    const start = next
    while (next - start <= longestWord && isLetterOfAny(text.charCodeAt(next))) next++
    if (text.charCodeAt(next) !== space || next - start < 3 || next - start > longestWord) return false
    next++
    if (!firstsOfStreet.includes(text.charCodeAt(next))) continue
    asStreet.lastIndex = next
    if (asStreet.test(text)) return true
  }
  return false
}

const isLetterOfAny = (code: number): boolean => isLetter(code) || isBeyondAscii(code)

/** `Musterstraße 12`, `Calle Ejemplo, 12`, `PO Box 12`. */
function nameFirst(text: string, start: number, end: number): readonly Match[] | undefined {
  let digitsEnd = start
  while (digitsEnd < end && isDigit(text.charCodeAt(digitsEnd))) digitsEnd++
  if (digitsEnd - start > mostDigits) return undefined
  const from = Math.max(0, start - longestName)
  const box = boxBefore(text, from, start)
  const length = box === 0 ? streetBefore(text, from, start) : box
  if (length === 0) return undefined
  const range = /^[-/]\d{1,4}(?![\d])/.exec(text.slice(digitsEnd, end))?.[0].length ?? 0
  const last = tailAfter(text, digitsEnd + range, longestTail)
  const why = box === 0 ? 'the name of a street and a number' : 'a box of a post office and a number'
  return [{ start: start - length, end: last, score: 0.8, why }]
}

/** What has a number and a title is a part of a book, or a place in a list. */
const partBefore =
  /(?:chapter|part|section|episode|season|volume|vol\.?|no\.|figure|table|step|top|day|week|level|lesson|phase|route|highway|version)\s?$/i

/** `12 Example Street`, `12 rue Exemple`. Of several numbers the last one is that of the house. */
function numberFirst(text: string, start: number, end: number): readonly Match[] | undefined {
  const number = text.slice(start, end).search(/\d{1,5}(?:[-/]\d{1,4})?$/)
  if (number < 0) return undefined
  const from = start + number
  if (/[./-]$/.test(text.slice(start, from)) || partBefore.test(text.slice(Math.max(0, start - 9), start)))
    return undefined
  const window = text.slice(from, from + longestName)
  const sure = sureEnglish.exec(window) ?? french.exec(window)
  const name = sure ?? unsureEnglish.exec(window)
  if (name === null) return undefined
  if (isYear(text, from) || /^\d+, and /i.test(window)) return undefined
  const streetEnd = from + name[0].length
  const last = tailAfter(text, streetEnd, longestTail)
  if (sure === null && last - streetEnd < 4 && !isAddressContext(text, start)) return undefined
  // A full stop after the street is the sentence's unless more of the address follows.
  const isStop =
    last === streetEnd && text[last - 1] === '.' && !/(?:St|Rd|Ave|Blvd|Dr|Ln|Ct)\.$/.test(name[0])
  return [
    { start: from, end: isStop ? last - 1 : last, score: 0.75, why: 'a number and the name of a street' },
  ]
}

/** `in the 1929 Wall Street crash`, `In 1886, Robert Lane`: a year, and no house. */
const isYear = (text: string, from: number): boolean =>
  /^(?:1[5-9]|20)\d\d(?!\d)/.test(text.slice(from, from + 5)) &&
  /(?<![\p{L}])(?:in|since|until|năm)(?: the)? $/iu.test(text.slice(Math.max(0, from - 12), from))

const letters = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** Where somebody lives or works: a street with its number, in the orders of seven languages, or a box. */
export const streetAddress: Detector = {
  type: 'street-address',
  family: 'contact',
  class: 'internal',
  label: 'street address',
  trigger: {
    digits: 1,
    most: 12,
    touching: {
      before: ' ',
      beforeSpace: `${letters}.,'-°’`,
      after: ` ,${letters}`,
      afterSpace: letters,
      // `12, rue`, `12a Example`, `12a, rue`: no `1st`, no `12,000`.
      afterOther: ' ,',
    },
  },
  examine: findAddress,
  proof: 'a number beside a name that ends or begins as streets do',
  finds: [
    'I live at «742 Example Street», near the park',
    '«12 North Sample Avenue, Suite 400, Springfield, IL 62704»',
    'ship to «9 Sample Dr, Exampleton, TX 75001»',
    'Example GmbH, «Hauptstr. 12, 10115 Berlin»',
    '«Berliner Straße 7a»',
    '«12 bis, rue de la Paix»',
    '«Calle de Ejemplo, 5»',
    '«Kalverstraat 92»',
    '«Rua Augusta 123»',
    '«Via Roma 10»',
    '«P.O. Box 1234»',
    'Postanschrift: «Postfach 12»',
    'my address is «14 sample road»',
    '«Unit 1234 Box 5678»',
    '«221B Example Street»',
  ],
  ignores: [
    'in 3 Apple Way',
    '10 Best Places to visit',
    'Platz 1 und Arbeitsplatz 4',
    'Engineering 101',
    'about 5 minutes down the road',
    'Chapter 12 The Long Road',
    'via Monday 12',
    'Street 12',
    'after the crash in the 1929 Wall Street never was the same',
    'with two partners in 1886, Robert Lane and another',
    'at each crossing is 6, and the road goes on',
    '12 Monkeys',
    'Ausweg 2',
    'x12 Example Street',
  ],
  source: 'UPU S42-1, templates of addresses; USPS Publication 28, appendix C1',
}
