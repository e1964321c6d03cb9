/**
 * Detectors for ids that are written in a few known ways and can be checked: national, tax and health numbers. Three
 * signals decide. A form must fit and the check must hold; then either the form is the id's very own, or a word before
 * it names it. One check digit over nine bare digits proves nothing: one number in ten has it.
 */
import { isAmountUntil, isInsideAtEnd, isInsideAtStart } from './boundary.ts'
import { isAlphanumeric, isDigit, isIdentifier, isLetter, isLower } from './characters.ts'
import { type Detector, longestBefore, type Match, nothing, type Trigger } from './detector.ts'
import { namedBefore, namedLikeOthers } from './id-words.ts'

type Described = Pick<Detector, 'type' | 'label' | 'proof' | 'finds' | 'ignores' | 'source'>

export interface Identifier extends Described {
  /** Health numbers are restricted, all others confidential. */
  readonly family?: 'health'
  /** Names of this id, in lower case; see `namedBefore`. */
  readonly names: readonly string[]
  /** Names it shares with others: a tax number, a social security number. */
  readonly sharedNames?: readonly string[]
  /**
   * Ways to write it that need a name: `9` is a digit, `A` a letter, `*` either, a small letter itself in any case,
   * everything else as it stands.
   */
  readonly forms?: readonly string[]
  /** Ways to write it that nothing else is written in: no name is needed. Letters are capitals then. */
  readonly ownForms?: readonly string[]
  /** Of the letters and digits alone, in upper case. */
  readonly isValid: (compact: string) => boolean
  /** Only its name tells it from other numbers: that must stand close, on the same line. */
  readonly isUnchecked?: true
  /** Chance does not produce a valid one: it counts as proved where it stands, letters in any case. */
  readonly isProof?: true
}

export function identifier(spec: Identifier): Detector {
  const { family = 'identity', names, sharedNames, forms = [], ownForms = [], isValid, isProof } = spec
  // The longest first: what may follow a number belongs to it.
  const read = [
    ...ownForms.map((form) => formOf(form, true)),
    ...forms.map((form) => formOf(form, false)),
  ].toSorted((one, other) => other.length - one.length)
  const byLength: (Form[] | undefined)[] = []
  for (const { wakesLength } of read)
    byLength[wakesLength] ??= read.filter((form) => form.wakesLength === wakesLength)
  const isNamed = namedBefore(names, spec.isUnchecked)
  const isNamedLikeOthers = sharedNames && namedLikeOthers(sharedNames, spec.isUnchecked)

  const matchOf = (text: string, start: number, form: Form, compact: string): Match | undefined => {
    const { isOwn, isDigits } = form
    if (!isValid(compact)) return undefined
    const end = start + form.length
    const proved = isProof === true ? { isProved: true } : {}
    const found = { start, end, ...proved }
    if (isNamed(text, start)) return { ...found, score: 0.95, why: `a word for it and ${spec.proof}` }
    if (isNamedLikeOthers?.(text, start) === true)
      return { ...found, score: 0.85, why: `a word for such numbers and ${spec.proof}` }
    if (!isOwn || (isProof !== true && /[a-z]/.test(text.slice(start, end)))) return undefined
    if (isDigits && /\d,$/.test(text.slice(Math.max(0, start - 2), start))) return undefined
    return { ...found, score: isProof === true ? 0.9 : 0.75, why: `a form of its own and ${spec.proof}` }
  }

  return {
    type: spec.type,
    family,
    class: family === 'health' ? 'restricted' : 'confidential',
    label: spec.label,
    trigger: triggerOf(read, spec),
    examine: (text, start, end) => {
      const forms = byLength[end - start]
      if (forms === undefined) return nothing
      for (let at = 0; at < forms.length; at++) {
        const form = forms[at] as Form
        const first = start - form.wakesAt
        if (first < 0 || !fitsSign(text.charCodeAt(first), form.signs[0] as number)) continue
        const compact = standing(text, first, form)
        const match = compact === undefined ? undefined : matchOf(text, first, form, compact)
        if (match !== undefined) return [match]
      }
      return nothing
    },
    proof: spec.proof,
    ...(ownForms.length === 0 ? { isNamedOnly: true as const } : {}),
    finds: spec.finds,
    ignores: spec.ignores,
    source: spec.source,
  }
}

interface Form {
  readonly isOwn: boolean
  readonly isDigits: boolean
  readonly hasSpaces: boolean
  readonly length: number
  /** Where letters and digits stand in the form: start and end of each run of them, in turn. */
  readonly runs: readonly number[]
  readonly hasLetters: boolean
  /** UTF-16 units of the form as it is described. */
  readonly signs: readonly number[]
  /** The place of a sign that few others have there. */
  readonly telling: number
  readonly last: Last
  /** The part that wakes: where in the form it begins, its length, and what it is. */
  readonly wakesAt: number
  readonly wakesLength: number
  /** Lengths of groups of digits; undefined for a word of letters and digits. */
  readonly groups: string | undefined
}

