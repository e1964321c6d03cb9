import { z } from 'zod'
import { actions } from '#/core/finding.ts'
import { refusals } from '#/core/refusal.ts'
import { channels } from '#/core/segment.ts'
import { didYouMean } from '#/settings/nearest.ts'
import { dataClass, flag, id, line, role, title, unique } from './fields.ts'
import type { BodyProblem } from './kinds/kind.ts'
import { findUnknownNames } from './rule.ts'

/** What a policy promises, by example: each is tried with the real detectors before a publication serves. */

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

/** All policies together may have this many; a publication waits for them. */
export const ruleTestLimits = { inPolicy: 200, together: 500, characters: 4_000 } as const

const part = z
  .string('must be a text, or a list of its parts')
  .max(ruleTestLimits.characters, `must have at most ${ruleTestLimits.characters} characters`)

const given = z
  .strictObject(
    {
      /** As somebody enters it. In parts, an example that looks like a secret stands in no file as one. */
      text: z.union([part, z.array(part, 'must be a text, or a list of its parts').max(100)]).optional(),
      /** Instead of a text: kinds of findings, as if they were in one. */
      findings: unique(id, 50).optional(),
      channel: oneOf(channels).default('user'),
      /** What whoever asks says of it. */
      class: dataClass.optional(),
      useCase: id.optional(),
      /** An offering, an alias, or auto. */
      model: line(200).default('auto'),
      roles: unique(role, 20).default(['employee']),
      /** Whether whoever asks wants what is blocked to be masked. */
      mask: flag.default(false),
    },
    'must say text or findings',
  )
  .refine(({ text, findings }) => (text === undefined) !== (findings === undefined), {
    path: ['text'],
    message: 'must be given, or findings must, and not both',
  })
  .refine(({ text }) => !Array.isArray(text) || text.join('').length <= ruleTestLimits.characters, {
    path: ['text'],
    message: `must have at most ${ruleTestLimits.characters} characters together`,
  })

const expect = z
  .strictObject(
    {
      /** The strictest of all that is done. */
      action: oneOf(actions).optional(),
      /** Of what was entered. */
      class: dataClass.optional(),
      /** Of what leaves. */
      leavesAs: dataClass.optional(),
      /** Where it goes. */
      offering: id.optional(),
      /** The code with which it is refused. */
      refusal: id.optional(),
    },
    'must say what is expected',
  )
  .refine((each) => Object.values(each).some((value) => value !== undefined), 'must say what is expected')
  .refine(
    ({ refusal, ...others }) =>
      refusal === undefined || Object.values(others).every((value) => value === undefined),
    {
      path: ['refusal'],
      message: 'must stand alone: what is refused has no class that leaves and no offering',
    },
  )

const ruleTest = z
  .strictObject({ id, title, given, expect }, 'must be a test: { id, title, given, expect }')
  .refine(
    ({ given: { channel }, expect: { action, ...others } }) =>
      channel !== 'answer' ||
      (action !== undefined && Object.values(others).every((value) => value === undefined)),
    { path: ['expect'], message: 'must be an action, and nothing else, for an answer' },
  )

export const ruleTests = z
  .array(ruleTest, 'must be a list of tests')
  .max(ruleTestLimits.inPolicy, `must have at most ${ruleTestLimits.inPolicy} tests`)
  .refine(
    (list) => new Set(list.map(({ id: name }) => name)).size === list.length,
    'must not hold two tests with one id',
  )
  // Left out where nothing is said, as in records from before there were tests.
  .optional()

export type RuleTest = z.infer<typeof ruleTest>

/** A test of what nobody finds, or of a refusal there is not, could never come out as it says. */
export const findWrongTests = (list: readonly RuleTest[]): readonly BodyProblem[] =>
  list.flatMap(({ given: { findings = [] }, expect: { refusal } }, index): readonly BodyProblem[] => [
    ...findUnknownNames(findings, ['tests', index, 'given', 'findings']),
    ...(refusal === undefined || Object.hasOwn(refusals, refusal)
      ? []
      : [
          {
            path: ['tests', index, 'expect', 'refusal'],
            problem: `is no code of a refusal.${didYouMean(refusal, Object.keys(refusals))}`,
          },
        ]),
  ])
