import { z } from 'zod'
import { families } from '#/core/finding.ts'
import { refusals } from '#/core/refusal.ts'
import { didYouMean } from '#/settings/nearest.ts'
import { dataClass, email, id, line, title } from './fields.ts'
import type { BodyProblem, Reference } from './kinds/kind.ts'
import { findUnknownNames } from './rule.ts'

/** What is watched for without anybody looking: a condition over what the gate sees, what happens then, and whose it is. */

export const triggerLimits = {
  /** In one policy; each exchange is compared with all of them. */
  inPolicy: 50,
  together: 100,
  /** Exchanges one condition counts, of each person or other target. */
  times: 500,
  /** A day. Counts are in memory. */
  minutes: 1_440,
} as const

export const triggerActions = ['alert', 'review', 'stop', 'roll-back'] as const

export type TriggerAction = (typeof triggerActions)[number]

const oneOf = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.enum(values, `must be one of ${values.join(', ')}`)

const whole = (least: number, most: number, of: string) =>
  z
    .int(`must be a whole number of ${of}`)
    .min(least, `must be ${least} or more`)
    .max(most, `must be at most ${most}`)

const bounds = {
  times: whole(1, triggerLimits.times, 'times').default(1),
  withinMinutes: whole(1, triggerLimits.minutes, 'minutes').default(60),
}

const conditionNames = [
  'refusals',
  'findings',
  'exchanges',
  'provider-errors',
  'spend',
  'unsafe-probe',
] as const

/** What a refused exchange can be counted by: where it would have gone is not decided. */
const ofCaller = oneOf(['person', 'key', 'everybody'])

const when = z.discriminatedUnion(
  'what',
  [
    z.strictObject({
      what: z.literal('refusals'),
      /** Refused by this rule; any refusal where neither this nor a code is named. */
      rule: id.optional(),
      code: id.optional(),
      per: ofCaller,
      ...bounds,
    }),
    z.strictObject({
      what: z.literal('findings'),
      /** Exchanges in which it was found in what was entered, refused ones among them. */
      kind: line(100).optional(),
      family: oneOf(families).optional(),
      per: ofCaller,
      ...bounds,
    }),
    z.strictObject({
      what: z.literal('exchanges'),
      /** What leaves is of this class or a higher one. */
      class: dataClass,
      per: oneOf(['person', 'key', 'use-case', 'offering', 'everybody']),
      ...bounds,
    }),
    z.strictObject({
      what: z.literal('provider-errors'),
      /** Any offering by itself where none is named. */
      offering: id.optional(),
      percent: whole(1, 100, 'percent'),
      /** Of the last so many exchanges of the offering. */
      last: whole(2, triggerLimits.times, 'exchanges'),
      withinMinutes: bounds.withinMinutes,
    }),
    z.strictObject({
      what: z.literal('spend'),
      useCase: id,
      /** Of the budget of a month. What is under way is set aside, so that the last of it is never spent. */
      percent: whole(1, 95, 'percent'),
    }),
    z.strictObject({
      what: z.literal('unsafe-probe'),
      /** Any offering where none is named. */
      offering: id.optional(),
    }),
  ],
  `must be { what: ... }, one of ${conditionNames.join(', ')}`,
)

export type Condition = z.infer<typeof when>

const trigger = z
  .strictObject(
    {
      id,
      title,
      when,
      action: oneOf(triggerActions),
      /** Of a stop: it ends by itself. Without, until somebody releases it. */
      minutes: whole(1, 43_200, 'minutes').optional(),
      owner: email,
    },
    'must be a trigger: { id, title, when, action, owner }',
  )
  .refine(({ when: { what }, when: condition }) => what !== 'refusals' || isOneAtMost(condition), {
    path: ['when', 'rule'],
    message: 'must be left out where a code is named',
  })
  .refine(({ when: condition }) => condition.what !== 'findings' || isExactlyOne(condition), {
    path: ['when', 'kind'],
    message: 'must be given, or a family must, and not both',
  })
  .refine(({ action, when: condition }) => action !== 'stop' || targetOf(condition) !== 'everybody', {
    path: ['action'],
    message: 'cannot be stop where everybody is counted together: say per whom or what, and that is stopped',
  })
  .refine(({ action, minutes }) => action === 'stop' || minutes === undefined, {
    path: ['minutes'],
    message: 'has a meaning only where the action is stop',
  })

