/**
 * Finds a company's own words: all of them in one pass, whatever their number (Aho and Corasick, 1975). The
 * automaton only runs where a word starts with the first three characters of some term; everywhere else a text
 * costs one look-up for each word. Linear in the text, independent of the number of terms.
 */
import type { DataClass } from '#/core/data-class.ts'
import type { Term } from './api.ts'
import { foldedUnit, isWordUnit, plainUnit } from './characters.ts'
import { StateTable } from './state-table.ts'

export const termLimits = { shortest: 3, longest: 120, most: 20_000, characters: 1_000_000 } as const

/** A sentence about what is wrong with a term, or undefined. Never repeats the term. */
export function termProblem({ term }: Pick<Term, 'term'>): string | undefined {
  const { shortest, longest } = termLimits
  if (term !== term.trim()) return 'a term begins and ends with a character that is no space'
  if (term.length < shortest) return `a term has at least ${shortest} characters`
  if (term.length > longest) return `a term has at most ${longest} characters`
  return isWordUnit(term.charCodeAt(0)) || /[\p{L}\p{N}]/u.test(term)
    ? undefined
    : 'a term holds a letter or a digit'
}

export interface TermMatch {
  readonly start: number
  readonly end: number
  readonly label: string
  readonly class: DataClass
}

export type TermMatcher = (text: string) => readonly TermMatch[]

interface Entry {
  readonly term: Term
  readonly plain: string
  readonly next: Entry | undefined
}

/** Throws an `Error` that names the place in the list and what is wrong, when the terms are beyond `termLimits`. */
export function createTermMatcher(terms: readonly Term[]): TermMatcher {
  checkTerms(terms)
  if (terms.length === 0) return () => []
  const characters = terms.reduce((sum, { term }) => sum + term.length, 0)
  const table = new StateTable(characters + 1)
  const entries = new Map<number, Entry>()
  const beginnings = new Uint8Array(65_536)
  for (const term of terms) {
    const plain = mapUnits(term.term, plainUnit)
    const folded = mapUnits(term.term, foldedUnit)
    const state = table.add(folded)
    entries.set(state, { term, plain, next: entries.get(state) })
    beginnings[beginningOf(folded.charCodeAt(0), folded.charCodeAt(1), folded.charCodeAt(2))] = 1
  }
  table.link((state) => entries.has(state))
  return (text) => scan(text, table, entries, beginnings)
}

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

function scan(
  text: string,
  table: StateTable,
  entries: ReadonlyMap<number, Entry>,
  beginnings: Uint8Array,
): readonly TermMatch[] {
  const matches: TermMatch[] = []
  let isBefore = false
  for (let index = 0; index + 2 < text.length; index++) {
    const code = text.charCodeAt(index)
    const isWord = isWordUnit(code)
    const isInside = isBefore && isWord
    isBefore = isWord
    if (isInside) continue
    const two = foldedUnit(text.charCodeAt(index + 1))
    const three = foldedUnit(text.charCodeAt(index + 2))
    if (beginnings[beginningOf(foldedUnit(code), two, three)] === 0) continue
    index = run(text, index, table, entries, matches) - 1
    isBefore = index >= 0 && isWordUnit(text.charCodeAt(index))
  }
  return matches
}

/** Runs the automaton from a position until nothing that was begun is left; gives the position it stopped at. */
function run(
  text: string,
  start: number,
  table: StateTable,
  entries: ReadonlyMap<number, Entry>,
  matches: TermMatch[],
): number {
  let state = 0
  for (let index = start; index < text.length; index++) {
    state = table.step(state, foldedUnit(text.charCodeAt(index)))
    if (state === 0) return index + 1
    for (let ending = table.endingAt(state); ending !== 0; ending = table.endingBefore(ending)) {
      for (let entry = entries.get(ending); entry !== undefined; entry = entry.next) {
        const match = matchOf(text, index + 1, entry)
        if (match !== undefined) matches.push(match)
      }
    }
  }
  return text.length
}

function matchOf(text: string, end: number, { term, plain }: Entry): TermMatch | undefined {
  const start = end - plain.length
  if (isWordUnit(text.charCodeAt(start)) && start > 0 && isWordUnit(text.charCodeAt(start - 1)))
    return undefined
  if (isWordUnit(text.charCodeAt(end - 1)) && end < text.length && isWordUnit(text.charCodeAt(end)))
    return undefined
  if (term.isCaseSensitive && mapUnits(text.slice(start, end), plainUnit) !== plain) return undefined
  return { start, end, label: term.label, class: term.class }
}

function mapUnits(text: string, map: (code: number) => number): string {
  let mapped = ''
  for (let index = 0; index < text.length; index++) mapped += String.fromCharCode(map(text.charCodeAt(index)))
  return mapped
}
