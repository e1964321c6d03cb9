import { z } from 'zod'
import type { RetentionSettings } from './api.ts'
import { credential, httpsUrl, must, textMatching, wholeNumber } from './field-schemas.ts'

const openai = z.strictObject(
  {
    kind: z.literal('openai'),
    project: textMatching(/^proj_[\w-]{1,100}$/, 'the id of the project the credential belongs to, proj_...'),
    credential,
  },
  must('a list of kind, project, credential'),
)

const bedrock = z.strictObject(
  {
    kind: z.literal('bedrock'),
    region: textMatching(/^[a-z0-9-]{1,40}$/, 'the name of a region, such as eu-central-1'),
    url: httpsUrl.optional(),
    accessKeyId: credential,
    secretAccessKey: credential,
    sessionToken: credential.optional(),
  },
  must('a list of kind, region, url, accessKeyId, secretAccessKey, sessionToken'),
)

/** Of a connection: where its provider says how long it keeps what is sent. */
export const retentionSchema = z.discriminatedUnion(
  'kind',
  [openai, bedrock],
  must('of kind openai or bedrock'),
)

export const probesSchema = z.strictObject(
  {
    everyMinutes: wholeNumber(0, 10_080, 'minutes; 0 for only by hand').optional(),
    factDays: wholeNumber(1, 90, 'days').optional(),
    limitMs: wholeNumber(100, 60_000, 'milliseconds').optional(),
  },
  must('a list of everyMinutes, factDays, limitMs'),
)

export const readRetention = (file: z.infer<typeof retentionSchema>): RetentionSettings =>
  file.kind === 'openai' ? file : { ...file, url: file.url, sessionToken: file.sessionToken }
