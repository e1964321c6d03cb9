/**
 * Passwords as people pass them on: in a note, a sentence or the cell of a table, under what they are called in twenty
 * languages. They come with the classifier, so that the page does not carry them.
 */
import { type Detector, nothing } from '../detector.ts'
import { looksChosen, password } from '../detectors/secret/password.ts'

/** What a password is called, from the letters that wake the search; a longer word is another one. */
const name =
  '(?:pass(?:[- ]?(?:word|code|phrase)|wort|wd|ord(?:et)?)|(?<=(?:mot de|palavra[- ])\\s?)passe|pwd|pw|kennwort|contrase[ñn]a|senha|clave|wachtwoord|mdp|senord(?:et)?|heslo|haslo|salasana|adgangskoden?|parola|jelsz[óo]|sifre)(?![\\p{L}\\p{N}_])'

/** Of what, for what and which one. */
const whose = [
  ' ?\\([^()\\n]{1,30}\\)',
  " (?:to|for|of|on|zum|zur|für|vom|von|du|de|da|do|del|di|per|para|pour|voor|van|till|til) (?:\\p{L}{1,4}[ ’'])?[^\\s:=]{2,30}",
  " d['’]\\p{L}{2,20}",
  ' (?:wi-?fi|wlan|temporaire|provisoire|temporal|provisional|actual|provvisoria|tijdelijk|now|jetzt)',
].join('|')
const mostWhose = 3

/** A sign or a verb. A bare hyphen stands between the parts of other names too. */
const link = [
  '[ \\t]{0,3}(?:=>|:=|[:=]|->|→)[ \\t]{0,3}(?:\\r?\\n)?',
  ' [–—-] ',
  '[ \\t]{0,3}\\|[ \\t]{0,3}',
  ' (?:is|was|ist|war|lautet|est|es|era|é|è|är|er|on|jest|to|(?:has been |was |is )?(?:changed|reset|set) to|wurde auf|steht auf)(?: now| jetzt| nun| nu| ahora| maintenant)?[ \\t]?:?[ \\t]',
].join('|')

/** What no password holds, as the inside of a class. */
const ending = '\\s"\'“”„«»‹›`|,;<>'
const shortest = 8
const longest = 64
const value = `[^${ending}]{${shortest},${longest}}(?![^${ending}])`

const told = new RegExp(
  `${name}(?:${whose}){0,${mostWhose}}(${link})(["'\`]|[“”„«‹*_]{0,3}[ \\u00a0]?)(${value})`,
  'diuy',
)

const isQuote = /^["'`]$/
/** `SHA256-hashed` is how a password is, not what it is. */
const isVerb = /\p{L}\s?$/u
const isAdjective = /-\p{Ll}{3,}$/u

/** Belongs to the sentence, not to the value; an exclamation mark ends many a password. */
const trailing = /[.:)\]}?*_]+$/

const matchAt = (start: number, found: string): ReturnType<Detector['examine']> => {
  const written = found.replace(trailing, '')
  if (written.length < shortest || !looksChosen(written)) return nothing
  return [{ start, end: start + written.length, score: 0.8, why: 'a mixed value told as a password' }]
}

const underOurLetters: Detector = {
  ...password,
  trigger: {
    literals: [
      ...['pass', 'pwd', 'pw', 'mdp', 'kennwort', 'contrase', 'senha', 'clave', 'wachtwoord', 'senord'],
      ...['heslo', 'haslo', 'salasana', 'adgangskode', 'parola', 'jelsz', 'sifre'],
    ],
    isAnyCase: true,
  },
  examine: (text, start) => {
    told.lastIndex = start
    const found = told.exec(text)
    const [, tie = '', quote = '', written = ''] = found ?? []
    // What is quoted and goes on behind a blank is a sentence.
    if (isQuote.test(quote) && !text.startsWith(quote, told.lastIndex)) return nothing
    if (isVerb.test(tie) && isAdjective.test(written)) return nothing
    return matchAt(found?.indices?.[3]?.[0] ?? 0, written)
  },
}

/** Names that no trigger can wait for: the value wakes the search. */
const otherName =
  /(?:пароль|hasło|şifre(?:si|niz)?|κωδικός|密码|密碼|口令|パスワード|비밀번호|סיסמה|كلمة المرور|كلمة السر|पासवर्ड)[ \t]{0,3}(?:[:：=–—-]|is|to|は|是|为|為)?[ \t]{0,3}["'“«「]?[!#$%&@*+-]{0,3}$/iu
const longestName = 32
/** Between the last letter of a name and a value. */
const mostBetween = 12
const valueAtStart = new RegExp(`^${value}`, 'u')

/** True when a letter beyond ASCII stands shortly before a position: only then a name can. */
function isAfterOther(text: string, start: number): boolean {
  for (let at = start - 1; at >= 0 && start - at <= mostBetween; at--) {
    if (text.charCodeAt(at) > 127) return true
  }
  return false
}

const underOtherLetters: Detector = {
  ...password,
  trigger: { mixed: { shortest: 6, longest: 24 } },
  examine: (text, start) => {
    if (!isAfterOther(text, start)) return nothing
    const before = text.slice(Math.max(0, start - longestName), start)
    if (!otherName.test(before)) return nothing
    const first = start - (/[!#$%&@*+-]{0,3}$/.exec(before)?.[0].length ?? 0)
    return matchAt(first, valueAtStart.exec(text.slice(first, first + longest))?.[0] ?? '')
  },
}

export const toldPasswords: readonly Detector[] = [underOurLetters, underOtherLetters]
