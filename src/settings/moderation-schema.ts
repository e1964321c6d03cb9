/** Which model is asked whether what people write is harmful: `inspection.moderation`. */
import { z } from 'zod'
import { type ModerationSettings, moderationElse } from './api.ts'
import { must, textMatching, wholeNumber } from './field-schemas.ts'

const otherwise = z.enum(moderationElse, must(`one of ${moderationElse.join(', ')}`)).optional()
const share = must('a number over 0, at most 1')

export const moderationSchema = z.strictObject(
  {
    offering: textMatching(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of an offering'),
    away: otherwise,
    above: otherwise,
    limitMs: wholeNumber(50, 30_000, 'milliseconds').optional(),
    threshold: z.number(share).gt(0, share).max(1, share).optional(),
  },
  must('a list of offering, away, above, limitMs, threshold'),
)

/** People wait for it before anything leaves; it answers in some hundred milliseconds. */
const defaultLimitMs = 2_000

export const readModeration = ({
  offering,
  away = 'refuse',
  above = 'refuse',
  limitMs = defaultLimitMs,
  threshold,
}: z.infer<typeof moderationSchema>): ModerationSettings => ({
  offering,
  away,
  above,
  limitMs,
  threshold,
})
