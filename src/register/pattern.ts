import { z } from 'zod'
import { type Pattern, patternLimits, patternProblems, stepsOf } from '#/inspect/patterns/index.ts'
import { dataClass, flag, id, line, sample } from './fields.ts'
import type { BodyProblem } from './kinds/kind.ts'

const pattern = z.strictObject(
  {
    id: id.max(60, 'must have at most 60 characters'),
    /** Shown in findings: 'employee number'. */
    label: line(60),
    pattern: z
      .string('must be a text')
      .min(1, 'must not be empty')
      .max(patternLimits.longest, `must have at most ${patternLimits.longest} characters`),
    class: dataClass.default('confidential'),
    isCaseSensitive: flag.default(false),
    examples: z
      .array(sample, 'must be a list of texts')
      .min(1, 'must hold at least one text the pattern finds')
      .max(50, 'must have at most 50 texts'),
    counterExamples: z
      .array(sample, 'must be a list of texts')
      .max(50, 'must have at most 50 texts')
      .default([]),
  },
  'must be a pattern: { id, label, pattern, examples }',
)

export const patterns = z
  .array(pattern, 'must be a list of patterns')
  .max(patternLimits.most, `must have at most ${patternLimits.most} patterns`)
  .refine(
    (list) => new Set(list.map((each) => each.id)).size === list.length,
    'must not hold two patterns with one id',
  )
  .default([])

/** Each pattern is tried against its samples before it is saved, and all together must stay cheap. */
export function findWrongPatterns(patterns: readonly Pattern[]): readonly BodyProblem[] {
  const problems = patterns.flatMap((each, place) =>
    patternProblems(each).map(({ field, index, problem }) => ({
      path: ['patterns', place, field, ...(index === undefined ? [] : [index])],
      problem,
    })),
  )
  if (problems.length > 0) return problems
  const steps = patterns.reduce((sum, each) => sum + stepsOf(each), 0)
  if (steps <= patternLimits.stepsTogether) return []
  const problem = `have ${steps} steps together and may have ${patternLimits.stepsTogether}: repeat less`
  return [{ path: ['patterns'], problem }]
}
