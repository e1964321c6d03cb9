/**
 * Finds a company's own words: all of them in one pass, whatever their number (Aho and Corasick, 1975). The
 * automaton only runs where a word starts with the first three characters of some term; everywhere else a text
 * costs one look-up for each word. Linear in the text, independent of the number of terms.
 */
import { type DataClass, higherClass } from '#/core/data-class.ts'
import type { Term } from './api.ts'
import { foldedUnit, isWordUnit, plainUnit } from './characters.ts'
import { readingsOf } from './disguise.ts'
import { StateTable } from './state-table.ts'

export const termLimits = { shortest: 3, longest: 120, most: 100_000, characters: 2_000_000 } as const

/** Matches with the same end that are given, longest first. */
const mostEndingAlike = 8

/** A sentence about what is wrong with a term, or undefined. Never repeats the term. */
export function termProblem({ term }: Pick<Term, 'term'>): string | undefined {
  const { shortest, longest } = termLimits
  if (term !== term.trim()) return 'a term begins and ends with a character that is no space'
  if (term.length > longest) return `a term has at most ${longest} characters`
  if (shownOf(term).length < shortest) return `a term has at least ${shortest} characters`
  return /[\p{L}\p{N}]/u.test(term) ? undefined : 'a term holds a letter or a digit'
}

/** A term as texts are read: without invisible characters, full-width forms as plain ones. */
const shownOf = (term: string): string => readingsOf(term)[0]?.text ?? term

export interface TermMatch {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly class: DataClass
}

export type TermMatcher = (text: string) => readonly TermMatch[]

/** Terms that are the same but for upper and lower case. Of those that are quite the same the highest class stays. */
interface Entry {
  anyCase: Term | undefined
  /** Most terms take any case: then there is none. */
  exact: Map<string, Term> | undefined
}

/** Throws an `Error` that names the place in the list and what is wrong, when the terms are beyond `termLimits`. */
export function createTermMatcher(terms: readonly Term[]): TermMatcher {
  checkTerms(terms)
  if (terms.length === 0) return () => []
  const shown = terms.map(({ term }) => shownOf(term))
  const table = new StateTable(shown.reduce((sum, { length }) => sum + length, 1))
  const entries = new Map<number, Entry>()
  const beginnings = new Uint8Array(65_536)
  for (const [index, term] of terms.entries()) {
    const folded = mapUnits(shown[index] as string, foldedUnit)
    const state = table.add(folded)
    const entry = entries.get(state) ?? { anyCase: undefined, exact: undefined }
    entries.set(state, entry)
    if (term.isCaseSensitive) {
      const plain = mapUnits(shown[index] as string, plainUnit)
      entry.exact ??= new Map()
      entry.exact.set(plain, higherTerm(term, entry.exact.get(plain)))
    } else entry.anyCase = higherTerm(term, entry.anyCase)
    beginnings[beginningOf(folded.charCodeAt(0), folded.charCodeAt(1), folded.charCodeAt(2))] = 1
  }
  table.link((state) => entries.has(state))
  const firsts = firstUnitsOf(shown)
  const mayHold = beginningsPattern(shown)
  return (text) => {
    if (mayHold !== undefined && !mayHold.test(text)) return none
    return scan(text, { table, entries, firsts, beginnings })
  }
}

const none: readonly TermMatch[] = []

/** With more beginnings than this, looking for all of them is no quicker than walking from word to word. */
const mostPatterned = 64

/**
 * Finds whether any term can stand in a text, several times as fast as a walk: most texts hold none. Undefined when
 * there are too many terms for it. Every unit that reads as one of a beginning stands in it.
 */
function beginningsPattern(shown: readonly string[]): RegExp | undefined {
  const beginnings = new Set(shown.map((text) => mapUnits(text.slice(0, 4), foldedUnit)))
  if (beginnings.size > mostPatterned) return undefined
  const wanted = new Set([...beginnings].flatMap(unitsOf))
  const alike = new Map<number, string>()
  for (let unit = 0; unit < 65_536; unit++) {
    const folded = foldedUnit(unit)
    if (wanted.has(folded))
      alike.set(folded, `${alike.get(folded) ?? ''}\\u${unit.toString(16).padStart(4, '0')}`)
  }
  const sources = [...beginnings].map((text) =>
    unitsOf(text)
      .map((unit) => `[${alike.get(unit)}]`)
      .join(''),
  )
  return new RegExp(sources.join('|'))
}

