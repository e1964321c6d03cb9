/** Values that look like secrets and stand beside a word for one by chance: in logs, lists, sentences, tables and data. */
import { isGeneratedValue } from '../detectors/secret/named-secret.ts'
import { looksChosen } from '../detectors/secret/password.ts'
import type { SecretCandidate } from './candidates.ts'

/** True where the place shows that nothing is given to the name. Looks at a bounded window; never throws. */
export function isMisplaced(text: string, candidate: SecretCandidate): boolean {
  const place: Place = {
    ...candidate,
    text,
    value: text.slice(candidate.start, candidate.end),
    name: text.slice(candidate.nameStart, candidate.nameEnd),
    between: text.slice(candidate.nameEnd, candidate.start),
  }
  return (
    ofAnyTie.some((is) => is(place)) || (candidate.tie === 'beside' && ofNeighbours.some((is) => is(place)))
  )
}

interface Place extends SecretCandidate {
  readonly text: string
  readonly value: string
  readonly name: string
  /** What stands between name and value. */
  readonly between: string
}

type Question = (place: Place) => boolean

const before = (text: string, at: number, reach: number): string => text.slice(Math.max(0, at - reach), at)

/** Words that runners of tests write before the name of a test. */
const outcome =
  /^[ \t]{0,12}(?:(?:X?PASS(?:ED)?|X?FAIL(?:ED)?|SKIP(?:PED)?|ERROR|UNSUPPORTED|UNTESTED|UNRESOLVED): |--- (?:PASS|FAIL|SKIP): |=== (?:RUN|CONT|PAUSE)|not ok |ok )/i
const outcomeReach = 200

/** `PASS: lib/test3` beside another outcome, or `--- PASS: TestOne/2`. A list of users and passwords has other lines between. */
const isOutcome: Question = ({ text, name, nameStart, end }) => {
  if (!/^pass(?:ed)?$/i.test(name)) return false
  const lines = before(text, nameStart, outcomeReach).split('\n')
  if (lines.at(-1)?.endsWith('--- ') === true) return true
  const below = text.slice(end, end + outcomeReach).split('\n')[1]
  return [lines.at(-2), below].some((line) => line !== undefined && outcome.test(line))
}

