/** Values whose form and name settle it: the classifier is not asked. */
import { looksChosen } from '../detectors/secret/password.ts'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretCandidate, Tie } from './candidates.ts'

const shortestPassword = 8
const longestPassword = 64

/** A name that ends in a word for a password, also misspelt. */
const passwordName = /(?:p[as]{1,3}w(?:o?r?d)|passphrase|pass|pwd|pw)\d{0,2}$/i
const sqlName = /identified by$/i
const licenceName = /(?:key|licen[cs]e|serial)$/i
/** Five groups of five: how keys of software are printed. */
const licence = /^[A-Z0-9]{5}(?:-[A-Z0-9]{5}){4}$/

/** Letters, digits and signs, one of these between two others: no word of a sentence, path or expression. */
const signInside = /^[A-Za-z0-9]+[$!@#%^&*][A-Za-z0-9][A-Za-z0-9$!@#%^&*]*$/

/** `-H "X-Api-Token: `: what curl is told to send. */
const headerBefore = /(?:-H|--header)[ =]{0,2}["']$/
/** Letters and digits, no variable and no words between brackets. */
const headerValue = /^(?=.{0,60}\d)(?=.{0,60}[A-Za-z])[^\s$<({[]{10,600}$/

const whyOf = (tie: Tie): string => `a mixed value given to what is called a password (${tie})`

/** How far before a password the name of its user is looked for. */
const userReach = 120
const userGiven =
  /(?:^|[^A-Za-z])(?:user(?:[ _-]?(?:name|id))?|login|uid)["'`]?[ \t]{0,4}(?:=>|:=|[=:])[ \t]{0,4}["'`]?[^\s"'`;,]{2,60}["'`]?(?=[\s;,&])/i

/** The name of a password in a file of environment variables, and what may stand before it on its line. */
const variable = /^[A-Z0-9_]*(?:PASS(?:WORD|WD)?|_PWD)$/
const stateOfVariable = /^(?:required|optional|unset|missing|disabled|enabled|default)$/i
const lineStart = /(?:^|\n)[ \t]{0,8}(?:# ?|export |ENV |- )?$/

/** `root` and `admin` are what images come with. */
const shortestOfVariable = 6

/** `DB_PASSWORD=value` on a line of its own, without quotes and blanks. */
const isVariable = (
  text: string,
  name: string,
  { nameStart, nameEnd, start, end }: SecretCandidate,
): boolean =>
  start === nameEnd + 1 &&
  end - start >= shortestOfVariable &&
  text.charAt(nameEnd) === '=' &&
  variable.test(name) &&
  !stateOfVariable.test(text.slice(start, end)) &&
  lineStart.test(text.slice(Math.max(0, nameStart - 16), nameStart))

/** True when a password is given beside the name of its user, or to a variable of the environment. */
export function isSettled(text: string, candidate: SecretCandidate): boolean {
  const { nameStart, nameEnd, tie } = candidate
  const name = text.slice(nameStart, nameEnd)
  if (tie !== 'assigned' || !passwordName.test(name)) return false
  if (isVariable(text, name, candidate)) return true
  return userGiven.test(text.slice(Math.max(0, nameStart - userReach), nameStart))
}

/** Why a candidate is a secret for certain; undefined when it is not. */
export function sureReason(text: string, candidate: SecretCandidate): string | undefined {
  const { start, end, nameStart, nameEnd, tie, quote } = candidate
  const length = end - start
  if (length < shortestPassword || length > longestPassword || tie === 'element' || tie === 'argument')
    return undefined
  const name = text.slice(nameStart, nameEnd)
  const value = text.slice(start, end)
  if (tie === 'beside') return sqlName.test(name) && looksChosen(value) ? whyOf(tie) : undefined
  if (passwordName.test(name) && (looksChosen(value) || (quote !== '' && signInside.test(value))))
    return whyOf(tie)
  if (headerBefore.test(text.slice(Math.max(0, nameStart - 12), nameStart)) && headerValue.test(value))
    return isPlaceholder(value) ? undefined : 'the value of a header that a command sends'
  if (licenceName.test(name) && licence.test(value)) return 'groups of a licence key, called one'
  return undefined
}