/** Digits and signs between them that are one number for the trigger pass. */
const numberPart = /9(?:[-./ ()]{0,2}9)*/g
const wordPart = /[A-Za-z9*]+/g

/** Shorter numbers stand everywhere. */
const fewestDigits = 5

function formOf(form: string, isOwn: boolean): Form {
  const word = longestOf(form, wordPart)
  const number = longestOf(form, numberPart)
  const isNumber = number !== undefined && number.text.replace(/[^9]/g, '').length >= fewestDigits
  const part = isNumber && !isWordWithLetters(form) ? number : word
  if (part === undefined) throw new Error(`nothing wakes for the form ${form}`)
  return {
    isOwn,
    isDigits: /^9+$/.test(form),
    hasSpaces: form.includes(' '),
    length: form.length,
    runs: [...form.matchAll(/[A-Za-z\d*]+/g)].flatMap(({ 0: run, index }) => [index, index + run.length]),
    hasLetters: /[A-Za-z*]/.test(form),
    signs: Array.from({ length: form.length }, (_, at) => form.charCodeAt(at)),
    last: lastOf(form),
    telling: Math.max(0, /[^9A*]/.exec(form)?.index ?? form.lastIndexOf('A')),
    wakesAt: part.at,
    wakesLength: part.text.length,
    groups:
      part === number
        ? number.text
            .split(/[^9]+/)
            .map((group) => group.length)
            .join('-')
        : undefined,
  }
}

const isWordWithLetters = (form: string): boolean => /^[A-Za-z\d*]*[A-Za-z*][A-Za-z\d*]*$/.test(form)

/** The letters and digits of what fits a form, in upper case. */
function compactOf(text: string, start: number, { runs, hasLetters }: Form): string {
  let compact = ''
  for (let at = 0; at < runs.length; at += 2)
    compact += text.slice(start + (runs[at] as number), start + (runs[at + 1] as number))
  return hasLetters ? compact.toUpperCase() : compact
}

/** The letters and digits of a form that stands there by itself; undefined where it does not: a dozen ids ask for the same. */
function standing(text: string, start: number, form: Form): string | undefined {
  const { last, signs, telling } = form
  if (!fitsSign(text.charCodeAt(start + telling), signs[telling] as number)) return undefined
  if (text !== lastText) texts++
  lastText = text
  if (last.start === start && last.text === texts) return last.compact
  last.compact = standsAlone(text, start, form) ? compactOf(text, start, form) : undefined
  last.start = start
  last.text = texts
  return last.compact
}

/** The text that was looked at last is held, and how many there were. */
let lastText = ''
let texts = 0

/** Where forms that are written alike were looked for last, and what stood there. */
interface Last {
  text: number
  start: number
  compact: string | undefined
}

const lasts = new Map<string, Last>()

function lastOf(form: string): Last {
  const last = lasts.get(form) ?? { text: 0, start: -1, compact: undefined }
  lasts.set(form, last)
  return last
}

// Told by fewer units that a word goes on than that a form is there, and most numbers inside a word fit one.
function standsAlone(text: string, start: number, { signs, hasSpaces, length }: Form): boolean {
  const end = start + length
  return !isInside(text, start, end) && fits(text, start, signs) && !goesOn(text, start, end, hasSpaces)
}

/** Compared unit by unit: a number wakes dozens of forms, and an expression for each takes five times as long. */
function fits(text: string, at: number, signs: readonly number[]): boolean {
  for (let index = 0; index < signs.length; index++) {
    if (!fitsSign(text.charCodeAt(at + index), signs[index] as number)) return false
  }
  return true
}

const anyDigit = 57
const anyLetter = 65
const anyOfBoth = 42

function fitsSign(code: number, sign: number): boolean {
  if (sign === anyDigit) return isDigit(code)
  if (sign === anyLetter) return isLetter(code)
  if (sign === anyOfBoth) return isAlphanumeric(code)
  return code === sign || (isLower(sign) && (code | 0x20) === sign)
}

const isWordSign = (sign: number): boolean => sign === anyOfBoth || isAlphanumeric(sign)

function longestOf(form: string, part: RegExp): { readonly text: string; readonly at: number } | undefined {
  const parts = [...form.matchAll(part)].map(({ 0: text, index }) => ({ text, at: index }))
  return parts.toSorted((one, other) => other.text.length - one.text.length)[0]
}

