/**
 * Keys that look like any other and were published on purpose: those of Google's public test projects, which stand in
 * the tests of the Firebase SDK for Android, and the search key of the npm index, which every reader of yarnpkg.com is
 * given; and the two access key ids that AWS shows in its own manuals. Kept as hashes, so that no line of ours looks like a live key.
 * Sources: github.com/firebase/firebase-android-sdk; github.com/yarnpkg/berry, issue 6201; the IAM user guide of AWS;
 * all are among the exceptions of gitleaks 8 as well.
 */
import { isAlphanumeric } from '../characters.ts'
import type { Detector } from '../detector.ts'
import { stringHash } from '../string-hash.ts'

const hashes = new Set(
  `
  5bd0f9bac709dc97 f9a2c53c2dd54a52 2fb5e68011a8d2eb 874430f61a841a4e 4d9826fe7cb116d0
  df25b332eb5aec15 15082abcf5a7dfca 4f119a24b6422035 6600a0a6c02f622c 3db95147c652511a
  3a86b983f5c0d7d5 c0b67213aed01941 0a6057a47ac079e3 6b80eb8392b4677d 5383eb514c2a57cc
  2659b7451571b685 79e9f1100fd44695 ef720f0ff1ffd406
`
    .trim()
    .split(/\s+/),
)

/** The lengths of keys on the list. */
const lengths = new Set([20, 32, 39])

export const isPublished = (value: string): boolean =>
  lengths.has(value.length) && hashes.has(stringHash(value))

/** Letters in the order of the alphabet from which on somebody made a key up. */
const longestOrder = 12

/** The same group three times: `1234-1234-1234`. */
const repeatedGroup = /(?<![A-Za-z0-9])([A-Za-z0-9]{3,12})-\1-\1(?![A-Za-z0-9])/

/** With so many other letters and digits a key is long enough to be a live one with something behind it. */
const fewestOfLive = 48

/**
 * True for a value in a manual, as `…klmnopqrstuvwx…` or `…123456789012…`: chance would write the one once in 26 to the
 * twelfth, the other once in ten to the twelfth. Not when most of it is something else: a live key does not open less
 * because the alphabet stands behind it.
 */
export function isMadeUp(value: string): boolean {
  const plain = value.replace(repeatedGroup, '-')
  const invented = lengthOf(value) - lengthOf(plain) + unitsInOrder(plain.toLowerCase())
  const others = lengthOf(value) - invented
  return invented > 0 && others < fewestOfLive && others <= 3 * invented
}

/** Letters and digits. */
const lengthOf = (value: string): number => value.replace(/[^A-Za-z0-9]/g, '').length

/** Beside a long row short ones are made up as well: `abc123xyz-456def`. */
const shortestOrder = 3

/** How many units stand in rows that count up, where one of them is as long as `longestOrder`; otherwise none. */
function unitsInOrder(lower: string): number {
  let sum = 0
  let longest = 0
  for (let start = 0, end = 1; end <= lower.length; end++) {
    if (isNext(lower.charCodeAt(end - 1), lower.charCodeAt(end))) continue
    longest = Math.max(longest, end - start)
    if (end - start >= shortestOrder) sum += end - start
    start = end
  }
  return longest < longestOrder ? 0 : sum
}

/** One letter or digit right after another, after 9 comes 0. */
const isNext = (code: number, next: number): boolean =>
  isAlphanumeric(next) && (next === code + 1 || (code === nine && next === zero))
const [zero, nine] = [48, 57]

/**
 * Keys of which every other tutorial shows one that is made up, and those whose vendor leaves the length open, so that a
 * form alone says little. What else has its vendor's form is found whatever it looks like: a made-up key that is
 * masked costs nobody anything, a live one that is not may cost everything.
 */
const oftenMadeUp: ReadonlySet<string> = new Set([
  'anthropic-api-key',
  'google-api-key',
  'openai-api-key',
  'slack-token',
])

/** Nothing at all, encoded: more of one sign in a row than the key of any vendor begins with. */
const emptyData = /^(.)\1{26}/

/** The same detector without what was published on purpose, what is empty, and of some kinds without what was made up. */
export const withoutKnown = (detector: Detector): Detector => ({
  ...detector,
  examine: (text, start, end) =>
    detector.examine(text, start, end).filter((match) => {
      const value = text.slice(match.start, match.end)
      return (
        !isPublished(value) && !emptyData.test(value) && !(oftenMadeUp.has(detector.type) && isMadeUp(value))
      )
    }),
})
