import { z } from 'zod'
import { day, endOfDayMs, flag, id, line, startOfDayMs, unique } from '../fields.ts'
import { type PracticeId, practiceIds, practiceOf } from '../practices.ts'
import type { BodyProblem } from './kind.ts'

/** On which terms a use case may be used. Each is left out where nothing is said, as in records from before there were any. */

export const risks = ['minimal', 'limited', 'high'] as const

/** A name with at most one `*`, which stands for anything. */
const pattern = line(120).regex(/^[^*]*\*?[^*]*$/, 'must have at most one *')

/** Cents are the smallest that anybody plans with; a million a month is nobody's single use case. */
const usd = z
  .number('must be an amount in USD')
  .min(0.01, 'must be 0.01 or more: stop the use case to let nothing through')
  .max(1_000_000, 'must be at most 1000000')

const customer = z
  .strictObject(
    {
      name: line(120),
      /** Who may process what is entered, as offerings name it. */
      processors: unique(line(120), 50).min(1, 'must name at least one processor').optional(),
      /** Where: `eu-*`. */
      regions: unique(pattern, 50).min(1, 'must name at least one region').optional(),
    },
    'must be { name, processors, regions }',
  )
  .refine(
    ({ processors, regions }) => processors !== undefined || regions !== undefined,
    'must say processors, regions, or both',
  )

export const useCaseTerms = {
  /** How much depends on its answers; minimal where it is not said. Decides who approves. */
  risk: z.enum(risks, `must be one of ${risks.join(', ')}`).optional(),
  /** Which of the prohibited practices it does: `[]` is somebody's answer that it does none. */
  practices: unique(
    z.enum(practiceIds, `must be one of ${practiceIds.join(', ')}`),
    practiceIds.length,
  ).optional(),
  /** Whether a person checks each answer before it is used. People and clients are told so with each answer. */
  humanReview: z.enum(['none', 'before-use'], 'must be none or before-use').optional(),
  /** Names of tools a model may be offered and may call; all where it is left out, none with `[]`. */
  tools: unique(pattern, 200).optional(),
  /** Shown to people before they send, and told to clients with each answer. */
  notice: line(300).optional(),
  /** All people together, by calendar month in UTC. */
  budgetUsdPerMonth: usd.optional(),
  /** Each person, by day in UTC. */
  budgetUsdPerPersonPerDay: usd.optional(),
  /** False: the log keeps the heads of its exchanges, and nothing that was entered or answered. */
  keepsContent: flag.optional(),
  /** Those whose contracts say who may process their data, or where. All of them hold together. */
  customers: unique(customer, 100)
    .refine(
      (list) => new Set(list.map(({ name }) => name.toLowerCase())).size === list.length,
      'must not name a customer twice',
    )
    .optional(),
  /** Where one goes when the first offering fails or must be left, and when that was tried last. */
  exit: z.strictObject({ offering: id, testedOn: day }, 'must be { offering, testedOn }').optional(),
}

/** What the terms of an answer are about. */
interface Answered {
  readonly risk?: (typeof risks)[number] | undefined
  readonly practices?: readonly PracticeId[] | undefined
  readonly exit?: { readonly testedOn: string } | undefined
}

/** What a use case says of itself and nobody may do. */
export const findProhibited = (declared: readonly PracticeId[] = []): readonly BodyProblem[] =>
  declared.map((practice, index) => {
    const { title, source, since } = practiceOf(practice)
    return {
      path: ['practices', index],
      problem: `${title}: ${source}, from ${since}`,
      code: 'practice-prohibited',
    }
  })

/** What must be answered before anybody may approve it. */
export function unreadyOf(
  { risk = 'minimal', practices, exit }: Answered,
  nowMs: number,
): readonly BodyProblem[] {
  const problems: BodyProblem[] = [...findProhibited(practices)]
  if (exit !== undefined && (startOfDayMs(exit.testedOn) ?? 0) > nowMs)
    problems.push({
      path: ['exit', 'testedOn'],
      problem: 'the exit cannot have been tested on a day to come',
    })
  if (risk === 'minimal') return problems
  if (practices === undefined)
    problems.push({
      path: ['practices'],
      problem: `with the risk ${risk} it must say which of the prohibited practices it does: [] for none`,
    })
  if (exit === undefined)
    problems.push({
      path: ['exit'],
      problem: `with the risk ${risk} it must name a second offering that was tested: { offering, testedOn }`,
    })
  return problems
}

const dayMs = 86_400_000
/** As long as a fact counts that nobody has looked at again. */
export const exitTestDays = 180

/** The moment from which the test of an exit is too old to rely on. */
export const exitIsOldFromMs = ({ testedOn }: { readonly testedOn: string }): number =>
  endOfDayMs(testedOn) + exitTestDays * dayMs

export const remindOf = ({ exit }: Answered, nowMs: number): readonly string[] =>
  exit === undefined || nowMs < exitIsOldFromMs(exit)
    ? []
    : [
        `The exit was tested last on ${exit.testedOn}, more than ${exitTestDays} days ago: try it again and write the day.`,
      ]
