import { z } from 'zod'
import { must, wholeNumber } from './field-schemas.ts'

/** What `identity` of the settings file may say about sessions, whoever the provider is. */
export const sessionFields = {
  sessions: z
    .strictObject(
      {
        idleMinutes: wholeNumber(1, 43_200, 'minutes').optional(),
        absoluteHours: wholeNumber(1, 2_160, 'hours').optional(),
      },
      must('a list of idleMinutes and absoluteHours'),
    )
    .optional(),
  stepUpMinutes: wholeNumber(0, 1_440, 'minutes').optional(),
}
