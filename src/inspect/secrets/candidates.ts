/**
 * Where a secret may stand: after a word that announces one. The value is whatever is given to that name, in whatever
 * notation: an assignment, a member of JSON or YAML, an element of XML, an argument of a call or of a command, a
 * header, SQL, a sentence. A wide net on purpose: what of it is a secret is judged by `model.ts` or a rule.
 */
import { isAlphanumeric, isDigit, isIdentifier, isLetter } from '../characters.ts'
import { notePassed, nothingPassed, passedUntil } from '../passed.ts'

/** How the value is tied to its name. */
export type Tie = 'assigned' | 'argument' | 'element' | 'beside' | 'said'

export interface SecretCandidate {
  /** UTF-16 offsets of the value, end exclusive; without quotes. */
  readonly start: number
  readonly end: number
  /** Where the name starts that the value belongs to, and where it ends. */
  readonly nameStart: number
  readonly nameEnd: number
  readonly tie: Tie
  /** The quote around the value; empty when there is none. */
  readonly quote: string
}

/** Longest name of a value, on each side of the word in it. */
const nameReach = 48
/** Longest value: a token signed with a long key. */
const longestValue = 600
const shortestValue = 3
/** Values after the first in a list or in the arguments of a call. */
const mostInRow = 3
/** Names of credentials: the last one in a name speaks for it. */
const laterWord =
  /pass|pwd|secret|token|key|auth|cred|bearer|basic|ntlm|kennwort|senha|wachtwoord|contrase|sid=/i

/**
 * What stands between a name and its value, up to the quote: the closing quote or bracket of the name, a type, then a
 * sign of assignment; at most one call around the value: `b"`, `aws.String("`, `[`.
 */
