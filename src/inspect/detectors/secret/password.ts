import { isLetter } from '../../characters.ts'
import { type Detector, type Match, nothing } from '../../detector.ts'
import { isPlaceholder } from '../../placeholder.ts'

/** What may stand between the word and the value: a quote, then `=`, `:`, `:=` or `=>`, then perhaps a quote. */
const assignment = /["'`]?\]?[ \t]{0,8}(?:=>|:=|=|:)[ \t]{0,8}(["'`]?)/y

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
  const ending = quote === '' ? /[\s"'`,;<>]/ : /["'`\r\n]/
  const found = text.slice(start, start + longest + 1).search(ending)
  if (found === -1) return quote === '' && text.length - start <= longest ? text.length - start : 0
  return quote === '' || text[start + found] === quote ? found : 0
}

/** Three of lower case, upper case, digits and signs, without the marks of code, paths and templates. */
function looksChosen(value: string): boolean {
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
  ],
  source: 'our own rule',
}
