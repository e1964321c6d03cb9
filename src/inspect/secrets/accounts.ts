/**
 * Names and numbers a service knows a customer by: hosts of tenants, ids of clients, keys that are made to be shown. Nobody
 * gets in with one, but whoever holds it knows where to try. So it is noted, and is no secret: a kind of the network, in
 * a pack of its own. It comes with the classifier, so that the page does not carry it.
 * Sources: the documentation of the services named below, of 2026.
 */
import { isAfterAlphanumeric } from '../boundary.ts'
import { isAlphanumeric } from '../characters.ts'
import { type Detector, type Match, nothing } from '../detector.ts'
import { accountKind } from './account-kind.ts'

const one = (start: number, end: number, why: string): readonly Match[] => [{ start, end, score: 0.55, why }]

/** Where each customer of a service has a host under its own name, lower case. */
const suffixes: readonly string[] = `
  .auth0.com .okta.com .oktapreview.com .onelogin.com .jfrog.io .atlassian.net .my.salesforce.com .myshopify.com
  .firebaseio.com .firebaseapp.com .blob.core.windows.net .openai.azure.com .search.windows.net .vault.azure.net
  .database.windows.net .onmicrosoft.com .cloud.databricks.com .azuredatabricks.net .snowflakecomputing.com
  .service-now.com .apps.googleusercontent.com
`
  .trim()
  .split(/\s+/)

/** Hosts of the services themselves, what stands for a name in a manual, and names that were cut off. */
const noAccount =
  /^(?:www|api|app|apps|docs?|help|support|status|login|signin|developers?|community|cdn|static|assets|admin|accounts?|blog|dev|id|manage|partners?|auth|releases?|marketplace|instance|tenant|account|domain|subdomain|store|shop|site|project|company|name|x{2,}|your[-_]?(?:app|org|organi[sz]ation|domain|sub-?domain|tenant|okta-?domain|site|company|store|shop|account|instance|project|name|workspace|resource)?(?:-?(?:name|id|here))?)$/i

/** A host has at most this many characters before the name of the service. */
const longestName = 100

const isOfHost = (code: number): boolean => isAlphanumeric(code) || code === 45 || code === 46 || code === 95

/** The labels before the name of a service, from the first on. */
function findHost(text: string, suffixStart: number, end: number): readonly Match[] {
  const after = text.charCodeAt(end)
  if (isAlphanumeric(after) || after === 45 || after === 95) return nothing
  if (after === 46 && isAlphanumeric(text.charCodeAt(end + 1))) return nothing
  let start = suffixStart
  while (start > 0 && suffixStart - start < longestName && isOfHost(text.charCodeAt(start - 1))) start--
  while (start < suffixStart && !isAlphanumeric(text.charCodeAt(start))) start++
  const labels = text.slice(start, suffixStart)
  const last = labels.slice(labels.lastIndexOf('.') + 1)
  if (labels === '' || noAccount.test(labels) || noAccount.test(last)) return nothing
  return one(start, end, 'the host of one account with a service')
}

const organisation = /dev\.azure\.com\/([A-Za-z0-9][A-Za-z0-9-]{1,48}[A-Za-z0-9])(?![\w-])/iy

function findOrganisation(text: string, start: number): readonly Match[] {
  organisation.lastIndex = start
  const name = organisation.exec(text)?.[1]
  if (name === undefined || noAccount.test(name)) return nothing
  return one(start, organisation.lastIndex, 'the name of an organisation in its address')
}

/** Ids with a form of their own, by what they begin with. */
const forms: readonly (readonly [mark: string, shape: RegExp, what: string])[] = [
  ['pk_live_', /pk_live_[A-Za-z0-9]{20,120}/y, 'a key for the page of a shop, made to be shown'],
  ['pk_test_', /pk_test_[A-Za-z0-9]{20,120}/y, 'a key for the page of a shop, made to be shown'],
  ['sq0idp-', /sq0idp-[\w-]{22}/y, 'the id of an application'],
  ['pub-c-', /pub-c-[\da-z]{8}(?:-[\da-z]{4}){3}-[\da-z]{12}/y, 'the id of those who publish'],
  ['sub-c-', /sub-c-[\da-z]{8}(?:-[\da-z]{4}){3}-[\da-z]{12}/y, 'the id of those who subscribe'],
  ['age1', /age1[02-9ac-hj-np-z]{58}/y, 'the public half of a key'],
  ['3MVG', /3MVG[A-Za-z0-9._]{60,100}/y, 'the id of a connected application'],
]
const formOf = new Map(forms.map(([mark, ...rest]) => [mark, rest]))

function findForm(text: string, start: number, end: number): readonly Match[] {
  const [shape, what] = formOf.get(text.slice(start, end)) ?? []
  if (shape === undefined || what === undefined) return nothing
  shape.lastIndex = start
  if (!shape.test(text) || isAlphanumeric(text.charCodeAt(shape.lastIndex))) return nothing
  return one(start, shape.lastIndex, what)
}

