import { z } from 'zod'
import { termLimits, termProblem } from '#/inspect/index.ts'
import { type Pattern, patternLimits, patternProblems, stepsOf } from '#/inspect/patterns/index.ts'
import { dataClass, email, flag, id, line, text, title } from '../fields.ts'
import { findImpossible, findUnknownTypes, rules } from '../rule.ts'
import type { BodyProblem, Kind } from './kind.ts'

const term = z
  .strictObject(
    {
      term: z.string('must be a text'),
      /** Shown in findings instead of the term. */
      label: line(60).default('company term'),
      class: dataClass.default('confidential'),
      isCaseSensitive: flag.default(false),
    },
    'must be a term: { term, label, class, isCaseSensitive }',
  )
  .superRefine((written, context) => {
    const message = termProblem(written)
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['term'], message })
  })

const sample = z
  .string('must be a text')
  .min(1, 'must not be empty')
  .max(1_000, 'must have at most 1000 characters')

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

const schema = z.strictObject({
  title,
  owner: email,
  description: text.optional(),
  /** They hold for every use case, unless it has a rule of its own for a finding. */
  rules,
  /** The company's own words: code names, customers. */
  terms: z
    .array(term, 'must be a list of terms')
    .max(termLimits.most, `must have at most ${termLimits.most} terms`)
    .refine(
      (list) => list.reduce((sum, each) => sum + each.term.length, 0) <= termLimits.characters,
      `must have at most ${termLimits.characters} characters together`,
    )
    .default([]),
  /** Forms of the company's own values. Rules name what they find `own-ID`. */
  patterns: z
    .array(pattern, 'must be a list of patterns')
    .max(patternLimits.most, `must have at most ${patternLimits.most} patterns`)
    .refine(
      (list) => new Set(list.map((each) => each.id)).size === list.length,
      'must not hold two patterns with one id',
    )
    .default([]),
})

/** Each pattern is tried against its samples before it is saved, and all together must stay cheap. */
function findWrongPatterns(patterns: readonly Pattern[]): readonly BodyProblem[] {
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

export type Policy = z.infer<typeof schema>

/** Rules, terms and patterns for the whole company. */
export const policy: Kind<Policy> = {
  kind: 'policy',
  called: 'a policy',
  schema,
  fields: Object.keys(schema.shape),
  immaterial: ['title', 'description'],
  deciders: ['security', 'owner'],
  mayEnd: false,
  mayLowerClass: false,
  references: () => [],
  check: ({ rules: list, patterns }) => [
    ...findUnknownTypes(list),
    ...findImpossible(list),
    ...findWrongPatterns(patterns),
  ],
}
