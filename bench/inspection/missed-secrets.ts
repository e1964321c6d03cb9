/**
 * Why true cases of other scanners are missed and false ones found, counted by cause, so that a reader sees how far a
 * goal can be met. A rule's cause is what its own name and description say; nothing of this is known to the product.
 */
import type { VendorExample } from '../../tools/training/secrets/corpora.ts'
import { type Figure, told } from '../figure.ts'

/**
 * Rules that look for what is no secret and not found as an account either. Kingfisher keeps them to check a key found
 * elsewhere against its account.
 */
const idRules = new Set(
  `
  kingfisher.adobe.2 kingfisher.asana.1 kingfisher.azurestorage.name.1 kingfisher.discord.3
  kingfisher.eagleeyenetworks.2 kingfisher.linkedin.1 kingfisher.planetscale.2 kingfisher.reactapp.1
  kingfisher.sonarqube.2 kingfisher.twitter.1
  `
    .trim()
    .split(/\s+/),
)
/** The same of CredSweeper: numbers that say nothing of whose they are. */
const idNames = new Set(['Nonce', 'Salt', 'UUID'])

/** A line of a file whose other lines are not given: the kind of a key, the kind of an account. */
const onlyHead = /"kty": |"type": "service_account"|"client_x509_cert_url"/

/** A word for what stands there, or a variable. */
const wordGiven =
  /pass\w*["']?\s{0,8}(?:=|:|\s)\s{0,8}["']?(?:password|some_password|secret|mypassword|smtp_password|yourpasswrod|thisismypassword|application:|######|keep)|pwd=(?:myPassword|#\{)|(?:pass|pw)\w*\s-p|-p (?:mypass|\$password|%nothing%|password)|:(?:password|secret)@|YOUR_VERY|RANDOMCONTENT/i

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
  'cisco-meraki-api-key',
  'clickhouse-cloud-api-secret-key',
  'curl-auth-header',
  'kingfisher.twitter.2',
  'mailchimp-api-key',
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
