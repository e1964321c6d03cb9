/** What `audit.export` of the settings file may say: a list of sinks, each kind with its own keys. */
import { z } from 'zod'
import { isHost, isLoopback } from './address.ts'
import { credential, httpsUrl, must, path, secretFile, textMatching, wholeNumber } from './field-schemas.ts'

/** The formats a sink may be sent. Beside them stands `csv`, which only `audit export write` gives. */
export const exportFormats = ['ocsf', 'ecs', 'cef', 'sallyport'] as const

const ofEverySink = {
  id: textMatching(/^[a-z][a-z0-9-]{0,62}$/, 'named in small letters, digits and hyphens'),
  format: z.enum(exportFormats, must(`one of ${exportFormats.join(', ')}`)).optional(),
  from: z.enum(['beginning', 'now'], must('beginning or now')).optional(),
  people: z.boolean(must('true or false')).optional(),
}

const host = z
  .string(must('a host name or an IP address'))
  .refine(isHost, must('a host name or an IP address'))

const file = z.strictObject({
  ...ofEverySink,
  kind: z.literal('file'),
  path,
  maxBytes: wholeNumber(4_096, 1_073_741_824, 'bytes').optional(),
  keep: wholeNumber(1, 1_000, 'files').optional(),
})

const syslog = z
  .strictObject({
    ...ofEverySink,
    kind: z.literal('syslog'),
    host,
    port: wholeNumber(1, 65_535, 'a port').optional(),
    tls: z.boolean(must('true or false')).optional(),
    ca: path.optional(),
    serverName: host.optional(),
    certificate: path.optional(),
    privateKey: secretFile.optional(),
  })
  .superRefine((value, context) => {
    const say = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    if ((value.certificate === undefined) !== (value.privateKey === undefined)) {
      say(
        value.certificate === undefined ? 'certificate' : 'privateKey',
        'is missing; certificate and privateKey stand together or not at all',
      )
    }
    if (value.tls !== false) return
    if (!isLoopback(value.host)) {
      say(
        'tls',
        'must be true: without it everything goes over the network in clear (false only to this machine)',
      )
    }
    for (const key of ['ca', 'serverName', 'certificate', 'privateKey'] as const) {
      if (value[key] !== undefined) say(key, 'must be left out, or tls set to true')
    }
  })

const splunk = z.strictObject({
  ...ofEverySink,
  kind: z.literal('splunk-hec'),
  url: httpsUrl,
  token: credential,
  ca: path.optional(),
  index: textMatching(/^[a-z0-9_][a-z0-9_-]{0,79}$/, 'the name of an index of Splunk').optional(),
  gzip: z.boolean(must('true or false')).optional(),
  acknowledge: z.boolean(must('true or false')).optional(),
})

const sink = z.discriminatedUnion('kind', [file, syslog, splunk], must('file, syslog or splunk-hec'))

/** Far more than anybody has; each holds a batch in memory. */
const mostSinks = 20

export const exportSchema = z
  .array(sink, must('a list of sinks'))
  .max(mostSinks, must(`at most ${mostSinks} sinks`))

export type SinkFile = z.infer<typeof sink>
