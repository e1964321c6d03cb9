/** What `identity` of the settings file may say about providers people sign in with: one by itself, or a list. */
import { z } from 'zod'
import { accessFields } from './access-schema.ts'
import { type ProviderShape, providerShapes, type SessionRenewal, sessionRenewals } from './api.ts'
import { credential, displayName, email, httpsUrl, must, secretFile, textMatching } from './field-schemas.ts'
import { keyFields } from './key-schema.ts'
import { scimSchema } from './scim-schema.ts'
import { sessionFields } from './session-schema.ts'

const domain = textMatching(
  /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
  'a domain in small letters, such as example.com',
)

const guid = textMatching(
  /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  'the id of a tenant, such as 6babcaad-604b-40ac-a9d7-9fd97c0b779f',
)

const mostOfEach = 100

const listOf = <T extends z.ZodType>(each: T, what: string) =>
  z
    .array(each, must(`a list of ${what}`))
    .min(1, must(`a list of at least one of ${what}`))
    .max(mostOfEach, must(`a list of at most ${mostOfEach} ${what}`))
    .optional()

const ofEveryProvider = {
  shape: z.enum(providerShapes, must(`one of ${providerShapes.join(', ')}`)).optional(),
  clientSecret: credential.optional(),
  clientKey: secretFile.optional(),
  clientKeyId: textMatching(/^[\x21-\x7e]{1,200}$/, 'the id the provider knows the key by').optional(),
  scopes: listOf(textMatching(/^[\x21\x23-\x5b\x5d-\x7e]{1,200}$/, 'a scope'), 'scopes'),
  groupsClaim: textMatching(/^[^\p{Cc}\s]{1,200}$/u, 'the name of a claim, such as groups').optional(),
  groupsRequired: z.boolean(must('true or false')).optional(),
  trustEmail: z.boolean(must('true or false')).optional(),
  domains: listOf(domain, 'domains'),
  tenants: listOf(guid, 'tenants'),
  acr: textMatching(/^[\x21-\x7e]{1,200}$/, 'the name of a way to authenticate').optional(),
  renewal: z.enum(sessionRenewals, must(`one of ${sessionRenewals.join(', ')}`)).optional(),
}

const clientId = textMatching(/^[\x21-\x7e]{1,200}$/, 'the client id the identity provider gave')

const provider = z
  .strictObject(
    {
      id: textMatching(/^[a-z][a-z0-9-]{0,30}$/, 'named in small letters, digits and hyphens'),
      name: displayName.optional(),
      issuer: httpsUrl,
      clientId,
      ...ofEveryProvider,
    },
    must('a provider: id, issuer, clientId and what belongs to it'),
  )
  .superRefine((value, context) => sayConflicts(value, context))

/** Each has a line on the page where people choose. */
const mostProviders = 20

export const oidcIdentity = z
  .strictObject({
    kind: z.literal('oidc'),
    name: displayName.optional(),
    issuer: httpsUrl.optional(),
    clientId: clientId.optional(),
    ...ofEveryProvider,
    providers: z
      .array(provider, must('a list of providers'))
      .min(1, must('a list of at least one provider'))
      .max(mostProviders, must(`a list of at most ${mostProviders} providers`))
      .optional(),
    owners: z
      .array(email, must('a list of e-mail addresses'))
      .max(100, must('a list of at most 100'))
      .optional(),
    ...sessionFields,
    ...accessFields,
    ...keyFields,
    scim: scimSchema,
  })
  .superRefine((value, context) => {
    const say = (key: string, message: string) => context.addIssue({ code: 'custom', path: [key], message })
    if (value.providers === undefined) {
      if (value.issuer === undefined)
        say('issuer', 'is missing; it must be an address such as https://login.example.com')
      if (value.clientId === undefined)
        say('clientId', 'is missing; it must be the client id the identity provider gave')
      if (value.issuer !== undefined) sayConflicts({ ...value, issuer: value.issuer }, context)
      return
    }
    const {
      kind: _kind,
      owners: _owners,
      groups: _groups,
      grants: _grants,
      keys: _keys,
      workloads: _workloads,
      sessions: _sessions,
      stepUpMinutes: _stepUpMinutes,
      scim: _scim,
      providers,
      ...single
    } = value
    for (const [key, said] of Object.entries(single))
      if (said !== undefined) say(key, 'must be left out beside providers, or stand in one of them')
    const ids = providers.map(({ id }) => id)
    const twice = ids.find((id, index) => ids.indexOf(id) !== index)
    if (twice !== undefined) say('providers', `holds ${twice} twice; each provider has an id of its own`)
    const issuers = providers.map(({ issuer }) => new URL(issuer).href)
    if (new Set(issuers).size !== issuers.length)
      say('providers', 'names one issuer twice; its people would be of two providers at once')
    if (ids.includes('scim')) say('providers', 'has one with the id scim; groups of that name come from SCIM')
  })

