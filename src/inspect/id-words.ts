/** Words before a number that say it is an id: those that many ids share, in the languages of everyday work. */
import { type Context, foldedBefore } from './context.ts'
import { foldedExpression } from './fold-case.ts'
import { createMayStandInTurn } from './word-beginnings.ts'

/** How far before an id its name is looked for, in UTF-16 units: a short sentence or a column name. */
const usualReach = 64

/** The same where only the name tells: it must stand on the line of the number. */
const closeReach = 32

/** Scripts whose words are not set apart, and one that adds endings to them. */
export const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Hangul}]/u

/** What may follow a name as one word: `Steuernummer`, `PESEL-Nr`, `personnummer`. */
const ending = '(?:s?nummer|s?nr|no|num|number|code|id)?'

/** The places in the alphabet of the letters it begins with: c, i, n, s. */
export const endingLetters: readonly number[] = [3, 9, 14, 19]

/**
 * Tells whether one of `names` stands shortly before a position as a whole word. A space in a name stands for any
 * sign between its parts, or none: `tax id` is in `tax_id`, `taxId` and `Tax-ID`. Names are pieces of a pattern, in
 * lower case. With `isClose` the name must stand nearer, on the same line.
 */
export function namedBefore(names: readonly string[], isClose = false): Context {
  const parts = names.map((name) => name.replaceAll(' ', '[\\s_.-]*'))
  const apart = parts.filter((name) => !unspaced.test(name)).join('|')
  const anywhere = parts.filter((name) => unspaced.test(name)).map((name) => `|${name}`)
  const whole = `(?<![\\p{L}\\p{N}])(?:${apart})${ending}(?![\\p{L}\\p{N}])`
  const pattern = foldedExpression(`${whole}${anywhere.join('')}`)
  const reach = isClose ? closeReach : usualReach
  const mayBeNamed = mayBeNamedBefore(names, isClose)
  return (text, start) => {
    if (!mayBeNamed(text, start)) return false
    const before = foldedBefore(text, start, reach)
    return pattern.test(isClose ? before.slice(before.lastIndexOf('\n') + 1) : before)
  }
}

/** `namedBefore` for names that many ids share. */
export const namedLikeOthers = sharing(namedBefore)

/** One for all that ask for the same names; each place is looked at once. */
function sharing(make: typeof namedBefore): typeof namedBefore {
  const made = new Map<string, Context>()
  return (names, isClose = false) => {
    const key = [isClose, ...names.toSorted()].join('\n')
    const known = made.get(key) ?? lookingOnce(make(names, isClose))
    made.set(key, known)
    return known
  }
}

/** Keeps its last answer: a number wakes dozens in turn. One text is held with it. */
function lookingOnce(test: Context): Context {
  let last = ''
  let place = -1
  let answer = false
  return (text, start) => {
    if (start !== place || text !== last) {
      answer = test(text, start)
      last = text
      place = start
    }
    return answer
  }
}

/** False where none of `names` stands as `namedBefore` would find it: nearly everywhere, and told at once. */
export function mayBeNamedBefore(names: readonly string[], isClose = false): Context {
  const reach = isClose ? closeReach : usualReach
  const mayStand = createMayStandInTurn(names)
  return (text, start) => mayStand(text, Math.max(0, start - reach), start)
}

export const taxWords: readonly string[] = [
  ...[
    'tax id',
    'tax ids',
    'tax identification',
    'tax number',
    'tax no',
    'tax file',
    'tax code',
    'tax reference',
  ],
  ...['taxpayer', 'taxpayers', 'tin', 'fiscal code', 'fiscal id', 'fiscal number', 'steuer', 'steuer id'],
  ...[
    'steueridentifikation',
    'steuerliche identifikation',
    'idnr',
    'id nr',
    'num[eé]ro fiscal',
    'identifiant fiscal',
  ],
  ...[
    'identification fiscale',
    'n[uú]mero fiscal',
    'identificaci[oó]n fiscal',
    'identificaci[oó]n tributaria',
  ],
  ...['identifica[cç][aã]o fiscal', 'contribuinte', 'contribuyente', 'codice fiscale', 'fiscaal'],
  ...['belastingnummer', 'identificatif fiscal'],
]

export const personWords: readonly string[] = [
  ...['national id', 'national ids', 'national identity', 'national identification', 'national number'],
  ...['identity number', 'identity card', 'identity document', 'identity no', 'id card', 'personal id'],
  ...['personal number', 'personal code', 'personal identity', 'personal identification', 'citizen id'],
  ...['citizen number', 'citizen card', 'civil registration', 'civil id', 'personalausweis', 'ausweis'],
  ...[
    'personenkennzahl',
    'personenkennziffer',
    'identit[aä]tskarte',
    'carte d.identit[eé]',
    'pi[eè]ce d.identit[eé]',
  ],
  ...['num[eé]ro d.identit[eé]', 'identit[eé] nationale', 'num[eé]ro national', 'documento de identidad'],
  ...['documento nacional', 'n[uú]mero de identidad', 'c[eé]dula', 'n[uú]mero de identificaci[oó]n'],
  ...[
    'documento de identifica[cç][aã]o',
    'documento de identidade',
    'carteira de identidade',
    'cart[aã]o de cidad[aã]o',
  ],
  ...[
    'carta d.identit[aà]',
    'documento d.identit[aà]',
    'identiteitsnummer',
    'identiteitskaart',
    'identiteitsbewijs',
  ],
  ...['legitimatie', 'rijksregister', 'persoonsnummer'],
]

export const socialWords: readonly string[] = [
  ...['social security', 'social insurance', 'national insurance', 'insurance number', 'insurance no'],
  ...[
    'sozialversicherung',
    'versicherung',
    'rentenversicherung',
    's[eé]curit[eé] sociale',
    'num[eé]ro de s[eé]cu',
  ],
  ...['seguridad social', 'seguran[cç]a social', 'seguro social', 'previdenza sociale', 'sociale zekerheid'],
  ...['pension number', 'pension insurance'],
]

export const companyWords: readonly string[] = [
  ...[
    'company number',
    'company no',
    'company id',
    'company registration',
    'company reg',
    'registered number',
  ],
  ...[
    'business number',
    'business id',
    'business registration',
    'organi[sz]ation number',
    'enterprise number',
  ],
  ...['registration number', 'vat', 'vat id', 'vat number', 'vat no', 'vat reg', 'vat registration', 'gst'],
  ...[
    'ust id',
    'ust idnr',
    'ustid',
    'ustidnr',
    'umsatzsteuer',
    'mwst',
    'handelsregister',
    'firmenbuch',
    'tva',
  ],
  ...['num[eé]ro d.entreprise', 'iva', 'cif', 'partita iva', 'btw', 'kvk', 'ondernemingsnummer'],
  ...['registro mercantil', 'empresa', 'sociedad'],
]

export const healthWords: readonly string[] = [
  ...[
    'health',
    'health id',
    'health card',
    'health insurance',
    'health number',
    'patient',
    'patients',
    'medical',
  ],
  ...[
    'krankenversicherung',
    'krankenversicherten',
    'krankenkasse',
    'versicherten',
    'gesundheitskarte',
    'patientin',
  ],
  ...[
    'assurance maladie',
    'carte vitale',
    'tarjeta sanitaria',
    'salud',
    'paciente',
    'tessera sanitaria',
    'paziente',
  ],
  ...['zorgverzekering', 'pati[eë]nt', 'utente', 'sa[uú]de'],
]
