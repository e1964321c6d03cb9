/**
 * The questions the log is asked, one line of words:
 *
 *     person:ada@example.com class:confidential,restricted -decision:refuse since:2d cost>0.05
 *
 * Every word must hold; values behind one key are alternatives; a hyphen in front turns a word around. What cannot
 * be read is refused, by its place: a word left out in silence would make another question of it.
 */
import { dataClasses } from '#/core/data-class.ts'
import { Refusal } from '#/core/refusal.ts'
import { readDate, readDuration } from '#/core/when.ts'
import { didYouMean } from '#/settings/nearest.ts'
import { entryKinds } from '../api.ts'
import type { Comparison, Condition, LogQuestion, NameColumn, NumberColumn } from './api.ts'

/** Longer than any question somebody types; a program that lists people asks more than once. */
export const questionMaxCharacters = 2_000
const valuesMax = 100

type Key = NameColumn | NumberColumn | 'person' | 'kind' | 'since' | 'until' | 'receipt' | 'request'

/** What each key takes: the help of the command and the page in the docs say the same. */
export const questionKeys: Readonly<Record<Key, string>> = {
  person: 'whose entries: an e-mail address, or an id',
  'use-case': 'id of a use case',
  offering: 'id of an offering',
  class: `data class: ${dataClasses.join(', ')}`,
  finding: 'type of what was found, in what was entered or in the answer',
  decision: 'allow, transform, refuse, or how it ended: answered, client-gone and others',
  code: 'code of a refusal',
  kind: `kind of entry: ${entryKinds.filter((kind) => kind !== 'outcome').join(', ')}`,
  key: 'id of a key',
  receipt: 'a receipt (origin#index) or an index',
  request: 'id of a request, as an error or x-request-id tells it',
  since: '90m, 12h, 2d or a date (UTC); inclusive',
  until: 'the same, not included',
  cost: 'US dollars, with : < <= > >=',
  tokens: 'tokens of an exchange, all together, with : < <= > >=',
  status: 'status of the provider, with : < <= > >=',
}

const keys = Object.keys(questionKeys) as readonly Key[]

interface Word {
  readonly number: number
  readonly at: number
  readonly isNot: boolean
  readonly key: Key
  readonly compare: Comparison
  readonly values: readonly string[]
}

export interface ReadingQuestion {
  readonly now: number
  readonly origin: string
}

/** Throws `Refusal('question-invalid')` naming the word, its place and what there is. */
export function readQuestion(text: string, given: ReadingQuestion): LogQuestion {
  if (text.length > questionMaxCharacters) {
    throw wrong(`it is longer than ${questionMaxCharacters} characters`)
  }
  const conditions: Condition[] = []
  const times: { since?: number; until?: number } = {}
  for (const word of splitWords(text)) {
    if (word.key === 'since' || word.key === 'until') times[word.key] = timeOf(word, times, given.now)
    else conditions.push(conditionOf(word, given))
  }
  if (times.since !== undefined && times.until !== undefined && times.since >= times.until) {
    throw wrong('since: lies behind until:, so nothing can fit')
  }
  return { conditions, sinceMs: times.since, untilMs: times.until }
}

function conditionOf(word: Word, given: ReadingQuestion): Condition {
  const { key, isNot, values } = word
  switch (key) {
    case 'cost':
    case 'tokens':
    case 'status':
      return { on: key, isNot, compare: word.compare, values: values.map((value) => numberOf(value, word)) }
    case 'receipt':
      return { on: key, isNot, values: values.map((value) => indexOf(value, word, given.origin)) }
    case 'kind':
      return { on: key, isNot, values: values.map((value) => kindOf(value, word)) }
    case 'class':
      return { on: key, isNot, values: values.map((value) => oneOf(value, word, dataClasses)) }
    case 'person':
    case 'request':
      return { on: key, isNot, values }
    default:
      return { on: key as NameColumn, isNot, values }
  }
}

