/**
 * Why true cases of other scanners are missed and false ones found, counted by cause, so that a reader sees how far a
 * goal can be met. A rule's cause is what its own name and description say; nothing of this is known to the product.
 */
import type { VendorExample } from '../../tools/training/secrets/corpora.ts'
import { type Figure, told } from '../figure.ts'

/** Rules that look for what is no secret. Kingfisher keeps them to check a key found elsewhere against its account. */
const idRules = new Set(
  `
  kingfisher.adobe.2 kingfisher.age.1 kingfisher.algolia.2 kingfisher.anypoint.2 kingfisher.artifactory.2
  kingfisher.asana.1 kingfisher.auth0.3 kingfisher.azure.devops.2 kingfisher.azureopenai.host.1
  kingfisher.azuresearch.url.1 kingfisher.azurestorage.name.1 kingfisher.bitbucket.1 kingfisher.confluent.1
  kingfisher.databricks.3 kingfisher.discord.3 kingfisher.eagleeyenetworks.2 kingfisher.facebook.1 kingfisher.google.1
  kingfisher.jira.1 kingfisher.linkedin.1 kingfisher.mongodb.2 kingfisher.okta.2 kingfisher.planetscale.2
  kingfisher.pubnub.1 kingfisher.pubnub.2 kingfisher.reactapp.1 kingfisher.salesforce.2 kingfisher.shopify.2
  kingfisher.snowflake.2 kingfisher.sonarqube.2 kingfisher.squareup.1 kingfisher.twitter.1
  `
    .trim()
    .split(/\s+/),
)
/** The same of CredSweeper and gitleaks: numbers of apps and accounts, hosts, keys made to be published. */
const idNames = new Set([
  'AWS S3 Bucket',
  'Firebase Domain',
  'Google Multi',
  'Nonce',
  'Salesforce Credentials',
  'Stripe Credentials',
  'Tencent WeChat API App ID',
  'Twilio Credentials',
  'UUID',
])

/** A line of a file whose other lines are not given: the head of a key, the kind of a key, the kind of an account. */
const onlyHead =
  /^(?!.*[A-Za-z0-9+/]{32}).*-----BEGIN [A-Z ]{0,40}PRIVATE KEY|"kty": |"type": "service_account"|"client_x509_cert_url"/s

/** A word for what stands there, or a variable. */
const wordGiven =
  /pass\w*["']?\s{0,8}(?:=|:|\s)\s{0,8}["']?(?:password|some_password|secret|mypassword|smtp_password|yourpasswrod|thisismypassword|application:|######|keep|pass123)|pwd=(?:myPassword|#\{)|(?:pass|pw)\w*\s-p|-p (?:mypass|\$password|%nothing%|password)|:(?:password|secret)@|YOUR_VERY|RANDOMCONTENT/i

/** Twelve letters in the order of the alphabet, digits counted up between groups of it, or one sign over and over. */
function isMadeUp(text: string): boolean {
  if (/abcd\d{4}efgh|abcdef\d|(\S)\1{7}/i.test(text)) return true
  const lower = text.toLowerCase()
  for (let index = 0, length = 1; index < lower.length; index++) {
    length = lower.charCodeAt(index + 1) === lower.charCodeAt(index) + 1 ? length + 1 : 1
    if (length === 12) return true
  }
  return false
}

type Cause = 'id' | 'head' | 'word' | 'made up' | 'bare' | 'other'

const labels: Readonly<Record<Cause, string>> = {
  id: 'the rule looks for a name, a number, a host or a public key',
  head: 'the value is not in the text',
  word: 'a word for a password, or a variable',
  'made up': 'the alphabet in order, or one sign over and over',
  bare: 'a bare word or code with nothing that tells what it is',
  other: 'others',
}

/** Rules whose values nothing marks and nothing names. */
const bareRules = new Set(['kingfisher.weak_password.1', 'OTP / 2FA Secret', 'Dropbox App secret'])

function causeOf({ rule, text }: VendorExample): Cause {
  if (idRules.has(rule) || idNames.has(rule)) return 'id'
  if (onlyHead.test(text)) return 'head'
  if (bareRules.has(rule)) return 'bare'
  if (wordGiven.test(text)) return 'word'
  return isMadeUp(text) ? 'made up' : 'other'
}

/** False cases in which a key or password is given under its name, or in its vendor's form, for another rule to find. */
const falseForOneRule = new Set([
  'aws-amazon-bedrock-api-key-short-lived',
  'cisco-meraki-api-key',
  'clickhouse-cloud-api-secret-key',
  'curl-auth-header',
  'databricks-api-token',
  'kingfisher.odbc.1',
  'kingfisher.twitter.2',
  'mailchimp-api-key',
  'slack-user-token',
])

/** Counts of what was missed and found wrongly, by cause. */
export function causeFigures(
  missed: readonly VendorExample[],
  foundFalse: readonly VendorExample[],
): readonly Figure[] {
  const counts = Object.groupBy(missed, causeOf)
  const causes = Object.keys(labels) as Cause[]
  const isForOther = ({ rule }: VendorExample): boolean => falseForOneRule.has(rule)
  const forOther = foundFalse.filter(isForOther).length
  return [
    ...causes.map((cause) =>
      told(`secrets: true cases missed, ${labels[cause]}`, counts[cause]?.length ?? 0, `of ${missed.length}`),
    ),
    told('secrets: false cases found, a value another rule calls true', forOther, `of ${foundFalse.length}`),
    told('secrets: false cases found, others', foundFalse.length - forOther, `of ${foundFalse.length}`),
  ]
}