/** Without words of letters and digits the shortest of them is longer than any. */
function triggerOf(forms: readonly Form[], { names, sharedNames = [] }: Identifier): Trigger {
  const groups = forms.flatMap(({ groups: shape }) => (shape === undefined ? [] : [shape]))
  const words = forms.filter(({ groups: shape }) => shape === undefined)
  const lengths = words.map(({ wakesLength }) => wakesLength)
  return {
    groups,
    apart: groups.filter((shape) => !forms.some((form) => form.groups === shape && beginsInside(form))),
    isNoAmount: true,
    isNearStart: forms.every(isBehindLetter),
    alone: groups.filter((shape) => isAlone(forms, shape)),
    mixed: { shortest: Math.min(...lengths), longest: Math.max(...lengths) },
    wordForms: words.map(wordFormOf),
    needsName: {
      words: [...names, ...sharedNames],
      groups: groups.filter((shape) => isOnlyNamed(forms, shape)),
      lengths: lengths.filter((length) => isOnlyNamed(forms, undefined, length)),
      unless: [...new Set(groups)].flatMap((shape) => goingOn(forms, shape)),
    },
  }
}

/** A letter is the last before the digits that wake, so that no more of their number stands there; or what wakes is no number. */
const isBehindLetter = ({ groups, signs, wakesAt, wakesLength }: Form): boolean =>
  groups === undefined
    ? signs.slice(wakesAt, wakesAt + wakesLength).some(isLetter)
    : isLetter(signs.slice(Math.max(0, wakesAt - longestBefore - 1), wakesAt).findLast(isWordSign) ?? 0)

/** No form that is as long where it wakes has a sign beside that with what a digit fits beyond it. */
function isAlone(forms: readonly Form[], shape: string): boolean {
  const length = forms.find(({ groups }) => groups === shape)?.wakesLength
  return forms.every(({ signs, wakesAt, wakesLength }) => {
    const before = String.fromCharCode(...signs.slice(0, wakesAt))
    const behind = String.fromCharCode(...signs.slice(wakesAt + wakesLength))
    return wakesLength !== length || !(/(?:^|[*\d])[-./ ]$/.test(before) || /^[-./ ](?:[*\d]|$)/.test(behind))
  })
}

/** A letter or digit of the form stands before what wakes. */
const beginsInside = ({ signs, wakesAt }: Form): boolean =>
  wakesAt > 0 && isWordSign(signs[wakesAt - 1] as number)

/** What wakes, with the signs beside it. */
const wordFormOf = ({ signs, wakesAt, wakesLength }: Form): string =>
  String.fromCharCode(...signs.slice(Math.max(0, wakesAt - 1), wakesAt + wakesLength + 1)).replace(
    /[a-z]/g,
    'A',
  )

/** True when what wakes with groups like these, or as a word so long, is no form of its own and no end of a longer form. */
function isOnlyNamed(
  forms: readonly Form[],
  shape: string | undefined,
  length = forms.find(({ groups }) => groups === shape)?.wakesLength,
): boolean {
  return forms.every(
    ({ groups, wakesLength, wakesAt, isOwn }) =>
      wakesLength !== length || (groups !== undefined && groups !== shape) || !(isOwn || wakesAt > 0),
  )
}

/** All forms with these groups that are found without a name begin with them: what stands in all of these right behind them. */
function goingOn(
  forms: readonly Form[],
  shape: string,
): readonly { readonly groups: string; readonly behind: string }[] {
  const found = forms.filter(({ groups, isOwn, wakesAt }) => groups === shape && (isOwn || wakesAt > 0))
  const behind = new Set(
    found.map(({ signs, wakesAt, wakesLength }) =>
      wakesAt > 0 ? '' : String.fromCharCode(...signs.slice(wakesLength)).replace(/[9A*].*/, ''),
    ),
  )
  const [only = ''] = behind
  return only === '' || behind.size > 1 ? [] : [{ groups: shape, behind: only }]
}

const space = 32
const dollar = 36
const plus = 43
const hyphen = 45
const dot = 46
const slash = 47
const equals = 61
const atSign = 64
const pound = 0xa3
const euro = 0x20ac

/** Part of an identifier. */
const isInside = (text: string, start: number, end: number): boolean =>
  isInsideAtStart(text, start) || isInsideAtEnd(text, end)

/** Part of a longer number, an amount, a path or an address. */
const goesOn = (text: string, start: number, end: number, hasSpaces: boolean): boolean =>
  goesOnBefore(text, start, hasSpaces) || goesOnAfter(text, end, hasSpaces)

function goesOnBefore(text: string, start: number, hasSpaces: boolean): boolean {
  const sign = text.charCodeAt(start - 1)
  const before = text.charCodeAt(start - 2)
  switch (sign) {
    case dot:
    case slash:
      return isIdentifier(before)
    case hyphen:
    case plus:
    case dollar:
    case euro:
    case pound:
    case atSign:
      return true
    case space:
      return hasSpaces && isDigit(before)
    default:
      return false
  }
}

function goesOnAfter(text: string, end: number, hasSpaces: boolean): boolean {
  const sign = text.charCodeAt(end)
  const after = text.charCodeAt(end + 1)
  switch (sign) {
    case hyphen:
    case dot:
    case slash:
    case plus:
    case equals:
      return isIdentifier(after)
    case space:
      return hasSpaces && isDigit(after)
    default:
      return isAmountUntil(text, end)
  }
}
