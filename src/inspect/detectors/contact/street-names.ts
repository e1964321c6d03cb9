/** How streets are named and numbered, by the order of name and number. Insides of regular expressions. */

import { isLetter, isLower, isUpper } from '../../characters.ts'
import { createMayBegin } from '../../word-beginnings.ts'
import { createMayEnd } from '../../word-endings.ts'

const capital = "\\p{Lu}[\\p{L}\\p{M}'’.-]{1,24}"
const units = 'apt|apartment|suite|ste|unit|flat|floor|room|rm|wohnung|appartement|piso|bus'

/** Words that end the name of a street and hardly anything else. */
const sureTypes =
  'Street|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Parkway|Pkwy|Terrace|Crescent|Cres|Hwy|Highway'
/** Words that end other names as well: they need a town, a unit or a word for addresses. */
const unsureTypes =
  'St|Drive|Dr|Court|Ct|Place|Pl|Square|Sq|Way|Circle|Cir|Close|Grove|Gardens|Row|Alley|Trail|Walk|Mews|Quay|Hill|Plaza|Loop|Path'

/** True where the kind of a street may begin, as both lists have it. */
export const mayBeginType = createMayBegin(`${sureTypes}|${unsureTypes}`.toLowerCase().split('|'))

const number = '\\d{1,5}[a-zA-Z]?(?:[-/]\\d{1,4}[a-zA-Z]?)?'
const direction = '(?:(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)\\.? )?'
const english = `${direction}(?:(?:${capital}|\\d{1,3}(?:st|nd|rd|th)) ){1,4}?`

/** `12 Example Street`. */
export const sureEnglish = new RegExp(`^${number},? ${english}(?:${sureTypes})(?![\\p{L}\\p{N}])\\.?`, 'u')
/** `12 Example Way`; the same in lower case. */
export const unsureEnglish = new RegExp(
  `^${number},? (?:${english}(?:${sureTypes}|${unsureTypes})|(?:\\p{L}{3,20} ){1,2}(?:street|st|avenue|ave|road|rd|lane|drive|dr|blvd|boulevard))(?![\\p{L}\\p{N}])\\.?`,
  'u',
)

/** `12 rue de l'Exemple`, `12 bis, avenue Exemple`. */
export const french = new RegExp(
  `^${number}(?: ?(?:bis|ter))?,? (?:[Rr]ue|[Aa]venue|[Aa]v\\.|[Bb]oulevard|[Bb]d\\.?|[Pp]lace|[Aa]ll[ée]e|[Ii]mpasse|[Cc]hemin|[Qq]uai|[Rr]oute|[Cc]ours|[Pp]assage) (?:(?:de la|de|du|des|le|la|les) |de l['’]|d['’]|l['’])?${capital}(?:[ -](?:de |du |des |la |le |et )?${capital}){0,3}`,
  'u',
)

/** Ends of the names of streets that are written before their number: German, Dutch, Danish, Swedish, Norwegian. */
const endings =
  'stra(?:ß|ss)e|str\\.|gasse|allee|weg|platz|damm|ufer|chaussee|steig|straat|laan|gracht|plein|kade|dijk|singel|vej|vejen|gade|gaden|gatan|vägen|veien|gata'
/** Words with such an end that are no street. */
const notStreets =
  /^(?:arbeits|sitz|steh|park|spiel|stell|speicher|start|lager|liege|studien|aus|um|hin|rück|lebens|heim|platz|weg)/iu

const beforeNumber = new RegExp(
  `(?<![\\p{L}\\p{N}-])((?:\\p{Lu}[\\p{L}-]{1,20}[ -]){0,2}?(?:\\p{Lu}[\\p{L}-]{2,30}(?:${endings})|(?:\\p{Lu}[\\p{L}-]{2,20}[ -]){1,2}(?:Stra(?:ß|ss)e|Str\\.|Platz|Allee|Weg|Ufer|Damm|Chaussee|Straat|Laan))),? $`,
  'u',
)
const endsLikeStreet = new RegExp(`(?:${endings}),? $`, 'iu')

/** `Calle de Ejemplo, 12`, `Rua Exemplo 12`, `Via Esempio 12`. */
const beforeNumberRomance = new RegExp(
  `(?<![\\p{L}\\p{N}])((?:Calle|C/|Avenida|Avda\\.?|Av\\.|Paseo|Plaza|Carrera|Camino|Carretera|Ronda|Rua|Travessa|Largo|Praça|Estrada|Alameda|Via|Viale|Piazza|Corso|Vicolo) ?(?:(?:de la|de los|de las|del|della|dei|delle|de|da|do|dos|das|di) )?${capital}(?: (?:de |la |del |da |do |di |e |y )?${capital}){0,3}),? (?:n[º°.] ?)?$`,
  'u',
)

/** What `beforeNumberRomance` begins with. */
const mayBeginRomance = createMayBegin(
  'aven avda av paseo plaza calle carre camin corso ronda rua trav largo pra estrada alam via vico piazz'.split(
    ' ',
  ),
)

/**
 * Read back from the number, word by word, as long as these may be of a name: capital words, small words, and what says
 * that a number follows. The word that ends the way may hold the beginning as well: `(Calle`.
 */
