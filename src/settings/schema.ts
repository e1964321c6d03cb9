import { z } from 'zod'
import { accessFields } from './access-schema.ts'
import { keySources, publicationModes } from './api.ts'
import { claudeCodeSchema } from './claude-code.ts'
import { exportSchema } from './export-schema.ts'
import {
  credential,
  displayName,
  email,
  httpsUrl,
  must,
  path,
  providerCredential,
  textMatching,
  wholeNumber,
} from './field-schemas.ts'
import { keyFields } from './key-schema.ts'
import { moderationSchema } from './moderation-schema.ts'
import { feedsSchema, host, networkSchema, port, publicUrl } from './network-schema.ts'
import { probesSchema, retentionSchema } from './probe-schema.ts'
import { scimSchema } from './scim-schema.ts'
import { sessionFields } from './session-schema.ts'
import { oidcIdentity } from './sign-in-schema.ts'

const connection = z
  .strictObject(
    {
      kind: textMatching(
        /^[a-z][a-z0-9-]{0,40}$/,
        'the kind of a provider, such as compatible, anthropic or demo',
      ),
      url: httpsUrl.optional(),
      region: textMatching(/^[\w .-]{1,60}$/, 'the name of a region, such as eu-west-1').optional(),
      credential: providerCredential.optional(),
      silenceLimitMs: wholeNumber(100, 3_600_000, 'milliseconds').optional(),
      retention: retentionSchema.optional(),
    },
    must('a list of kind, url, region, credential, silenceLimitMs, retention'),
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
    if (runsInProcess && value.retention !== undefined) {
      context.addIssue({
        code: 'custom',
        path: ['retention'],
        message: 'must be left out: this kind runs in process and keeps nothing',
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
  ...keyFields,
  scim: scimSchema,
  accounts: z
    .array(
      z.strictObject({ email, name: displayName }, must('an account: email and name')),
      must('a list of accounts'),
    )
    .min(1, must('a list of at least one account'))
    .max(1_000, must('a list of at most 1000 accounts'))
    .optional(),
  ...sessionFields,
  ...accessFields,
})

const vault = z.strictObject(
  {
    url: httpsUrl,
    mount: textMatching(
      /^[\w.-]+(\/[\w.-]+)*$/,
      'the path of the transit engine, such as transit',
    ).optional(),
    key: textMatching(/^[\w.-]{1,100}$/, 'the name of a key of the transit engine, such as sallyport'),
    token: credential,
    namespace: textMatching(/^[\w.-]+(\/[\w.-]+)*\/?$/, 'the name of a namespace').optional(),
    caFile: path.optional(),
    limitMs: wholeNumber(100, 30_000, 'milliseconds').optional(),
  },
  must('a list of url, mount, key, token, namespace, caFile, limitMs'),
)

const secretStore = z.strictObject(
  {
    url: httpsUrl,
    mount: textMatching(/^[\w-]+(\/[\w-]+)*$/, 'the path of the key-value engine, such as secret').optional(),
    token: credential,
    namespace: textMatching(/^[\w.-]+(\/[\w.-]+)*\/?$/, 'the name of a namespace').optional(),
    caFile: path.optional(),
    limitMs: wholeNumber(100, 30_000, 'milliseconds').optional(),
    keptMinutes: wholeNumber(1, 1_440, 'minutes').optional(),
  },
  must('a list of url, mount, token, namespace, caFile, limitMs, keptMinutes'),
)

const awsKms = z.strictObject(
  {
    region: textMatching(/^[a-z0-9-]{1,40}$/, 'the name of a region, such as eu-central-1'),
    key: textMatching(/^[\w:/-]{1,2048}$/, 'the id, the ARN or the alias (alias/NAME) of a symmetric key'),
    url: httpsUrl.optional(),
    accessKeyId: credential,
    secretAccessKey: credential,
    sessionToken: credential.optional(),
    limitMs: wholeNumber(100, 30_000, 'milliseconds').optional(),
  },
  must('a list of region, key, url, accessKeyId, secretAccessKey, sessionToken, limitMs'),
)

/** The settings file. Every field may be left out; a field that is not here is a mistake. */
export const settingsFileSchema = z.strictObject(
  {
    host,
    port,
    dataFolder: path.optional(),
    publicUrl,
    ...networkSchema,
    vault: secretStore.optional(),
    connections: z
      .record(
        textMatching(/^[a-z][a-z0-9-]{0,62}$/, 'named in small letters, digits and hyphens'),
        connection,
        must('a list of connections by name'),
      )
      .optional(),
    probes: probesSchema.optional(),
    feeds: feedsSchema.optional(),
    identity: z
      .discriminatedUnion('kind', [embeddedIdentity, oidcIdentity], {
        error: ({ input }) =>
          Object.hasOwn(Object(input), 'kind')
            ? 'must be embedded or oidc'
            : 'is missing; it must be embedded, for trying things out on this machine, or oidc',
      })
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
          moderation: moderationSchema.optional(),
        },
        must('a list of names, moderation'),
      )
      .optional(),
    publication: z
      .strictObject(
        {
          mode: z.enum(publicationModes, must(`one of ${publicationModes.join(', ')}`)).optional(),
          secondPerson: z.boolean(must('true or false')).optional(),
        },
        must('a list of mode, secondPerson'),
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
          checkpointCopies: z
            .array(path, must('a list of folders'))
            .max(2, must('a list of at most 2 folders: a mount that hangs holds one of four file threads'))
            .optional(),
          ballastMiB: wholeNumber(0, 65_536, 'MiB; 0 for none').optional(),
          personMiBPerDay: wholeNumber(0, 1_048_576, 'MiB; 0 for no limit').optional(),
          export: exportSchema.optional(),
        },
        must('a list of origin, segmentBytes, checkpointCopies, ballastMiB, personMiBPerDay and export'),
      )
      .optional(),
    retention: z
      .strictObject(
        {
          contentDays: wholeNumber(1, 36_500, 'days').optional(),
          headerDays: wholeNumber(1, 36_500, 'days').optional(),
          headers: z.enum(['end', 'keep'], must('end or keep')).optional(),
          belowSixMonths: textMatching(
            /^[^\p{Cc}]{10,300}$/u,
            'the reason, in 10 to 300 characters',
          ).optional(),
        },
        must('a list of contentDays, headerDays, belowSixMonths, headers'),
      )
      .optional(),
    codingAgents: z
      .strictObject(
        {
          accessMinutes: wholeNumber(5, 720, 'minutes').optional(),
          deviceDays: wholeNumber(1, 90, 'days').optional(),
          claudeCode: claudeCodeSchema.optional(),
        },
        must('a list of accessMinutes, deviceDays, claudeCode'),
      )
      .optional(),
    keys: z
      .strictObject(
        {
          source: z.enum(keySources, must(`one of ${keySources.join(', ')}`)).optional(),
          passphrase: credential.optional(),
          formerPassphrase: credential.optional(),
          rotateEveryDays: wholeNumber(1, 365, 'days').optional(),
          vault: vault.optional(),
          awsKms: awsKms.optional(),
        },
        must('a list of source, passphrase, rotateEveryDays, vault, awsKms'),
      )
      .optional(),
  },
  must('a list of settings'),
)

export type SettingsFile = z.infer<typeof settingsFileSchema>