/** Letters first, few digits in a row and few such rows: nothing that was generated. */
const identifier = /^(?!.*\d{4})(?!.*\d[A-Za-z]\d)(?!(?:\D+\d+){4})[A-Za-z_][\w.:-]{2,60}$/
/** Digits only where a name of code begins with a capital: `tr0ub4dor` may be given to a name in a list of pairs. */
const listWord = /^(?:[A-Za-z_.:-]+|[A-Z][\w.:-]+)$/
const followed = /^["'`],\s{1,40}["'`]/
const followedTwice = /^["'`],\s{1,40}["'`][\w.:-]{1,40}["'`],\s{1,40}["'`]/
const listReach = 44

/** In the midst of a list of quoted words, of which one holds a word for a secret: `"umask", "unsetkey", "userid2", "wait"`. */
const isWordOfList: Question = ({ text, tie, quote, nameStart, nameEnd, end, value, between }) => {
  if (tie !== 'assigned' || quote === '' || !identifier.test(value) || !listWord.test(value)) return false
  if (!/^["'`][ \t]{0,4},/.test(text.slice(nameEnd, nameEnd + 6))) return false
  // What is given to a name stands right behind it.
  if (/^["'`],\s{1,40}["'`][\w.:-]{1,60}["'`],/.test(between)) return true
  const isAfterOther = /["'`],\s{1,40}["'`]$/.test(before(text, nameStart, listReach))
  return (isAfterOther ? followed : followedTwice).test(text.slice(end, end + 3 * listReach))
}

/** `"password": "admin", "keytab": …` and `password, pushRequest: …`: the next member of an object, whose name it is. */
const isNextName: Question = ({ text, quote, start, end }) =>
  quote.length < 2 && text.startsWith(`${quote}:`, end) && /,\s{0,20}["'`]?$/.test(before(text, start, 22))

/** `login(user, password, target)` and `password=password, timeout=30`: another argument, and what a call or a list gives. */
const isExpression: Question = ({ quote, value, between }) =>
  quote === '' &&
  (/^[A-Za-z_][\w.]{0,60}[([]/.test(value) ||
    (/^,\s{1,40}$/.test(between) && (/^[A-Za-z_]\w{0,60}=/.test(value) || listWord.test(value))))

/** `password: Nested<Value>`: its type. */
const isType: Question = ({ text, quote, tie, end, value }) =>
  quote === '' &&
  tie === 'assigned' &&
  /^[A-Z][A-Za-z]+$/.test(value) &&
  /^<[A-Z]/.test(text.slice(end, end + 2))

/** `reset_password=Wiederherstellen des Kontos`: what a button says. */
const isSentence: Question = ({ text, quote, end, name, value }) =>
  quote === '' &&
  /[a-z]/.test(name) &&
  /^\p{Lu}[\p{Ll}-]{3,40}$/u.test(value) &&
  /^ \p{L}{2}/u.test(text.slice(end, end + 4))

/**
 * Within the name of a resource at AWS, after the name of a type of them, or where a manifest says which value of a secret is
 * meant or what its sum is: `arn:aws:…:secret:name-1`, `"AWS::EC2::KeyPair"`, `secretKeyRef: { name: a, key: b }`, `checksum/secret`.
 */
const isOfResource: Question = ({ text, nameStart }) =>
  /(?:arn:aws[a-z-]{0,8}:[\w:/-]{0,80}|"(?:[A-Z]\w{1,40}::){2}|checksum\/|(?:KeyRef|remoteRef)["']?:[^}]{0,100})$/.test(
    before(text, nameStart, 120),
  )

/** What only a controller in the cluster can open, and the id of a session of TLS as OpenSSL prints it. */
const isSealed: Question = ({ text, nameStart, end }) =>
  /encryptedData["']?:/.test(before(text, nameStart, 2_000)) ||
  /^\s{1,12}Session-ID-ctx:/.test(text.slice(end, end + 30))

const ofAnyTie: readonly Question[] = [
  isOutcome,
  isWordOfList,
  isNextName,
  isExpression,
  isType,
  isSentence,
  isOfResource,
  isSealed,
]

/** `you can pass v1beta1` and `pass "-O2 -g"`: what is handed over. */
const isHandedOver: Question = ({ text, name, nameStart, value }) =>
  /^pass$/i.test(name) &&
  (/^-{1,2}[A-Za-z]/.test(value) ||
    /(?:^|[^A-Za-z])(?:to|can|should|must|always|t|not|we|you|then|may|will|just|by) $/i.test(
      before(text, nameStart, 10),
    ))

/** Shorter than any key that is tied to its name by a hyphen. */
const shortestTied = 20

/**
 * A name that goes on behind a hyphen: of a pod (`kube-api-access-dzx7d`), a resource (`rtbassoc-0fbb766a`), a host or a file,
 * or a digest that happens to hold a word. What else is tied by a hyphen may be a key.
 */
const isRestOfName: Question = ({ text, nameEnd, value, between }) =>
  between === '-' &&
  (value.length < shortestTied ||
    /[./:?@]/.test(value) ||
    /sha(?:1|256|384|512)[=-][\w+/-]{0,90}$/.test(before(text, nameEnd, 100)))

/** `secret "stripe-webhook-signing-5t7g2h" not found`: the name of an object of Kubernetes. */
const isObject: Question = ({ name, value }) =>
  /^secrets?$/i.test(name) && /^[a-z]{3,30}-(?:[a-z]{2,30}-){1,6}[a-z0-9]{1,10}$/.test(value)

/** As `sha256sum` prints them. */
const sumOfFile = /^[0-9a-f]{32,128} [ *]\S$/

/** Under a name stands the next line of a list, of a log or of code, unless it was generated or chosen. */
const isNextLine: Question = ({ text, start, end, value, between }) =>
  between.includes('\n') &&
  (identifier.test(value) ||
    sumOfFile.test(text.slice(start, end + 3)) ||
    (!isGeneratedValue(value) && !looksChosen(value)))

/** So much without a space is no word. */
const longestWord = 40
/** What no text holds, but what is decoded of a certificate or a program. */
const control = /[\0-\x08\x0e-\x1f\x7f-\x9f\ufffd]/

/**
 * A line of Base64 that ends in a word for a secret names nothing of the next, nor does one in a long run of Base64 for
 * addresses, where a hyphen is data; and bytes are no text.
 */
const isWithinData: Question = ({ text, nameEnd, end, between }) =>
  control.test(text.slice(Math.max(0, nameEnd - longestWord), end + 8)) ||
  (/^\r?\n$/.test(between) && /^[A-Za-z0-9+/]{40}$/.test(before(text, nameEnd, longestWord))) ||
  (between === '-' && /^(?=.*[A-Z])[\w-]{40}$/.test(before(text, nameEnd, longestWord)))

const ofNeighbours: readonly Question[] = [isHandedOver, isRestOfName, isObject, isNextLine, isWithinData]
