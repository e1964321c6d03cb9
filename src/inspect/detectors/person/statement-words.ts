/**
 * Whether a statement about a person can end at a position, word by word backwards from there: asked before the expression
 * for statements is, which takes ten times as long where persons and verbs stand close by in another order.
 */

import { isLetter } from '../../characters.ts'
import { alternativesOf, spelledOut } from '../../word-beginnings.ts'

/** The words of a statement but for its verbs, each the inside of a regular expression. */
export interface StatementWords {
  /** The last word of each person but those of a title and a name. */
  readonly persons: string
  readonly titles: string
  /** How and when, on either side of the verb. */
  readonly manners: string
  /** Between them and what is said. */
  readonly degrees: string
}

export type MayBeStatement = (text: string, start: number) => boolean

/** What a word may be, a bit each. */
const isDegree = 1
const isManner = 2
const isVerb = 4
/** Of a verb of several words. */
const endsVerb = 8
const isWithinVerb = 16

/** What has been read, backwards, a bit each. */
const degreesRead = 1
const mannersRead = 2
const verbBegun = 4
const verbRead = 8
const nameRead = 16
const twoNamesRead = 32

/**
 * Never false where a statement of `reach` units with one of the verbs ends, likewise the inside of an expression. How many
 * words stand between the person and what is said is not told, nor anything about words beyond ASCII, apostrophes, and two
 * blanks in a row.
 */
export function createMayBeStatement(verbs: string, words: StatementWords, reach: number): MayBeStatement {
  const roles = rolesOf(verbs, words)
  const persons = new Set(spelled(words.persons).map(lastLetters))
  const titles = new Set(spelled(words.titles))
  const endsPerson = (word: string, read: number): boolean =>
    ((read & verbRead) !== 0 && persons.has(lastLetters(word))) ||
    ((read & (nameRead | twoNamesRead)) !== 0 && titles.has(lastLetters(word.replace(/\.$/, ''))))
  return (text, start) => {
    if (text.charCodeAt(start - 1) !== space) return true
    const from = Math.max(0, start - reach)
    let read = degreesRead
    for (let end = start - 1; read !== 0 && end > from; ) {
      const begin = beginOfWord(text, from, end)
      if (begin < 0) return true
      const word = text.slice(begin, end).toLowerCase()
      if (endsPerson(word, read)) return true
      read = readOn(read, roles.get(word) ?? 0)
      end = begin - 1
    }
    return false
  }
}

/** What may have been read with one more word. */
function readOn(read: number, role: number): number {
  let now = 0
  if ((read & degreesRead) !== 0) now |= role & isDegree ? degreesRead : 0
  if ((read & (degreesRead | mannersRead)) !== 0) now |= verbOrManner(role)
  if ((read & verbBegun) !== 0) now |= role & isWithinVerb ? verbBegun | verbRead : 0
  if ((read & verbRead) !== 0) now |= role & isManner ? verbRead | nameRead : nameRead
  if ((read & nameRead) !== 0) now |= twoNamesRead
  return now
}

const verbOrManner = (role: number): number =>
  (role & isManner ? mannersRead : 0) | (role & isVerb ? verbRead : 0) | (role & endsVerb ? verbBegun : 0)

/** Where the word begins that ends at a blank; -1 where that is not told. */
function beginOfWord(text: string, from: number, end: number): number {
  let at = end
  for (; at > from; at--) {
    const code = text.charCodeAt(at - 1)
    if (code === space) break
    if (code > 127 || code === apostrophe) return -1
  }
  return at === end ? -1 : at
}

function rolesOf(verbs: string, { manners, degrees }: StatementWords): ReadonlyMap<string, number> {
  const roles = new Map<string, number>()
  const add = (word: string, role: number): unknown => roles.set(word, (roles.get(word) ?? 0) | role)
  for (const word of spelled(degrees)) add(word, isDegree)
  for (const word of spelled(manners).flatMap((phrase) => phrase.split(' '))) add(word, isManner)
  for (const phrase of spelled(verbs)) {
    const within = phrase.split(' ')
    const last = within.pop() as string
    add(last, within.length === 0 ? isVerb : endsVerb)
    for (const word of within) add(word, isWithinVerb)
  }
  return roles
}

/** A verb may end with a blank. */
const spelled = (source: string): readonly string[] =>
  alternativesOf(source)
    .flatMap(spelledOut)
    .map((words) => words.trimEnd())

/** The letters of ASCII a word ends with. */
function lastLetters(word: string): string {
  let at = word.length
  while (at > 0 && isLetter(word.charCodeAt(at - 1))) at--
  return word.slice(at)
}

const space = 32
const apostrophe = 39
