/**
 * Filters and paths of RFC 7644, sections 3.4.2.2 and 3.5.2, read by a parser of our own: recursive descent over a
 * bounded text, so that no filter costs more than its length.
 */

import { type Attribute, findAttribute, isNotKept, isRefused, type Shape } from './schema.ts'
import { type ScimError, wrong } from './scim-error.ts'

/** An attribute, found in the shape. */
export interface Place {
  /** Whether it stands in the extension. */
  readonly isExtension: boolean
  readonly attribute: Attribute
  readonly sub: Attribute | undefined
}

export const comparisons = ['eq', 'ne', 'co', 'sw', 'ew', 'gt', 'ge', 'lt', 'le'] as const
export type Comparison = (typeof comparisons)[number]

export type Filter =
  | { readonly kind: 'and' | 'or'; readonly terms: readonly Filter[] }
  | { readonly kind: 'not'; readonly term: Filter }
  | { readonly kind: 'present'; readonly place: Place }
  | {
      readonly kind: 'compare'
      readonly place: Place
      readonly comparison: Comparison
      readonly value: string | number | boolean | null
    }
  /** At least one of several values fits. */
  | { readonly kind: 'some'; readonly place: Place; readonly filter: Filter }

/** Where a PATCH operation works. Without `place` it is the whole extension. */
export interface PatchPath {
  readonly place: Place
  /** Which of several values. */
  readonly filter: Filter | undefined
}

/** The longest filter of a directory names two attributes; a member's path has about 60 characters. */
const maxLength = 1_000
const maxTerms = 40
const maxDepth = 8

type Fail = (problem: string) => ScimError

const badFilter: Fail = (problem) => wrong('invalidFilter', `the filter cannot be used: ${problem}`)
const badPath: Fail = (problem) => wrong('invalidPath', `the path cannot be used: ${problem}`)

/** Throws `ScimError` with `invalidFilter`. */
export function parseFilter(text: string, shape: Shape): Filter {
  const reader = new Reader(text, badFilter)
  const filter = readOr(reader, scopeOf(shape), 0)
  reader.end()
  return filter
}

/**
 * `members[value eq "x"]`, `emails[type eq "work"].value`, `name.familyName`, `urn:...:User:department`.
 * Undefined for an attribute that is not kept. Throws `ScimError` with `invalidPath`, or `mutability` for rights.
 */
export function parsePath(text: string, shape: Shape): PatchPath | undefined {
  const reader = new Reader(text, badPath)
  const word = reader.word()
  const name = nameOf(word, shape)
  if (isRefused(name)) throw noRights()
  if (isNotKept(name)) return undefined
  const place = placeOf(word, scopeOf(shape), badPath)
  if (!reader.takes('[')) {
    reader.end()
    return { place, filter: undefined }
  }
  const filter = readBracket(reader, place, 0)
  const sub = reader.isAtEnd() ? undefined : reader.word()
  reader.end()
  if (sub === undefined) return { place, filter }
  const found = sub.startsWith('.')
    ? findAttribute(place.attribute.subAttributes ?? [], sub.slice(1))
    : undefined
  if (found === undefined) throw badPath('it ends with a part that is not known')
  return { place: { ...place, sub: found }, filter }
}

/** Rights are refused aloud: a mapping that seems to work and gives nothing would be found out late. */
export const noRights = (): ScimError =>
  wrong(
    'mutability',
    'roles and entitlements are not given through SCIM: put people into groups, and map groups to roles in the settings of Sallyport',
  )

interface Scope {
  readonly find: (word: string) => Place | undefined
}

const scopeOf = (shape: Shape): Scope => ({ find: (word) => findInShape(word, shape) })

const scopeWithin = (attribute: Attribute): Scope => ({
  find: (word) => {
    const found = findAttribute(attribute.subAttributes ?? [], word)
    return found && { isExtension: false, attribute: found, sub: undefined }
  },
})

/** `urn:...:User:name.familyName` and `name.familyName` are the same. */
function findInShape(word: string, shape: Shape): Place | undefined {
  const extension = shape.extension
  const inExtension = extension === undefined ? undefined : afterUrn(word, extension.urn)
  const own = inExtension ?? afterUrn(word, shape.urn) ?? word
  const [name = '', subName, ...more] = own.split('.')
  const attributes = inExtension === undefined ? shape.attributes : (extension?.attributes ?? [])
  const attribute = findAttribute(attributes, name)
  if (attribute === undefined || more.length > 0) return undefined
  const isExtension = inExtension !== undefined
  if (subName === undefined) return { isExtension, attribute, sub: undefined }
  const sub = findAttribute(attribute.subAttributes ?? [], subName)
  return sub && { isExtension, attribute, sub }
}

/** What stands behind the name of a schema; undefined when it is not under it. */
export const afterUrn = (word: string, urn: string): string | undefined =>
  word.toLowerCase().startsWith(`${urn.toLowerCase()}:`) ? word.slice(urn.length + 1) : undefined

const nameOf = (word: string, shape: Shape): string =>
  (afterUrn(word, shape.urn) ?? word).split('.')[0] as string

function placeOf(word: string, scope: Scope, fail: Fail): Place {
  const place = scope.find(word)
  if (place === undefined) throw fail('it names an attribute that /Schemas does not list')
  return place
}