const separator = /\s+/y
const head = /(-?)([A-Za-z][A-Za-z-]*)(:|>=|<=|>|<|=)/y
const quoted = /"((?:[^"\\]|\\.)*)"/y
const bare = /[^\s",]+/y

function* splitWords(text: string): Generator<Word> {
  let at = 0
  let values = 0
  for (let number = 1; ; number++) {
    at += matchAt(separator, text, at)?.[0].length ?? 0
    if (at >= text.length) return
    const start = at
    const begun = matchAt(head, text, at)
    if (begun === null) throw wrong(`${placeOf(number, start, text)} is no key:value. ${keysThereAre}`)
    const [whole, minus, name = '', sign = ':'] = begun
    at += whole.length
    const key = keys.find((each) => each === name)
    if (key === undefined) {
      throw wrong(
        `${placeOf(number, start, name)}: there is no such key.${didYouMean(name, keys)} ${keysThereAre}`,
      )
    }
    const found = readValues(text, at, `${placeOf(number, start, name)}`)
    at = found.end
    values += found.values.length
    if (values > valuesMax) throw wrong(`it has more than ${valuesMax} values`)
    const compare = sign === ':' ? '=' : (sign as Comparison)
    const word = { number, at: start, isNot: minus === '-', key, compare, values: found.values }
    assertSign(word, sign)
    yield word
  }
}

function readValues(
  text: string,
  start: number,
  place: string,
): { readonly values: readonly string[]; readonly end: number } {
  const values: string[] = []
  for (let at = start; ; at++) {
    const inQuotes = matchAt(quoted, text, at)
    const found = inQuotes ?? matchAt(bare, text, at)
    if (found === null || inQuotes?.[1] === '') {
      const problem =
        text[at] === '"' ? 'a quotation mark is not closed, or nothing stands in it' : 'a value is missing'
      throw wrong(`${place}: ${problem}`)
    }
    values.push(inQuotes === null ? found[0] : (inQuotes[1] as string).replace(/\\(.)/gs, '$1'))
    at += found[0].length
    if (text[at] === ',') continue
    if (at < text.length && !/\s/.test(text[at] as string)) {
      throw wrong(`${place}: a space is missing before character ${at + 1}`)
    }
    return { values, end: at }
  }
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const isNumeric = (key: Key): boolean => key === 'cost' || key === 'tokens' || key === 'status'

function assertSign(word: Word, sign: string): void {
  const place = placeOf(word.number, word.at, word.key)
  if (sign !== ':' && !isNumeric(word.key))
    throw wrong(`${place}: this key takes a colon, as in ${word.key}:value`)
  if (word.compare !== '=' && word.values.length > 1)
    throw wrong(`${place}: only one value can be compared with`)
}

function timeOf(
  word: Word,
  known: { readonly since?: number; readonly until?: number },
  now: number,
): number {
  const place = placeOf(word.number, word.at, word.key)
  const [value = '', ...more] = word.values
  if (word.isNot)
    throw wrong(`${place}: a time is not turned around; ${word.key === 'since' ? 'until' : 'since'}: says it`)
  if (more.length > 0 || known[word.key as 'since' | 'until'] !== undefined)
    throw wrong(`${place}: one time is enough`)
  const duration = readDuration(value)
  const ms = duration === undefined ? readDate(value) : now - duration
  if (ms === undefined) {
    throw wrong(`${place}: it takes 90m, 12h, 2d, 2026-12-31 or 2026-12-31T18:00:00Z`)
  }
  return ms
}

/** Money becomes millionths, exactly; everything else is whole. */
function numberOf(value: string, word: Word): number {
  const isMoney = word.key === 'cost'
  const fits = isMoney ? /^\$?(\d{1,9})(?:\.(\d{1,6}))?$/.exec(value) : /^(\d{1,12})$/.exec(value)
  if (fits === null) {
    const right = isMoney ? 'dollars, with at most six decimals (0.05)' : 'a whole number'
    throw wrong(`${placeOf(word.number, word.at, word.key)}: it takes ${right}`)
  }
  const [, whole = '0', decimals = ''] = fits
  return isMoney ? Number(whole) * 1_000_000 + Number(decimals.padEnd(6, '0')) : Number(whole)
}

function indexOf(value: string, word: Word, origin: string): number {
  const [, named, digits] = /^(?:(.*)#)?(\d{1,15})$/.exec(value) ?? []
  const place = placeOf(word.number, word.at, word.key)
  if (digits === undefined) throw wrong(`${place}: it takes a receipt (${origin}#12) or an index (12)`)
  if (named !== undefined && named !== '' && named !== origin) {
    throw wrong(`${place}: this receipt is of another log; here is ${origin}`)
  }
  return Number(digits)
}

function kindOf(value: string, word: Word) {
  if (value === 'outcome') {
    throw wrong(
      `${placeOf(word.number, word.at, word.key)}: an outcome stands in the row of its intent: kind:intent`,
    )
  }
  return oneOf(
    value,
    word,
    entryKinds.filter((kind) => kind !== 'outcome'),
  )
}

function oneOf<T extends string>(value: string, word: Word, there: readonly T[]): T {
  const known = there.find((each) => each === value)
  if (known !== undefined) return known
  throw wrong(
    `${placeOf(word.number, word.at, word.key)}: there is no such value.${didYouMean(value, there)} ` +
      `There are: ${there.join(', ')}`,
  )
}

const keysThereAre = `Keys are: ${keys.join(', ')}`

/** Only what looks like a name is said again: what else stands there may be what somebody pasted. */
function placeOf(number: number, at: number, text: string): string {
  const named = /^[A-Za-z][A-Za-z-]{0,31}$/.test(text) ? ` ("${text}")` : ''
  return `word ${number}${named}, at character ${at + 1}`
}

const wrong = (problem: string): Refusal => new Refusal('question-invalid', { problem })
