/** Keys of vendors that have no mark of their own: found after the vendor's name. One row of `vendors/named.ts` is one kind. */
import { isIdentifier, isLetter, isTokenPart } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { notePassed, nothingPassed, passedUntil } from '../../passed.ts'
import { isPlaceholder } from '../../placeholder.ts'
import { type NamedRow, namedRows } from './vendors/named.ts'

/**
 * From the name to the value: a word for what it is and then a sign or a space; or only a sign right after the name.
 * Every repetition is bounded.
 */
const between =
  '(?:[\\w. \\t-]{0,32}?(?:key|token|secret|auth|access|private|password|pat|client)[\\w. \\t-]{0,20}?|[\\w.-]{0,12}[ \\t]{0,4}(?=[=:]))' +
  '[\\\\"\'`\\])]{0,4}[ \\t]{0,4}(?:=>|:=|[=:,(]|[ \\t-])[ \\t]{0,4}[\\\\"\'`]{0,4}'

/** No generated value holds one sign twelve times in a row. */
const longRun = /(.)\1{11}/

export const namedVendorKeys: readonly Detector[] = namedRows.map(namedVendorKey)

/** The detector of a row. */
export function namedVendorKey({ type, label, names, pattern, example }: NamedRow): Detector {
  const shape = new RegExp(`${between}(?<![A-Za-z0-9])(${pattern})(?![A-Za-z0-9])`, 'iy')
  const [name = ''] = names
  return {
    type,
    family: 'secret',
    class: 'restricted',
    label,
    trigger: { literals: names, isAnyCase: true },
    isNamedOnly: true,
    examine: (text, start, end) =>
      isName(text, start, end) && mayHoldKey(text, end) ? findKey(text, end, shape, label) : nothing,
    proof: "the vendor's name, a word for a key, length and alphabet",
    finds: [`${name}_api_key = "«${example}»"`, `${name.toUpperCase()}_TOKEN=«${example}»\n`],
    ignores: [
      example,
      `x${name}_api_key = "${example}"`,
      `${name} is a service with keys and tokens`,
      `${name}_api_key = ${example.replace(/[A-Za-z0-9]/g, 'x')}`,
    ],
    source: `the vendor's description of its keys; pattern /${pattern}/`,
  }
}

/**
 * A name stands at the beginning of a word, or of one of the humps of a name in code: `myOktaKey` names Okta,
 * `rookTable` and `CameraKit` name nobody, and neither does `sumOf` the vendor of the four letters `sumo`.
 */
export function isName(text: string, start: number, end: number): boolean {
  const first = text.charCodeAt(start)
  if (isLetter(text.charCodeAt(start - 1)) && !(isUpper(first) && isLower(text.charCodeAt(start - 1))))
    return !isLower(first) && !isLower(text.charCodeAt(start - 1))
  return !(isLower(first) && isUpper(text.charCodeAt(end - 1)) && isLower(text.charCodeAt(end)))
}

const isUpper = (code: number): boolean => code >= 65 && code <= 90
const isLower = (code: number): boolean => code >= 97 && code <= 122

/** No key has fewer signs in a row. */
const shortest = 14
/** All that may stand between a name and its key. */
const longestBetween = 78
const plus = 43

/**
 * Whether so many signs of keys follow each other behind a name, near enough: one of each `shortest` units tells. Something else
 * than letters, digits and underscores stands before them.
 */
function mayHoldKey(text: string, end: number): boolean {
  if (endOfIdentifier(text, end) - end > longestBetween) return false
  const known = passedUntil(withoutKey, text, end)
  let at = Math.max(end + shortest - 1, known)
  for (; at < end + longestBetween + shortest; at += shortest) {
    let from = at
    while (from > end && at - from < shortest && isKeyPart(text.charCodeAt(from - 1))) from--
    let until = at
    while (until - from < shortest && isKeyPart(text.charCodeAt(until))) until++
    if (until - from >= shortest) return true
  }
  notePassed(withoutKey, text, end, Math.max(known, at - shortest + 1))
  return false
}

/** Behind another name, where too few signs of keys follow each other. */
const withoutKey = nothingPassed()

const identifier = { text: '', start: 0, end: 0 }

/**
 * Where the letters, digits and underscores end that follow a position, or further than may stand between a name and its key.
 * Each is read once; the last text is held.
 */
function endOfIdentifier(text: string, start: number): number {
  if (text !== identifier.text || start < identifier.start || start > identifier.end) {
    identifier.start = start
    identifier.end = start
  }
  // Also when it reads the same: the next time it is the same, which is seen at once.
  identifier.text = text
  while (identifier.end - start <= longestBetween && isIdentifier(text.charCodeAt(identifier.end)))
    identifier.end++
  return identifier.end
}

const isKeyPart = (code: number): boolean => isTokenPart(code) || code === plus

function findKey(text: string, end: number, shape: RegExp, label: string): readonly Match[] {
  shape.lastIndex = end
  const value = shape.exec(text)?.[1]
  if (value === undefined || new Set(value).size < 7 || longRun.test(value) || isPlaceholder(value))
    return nothing
  const start = shape.lastIndex - value.length
  const why = `length and alphabet of a key, after the name of its vendor: ${label}`
  return [{ start, end: shape.lastIndex, score: 0.9, why }]
}
