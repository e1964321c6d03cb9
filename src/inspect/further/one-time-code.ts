import { type Detector, nothing } from '../detector.ts'
import { foldCase, foldedExpression } from '../fold-case.ts'
import { namedValue } from '../named-value.ts'
import { oneTimeCodeKind } from './kinds.ts'

const names = [
  '(?:verification|authentication|confirmation|one-?time|login|two-?factor|2fa|mfa|sms)[ _-]?(?:pass)?codes?',
  'one[- ]?time (?:password|passcode|pin|code)|otp(?:[ _-]?code)?',
  'best[äa]tigungs-?code|(?:verifizierungs|verifikations|sicherheits|einmal|anmelde)-?code|einmal-?(?:passwort|kennwort|pin)|(?:sms-|m)?tan(?=[ :])',
  'code de (?:vérification|validation)',
  'c[óo]digo de (?:verificaci[óo]n|confirmaci[óo]n|un solo uso|verifica[çc][ãa]o|confirma[çc][ãa]o)',
  'codice di (?:verifica|conferma)|(?:verificatie|bevestigings|inlog)code',
].join('|')

/** Letters of a name beyond ASCII, which wakes nobody, and those before them. */
const beginning = /(?:bestä|có)$/iu
const longestBeginning = 5

/** That of a card has three or four digits and is called so, too. */
const ofCard = /^sicherheits/
/** A year, or a day. */
const date = /^(?:19|20)\d\d(?:[01]\d[0-3]\d)?$/

const named = namedValue({
  wakes: [
    ...['verification c', 'verification_c', 'verificationc', 'authentication code', 'confirmation code'],
    ...['one-time c', 'one-time p', 'onetime_c', 'onetimec', 'login code'],
    ...['two-factor c', '2fa_c', 'mfa_c', 'sms code', 'sms_code'],
    ...['otp:', 'otp is', 'otp for', 'otp_code', 'otp=', 'otp"'],
    ...['tigungscode', 'tigungs-code', 'verifizierungsc', 'verifikationsc', 'sicherheitscode'],
    ...['einmalc', 'einmal-c', 'einmalp', 'einmal-p', 'einmalk', 'anmeldecode'],
    ...['tan:', 'tan lautet', 'sms-tan', 'mtan'],
    ...['code de v', 'digo de verif', 'digo de confirma', 'digo de un solo'],
    ...['codice di verif', 'codice di conferma'],
    ...['verificatiecode', 'bevestigingscode', 'inlogcode'],
  ],
  names,
  fillers: 'lautet|code|google|whatsapp|login|account|your',
  value: '\\d{3}[ -]\\d{3}|\\d{4,8}',
  judge: (value, name) =>
    date.test(value) || (value.length < 5 && ofCard.test(name))
      ? undefined
      : { score: 0.85, why: 'four to eight digits behind a name for codes that are sent' },
})

/** Codes that are sent to somebody, to sign in or confirm with once. */
export const oneTimeCode: Detector = {
  ...oneTimeCodeKind,
  ...named,
  examine: (text, woken, end) => {
    const before = beginning.exec(text.slice(Math.max(0, woken - longestBeginning), woken))
    return named.examine(text, woken - (before?.[0].length ?? 0), end)
  },
  finds: [
    'Your verification code is «483920»',
    'Verification code: «483-920»',
    'My OTP is «4839»',
    '{"otp":"«483920»"}',
    '{"verificationCode": "«483920»"}',
    'one-time password: «48392017»',
    'Use the login code «483920» to sign in',
    'Ihr Bestätigungscode lautet: «483920»',
    'mTAN: «483920»',
    'TAN: «483920»',
    'Your OTP for login is «483920»',
    'Votre code de vérification est «483920»',
    'Tu código de verificación es «483920»',
    'Il tuo codice di verifica è «483920»',
    'O seu código de verificação é «483920»',
    'Je verificatiecode is «483920»',
  ],
  ignores: [
    'the code is 483920',
    'error code 483920',
    'Your code is 120 lines long',
    'Sicherheitscode 1234',
    'security code 1234',
    'a verification code has 6 digits',
    'verification code of 2024',
    'verification code: 20240315',
    'otp=6',
    'country code 4839',
    'footprint: 4839',
    'your code is on line 4839',
    'tan 4839',
  ],
}

const yours = foldedExpression(
  '(?<![\\p{L}])(?:your|ihr|dein|votre|ton|tu|su|il tuo|o seu|je|uw) (?:(?:google|microsoft|apple|amazon|paypal|facebook|instagram|whatsapp|telegram|signal|linkedin|temporary|new|security) )?(?:code|c[óo]digo|codice)(?: (?:is|lautet|es))?:? $',
)
/** How it ends, asked first. */
const mayBeYours = /(?:[eo] (?:is|es):?|(?:de|go|ce|et):|utet) $/i
const reach = 40
/** Behind it a sentence ends, or goes on about the code: of things many are counted. */
const follows =
  /^(?![\p{L}\p{N}_%$€]|[.,-]\d)(?! (?!(?:for|to|and|it|do|don|valid|use|please|this|expires|und|bitte|gültig|pour|para|per|om)(?!\p{L}))\p{L})/iu
const reachAfter = 12

/** The same, told as `Your code is 483920` to whom it was sent. */
export const yourCode: Detector = {
  ...oneTimeCodeKind,
  isNamedOnly: true,
  trigger: { digits: 4, most: 8, touching: { before: ' ', after: '', beforeSpace: 'st:' } },
  examine: (text, start, end) => {
    if (!mayBeYours.test(text.slice(Math.max(0, start - 6), start))) return nothing
    if (!yours.test(foldCase(text.slice(Math.max(0, start - reach), start)))) return nothing
    const written = text.slice(start, end)
    if (!/^(?:\d{4,8}|\d{3}[ -]\d{3})$/.test(written) || date.test(written)) return nothing
    return follows.test(text.slice(end, end + reachAfter))
      ? [{ start, end, score: 0.75, why: 'four to eight digits that somebody is told as a code of his' }]
      : nothing
  },
  finds: [
    'Your code is «483920». Do not share it.',
    'Your security code is «483920»',
    'Your WhatsApp code is: «483-920»',
    'Your code: «4839»',
    'Ihr Code lautet: «483920»',
    'Ihr Code lautet «483920»',
    'Your Google code is «483920» and expires soon',
    'Tu código es «483920»',
  ],
  ignores: [
    'the code is 483920',
    'Your zip code is 90210',
    'Your code is 2024',
    'Your code is 12000 lines long',
    'Your code costs 483920',
    'Your code is 4839.20',
    'your code has 4839 errors',
  ],
}