const unitsOf = (text: string): number[] =>
  Array.from({ length: text.length }, (_, at) => text.charCodeAt(at))

function firstUnitsOf(shown: readonly string[]): Uint8Array {
  const folded = new Set(shown.map((text) => foldedUnit(text.charCodeAt(0))))
  return Uint8Array.from({ length: 65_536 }, (_, unit) => (folded.has(foldedUnit(unit)) ? 1 : 0))
}

/** The one of higher class, `other` where they are equal. */
const higherTerm = (one: Term, other: Term | undefined): Term =>
  other === undefined || higherClass(one.class, other.class) !== other.class ? one : other

function checkTerms(terms: readonly Term[]): void {
  const { most, characters } = termLimits
  if (terms.length > most) throw new Error(`there are ${terms.length} terms; at most ${most} are possible`)
  let sum = 0
  for (const [index, term] of terms.entries()) {
    const problem = termProblem(term)
    if (problem !== undefined) throw new Error(`term ${index + 1} of the list: ${problem}`)
    sum += term.term.length
  }
  if (sum > characters)
    throw new Error(`the terms have ${sum} characters together; at most ${characters} are possible`)
}

/** Sixteen bits of the first three units of a word. Different beginnings may share them: it only says where to look. */
const beginningOf = (one: number, two: number, three: number): number =>
  (Math.imul(one, 0x9e37) ^ Math.imul(two, 0x79b9) ^ Math.imul(three, 0x85eb)) & 0xffff

interface Automaton {
  readonly table: StateTable
  readonly entries: ReadonlyMap<number, Entry>
  /** 1 for every unit some term begins with: with few terms, most of a text is passed over by this alone. */
  readonly firsts: Uint8Array
  readonly beginnings: Uint8Array
}

function scan(text: string, automaton: Automaton): readonly TermMatch[] {
  const { firsts, beginnings } = automaton
  const matches: TermMatch[] = []
  for (let index = 0; index + 2 < text.length; index++) {
    const code = text.charCodeAt(index)
    if (firsts[code] === 0) continue
    const isInside = index > 0 && isWordUnit(text.charCodeAt(index - 1)) && isWordUnit(code)
    if (isInside) continue
    const two = foldedUnit(text.charCodeAt(index + 1))
    const three = foldedUnit(text.charCodeAt(index + 2))
    if (beginnings[beginningOf(foldedUnit(code), two, three)] === 0) continue
    index = run(text, index, automaton, matches) - 1
  }
  return matches
}

/** Runs the automaton from a position until nothing that was begun is left; gives the position it stopped at. */
function run(text: string, start: number, { table, entries }: Automaton, matches: TermMatch[]): number {
  let state = 0
  for (let index = start; index < text.length; index++) {
    state = table.step(state, foldedUnit(text.charCodeAt(index)))
    if (state === 0) return index + 1
    let found = 0
    // Longest first. A list of terms that end alike could otherwise give a hundred matches for each character.
    for (let ending = table.endingAt(state); ending !== 0; ending = table.endingBefore(ending)) {
      if (found >= mostEndingAlike) break
      const match = matchOf(text, index + 1, table.lengthOf(ending), entries.get(ending))
      if (match === undefined) continue
      matches.push(match)
      found++
    }
  }
  return text.length
}

function matchOf(text: string, end: number, length: number, entry: Entry | undefined): TermMatch | undefined {
  const start = end - length
  if (entry === undefined || cutsWord(text, start) || cutsWord(text, end)) return undefined
  const exact =
    entry.exact === undefined ? undefined : entry.exact.get(mapUnits(text.slice(start, end), plainUnit))
  const term = entry.anyCase === undefined ? exact : higherTerm(entry.anyCase, exact)
  return term === undefined ? undefined : { start, end, label: term.label, class: term.class }
}

/** True when a position stands between two letters or digits of a script that separates its words. */
const cutsWord = (text: string, position: number): boolean =>
  position > 0 &&
  position < text.length &&
  isWordUnit(text.charCodeAt(position - 1)) &&
  isWordUnit(text.charCodeAt(position))

function mapUnits(text: string, map: (code: number) => number): string {
  let mapped = ''
  for (let index = 0; index < text.length; index++) mapped += String.fromCharCode(map(text.charCodeAt(index)))
  return mapped
}
