import { z } from 'zod'
import { Refusal } from '#/core/refusal.ts'

/** A reason must say something; it is shown to the person concerned. */
const reasonShape = (least: number) =>
  z
    .string('must be a text')
    .trim()
    .min(least, least > 1 ? `must have at least ${least} characters` : 'must not be empty')
    .max(1_000, 'must have at most 1000 characters')

const timeMs = z.int('must be a time in milliseconds').nonnegative('must be a time in milliseconds')

/** Somebody looking into one matter names these; for more there is a span of time. */
const receiptsMax = 100
export const defaultHours = 24
export const mostHours = 7 * 24

/** What a person asks to read, as it comes in. */
export const askedShape = z
  .strictObject({
    reason: reasonShape(10),
    hours: z
      .int('must be a whole number')
      .min(1, 'must be 1 or more')
      .max(mostHours, `must be ${mostHours} or less`)
      .default(defaultHours),
    receipts: z
      .array(z.string('must be a receipt').max(120, 'must be a receipt'), 'must be a list')
      .min(1, 'must hold a receipt')
      .max(receiptsMax, `must hold at most ${receiptsMax} receipts`)
      .optional(),
    person: z
      .strictObject({
        email: z.string('must be an e-mail address').trim().min(3, 'must be an e-mail address').max(254),
        sinceMs: timeMs,
        untilMs: timeMs,
      })
      .optional(),
    /** A question of the log's search; what it finds now is covered. */
    query: z
      .string('must be a text')
      .trim()
      .min(1, 'must not be empty')
      .max(2_000, 'must have at most 2000 characters')
      .optional(),
  })
  .refine(
    ({ receipts, person, query }) =>
      [receipts, person, query].filter((each) => each !== undefined).length === 1,
    { path: ['receipts'], message: 'name receipts, or a person with a span of time, or a query' },
  )

export type AskedReading = z.infer<typeof askedShape>

/** A question that finds more is not about one matter. */
export const queryMostEntries = 1_000

/** A person's name and one quarter are enough to look into a matter; for a longer time there is another request. */
const spanMostMs = 92 * 86_400_000

/** Throws `request-invalid`. */
export function assertSpan({ sinceMs, untilMs }: { sinceMs: number; untilMs: number }, nowMs: number): void {
  const refuse = (field: string, problem: string) => new Refusal('request-invalid', { field, problem })
  if (sinceMs >= untilMs) throw refuse('person.sinceMs', 'must lie before the end of the span')
  if (untilMs > nowMs)
    throw refuse(
      'person.untilMs',
      'must not lie in the future: a reading covers what was entered before it was asked for',
    )
  if (untilMs - sinceMs > spanMostMs) throw refuse('person.sinceMs', 'the span has at most 92 days')
}

/** `origin#12` or `12`. Throws `request-invalid`. */
export function readReceipt(text: string, origin: string): number {
  const [, named, index] = /^(?:(.+)#)?(\d{1,15})$/.exec(text) ?? []
  if (index === undefined || (named !== undefined && named !== origin)) {
    throw new Refusal('request-invalid', {
      field: 'receipts',
      problem: `a receipt of this log is ${origin}#NUMBER`,
    })
  }
  return Number(index)
}

export const decisionShape = z.strictObject({
  verdict: z.enum(['approve', 'decline'], 'must be approve or decline'),
  reason: reasonShape(1),
})

export type AskedDecision = z.infer<typeof decisionShape>
