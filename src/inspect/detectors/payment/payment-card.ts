import { isInsideAtEnd, isInsideAtStart } from '../../boundary.ts'
import { isDigit, isLetter } from '../../characters.ts'
import { hasLuhnSum } from '../../checksums.ts'
import { contextBefore } from '../../context.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { type Group, groupsOf, separatorAfter, shapeOf } from '../../number-groups.ts'
import { type CardNetwork, networkOf } from './card-networks.ts'

/** Some cards of Maestro have twelve; with those of unknown issuers they are only found after a word for cards. */
const fewestDigits = 12
const mostDigits = 19

/** How cards are printed and typed. Other groupings are telephone lists and table rows. */
const shapes = new Set(['4-4-4-4', '4-4-4-4-3', '4-6-5', '4-6-4', '4-3-3-3', '8-8'])

const isCardContext = contextBefore([
  ...['card', 'cards', 'credit', 'debit', 'visa', 'mastercard', 'maestro', 'amex', 'jcb', 'kreditkarte'],
  ...['kartennummer', 'karte', 'carte bancaire', 'carte de crédit', 'tarjeta', 'carta di credito', 'cartão'],
  ...['kredietkaart', 'creditcard'],
])

/** Several numbers may stand in one run: each group may be the first of a card. */
function findCards(text: string, start: number, end: number): readonly Match[] {
  const groups = groupsOf(text, start, end)
  const matches: Match[] = []
  for (let first = 0; first < groups.length; first++) {
    const card = cardFrom(text, groups, first)
    if (card === undefined) continue
    matches.push(card.match)
    first = card.last
  }
  return isTable(text, groups, matches) ? nothing : matches
}

/**
 * In a table of numbers of four digits some look like a card in groups by chance: most numbers of its row stand in none. A
 * card without groups may stand in any row.
 */
function isTable(text: string, groups: readonly Group[], matches: readonly Match[]): boolean {
  if (matches.length === 0) return false
  if (matches.some(({ start, end }) => !/\D/.test(text.slice(start, end)))) return false
  return groups.filter(({ start, end }) => end - start === 4).length > 8 * matches.length
}

interface Card {
  readonly match: Match
  readonly last: number
}

/** The longest card number that starts with group `first`. */
function cardFrom(text: string, groups: readonly Group[], first: number): Card | undefined {
  if (!mayBegin(groups, first)) return undefined
  let longest: Card | undefined
  let digits = ''
  for (let last = first; last < groups.length; last++) {
    const { start, end } = groups[last] as Group
    if (digits.length + end - start > mostDigits) break
    digits += text.slice(start, end)
    if (digits.length < fewestDigits) continue
    if (!hasLuhnSum(digits) || !isShape(groups, first, last) || !standsAlone(text, groups, first, last))
      continue
    const from = (groups[first] as Group).start
    const network = networkOf(digits)
    if (network?.usualLengths.includes(digits.length) === true || isCardContext(text, from)) {
      longest = { last, match: matchOf(network, digits.length, from, end) }
    }
  }
  return longest
}

/** Dismisses most groups by their length, so that a long table of numbers costs little. */
function mayBegin(groups: readonly Group[], first: number): boolean {
  const { start, end } = groups[first] as Group
  const length = end - start
  if (length === 1) return first === 0 && groups.length <= mostDigits
  return length === 4 || length === 8 || (length >= fewestDigits && length <= mostDigits)
}

const matchOf = (network: CardNetwork | undefined, length: number, start: number, end: number): Match => ({
  start,
  end,
  score: network === undefined ? 0.9 : 1,
  isProved: network !== undefined,
  why:
    network === undefined
      ? `${length} digits with a valid Luhn sum after a word for cards`
      : `${length} digits in the range of ${network.name} with a valid Luhn sum`,
})

function isShape(groups: readonly Group[], first: number, last: number): boolean {
  if (first === last) return true
  const shape = shapeOf(groups, first, last)
  // Digits set apart one by one count when nothing else stands in the run.
  return shapes.has(shape) || (/^1(?:-1)+$/.test(shape) && last - first + 1 === groups.length)
}

/** Part of a longer number, of a decimal fraction or of an identifier is no card. */
function standsAlone(text: string, groups: readonly Group[], first: number, last: number): boolean {
  const { start } = groups[first] as Group
  const { end } = groups[last] as Group
  const isAttached = (separator: string): boolean =>
    separator === '.' || (separator === '-' && first !== last)
  if (isAttached(separatorAfter(text, groups, first - 1)) || isAttached(separatorAfter(text, groups, last))) {
    return false
  }
  return !isInsideAtEnd(text, end) && !endsIdentifier(text, start)
}

/** `ref_`, `x` and `b7f` before a number make it a part of an identifier; a word such as `Visa` does not. */
function endsIdentifier(text: string, start: number): boolean {
  if (!isInsideAtStart(text, start)) return false
  let index = start - 1
  while (index >= 0 && start - index <= 20 && isLetter(text.charCodeAt(index))) index--
  const letters = start - 1 - index
  const before = text.charCodeAt(index)
  return letters < 3 || isDigit(before) || before === 95
}

/**
 * Payment card numbers: 12 to 19 digits, alone or in the groups cards are printed in, with a valid Luhn sum. Those
 * in an issuer's range and of its usual length stand for themselves; others need a word such as `card` before them.
 */
export const paymentCard: Detector = {
  type: 'payment-card',
  family: 'payment',
  class: 'restricted',
  label: 'payment card number',
  trigger: { digits: fewestDigits },
  examine: findCards,
  proof: 'issuer range and Luhn sum',
  finds: [
    'pay «5500-0000-0000-0004» now',
    '«4111111111111111»',
    'Visa«4111111111111111».',
    'card: «4111 1111 1111 1111», valid 12/27',
    'amex «3782 822463 10005» and mc «5105105105105100»',
    'diners «3056 930902 5904»',
    'credit card «4222222222222» is an old one',
    'my card number «630427373398» from an issuer not listed, Kreditkarte: «3598899323053410»',
    '{"pan":"«6011111111111117»"}',
    '«4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1»',
    '«4111.1111.1111.1111»',
    '"paid with\\n«4111111111111111»\\n"',
    'pan%3D«4111111111111111»%26x',
    '| _«4111 1111 1111 1111»_ | **«5105105105105100»** |',
    '1,«4111111111111111»,12/27\n2,«5105105105105100»,01/28',
    'カード番号«4111111111111111»です',
    '«4111 1111 1111 1111» 12/27 123',
    '2026-01-31 «4111111111111111»',
    'https://shop.example.com/pay/«4012888888881881»/now',
  ],
  ignores: [
    '4111111111111112 fails the Luhn sum',
    'order 1234567890123456',
    '0.4111111111111111',
    'id_4111111111111111',
    'a4111111111111111',
    '4111111111111111ff',
    '4111-1111-1111-1111-1111',
    '41111111111111111111111111',
    'at 1700000000000 and 1700000000000000',
    '550e8400-e29b-41d4-a716-446655440000',
    'build 4222222222222',
    'card number 1234567890123456 fails the sum',
    'reference 630427373398',
    '4111 11 1111111 111',
  ],
  source: 'ISO/IEC 7812-1:2017, annex B; ranges as the networks publish them',
}
