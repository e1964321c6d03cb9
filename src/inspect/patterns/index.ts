/**
 * Patterns of a company: checked against their samples before they are saved, and found in one pass each. Pure, and not
 * part of what the page loads.
 */
import type { Kind } from '../api.ts'
import { stringHash } from '../string-hash.ts'
import { type Pattern, PatternError, patternLimits, typeOfPattern } from './api.ts'
import { parsePattern } from './parse.ts'
import { compileProgram, findSpans, type Program, TooManySteps } from './program.ts'

export { type Pattern, PatternError, patternLimits, typeOfPattern } from './api.ts'

/** A find of a pattern. */
export interface PatternMatch {
  readonly start: number
  readonly end: number
  readonly kind: Kind
  readonly why: string
}

export interface PatternFinder {
  /** Changes with the patterns. */
  readonly version: string
  readonly kinds: readonly Kind[]
  /** In order of position for each pattern. Linear in the text: each character costs at most what all steps cost. */
  readonly find: (text: string) => readonly PatternMatch[]
}

/** What is wrong with a pattern: the field, and a sentence that says what would be right. */
export interface PatternProblem {
  readonly field: 'pattern' | 'examples' | 'counterExamples'
  readonly index?: number
  readonly problem: string
}

/** A pattern that finds any of these would find something in every second text. */
const everydayTexts = [
  'Please summarise the meeting in three points and send them to the team before Friday.',
  'The quarterly report is due on 12 March 2026 at 9:30; 15 people have seen it, 80 % agree.',
  'function add(a, b) { return a + b }  // see README.md, section 4.2',
  'Bitte fassen Sie den Text in drei S\u00e4tzen zusammen. Merci, \u00e0 bient\u00f4t!',
] as const

/** Everything that is wrong with a pattern; empty when it may be saved. */
export function patternProblems(pattern: Pattern): readonly PatternProblem[] {
  let program: Program
  try {
    program = compile(pattern)
  } catch (error) {
    if (error instanceof PatternError || error instanceof TooManySteps)
      return [{ field: 'pattern', problem: sentenceOf(error) }]
    throw error
  }
  const finds = (text: string): boolean => findSpans(program, text).length > 0
  const missed = pattern.examples.flatMap((text, index) =>
    finds(text) ? [] : [{ field: 'examples' as const, index, problem: 'is not found by the pattern' }],
  )
  const wrong = pattern.counterExamples.flatMap((text, index) =>
    finds(text) ? [{ field: 'counterExamples' as const, index, problem: 'is found by the pattern' }] : [],
  )
  const everyday = everydayTexts.flatMap((text) =>
    findSpans(program, text).map(({ start, end }) => text.slice(start, end)),
  )
  const [word] = everyday
  if (word === undefined) return [...missed, ...wrong]
  const problem = `finds something in everyday texts, such as ${JSON.stringify(word)}: give it a beginning, a length or a separator of its own`
  return [{ field: 'pattern', problem }, ...missed, ...wrong]
}

const sentenceOf = (error: PatternError | TooManySteps): string =>
  error instanceof PatternError
    ? `cannot be read: ${error.message}`
    : `has more than ${patternLimits.steps} steps once its repetitions are written out: repeat less, or split it in two`

/** Throws what a pattern that was not checked by `patternProblems` is wrong with. */
export function createPatternFinder(patterns: readonly Pattern[]): PatternFinder {
  const known = patterns.map((pattern) => ({
    program: compile(pattern),
    kind: kindOf(pattern),
    why: whyOf(pattern),
  }))
  return {
    version: stringHash(JSON.stringify(patterns)),
    kinds: known.map(({ kind }) => kind),
    find: (text) =>
      known.flatMap(({ program, kind, why }) =>
        findSpans(program, text).map((span) => ({ ...span, kind, why })),
      ),
  }
}

/** Steps of a pattern: what each character of a text may cost. Throws as `createPatternFinder` does. */
export const stepsOf = (pattern: Pattern): number => compile(pattern).steps.length

const compile = ({ pattern, isCaseSensitive }: Pattern): Program =>
  compileProgram(parsePattern(pattern, isCaseSensitive))

const kindOf = ({ id, label, class: dataClass }: Pattern): Kind => ({
  type: typeOfPattern(id),
  family: 'company',
  class: dataClass,
  label,
})

const whyOf = ({ label }: Pattern): string => `has the form the company gave for: ${label}`
