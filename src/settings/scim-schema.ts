/** What `identity.scim` of the settings file may say: directories that tell of people and groups. */
import { z } from 'zod'
import { credential, must, textMatching } from './field-schemas.ts'

export const scimSchema = z
  .array(
    z.strictObject(
      {
        id: textMatching(/^[a-z][a-z0-9-]{0,40}$/, 'named in small letters, digits and hyphens'),
        provider: textMatching(/^[a-z][a-z0-9-]{0,40}$/, 'the id of a sign-in provider').optional(),
        token: credential,
        formerToken: credential.optional(),
        subjectFrom: z
          .enum(['externalId', 'userName', 'none'], must('externalId, userName or none'))
          .optional(),
      },
      must('a directory: id, token, formerToken, provider, subjectFrom'),
    ),
    must('a list of directories'),
  )
  .max(20, must('a list of at most 20 directories'))
  .optional()