function mayHoldRomance(text: string, from: number, end: number): boolean {
  let until = end - 1
  while (until > from) {
    let start = until
    for (; start > from && text.charCodeAt(start - 1) > space; start--) {
      const code = text.charCodeAt(start - 1)
      if (isUpper(code) && (text.charCodeAt(start) === slash || mayBeginRomance(text, start - 1))) return true
    }
    const first = text.charCodeAt(start)
    if (
      !isUpper(first) &&
      first < 128 &&
      !small.has(text.slice(start, until)) &&
      !beforeItsNumber(text, start)
    )
      return false
    until = start - 1
  }
  return false
}

/** `n.`, `nº` */
const beforeItsNumber = (text: string, start: number): boolean =>
  text.charCodeAt(start) === letterN &&
  (text.charCodeAt(start + 1) === dot || text.charCodeAt(start + 1) > 127)

const letterN = 110
const dot = 46
const slash = 47

/** Of `endings`. */
const mayEndStreet = createMayEnd(
  'straße strasse str. gasse allee weg platz damm ufer chaussee steig straat laan gracht plein kade dijk singel vej vejen gade gaden gatan vägen veien gata'.split(
    ' ',
  ),
)

const small = new Set('de la los las del della dei delle da do dos das di e y'.split(' '))
const longestSmall = 5

/** Before the last word of a name stands another or a sign of `C/`, no digit and no column: `18 June 12`, `| July 12`. */
const mayPrecedeName = (code: number): boolean => code > 127 || isLetter(code) || nameSigns.includes(code)
const nameSigns = [39, 45, 46, 47]

/** False after a capital word that a usual word stands before: `in January 12`. */
function mayBeRomance(text: string, from: number, end: number): boolean {
  let at = end - 2
  while (at > from && isLower(text.charCodeAt(at))) at--
  if (at < from + 2 || !isUpper(text.charCodeAt(at)) || text.charCodeAt(at - 1) !== space) return true
  const last = at - 1
  at = last
  while (at > from && isLower(text.charCodeAt(at - 1))) at--
  if (at === last) return mayPrecedeName(text.charCodeAt(last - 1))
  if (text.charCodeAt(at - 1) !== space) return true
  return last - at <= longestSmall && small.has(text.slice(at, last))
}

/** From where on, up to `end`, nothing stands that no name in `beforeNumber` holds; and what stands before that. */
function beginningOfName(text: string, from: number, end: number): number {
  let at = end - 1
  while (
    at > from &&
    (text.charCodeAt(at) > 127 || isLetter(text.charCodeAt(at)) || inNames.includes(text.charCodeAt(at)))
  )
    at--
  return at
}

/** Space, comma, hyphen and full stop. */
const inNames = [32, 44, 45, 46]

/** The name of a street that stands from `from` on, right before a number and a space, in UTF-16 units; 0 when there is none. */
export function streetBefore(text: string, from: number, end: number): number {
  const comma = text.charCodeAt(end - 2) === 44 ? 1 : 0
  if (mayEndStreet(text, end - 2 - comma)) {
    const before = text.slice(beginningOfName(text, from, end), end)
    const found = endsLikeStreet.test(before.slice(-14)) ? beforeNumber.exec(before) : null
    if (found !== null && !notStreets.test(found[1] ?? '')) return before.length - found.index
  }
  if (!mayBeRomance(text, from, end) || !mayHoldRomance(text, from, end)) return 0
  const before = text.slice(from, end)
  const romance = beforeNumberRomance.exec(before)
  return romance === null ? 0 : before.length - romance.index
}

const space = 32

/** Boxes instead of streets, up to the number. */
const box =
  /(?<![\p{L}\p{N}])(?:P\.? ?O\.? ?Box|Post Office Box|Postfach|Apartado(?: de Correos)?|Boîte Postale|Postbus|Caixa Postal|Casella Postale|(?:PSC|CMR|Unit) \d{3,5},? Box)(?: no\.?| nr\.?)? $/iu

const mayEndBox = createMayEnd('box fach apartado correos postale bus postal no nr no. nr.'.split(' '))

/** A box of a post office that stands from `from` on, right before a number and a space; 0 when there is none. */
export function boxBefore(text: string, from: number, end: number): number {
  if (!mayEndBox(text, end - 2)) return 0
  const before = text.slice(from, end)
  const found = box.exec(before)
  return found === null ? 0 : before.length - found.index
}

const gap = '[\\s,]{1,4}'
const town = `${capital}(?:[ -]${capital}){0,3}`
const house = /^[a-zA-Z](?![\p{L}\p{N}])/u
const unit = new RegExp(`^(?:${gap}(?:${units})\\.? ?#?\\w{1,6}(?![\\p{L}\\p{N}])|,? #\\d{1,5}(?!\\d))`, 'iu')
/** A town with its postcode: as in the United States, before the town, as in the United Kingdom and in Canada. */
const place = new RegExp(
  `^${gap}(?:(?:${town}${gap})?[A-Z]{2}[\\s,]{1,3}\\d{5}(?:-\\d{4})?|${town}${gap}${town} \\d{5}(?:-\\d{4})?|${town}, [A-Z]{2}|(?:[A-Z]{1,2}-)?\\d{4,5}(?: [A-Z]{2})? ${town}|(?:${town}${gap})(?:[A-Z]{2} )?(?:[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|[A-Z]\\d[A-Z] \\d[A-Z]\\d))(?![\\p{L}\\p{N}])`,
  'u',
)

/** Where an address ends: after the letter of a house, a unit, and a town with its postcode, if they follow. */
export function tailAfter(text: string, start: number, longest: number): number {
  let end = start
  for (const part of [house, unit, unit, place]) {
    end += part.exec(text.slice(end, end + longest))?.[0].length ?? 0
  }
  return end
}