function readOr(reader: Reader, scope: Scope, depth: number): Filter {
  const terms = [readAnd(reader, scope, depth)]
  while (reader.takesWord('or')) terms.push(readAnd(reader, scope, depth))
  return terms.length === 1 ? (terms[0] as Filter) : { kind: 'or', terms }
}

function readAnd(reader: Reader, scope: Scope, depth: number): Filter {
  const terms = [readTerm(reader, scope, depth)]
  while (reader.takesWord('and')) terms.push(readTerm(reader, scope, depth))
  return terms.length === 1 ? (terms[0] as Filter) : { kind: 'and', terms }
}

function readTerm(reader: Reader, scope: Scope, depth: number): Filter {
  reader.count()
  if (depth >= maxDepth) throw reader.fail(`it is nested deeper than ${maxDepth} levels`)
  if (reader.takesWord('not')) {
    if (!reader.takes('(')) throw reader.fail('"not" needs parentheses')
    return { kind: 'not', term: readInside(reader, scope, depth) }
  }
  if (reader.takes('(')) return readInside(reader, scope, depth)
  const place = placeOf(reader.word(), scope, reader.fail)
  if (!reader.takes('[')) return readTest(reader, place)
  const filter = readBracket(reader, place, depth)
  if (!reader.isPart()) return { kind: 'some', place, filter }
  // `emails[type eq "work"].value eq "x"`: not in the grammar of the RFC, and what Entra ID asks with.
  const part = placeOf(reader.word().slice(1), scopeWithin(place.attribute), reader.fail)
  return { kind: 'some', place, filter: { kind: 'and', terms: [filter, readTest(reader, part)] } }
}

function readTest(reader: Reader, place: Place): Filter {
  if (reader.takesWord('pr')) return { kind: 'present', place }
  const comparison = comparisons.find((each) => reader.takesWord(each))
  if (comparison === undefined) throw reader.fail(`an attribute needs pr or one of ${comparisons.join(', ')}`)
  return { kind: 'compare', place, comparison, value: reader.literal() }
}

function readInside(reader: Reader, scope: Scope, depth: number): Filter {
  const filter = readOr(reader, scope, depth + 1)
  if (!reader.takes(')')) throw reader.fail('a parenthesis is not closed')
  return filter
}

function readBracket(reader: Reader, place: Place, depth: number): Filter {
  if (place.attribute.multiValued !== true || place.sub !== undefined)
    throw reader.fail('only an attribute with several values takes brackets')
  const filter = readOr(reader, scopeWithin(place.attribute), depth + 1)
  if (!reader.takes(']')) throw reader.fail('a bracket is not closed')
  return filter
}

// A text in quotes, a bracket, or a run of anything else; each is taken once, from left to right.
const token = /\s*(?:("(?:[^"\\]|\\.)*")|([()[\]])|([^\s()[\]"]+))/y

/** The tokens of one text, taken one by one. */
class Reader {
  readonly fail: Fail
  readonly #tokens: readonly string[]
  #at = 0
  #terms = 0

  constructor(text: string, fail: Fail) {
    this.fail = fail
    if (text.length > maxLength) throw fail(`it is longer than ${maxLength} characters`)
    const tokens: string[] = []
    const whole = text.trimEnd()
    token.lastIndex = 0
    for (let at = 0; at < whole.length; at = token.lastIndex) {
      const found = token.exec(whole)
      if (found === null) throw fail('a text in it is not closed')
      tokens.push(found[1] ?? found[2] ?? (found[3] as string))
    }
    this.#tokens = tokens
  }

  isAtEnd(): boolean {
    return this.#at >= this.#tokens.length
  }

  end(): void {
    if (!this.isAtEnd()) throw this.fail('something stands after its end')
  }

  /** Whether the next token is `.PART` behind a bracket. */
  isPart(): boolean {
    return this.#tokens[this.#at]?.startsWith('.') === true
  }

  count(): void {
    if (++this.#terms > maxTerms) throw this.fail(`it has more than ${maxTerms} terms`)
  }

  takes(mark: string): boolean {
    if (this.#tokens[this.#at] !== mark) return false
    this.#at++
    return true
  }

  takesWord(word: string): boolean {
    if (this.#tokens[this.#at]?.toLowerCase() !== word) return false
    this.#at++
    return true
  }

  word(): string {
    const next = this.#tokens[this.#at]
    if (next === undefined || /^["()[\]]/.test(next)) throw this.fail('the name of an attribute is missing')
    this.#at++
    return next
  }

  literal(): string | number | boolean | null {
    const next = this.#tokens[this.#at++]
    if (next?.startsWith('"')) return this.#text(next)
    // Entra writes booleans with a capital letter.
    const lower = next?.toLowerCase()
    if (lower === 'true' || lower === 'false') return lower === 'true'
    if (lower === 'null') return null
    if (next !== undefined && /^-?\d{1,15}(\.\d{1,15})?$/.test(next)) return Number(next)
    throw this.fail('a value is missing; texts stand in double quotes')
  }

  #text(quoted: string): string {
    try {
      return JSON.parse(quoted) as string
    } catch (error) {
      throw Object.assign(this.fail('a text in it has a broken escape'), { cause: error })
    }
  }
}
