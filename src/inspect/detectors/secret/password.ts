import { isLetter } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'

/**
 * What may stand between the word and the value: a quote, then `=`, `:`, `:=` or `=>`, then perhaps a quote. Quotes may
 * be escaped: the text may be the source of another.
 */
const assignment = /\\{0,3}["'`]?\]?[ \t]{0,8}(?:=>|:=|=|:)[ \t]{0,8}(\\{0,3}["'`]|)/y

const shortest = 8
const longest = 64

/** Only values that look chosen as a password are found: the many others wait for a trained classifier. */
function findPassword(text: string, _start: number, end: number): readonly Match[] {
  if (isLetter(text.charCodeAt(end))) return nothing
  assignment.lastIndex = end
  const quote = assignment.exec(text)?.[1]
  if (quote === undefined) return nothing
  const start = assignment.lastIndex
  const length = lengthOfValue(text, start, quote)
  const value = text.slice(start, start + length)
  if (length < shortest || length > longest || !looksChosen(value)) return nothing
  return [
    { start, end: start + length, score: 0.8, why: 'a mixed value assigned to something called password' },
  ]
}

function lengthOfValue(text: string, start: number, quote: string): number {
  const ending = quote === '' ? /[\s"'`,;<>]/ : /\\{0,3}["'`]|[\r\n]/
  const found = ending.exec(text.slice(start, start + longest + quote.length + 1))
  if (found === null) return quote === '' && text.length - start <= longest ? text.length - start : 0
  return quote === '' || found[0] === quote ? found.index : 0
}

/** Three of lower case, upper case, digits and signs, without the marks of code, paths and templates. */
export function looksChosen(value: string): boolean {
  if (isPlaceholder(value) || /[\s(){}[\]\\]|\w\.\w|^[./~]|:\/\//.test(value)) return false
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z\d_-]/].filter((kind) => kind.test(value)).length
  return kinds >= 3 && /\d/.test(value)
}

const value = `Tr0ub4dor${'&3x'}`

/** Passwords in assignments: settings files, source code, forms. */
export const password: Detector = {
  type: 'password',
  family: 'secret',
  class: 'restricted',
  label: 'password',
  trigger: { literals: ['password', 'passwd', 'passphrase', 'pwd', 'passwort'], isAnyCase: true },
  examine: findPassword,
  proof: 'an assignment and the mixture of the value',
  finds: [
    `password = "«${value}»"`,
    `DB_PASSWORD=«${value}»`,
    `{"password":"«${value}»"}`,
    `pwd: '«${value}»',`,
    `Passwort: «${value}»\n`,
    `{\\"user\\": \\"anna\\", \\"password\\": \\"«${value}»\\"}`,
    `config['passwd'] = \`«${value}»\``,
  ],
  ignores: [
    'password: string',
    'password = getPassword(user1, "A")',
    `password=\${DB_PASSWORD_1}`,
    'password = os.environ["DB_PASSWORD1"]',
    'password: your-Password1!',
    'password: Password1',
    'The password: it is long and has 12 letters',
    'passwordHash = "Tr0ub4dor3X!"',
    'password = "short1!"',
    'password = this.form.Value1!',
    'password: "Tr0ub4dor\'s unfinished',
    'password: \\"Tr0ub4dor&3x',
  ],
  source: 'our own rule',
}
