/** Keys of callers, and the platforms whose tokens are taken for one: the part of `identity` about programs. */
import { z } from 'zod'
import { dataClasses } from '#/core/data-class.ts'
import type { KeyPolicySettings, WorkloadSettings } from './api.ts'
import { httpsUrl, must, textMatching, wholeNumber } from './field-schemas.ts'
import { isUsuallySingleUse, problemOfClaims } from './workload-issuers.ts'

const id = (what: string) => textMatching(/^[a-z0-9][a-z0-9-]{0,62}$/, what)

const policy = z.strictObject(
  {
    defaultDays: wholeNumber(1, 3_650, 'days').optional(),
    maxDays: wholeNumber(1, 3_650, 'days').optional(),
    alertMachines: wholeNumber(0, 1_000, 'addresses within an hour; 0 for no alert').optional(),
  },
  must('a list of defaultDays, maxDays, alertMachines'),
)

const pattern = textMatching(/^[^\p{Cc}]{1,300}$/u, 'the value of a claim, or one with * or **').refine(
  (text) => (text.match(/\*+/g) ?? []).length <= 4,
  { error: 'must have at most four stars' },
)

const workload = z.strictObject(
  {
    id: id('an id of lower-case letters, digits and hyphens'),
    issuer: httpsUrl,
    audience: textMatching(
      /^[\x21-\x7e]{1,300}$/,
      'what the token must be made for, such as https://ai.example.com',
    ),
    jwksUrl: httpsUrl.optional(),
    claims: z
      .record(
        textMatching(/^[\w./:-]{1,100}$/, 'the name of a claim, such as sub'),
        pattern,
        must('a list of claims'),
      )
      .refine((claims) => Object.values(claims).some((each) => /[^*]/.test(each)), {
        error: 'must name at least one claim with a value: anybody the platform knows would be let in',
      }),
    service: id('the id of a service, made with: bin/sallyport service set ID --owner EMAIL'),
    useCase: textMatching(/^[a-z0-9][a-z0-9-]{0,99}$/, 'the id of a use case'),
    highestClass: z.enum(dataClasses, must(`one of ${dataClasses.join(', ')}`)),
    lifeMinutes: wholeNumber(1, 60, 'minutes').optional(),
    singleUse: z.boolean(must('true or false')).optional(),
  },
  must('a workload: id, issuer, audience, claims, service, useCase, highestClass'),
)

/** Fields of `identity`, whoever signs people in. */
export const keyFields = {
  keys: policy.optional(),
  workloads: z
    .array(workload, must('a list of workloads'))
    .max(200, must('a list of at most 200'))
    .optional(),
}

export const defaultKeyPolicy: KeyPolicySettings = { defaultDays: 90, maxDays: 365, alertMachines: 10 }

const defaultLifeMinutes = 15

interface FromFile {
  readonly keys?: z.infer<typeof policy> | undefined
  readonly workloads?: readonly z.infer<typeof workload>[] | undefined
}

export const readKeyFields = ({
  keys,
  workloads,
}: FromFile): { readonly keys: KeyPolicySettings; readonly workloads: readonly WorkloadSettings[] } => ({
  keys: {
    defaultDays:
      keys?.defaultDays ?? Math.min(defaultKeyPolicy.defaultDays, keys?.maxDays ?? Number.POSITIVE_INFINITY),
    maxDays: keys?.maxDays ?? defaultKeyPolicy.maxDays,
    alertMachines: keys?.alertMachines ?? defaultKeyPolicy.alertMachines,
  },
  workloads: (workloads ?? []).map(({ jwksUrl, lifeMinutes = defaultLifeMinutes, singleUse, ...each }) => ({
    ...each,
    jwksUrl,
    lifeMinutes,
    singleUse: singleUse ?? isUsuallySingleUse(each.issuer),
  })),
})

/** What is right by itself and wrong together. */
export function findKeyConflicts(
  keys: KeyPolicySettings,
  workloads: readonly WorkloadSettings[],
): readonly { readonly key: string; readonly problem: string }[] {
  const ids = workloads.map((each) => each.id)
  const twice = ids.find((each, index) => ids.indexOf(each) !== index)
  const open = workloads.flatMap(({ id: workloadId, issuer, claims }) => {
    const problem = problemOfClaims(issuer, claims)
    return problem === undefined
      ? []
      : [{ key: 'identity.workloads', problem: `holds ${workloadId}, whose claims ${problem}` }]
  })
  const divided = workloads.find((each) =>
    workloads.some((other) => other.issuer === each.issuer && other.jwksUrl !== each.jwksUrl),
  )
  return [
    ...open,
    ...(divided === undefined
      ? []
      : [
          {
            key: 'identity.workloads',
            problem: `names different jwksUrl for the issuer ${divided.issuer}; the keys of an issuer lie in one place`,
          },
        ]),
    ...(keys.defaultDays > keys.maxDays
      ? [
          {
            key: 'identity.keys.defaultDays',
            problem: `must be at most identity.keys.maxDays (${keys.maxDays})`,
          },
        ]
      : []),
    ...(twice === undefined
      ? []
      : [{ key: 'identity.workloads', problem: `holds ${twice} twice; an id must stand once` }]),
  ]
}
