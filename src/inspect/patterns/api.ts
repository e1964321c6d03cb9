import type { DataClass } from '#/core/data-class.ts'

/** A form a company's own values have, as data: an employee number, a project code. */
export interface Pattern {
  /** Rules name its finds `own-ID`. */
  readonly id: string
  /** For people, in findings and refusals: 'employee number'. */
  readonly label: string
  /** What `parsePattern` reads. */
  readonly pattern: string
  readonly class: DataClass
  readonly isCaseSensitive: boolean
  /** Texts in which it must be found. */
  readonly examples: readonly string[]
  /** Texts in which it must not. */
  readonly counterExamples: readonly string[]
}

export const patternLimits = {
  /** Characters of a pattern. */
  longest: 500,
  /** Patterns of a company. */
  most: 200,
  /** Steps of a pattern, repetitions written out. */
  steps: 1_000,
  /** Steps of all patterns of a company together: what a character of a text may cost at most. */
  stepsTogether: 3_000,
} as const

/** The type of what a pattern finds. */
export const typeOfPattern = (id: string): string => `own-${id}`

/** A pattern cannot be read. `at` is a UTF-16 offset into it. */
export class PatternError extends Error {
  override readonly name = 'PatternError'
  readonly at: number

  constructor(problem: string, at: number) {
    super(`${problem}, at character ${at + 1}`)
    this.at = at
  }
}