export type ProviderFile = z.infer<typeof provider>
export type OidcFile = z.infer<typeof oidcIdentity>

/** Of several organisations at once: what the address of the issuer says instead of one tenant. */
export const isOfManyTenants = (issuer: string): boolean =>
  /^\/(common|organizations)\//.test(new URL(issuer).pathname)

interface Told {
  readonly shape?: ProviderShape | undefined
  readonly issuer: string
  readonly clientSecret?: string | undefined
  readonly clientKey?: string | undefined
  readonly clientKeyId?: string | undefined
  readonly groupsClaim?: string | undefined
  readonly groupsRequired?: boolean | undefined
  readonly trustEmail?: boolean | undefined
  readonly domains?: readonly string[] | undefined
  readonly tenants?: readonly string[] | undefined
  readonly acr?: string | undefined
  readonly renewal?: SessionRenewal | undefined
}

/** What cannot be honoured is said here, at start, and not at somebody's sign-in. */
function sayConflicts(told: Told, context: z.RefinementCtx): void {
  const say = (key: keyof Told, message: string) => context.addIssue({ code: 'custom', path: [key], message })
  const { shape = 'generic' } = told
  if (told.clientSecret !== undefined && told.clientKey !== undefined)
    say('clientKey', 'must be left out beside clientSecret: a client proves who it is in one way')
  if (told.clientKeyId !== undefined && told.clientKey === undefined)
    say('clientKeyId', 'is the id of clientKey, which is missing')
  if (shape === 'entra') sayEntraConflicts(told, say)
  else if (told.tenants !== undefined) say('tenants', 'is for shape: entra; leave it out')
  if (shape === 'google') {
    if (told.domains === undefined)
      say(
        'domains',
        'is missing; it must list the domains of your Google Workspace: anybody has a Google account',
      )
    if (told.groupsClaim !== undefined) say('groupsClaim', 'must be left out: Google tells no groups')
    if (told.acr !== undefined) say('acr', 'must be left out: Google knows no such levels')
    if (told.renewal === 'refresh-token')
      say(
        'renewal',
        'must be none at Google, or left out: it gives a refresh token only when somebody consents anew',
      )
  }
  const tellsGroups = told.groupsClaim !== undefined || ['entra', 'okta', 'keycloak'].includes(shape)
  if (told.groupsRequired === true && !tellsGroups)
    say('groupsRequired', 'needs groupsClaim, the claim the groups stand in')
}

function sayEntraConflicts(told: Told, say: (key: keyof Told, message: string) => void): void {
  const [, tenant = '', version = '', ...rest] = new URL(told.issuer).pathname.replace(/\/$/, '').split('/')
  const isMany = isOfManyTenants(told.issuer)
  if (version !== 'v2.0' || rest.length > 0 || !(isMany || guid.safeParse(tenant).success))
    say(
      'issuer',
      'must be https://login.microsoftonline.com/TENANT-ID/v2.0 with the id of the tenant, or organizations in its place',
    )
  if (isMany && new URL(told.issuer).origin !== 'https://login.microsoftonline.com')
    say('issuer', 'must name one tenant: many at once are served at https://login.microsoftonline.com only')
  if (isMany && told.tenants === undefined)
    say('tenants', 'is missing; it must list the ids of the tenants that may sign in: anybody can make one')
  if (!isMany && told.tenants !== undefined)
    say('tenants', 'is for an issuer of organizations or common; leave it out, the issuer names the tenant')
  if (isMany && told.trustEmail === true)
    say(
      'trustEmail',
      'must be left out with several tenants: the administrators of one could claim the addresses of another; add the claim xms_edov instead',
    )
}
