import { z } from 'zod'
import { isHost, problemOfOrigin, problemOfUrl } from './address.ts'
import { isCredentialReference } from './credentials.ts'

/** One sentence says what would be right, whatever is wrong; the value stays out of it. */
const must = (what: string) => ({
  error: (issue: { readonly code?: string; readonly input?: unknown }) => {
    if (issue.code === 'unrecognized_keys') return undefined
    return issue.input === undefined ? `is missing; it must be ${what}` : `must be ${what}`
  },
})

const wholeNumber = (least: number, most: number, unit: string) => {
  const right = must(`a whole number from ${least} to ${most} (${unit})`)
  return z.int(right).min(least, right).max(most, right)
}

const textMatching = (pattern: RegExp, what: string) => z.string(must(what)).regex(pattern, must(what))

/** Text for which `problemOf` finds nothing to say. */
const textWithout = (problemOf: (value: string) => string | undefined, what: string) =>
  z.string(must(what)).superRefine((value, context) => {
    const problem = problemOf(value)
    if (problem !== undefined) context.addIssue({ code: 'custom', message: problem })
  })

const path = textMatching(/^[^\0\r\n]{1,1000}$/, 'a path')
const email = textMatching(
  /^[^\s@]{1,64}@[^\s@.]+(\.[^\s@.]+)+$/,
  'an e-mail address such as ada@example.com',
).max(254, must('an e-mail address of at most 254 characters'))
const displayName = textMatching(/^[^\p{Cc}]{1,100}$/u, 'a name of at most 100 characters on one line')

const credential = z.string(must('a reference: env:NAME or file:/path')).refine(isCredentialReference, {
  error:
    'must be a reference, env:NAME or file:/path, and never the secret itself: put the secret into an environment variable or a file, and change it if it has been shared with this file',
})

const httpsUrl = textWithout(problemOfUrl, 'an address such as https://api.example.com/v1')

const connection = z
  .strictObject(
    {
      kind: textMatching(
        /^[a-z][a-z0-9-]{0,40}$/,
        'the kind of a provider, such as compatible, anthropic or demo',
      ),
      url: httpsUrl.optional(),
      region: textMatching(/^[\w .-]{1,60}$/, 'the name of a region, such as eu-west-1').optional(),
      credential: credential.optional(),
      silenceLimitMs: wholeNumber(100, 3_600_000, 'milliseconds').optional(),
    },
    must('a list of kind, url, region, credential, silenceLimitMs'),
  )
  .superRefine((value, context) => {
    const runsInProcess = value.kind === 'demo'
    if (runsInProcess && value.url !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['url'],
        message: 'must be left out: this kind runs in process',
      })
    }
    if (!runsInProcess && value.url === undefined) {
      context.addIssue({
        code: 'custom',
        path: ['url'],
        message: 'is missing; it must be the address of the provider',
      })
    }
  })

const owners = z
  .array(email, must('a list of e-mail addresses'))
  .max(100, must('a list of at most 100'))
  .optional()

const embeddedIdentity = z.strictObject({
  kind: z.literal('embedded'),
  owners,
  accounts: z
    .array(
      z.strictObject({ email, name: displayName }, must('an account: email and name')),
      must('a list of accounts'),
    )
    .min(1, must('a list of at least one account'))
    .max(1_000, must('a list of at most 1000 accounts'))
    .optional(),
})

const oidcIdentity = z.strictObject({
  kind: z.literal('oidc'),
  issuer: httpsUrl,
  clientId: textMatching(/^[\x21-\x7e]{1,200}$/, 'the client id the identity provider gave'),
  clientSecret: credential.optional(),
  owners,
})

/** The settings file. Every field may be left out; a field that is not here is a mistake. */
export const settingsFileSchema = z.strictObject(
  {
    host: z
      .string(must('a host name or an IP address'))
      .refine(isHost, must('a host name or an IP address'))
      .optional(),
    port: wholeNumber(0, 65_535, 'a port; 0 takes any free one').optional(),
    dataFolder: path.optional(),
    publicUrl: textWithout(problemOfOrigin, 'an address such as https://ai.example.com').optional(),
    connections: z
      .record(
        textMatching(/^[a-z][a-z0-9-]{0,62}$/, 'named in small letters, digits and hyphens'),
        connection,
        must('a list of connections by name'),
      )
      .optional(),
    identity: z
      .discriminatedUnion('kind', [embeddedIdentity, oidcIdentity], must('embedded or oidc'))
      .optional(),
    bootstrap: z
      .array(path, must('a list of paths'))
      .max(100, must('a list of at most 100 paths'))
      .optional(),
    limits: z
      .strictObject(
        {
          bodyMaxBytes: wholeNumber(1_024, 1_073_741_824, 'bytes').optional(),
          bodyMaxMs: wholeNumber(100, 3_600_000, 'milliseconds').optional(),
          jsonMaxDepth: wholeNumber(10, 1_000, 'levels').optional(),
          answerMaxBytes: wholeNumber(1_024, 1_073_741_824, 'bytes').optional(),
          requestsPerMinute: wholeNumber(1, 100_000_000, 'requests').optional(),
          openPerCaller: wholeNumber(1, 100_000, 'requests').optional(),
          openAltogether: wholeNumber(1, 100_000, 'requests').optional(),
        },
        must('a list of limits'),
      )
      .optional(),
    inspection: z
      .strictObject(
        {
          names: z
            .union([z.boolean(), z.literal('attachments')], must('true, false or attachments'))
            .optional(),
        },
        must('a list of names'),
      )
      .optional(),
    audit: z
      .strictObject(
        {
          origin: textMatching(
            /^(?=.{1,100}$)[a-z0-9][a-z0-9.-]*(\/[a-z0-9][a-z0-9.-]*)*$/,
            'the name of this log, such as ai.example.com/log',
          ).optional(),
          segmentBytes: wholeNumber(4_096, 1_073_741_824, 'bytes').optional(),
        },
        must('a list of origin and segmentBytes'),
      )
      .optional(),
  },
  must('a list of settings'),
)

export type SettingsFile = z.infer<typeof settingsFileSchema>
