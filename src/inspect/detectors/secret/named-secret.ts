import { isDigit } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'
import { type Asked, bitsOfTies, candidatesAfter, type SecretCandidate } from '../../secrets/candidates.ts'
import { keyWords } from '../../secrets/words.ts'

const shortest = 16
const longest = 256

/** Only values that nobody would type are found: the many others are for the trained classifier. */
function findSecrets(text: string, start: number, end: number): readonly Match[] {
  const candidates = candidatesAfter(text, start, end, asked)
  if (candidates.length === 0) return nothing
  return candidates.filter((candidate) => isGenerated(text, candidate)).map(matchOf)
}

const matchOf = ({ start, end }: SecretCandidate): Match => ({
  start,
  end,
  score: 0.75,
  why: 'a generated value after the name of a key or token',
})

/** A name that says it is a key, a secret or a token, up to its end. */
const secretName = /(?:secret|tokens?|key|access|private)$/i

/** Names of what is public, or only points to a secret. */
const otherName =
  /public|pub_|hash|sha\d|md5|commit|digest|cache|sort|vault|csrf|xsrf|accessor|fingerprint|primary|foreign|partition|ssh|uuid|example|idempotency|str$/i

/** By the last letters of `secretName`: what is given to numbered names is not looked for. */
const asked: Asked = {
  mayEnd: (code) => 'tsnye'.includes(String.fromCharCode(code | 0x20)),
  ties: bitsOfTies(['assigned', 'beside']),
  hasDigit: true,
}

/** One run of letters and digits, several of each, that reads like no name and no placeholder. */
function isGenerated(text: string, { start, end, nameStart, nameEnd, tie }: SecretCandidate): boolean {
  if ((tie !== 'assigned' && tie !== 'beside') || !hasDigits(text, start, end)) return false
  const name = text.slice(nameStart, nameEnd)
  if (!secretName.test(name) || otherName.test(name)) return false
  // `the key 1HGCM82633A004352` may open anything.
  if (tie === 'beside' && name === 'key') return false
  return isGeneratedValue(text.slice(start, end))
}

/** Letters and digits as no name or word has them. */
export const isGeneratedValue = (value: string): boolean =>
  value.length >= shortest &&
  value.length <= longest &&
  generated.test(value) &&
  digitsOf(value) >= fewestDigits &&
  !wordy.test(value) &&
  !isPlaceholder(value)

const generated = /^(?=.{0,60}[A-Za-z])[A-Za-z0-9_-]+={0,2}$/
const digitsOf = (value: string): number => value.replace(/\D/g, '').length
const fewestDigits = 4

/** As many stand between two positions: most values have none, and are told before any expression is asked. */
function hasDigits(text: string, start: number, end: number): boolean {
  let digits = 0
  for (let at = start; at < end && digits < fewestDigits; at++) if (isDigit(text.charCodeAt(at))) digits++
  return digits >= fewestDigits
}

/** Words tied together, a date, or one sign many times in a row. */
const wordy = /[A-Za-z]{3,}[-_][A-Za-z]{3,}|\d{4}-\d\d-\d\d|^0x|(.)\1{9}/

const value = `q7RtB2mXz9${'LkW4vNc8HsYp3Jd6'}`

/** Keys, tokens and other secrets that only their name tells. */
export const namedSecret: Detector = {
  type: 'named-secret',
  family: 'secret',
  class: 'restricted',
  label: 'key or token under its name',
  trigger: { literals: keyWords, isAnyCase: true },
  isNamedOnly: true,
  examine: findSecrets,
  proof: 'its name, and a trained classifier or the mixture of the value',
  finds: [
    `client_secret = "«${value}»"`,
    `API_TOKEN=«${value}»`,
    `{"apiKey":"«${value}»"}`,
    `auth-token: «${value}»\n`,
    `consumer_key => '«${value}»',`,
    `'API_TOKEN', '"«${value}»"'`,
  ],
  ignores: [
    value,
    'secret = getSecretFromTheVaultOfTheCompany1()',
    `token=\${TOKEN_OF_THE_SERVICE_1}`,
    `commit = ${'0123456789abcdef0123456789abcdef01234567'}`,
    'key: your-secret-key-goes-here-1234',
    'secret: aVeryLongNameInCamelCaseWithoutDigits',
  ],
  source: 'our own rule; what the classifier is trained on stands in catalogue/secrets/SOURCES.md',
}
