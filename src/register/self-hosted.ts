import { z } from 'zod'
import type { Tier } from '#/core/tier.ts'
import { day, dayAfter, flag, line, startOfDayMs, unique } from './fields.ts'

/** Weights a company changed itself: what they were made from, so that what was in it is known. */
const lineage = z.strictObject(
  {
    baseModel: line(200),
    datasets: unique(line(200), 50).min(1, 'must name what it was trained on'),
  },
  'must be { baseModel, datasets }',
)

/**
 * How what runs on own machines is looked after. What runs inside Sallyport is patched and described with it. Nobody else
 * vouches for these machines, so there must be somebody's threat model, and a day they were last patched.
 */
export const selfHosted = z
  .strictObject(
    {
      isInProcess: z.literal(true, 'must be true, or left out').optional(),
      /** Where it can be read: an address, or the name of a document. */
      threatModel: line(500).optional(),
      /** The day server and machines were last patched. */
      patchedOn: day.optional(),
      /** The server may run code that came with the model. */
      runsModelCode: z
        .literal(
          false,
          'must be false: code that comes with a model reads what is sent; start the server without it',
        )
        .optional(),
      /** The weights are the company's own, or it changed them. */
      isOwnModel: flag.optional(),
      lineage: lineage.optional(),
    },
    'must be { threatModel, patchedOn, runsModelCode: false, isOwnModel, lineage }, or { isInProcess: true }',
  )
  .superRefine(({ isInProcess, lineage: said, ...needed }, context) => {
    const say = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message })
    for (const field of ['threatModel', 'patchedOn', 'runsModelCode', 'isOwnModel'] as const) {
      if (isInProcess && needed[field] !== undefined)
        say(field, 'must be left out for what runs inside Sallyport')
      if (!isInProcess && needed[field] === undefined) say(field, 'must be there')
    }
    if ((needed.isOwnModel === true) !== (said !== undefined))
      say('lineage', 'must be there for a model of your own, and only then: { baseModel, datasets }')
  })

export interface LookedAfter {
  readonly facts: { readonly tier?: { readonly is: Tier } | undefined }
  readonly selfHosted?: z.infer<typeof selfHosted> | undefined
}

/** So long after the last patch somebody is told: servers of models have grave holes several times a year. */
export const patchedWithinDays = 90

/** The last day the patches are fresh; undefined where nobody patches it but Sallyport. */
export function patchedUntil({ selfHosted: said }: Pick<LookedAfter, 'selfHosted'>): string | undefined {
  return said?.patchedOn === undefined ? undefined : dayAfter(said.patchedOn, patchedWithinDays)
}

/** What must be known of own machines before they are approved. */
export function selfHostedGaps(
  { facts, selfHosted: said }: LookedAfter,
  nowMs: number,
): readonly { readonly path: readonly string[]; readonly problem: string }[] {
  const path = ['selfHosted']
  if (facts.tier?.is !== 'self') return []
  if (said === undefined) {
    const problem =
      'selfHosted is not said: your own machines need { threatModel, patchedOn, runsModelCode: false, isOwnModel } before they are approved'
    return [{ path, problem }]
  }
  if (said.patchedOn !== undefined && (startOfDayMs(said.patchedOn) ?? 0) > nowMs)
    return [{ path: [...path, 'patchedOn'], problem: 'selfHosted.patchedOn is in the future' }]
  return []
}