const assignment =
  /(?:\\{0,3}["'`]){0,2}[\])]{0,2}(?:[ \t]{0,3}:[ \t]{0,2}[A-Za-z<>|[\]?]{1,24}(?=[ \t]{0,4}=[^=]))?[ \t]{0,40}(?:=>|:=|\?\?=|\|\|=|\?=|\+=|[!=]={1,2}|%3[dD]|[:=,]|->|;s:\d{1,5}:|\{\s{1,40}default[ \t]{0,8}=)[ \t]{0,40}(?:[|>][+-]?)?(?:\r?\n[ \t]{1,60}(?:- )?)?/y
const element = /(?:<\/[\w-]{1,20}>)?(?:[^<>\n]{0,80}?)>[ \t]{0,8}/y
const argument = /[ \t]{0,4}\([ \t]{0,8}/y
const beside = /(?:(?:[ \t]|\\t){1,8}|\n[ \t]{0,8}|-)(?:\r?\n)?/y
/** `password is`, `password for the router is:`, `password for anna:`, also in the five other languages. */
const said =
  /["'`]?(?:(?:[ \t]{1,3}(?:to|for|of|on|zum|für|vom|von|de|du|da|do|del|para|pour|voor|van)[ \t][^.\n?!:=]{1,40}?)?(?:[ \t]{1,3}(?:is|was|are|will be|ist|lautet|war|est|es|era|é|foi)(?=[ \t:]))(?:[ \t]{1,3}(?:now|still|jetzt|set to|actually|currently|simply|just))?|[ \t]{1,3}(?:for|für|de|para|pour|voor)[ \t][^\s:=]{1,40}(?=:))[ \t]{0,3}:?[ \t]{0,3}/iy
const wrapper =
  /(?:new |await |&(?!quot|apos|#)|\*)?(?:(?:\[\])?[A-Za-z_][\w.]{0,30}\((?=\\{0,3}["'`])|\[[ \t]{0,3}(?=\\{0,3}["'`])|@|[rbuf]{1,2}(?=["']))?/y
const scheme =
  /(?:Bearer|Basic|Token|Digest|token|bearer|basic|Bot|Key|ApiKey|SSWS)(?:[ \t]{1,3}|%20|\+|\\?u0020)/y
const quoteMark = /\\{0,3}(?:&(?:quot|apos|#39|#34);|["']{1,4}|`{1,3})/y

/** What whoever asks for candidates can use. */
export interface Asked {
  /** False for a unit that no name ends with. */
  readonly mayEnd: (code: number) => boolean
  /** From `bitsOfTies`. */
  readonly ties: number
  /** Values without a digit are none of them. */
  readonly hasDigit?: true
}

/**
 * Candidates after a word of a name that stands from `start` to `end`; where all that are `asked` for are others, there
 * may be none. Looks at a bounded window; never throws.
 */
export function candidatesAfter(
  text: string,
  start: number,
  end: number,
  asked?: Asked,
): readonly SecretCandidate[] {
  const nameEnd = endOfName(text, end)
  const isEarlier = nameEnd > end && holdsLaterWord(text, end, nameEnd)
  if (isEarlier) return none
  if (endsOtherwise(text, nameEnd, asked)) return none
  if (asked?.hasDigit === true && isGivenWord(text, nameEnd)) return none
  const nameStart = startOfName(text, start)
  // `--password value`: an argument of a command needs no sign before it.
  const isFlag = text.charCodeAt(nameStart) === 45
  if (!isFlag && isInSentence(text, nameEnd, asked?.ties)) return none
  return tiedCandidates(text, nameStart, nameEnd, isFlag, asked)
}

/** The longest of `laterWord`. */
const longestLaterWord = 10
/** Of a name, what holds none. */
const withoutLater = nothingPassed()

/** `laterWord` in the rest of a name. What was read for another word of the same name is not read again. */
function holdsLaterWord(text: string, end: number, nameEnd: number): boolean {
  const from = Math.max(end, passedUntil(withoutLater, text, end) - longestLaterWord + 1)
  if (laterWord.test(text.slice(from, nameEnd))) return true
  notePassed(withoutLater, text, end, nameEnd)
  return false
}

/** True when a name is none of those asked for. */
const endsOtherwise = (text: string, nameEnd: number, asked: Asked | undefined): boolean =>
  asked?.mayEnd(text.charCodeAt(nameEnd - 1)) === false

/** What stands after a name, by the first tie that gives a value. */
export function tiedCandidates(
  text: string,
  nameStart: number,
  nameEnd: number,
  isFlag: boolean,
  asked?: Asked,
): readonly SecretCandidate[] {
  for (const [tie, pattern] of tiesAfter(text, nameEnd, asked)) {
    pattern.lastIndex = nameEnd
    if (!pattern.test(text)) continue
    const values = valuesAt(text, pattern.lastIndex, tie, isFlag)
    if (values.length > 0) return values.map((value) => ({ ...value, nameStart, nameEnd, tie }))
  }
  return none
}

const none: readonly SecretCandidate[] = []

const ties: readonly (readonly [Tie, RegExp])[] = [
  ['assigned', assignment],
  ['said', said],
  ['argument', argument],
  ['element', element],
  ['beside', beside],
]

/** A bit for each tie. */
export const bitsOfTies = (wanted: readonly Tie[]): number =>
  ties.reduce((bits, [tie], at) => (wanted.includes(tie) ? bits | (1 << at) : bits), 0)

const elementBit = bitsOfTies(['element'])
const saidBit = bitsOfTies(['said'])
const allTies = (1 << ties.length) - 1

/** For each set of bits the ties. */
const tiesOf = Array.from({ length: 1 << ties.length }, (_, bits) =>
  ties.filter((_tie, at) => (bits >>> at) & 1),
)

/**
 * The ties that may hold, up to the last one that is asked for: by the first unit after a name that is no blank, in a tenth of
 * the time of their patterns.
 */
function tiesAfter(text: string, nameEnd: number, asked: Asked | undefined): typeof ties {
  let at = nameEnd
  while (isBlank(text.charCodeAt(at)) && at - nameEnd < longestGap) at++
  const code = text.charCodeAt(at)
  let bits = (at > nameEnd ? tiesApart : tiesTouching)[code < 128 ? code : 128] as number
  // One that nobody asks for may give the value before one that is.
  if (asked !== undefined) bits &= (1 << (32 - Math.clz32(bits & asked.ties))) - 1
  if ((bits & elementBit) !== 0 && !mayClose(text, nameEnd)) bits &= ~elementBit
  return tiesOf[bits] as typeof ties
}

/** As far as `element` reads: the end of one, and what stands before the `>`. */
const longestElement = 104

const mayClose = (text: string, at: number): boolean => text.slice(at, at + longestElement).includes('>')

const isBlank = (code: number): boolean => code === 32 || code === 9

const codes = (characters: string): Uint8Array => {
  const table = new Uint8Array(128)
  for (let at = 0; at < characters.length; at++) table[characters.charCodeAt(at)] = 1
  return table
}

/** For a unit of ASCII behind a name, with blanks between them or none, the ties that may hold; the last is for all others. */
const tiesApart = fillTies(true)
const tiesTouching = fillTies(false)

function fillTies(isApart: boolean): Uint8Array {
  // The signs of `assignment`, and what may stand before them and the blanks.
  const assigning = isApart ? '=:?|+!%,-;{' : '=:?|+!%,-;{\\"\'`])'
  // A quote, or how the words of `said` begin.
  const saying = isApart ? 'tfozvdpiwaleTFOZVDPIWALE' : '"\'`'
  return Uint8Array.from({ length: 129 }, (_, code) => {
    const sign = String.fromCharCode(code)
    const wanted: Tie[] = []
    if (assigning.includes(sign)) wanted.push('assigned')
    if (saying.includes(sign) || code > 127) wanted.push('said')
    if (sign === '(') wanted.push('argument')
    if (sign !== '\n') wanted.push('element')
    if (isApart || '\\\n-'.includes(sign)) wanted.push('beside')
    return bitsOfTies(wanted)
  })
}

/** Blanks in `assignment`, before a type and after it. */
const longestGap = 43

/**
 * True when a name is one word among others, so that no tie of those asked for can hold: an ordinary word of letters follows
 * and another one or the end of the sentence after that, and no element is open. Most names in prose are, and seeing it this
 * way takes a tenth of the time of the patterns.
 */
export function isInSentence(text: string, nameEnd: number, asked = allTies): boolean {
  const start = nameEnd + 1
  if (text.charCodeAt(nameEnd) !== 32) return false
  let end = start
  while (end - start < longestOrdinary && isLetter(text.charCodeAt(end))) end++
  const after = text.charCodeAt(end)
  const ending = after === 46 ? text.charCodeAt(end + 1) : after
  if (end - start < 2 || (ending !== 32 && ending !== 10 && after !== 44)) return false
  const word = text.slice(start, end).toLowerCase()
  if (wrappingWords.has(word) || ((asked & saidBit) !== 0 && sayingWords.has(word))) return false
  // What only an element would give is not asked for, and no other tie gives a word.
  if ((asked & elementBit) === 0) return true
  const last = Math.min(text.length, nameEnd + longestElement)
  for (let at = end; at < last; at++) {
    const code = text.charCodeAt(at)
    if (code === 62) return false
    if (code === 60 || code === 10) return true
  }
  return true
}

/** `access: weather`, `key: string,`: a word of letters is all that a name is given. */
function isGivenWord(text: string, nameEnd: number): boolean {
  const sign = text.charCodeAt(nameEnd)
  if (sign !== 58 && sign !== 61) return false
  const start = nameEnd + (text.charCodeAt(nameEnd + 1) === 32 ? 2 : 1)
  let end = start
  while (end - start < longestOrdinary && isLetter(text.charCodeAt(end))) end++
  const after = text.charCodeAt(end)
  // `key: string = "…"` gives its value behind a type.
  const isOver = after === 10 || after === 44 || (after === 32 && isLetter(text.charCodeAt(end + 1)))
  return end - start >= shortestValue && isOver && !wrappingWords.has(text.slice(start, end).toLowerCase())
}

/** Letters in a row from which on they may be a value. */
const longestOrdinary = 19
/** What the patterns of `said`, and those of wrappers and schemes, begin with. */
const sayingWords = new Set(
  'to for of on zum vom von de du da do del para pour voor van is was are will be ist lautet war est es era foi'.split(
    ' ',
  ),
)
const wrappingWords = new Set('new await bearer basic token digest bot key apikey ssws'.split(' '))

/** Part of a name: `db.password`, `api-key`, `secret_1`. */
const isNamePart = (code: number): boolean => isIdentifier(code) || code === 45 || code === 46

/** Of a long name, what was read to its end, and to its start. */
const readOn = nothingPassed()
const readBack = nothingPassed()

function endOfName(text: string, start: number): number {
  const unread = passedUntil(readOn, text, start)
  let index = unread
  while (index < text.length && index - start < nameReach && isIdentifierOrHyphen(text, index)) index++
  notePassed(readOn, text, start, index)
  return index
}

/** A hyphen belongs to a name when a letter follows; `--` does not, nor does one before a value with digits. */
function isIdentifierOrHyphen(text: string, index: number): boolean {
  const code = text.charCodeAt(index)
  // `contraseña`: letters outside ASCII go on with a name.
  if (isIdentifier(code) || (code > 191 && code < 592)) return true
  return (code === 45 || code === 46) && isLetterRun(text, index + 1)
}

const lettersThenSign = /[A-Za-z]{2,24}(?=[-_ \t"'`:=>()\]]|$)/y

function isLetterRun(text: string, index: number): boolean {
  lettersThenSign.lastIndex = index
  return lettersThenSign.test(text)
}

function startOfName(text: string, start: number): number {
  let index = start
  while (index > 0 && start - index < nameReach && isNamePart(text.charCodeAt(index - 1))) {
    const back = passedBefore(text, index, start)
    index = back
  }
  notePassed(readBack, text, index, start)
  return index
}

/** Where to read on before a part of a name, on the way back from `start`. */
const passedBefore = (text: string, index: number, start: number): number =>
  index === readBack.end && index > readBack.start && text === readBack.text
    ? Math.max(readBack.start, start - nameReach)
    : index - 1

interface Value {
  readonly start: number
  readonly end: number
  readonly quote: string
}

function valuesAt(text: string, from: number, tie: Tie, isFlag: boolean): readonly Value[] {
  wrapper.lastIndex = from
  wrapper.test(text)
  const first = valueAt(text, Math.max(from, wrapper.lastIndex), tie, isFlag)
  if (first === undefined) return []
  const values = [first]
  if (first.quote === '') return values
  // `["a", "b"]` and `login("user", "value")`: one list, one call; `get("name") or "value"`: what stands for want of it.
  for (let last = first; values.length <= mostInRow; ) {
    next.lastIndex = last.end + first.quote.length
    if (!next.test(text)) break
    const value = valueAt(text, next.lastIndex, tie, isFlag)
    if (value === undefined || value.quote !== first.quote) break
    values.push(value)
    last = value
  }
  return values
}

const next = /(?:[ \t]{0,4},|\)[ \t]{0,3}(?:or|\|\||\?\?))\s{0,12}(?=\\{0,3}["'`])/y

function valueAt(text: string, from: number, tie: Tie, isFlag: boolean): Value | undefined {
  quoteMark.lastIndex = from
  const quote = mayBeQuoted(text, from) ? (quoteMark.exec(text)?.[0] ?? '') : ''
  scheme.lastIndex = from + quote.length
  const start = scheme.test(text) ? scheme.lastIndex : from + quote.length
  const end = quote === '' ? endOfBare(text, start, tie, isFlag) : endOfQuoted(text, start, quote)
  return end - start < shortestValue ? undefined : { start, end, quote }
}

/** By the first unit of `quoteMark`. */
function mayBeQuoted(text: string, at: number): boolean {
  return quoting[text.charCodeAt(at)] === 1
}
const quoting = codes('\\&"\'`')

function endOfQuoted(text: string, start: number, quote: string): number {
  const mark = quote.charCodeAt(quote.length - 1)
  // `'"value"'`: a quote inside another.
  const closing = quote === `'"` ? `"'` : quote === `"'` ? `'"` : quote
  let index = start
  for (; index < text.length && index - start <= longestValue; index++) {
    const code = text.charCodeAt(index)
    if (code === 10 || code === 13) return start
    if (
      quote.length > 1 ? text.startsWith(closing, index) : code === mark && text.charCodeAt(index - 1) !== 92
    )
      return index
  }
  // The text is cut off inside a value: it is one when no sentence is as long without a space.
  if (index < text.length || index - start < longestWordless) return start
  const end = text.charCodeAt(index - 1) === 92 ? index - 1 : index
  return /\s/.test(text.slice(start, end)) ? start : end
}

/** Units without a space from which on a string that does not end may be a value. */
const longestWordless = 20

/** Whitespace, quotes and what separates values ends a bare one; in an address also `&` and `#`. */
function endOfBare(text: string, start: number, tie: Tie, isFlag: boolean): number {
  const unread = passedUntil(tooLong, text, start)
  let index = unread
  for (; index < text.length && index - start <= longestValue; index++) {
    const code = text.charCodeAt(index)
    if (bareEnds[code] === 1 || (code === 92 && index > start)) break
    if (code === 38 && addressPart.test(text.slice(index + 1, index + 40))) break
  }
  if (index - start > longestValue) {
    notePassed(tooLong, text, start, index)
    return start
  }
  // Punctuation after a value belongs to the sentence or the call.
  while (index > start && trailing.includes(text.charAt(index - 1))) index--
  return tie === 'beside' && !isFlag && !isTokenLike(text, start, index) ? start : index
}

/** The last stretch in which nothing ended a value though it was too long. */
const tooLong = nothingPassed()

/** By unit of ASCII. */
const bareEnds = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(/[\0- "'`,;<>|]/.test(String.fromCharCode(code))),
)
const trailing = '.:)]}?'
const addressPart = /^[\w%.~-]{1,38}=/

/** Without a sign between name and value only what no word looks like is one: letters and digits, or many signs. */
function isTokenLike(text: string, start: number, end: number): boolean {
  if (end - start < 5 || text.charCodeAt(start) === 45) return false
  let digits = 0
  let letters = 0
  let signs = 0
  for (let index = start; index < end; index++) {
    const code = text.charCodeAt(index)
    if (isDigit(code)) digits++
    else if (isAlphanumeric(code)) letters++
    else signs++
  }
  return (digits > 0 && letters > 0) || (signs > 0 && letters > 0 && end - start >= 8) || letters >= 20
}
