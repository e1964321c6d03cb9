import { isAlphanumeric } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'
import { candidatesAfter, type SecretCandidate } from '../../secrets/candidates.ts'
import { keyWords } from '../../secrets/words.ts'

const shortest = 20
const longest = 256

/** Only values that nobody would type are found: the many others are for the trained classifier. */
function findSecrets(text: string, start: number, end: number): readonly Match[] {
  const candidates = candidatesAfter(text, start, end)
  if (candidates.length === 0) return nothing
  return candidates.filter((candidate) => isGenerated(text, candidate)).map(matchOf)
}

const matchOf = ({ start, end }: SecretCandidate): Match => ({
  start,
  end,
  score: 0.75,
  why: 'a generated value after the name of a key or token',
})

/** Letters of both cases and digits in one run without signs. A hash has one case only, a name few digits. */
function isGenerated(text: string, { start, end, tie }: SecretCandidate): boolean {
  if (tie !== 'assigned' || end - start < shortest || end - start > longest) return false
  const value = text.slice(start, end)
  for (let index = start; index < end; index++) if (!isAlphanumeric(text.charCodeAt(index))) return false
  const digits = value.replace(/\D/g, '').length
  return digits >= 3 && /[a-z]/.test(value) && /[A-Z]/.test(value) && !isPlaceholder(value)
}

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
