/**
 * What stands where secrets stand and is none: the everyday values of sources, lock files, manifests and answers of clouds,
 * which a classifier of characters takes for generated ones. Their form tells, or their name; `misplaced.ts` tells by the place.
 * Sources: the AWS CLI 2 reference (tokens of pages, ids, ARNs), the OCI image specification (digests), the Go modules
 * reference (versions), RFC 4880 (fingerprints of keys), RFC 4253 (public keys of SSH).
 */
import type { SecretCandidate } from './candidates.ts'

/** True for what is no secret by its form or its name, whatever its characters look like. Never throws. */
export function isOrdinary(text: string, { start, end, nameStart, nameEnd }: SecretCandidate): boolean {
  const value = text.slice(start, end)
  const name = text.slice(nameStart, nameEnd)
  return (
    forms.some((form) => form.test(value)) ||
    isTranslation(value) ||
    references.some(([names, values]) => names.test(name) && values.test(value))
  )
}

const forms: readonly RegExp[] = [
  // The name of a thing at AWS; what opens it stands elsewhere.
  /^arn:aws[a-z-]{0,8}:/,
  // A secret that Google keeps.
  /^projects\/[\w-]{1,40}\/secrets\//,
  // A digest with its function: images of containers, lock files, records of wheels.
  /(?:^|[@/])sha(?:1|256|384|512)[:=-][A-Za-z0-9+/_-]{20,90}={0,2},?$/i,
  // A version, as modules of Go and archives of npm bear it: `v0.0.0-20221128193559-754e69321358`, `js-4.0.5.tgz#cb6e…`.
  /^v?\d{1,6}\.\d{1,6}\.\d{1,6}(?:[-+.][\w.+-]{0,80})?(?:\/go\.mod)?$|\.tgz#[0-9a-f]{40}$/,
  // A number of at most 64 bits, as it stands in sources.
  /^[$(&*]{0,2}0x[0-9a-f_]{1,16}[ul]{0,3}\)?$|^-\d{1,20}$/i,
  // A colour, a moment, a disk, a file.
  /^(?:[bf]g:)?#[0-9a-f]{3,8}$/i,
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/,
  /^(?:PART)?UUID=/,
  /^\/(?:var|etc|usr|opt|home|tmp|dev|proc|sys|mnt|run|srv|root)\//,
  // Signs by their numbers, a regular expression, what a shell puts in its place.
  /^(?:\\u[0-9a-f]{4}|\\U[0-9a-f]{8})+$/,
  /^\(\?[:=!<]|^\^[([].*\$$/,
  /^\$\(/,
  // The tag of a field in Go; an argument that bears the name of its parameter: `scope=scope`.
  /^(?:json|ya?ml|toml|xml|db|bson|env|form|query|mapstructure|protobuf|validate|description):\\?"/,
  /^([A-Za-z_]\w{1,40})=(?:[a-z]{1,20}\.)?\1$/,
  // Names of functions of cryptography, of types of numbers and of variables for keys.
  /^(?:pbkdf2|s?crypt|bcrypt|argon2(?:d|id?)?|ripemd160|(?:hmac[-_]?)?(?:sha|md)[-_]?\d{1,3}(?:[-_]\d{3})?|[HRPE]S(?:256|384|512))$/i,
  /^\*?u?int(?:8|16|32|64)$|^U?Int(?:8|16|32)Array$|^\[\][a-z]/,
  /^_?[A-Za-z][A-Za-z0-9]{2,40}(?:Private|Public)Key(?:s|Hex|Size|Bytes|Path|File)?$/,
  // A public key as SSH writes it: the length and the name of its kind come first.
  /^(?:(?:sk-)?(?:ssh|ecdsa)-[\w@.-]{3,40} )?AAAA(?:B3NzaC1|C3NzaC1|E2VjZHNh|G)/,
]

/** The word for a password in another language, as files of translations give it: a label, which no small letter begins. */
const isTranslation = (value: string): boolean =>
  passwordElsewhere.test(value) || (/[^\0-\x7f]/.test(value) && label.test(value))
const label = /^[^\p{Ll}\p{N}\p{S}][^\p{N}\p{S}!@#%&]+$/u
const passwordElsewhere =
  /^(?:heslo|senha|parola|parole|passwort|kennwort|wachtwoord|lozinka|geslo|salasana|adgangskode|passord|contrasenya)$/i

const anything = /^/
const uuid = /^[0-9a-z]{8}(?:-[0-9a-z]{4}){3}-[0-9A-Za-z]{12}$/
/** Of an OpenPGP key: its last 8 or 16 digits, or all 40. */
const fingerprint = /^(?:0x)?(?:[0-9A-F]{8}|[0-9A-F]{16}|[0-9A-F]{40})$/

/** `Linux-node-7a1f6a3c…`: a system, what is kept and the digest of a lock file, as runners of builds name their caches. */
const cacheOfBuild =
  /^(?=.{0,80}(?:^|[-_./])(?:linux|windows|macos|darwin|ubuntu\w{0,4}|node|npm|yarn|pnpm|pip|poetry|cargo|go|gradle|maven|composer|gems|docker|buildx)[-_./])(?:[\w.]{1,40}[-/|]){1,10}[0-9a-f]{7,64}$/i

/** Names that say which, where, when or who, and what values fit them. */
const references: readonly (readonly [name: RegExp, value: RegExp])[] = [
  // Where a list goes on, or which request is meant: whoever reads a page of a list sends it back for the next.
  [
    /(?:next|page|continuation|pagination|starting|backward|forward|lock|idempotency|client[_-]?request|lifecycle[_-]?action)[_-]?token$/i,
    anything,
  ],
  [/(?:[cC]lientToken|client-token)$/, anything],
  [/(?:client|request|change|registration|upload)[_-]?token$/i, uuid],
  [/(?:sequence|change)[_-]?token$/i, /^\d{20,80}$/],
  // Which key is meant. The id of a key for access is half of what opens.
  [/(?<!access[_-]?|api[_-]?|secret[_-]?|auth[_-]?)key[_-]?id$/i, uuid],
  [
    /(?:key|fingerprint)[_-]?ids?$|recv[_-]?keys?$|(?:rsa|dsa|gpg|pgp|signing|ecdsa|eddsa)[ _-]?key$/i,
    fingerprint,
  ],
  [/^keys?$/i, /^(?:0x[0-9A-F]{8,40}|[0-9A-F]{16}|[0-9A-F]{40})$/],
  // Where something is kept, in what order, and by what it is told from others.
  [
    /(?:cache|restore|primary|foreign|shard|routing|row|range|sort|partition|lookup|dedupe|translation|idempotency)[_-]?(?:primary[_-]?)?keys?$/i,
    anything,
  ],
  [/keys?$/i, cacheOfBuild],
  [/hash[_-]?key$/i, /^\d{1,40}$/],
  [/^seed$|random[_-]?seed$/i, /^\d{1,40}$/],
  // What a provider of Terraform keeps for itself: null, or an object as JSON.
  [/^private$/, /^(?:bnVsbA==|eyJ[\w+/]{8,600}={0,2})$/],
  [/s3[_-]?key$|object[_-]?key$|nonce$|last[_-]?(?:four|eight)$|digest[_-]?value$/i, anything],
  [/check[_-]?value$/i, /^[0-9A-F]{6}$/],
  [/^(?:image|manifest|blob|content)?[_-]?digest$/i, /^(?:[A-Za-z0-9+/]{43}=|[0-9a-f]{64})$/],
  [/key[_-]?pair[_-]?id$|site[_-]?key$/i, anything],
  [/ref(?:erence)?s?$|key[_-]?group$/i, /^(?:[0-9a-f]{24}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/],
  // What is said about a password or a key: the code of an error.
  [/(?:too[_-]?(?:short|long|weak)|invalid|expired|required|mismatch|missing|incorrect)$/i, anything],
  // Words that hold one for a secret: access, author, credit, keyspace, monkey, private.
  [
    /access[a-z_-]{2,40}id$/i,
    /^[a-z]{1,6}-[0-9a-f]{8,17}$|^[A-Z0-9]{12,14}$|^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
  ],
  [/author(?:s|ity|ities)?(?:[_-]?(?:e?mail|name|hosts?|url|date|id))?$/i, anything],
  [/keyspaces?$|monkeys?$|credit[_-]?[a-z]*$/i, anything],
  [/^private$/i, /^_[A-Za-z]\w*$/],
  [/^(?!.*hook).*(?:endpoint|prefix|ur[il]|host|domain)$/i, /^https?:\/\/[^?@#]*$/],
  [/licen[cs]e$/i, /^https?:\/\/|^[A-Z][A-Za-z0-9.+]{1,9}(?:-\d(?:\.\d)?)?(?:-[A-Za-z]+){1,4}$/],
]