export type WrittenTrigger = z.infer<typeof trigger>

const isOneAtMost = (condition: Condition): boolean =>
  condition.what !== 'refusals' || condition.rule === undefined || condition.code === undefined

const isExactlyOne = (condition: Condition): boolean =>
  condition.what !== 'findings' || (condition.kind === undefined) !== (condition.family === undefined)

/** Whom or what a condition counts apart, and a stop stops. */
export const triggerTargets = ['person', 'key', 'use-case', 'offering', 'everybody'] as const

export type TriggerTarget = (typeof triggerTargets)[number]

export function targetOf(condition: Condition): TriggerTarget {
  switch (condition.what) {
    case 'provider-errors':
    case 'unsafe-probe':
      return 'offering'
    case 'spend':
      return 'use-case'
    default:
      return condition.per
  }
}

export const triggers = z
  .array(trigger, 'must be a list of triggers')
  .max(triggerLimits.inPolicy, `must have at most ${triggerLimits.inPolicy} triggers`)
  .refine(
    (list) => new Set(list.map(({ id: name }) => name)).size === list.length,
    'must not hold two triggers with one id',
  )
  // Left out where nothing is said, as in records from before there were triggers.
  .optional()

/** A kind nobody finds, or a code there is not, would be waited for in vain. */
export const findWrongTriggers = (list: readonly WrittenTrigger[]): readonly BodyProblem[] =>
  list.flatMap(({ when: condition }, index): readonly BodyProblem[] => {
    const path = ['triggers', index, 'when']
    if (condition.what === 'findings' && condition.kind !== undefined)
      return findUnknownNames([condition.kind], [...path, 'kind']).map((each) => ({
        ...each,
        path: [...path, 'kind'],
      }))
    if (condition.what !== 'refusals' || condition.code === undefined) return []
    if (Object.hasOwn(refusals, condition.code)) return []
    const problem = `is no code of a refusal.${didYouMean(condition.code, Object.keys(refusals))}`
    return [{ path: [...path, 'code'], problem }]
  })

/** What triggers name must be there. */
export const triggerReferences = (list: readonly WrittenTrigger[]): readonly Reference[] =>
  list.flatMap(({ when: condition }, index): readonly Reference[] => {
    if (condition.what === 'spend')
      return [{ field: `triggers.${index}.when.useCase`, kind: 'use-case', id: condition.useCase }]
    if (condition.what !== 'provider-errors' && condition.what !== 'unsafe-probe') return []
    if (condition.offering === undefined) return []
    return [{ field: `triggers.${index}.when.offering`, kind: 'offering', id: condition.offering }]
  })

/** A condition as a clause: `5 refusals of the rule secrets-never-leave within 60 minutes, per key`. */
export function conditionWords(condition: Condition): string {
  switch (condition.what) {
    case 'refusals':
      return `${counted(condition.times, 'refusal')}${ofWhat(condition)} ${withinWords(condition)}`
    case 'findings':
      return `${counted(condition.times, 'exchange')} with ${condition.kind ?? `a finding of the family ${condition.family}`} ${withinWords(condition)}`
    case 'exchanges':
      return `${counted(condition.times, 'exchange')} that left as ${condition.class} or higher ${withinWords(condition)}`
    case 'provider-errors':
      return `${condition.percent} % of the last ${condition.last} exchanges of ${condition.offering ?? 'an offering'} failed within ${condition.withinMinutes} minutes`
    case 'spend':
      return `${condition.percent} % of the month's budget of ${condition.useCase} spent`
    case 'unsafe-probe':
      return `a probe found the connection of ${condition.offering ?? 'an offering'} unsafe`
  }
}

const counted = (times: number, what: string): string => `${times} ${what}${times === 1 ? '' : 's'}`

const ofWhat = ({
  rule,
  code,
}: {
  readonly rule?: string | undefined
  readonly code?: string | undefined
}) => (rule !== undefined ? ` by the rule ${rule}` : code !== undefined ? ` with the code ${code}` : '')

const withinWords = ({ withinMinutes, per }: { readonly withinMinutes: number; readonly per: string }) =>
  `within ${withinMinutes} minutes, ${per === 'everybody' ? 'everybody together' : `per ${per.replace('-', ' ')}`}`