/** Words of one length, with the letters before their hexadecimal digits. */
const counted = (length: number, shape: RegExp, what: string): Detector['examine'] => {
  return (text, start, end) =>
    end - start === length && shape.test(text.slice(start, end)) ? one(start, end, what) : nothing
}

/** Where only the name before it tells what an id is: words of the service, of what the id is for, a sign, the id. */
const namedId =
  /(?:[ _.-]?(?:app(?:lication)?|client|consumer|org(?:ani[sz]ation)?|account|tenant|project))?[ _.-]?(?:id|client|user|public)["'`\])]{0,3}[ \t]{0,4}(?:=>|:=|[:=])[ \t]{0,4}["'`]{0,3}([\w-]{8,40})(?![\w-])/iy
const idOfOneService =
  /^(?=\D*\d)(?:\d{15,20}|[A-Z0-9]{10,20}|[a-z0-9]{8,32}|[A-Za-z0-9]{10,32}|[\da-f-]{36})$/
const services: readonly string[] =
  'algolia anypoint bitbucket confluent discord facebook fb_ kafka mongodb planetscale pscale_ salesforce snowflake twitter'.split(
    ' ',
  )

function findNamedId(text: string, start: number, end: number): readonly Match[] {
  namedId.lastIndex = text.charCodeAt(end - 1) === 95 ? end - 1 : end
  const value = namedId.exec(text)?.[1]
  if (value === undefined || isAfterAlphanumeric(text, start) || !idOfOneService.test(value)) return nothing
  const last = namedId.lastIndex
  return one(last - value.length, last, 'an id under the name of a service')
}

const organisationId = /00D[A-Za-z0-9]{12,15}(?![A-Za-z0-9!])/y
/** A word for an organisation soon before it. */
const ofOrganisation = /(?:^|[^A-Za-z])org(?:ani[sz]ation)?(?:[^A-Za-z][^\n]{0,20})?$/i

function findOrganisationId(text: string, start: number): readonly Match[] {
  organisationId.lastIndex = start
  if (isAfterAlphanumeric(text, start)) return nothing
  if (!organisationId.test(text) || !ofOrganisation.test(text.slice(Math.max(0, start - 40), start)))
    return nothing
  return one(start, organisationId.lastIndex, 'the id of an organisation')
}

const bucket = /\.s3(?:[.-][a-z]{2}(?:-[a-z]{2,10}){1,2}-\d)?\.amazonaws\.com/iy

function findBucket(text: string, start: number): readonly Match[] {
  bucket.lastIndex = start
  return bucket.test(text) ? findHost(text, start, bucket.lastIndex) : nothing
}

const hex = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

const account: Detector = {
  ...accountKind,
  trigger: { literals: suffixes, isAnyCase: true },
  examine: findHost,
  finds: [
    'see https://«acme-widgets.atlassian.net»/browse/AB-1',
    `AUTH0_DOMAIN=«acme.eu.auth0.com»`,
    `client_id: '«123456789012-${hex}.apps.googleusercontent.com»'`,
    'in «docs.example.auth0.com».',
    `account «AC${hex}» sends`,
    `appid «wx${hex.slice(0, 16)}»`,
    `key "«pk_${`live_${hex}`}»"`,
    `«sub-c-${hex.slice(0, 8)}-1234-5678-9abc-${hex.slice(0, 12)}»`,
    'facebook_app_id = «123456789012345»',
    'https://«dev.azure.com/acme-widgets»/_git/shop',
    'https://«acme-exports.s3.eu-west-1.amazonaws.com»/a.csv',
    'org_id: «00D5g00000ABCDe»',
  ],
  ignores: [
    'auth0.com and docs.auth0.com',
    'https://your-domain.atlassian.net/wiki',
    'https://www.okta.com',
    'acme.auth0.com.example.com',
    `a${'AC'}${hex}`,
    `wx${hex.slice(0, 15)}`,
    'https://{tenant}.my.salesforce.com',
    'facebook_app_id = APP_ID_HERE',
    'the facebook user is new',
    'commit 00D5g00000ABCDe',
    'https://s3.amazonaws.com/x',
  ],
}

export const accountNames: readonly Detector[] = [
  account,
  { ...account, trigger: { literals: ['dev.azure.com/'], isAnyCase: true }, examine: findOrganisation },
  { ...account, trigger: { literals: [...formOf.keys()], isWordStart: true }, examine: findForm },
  {
    ...account,
    trigger: { mixed: { shortest: 18, longest: 18 } },
    examine: counted(18, /^wx(?=.{0,15}[a-f])[\da-f]{16}$/, 'the id of an application'),
  },
  {
    ...account,
    trigger: { mixed: { shortest: 34, longest: 34 } },
    examine: counted(34, /^AC[\da-f]{32}$/, 'the id of an account'),
  },
  {
    ...account,
    trigger: { digits: 2, most: 2, touching: { before: 'D', after: 'D' } },
    examine: findOrganisationId,
  },
  { ...account, trigger: { literals: ['.s3.', '.s3-'], isAnyCase: true }, examine: findBucket },
  { ...account, trigger: { literals: services, isAnyCase: true }, examine: findNamedId },
]
