/**
 * Triggers that are texts. Four characters of each literal, the rarest of it, are looked up in a table of all fours at
 * every place of a text: hundreds of literals cost what one does, and few places of prose are looked at twice.
 */
import { isAfterAlphanumeric } from './boundary.ts'
import { isAlphanumeric, isDigit, isLetter } from './characters.ts'
import type { Detector, Wake } from './detector.ts'

interface Literal {
  readonly text: string
  readonly isAnyCase: boolean
  /** No letter or digit stands before it. */
  readonly isWordStart: boolean
  /** Index in `text` of the character that wakes it: the last of its four. */
  readonly anchorAt: number
  /** `lowBits` of that character. */
  readonly end: number
  readonly detector: Detector
}

/** What a scan waits for, by the last three places of fours; see `placeOf`. */
export interface Waiting {
  /** Bits of the first places of fours that anything waits for. */
  readonly firsts: Int32Array
  /**
   * The unit that literals which wait there end with: `anyUnit` when that is a letter of any case, there are several, or not
   * only literals wait, `noUnit` when no literal waits.
   */
  readonly ends: Uint8Array
}

export interface LiteralTriggers extends Waiting {
  /** Wakes the literals that wait for a four which ends at a position with these three places. */
  readonly wakeAt: (text: string, index: number, triple: number, wake: Wake) => void
}

const places = 32

/** Of `ends`; units are those from `firstUnit` on. */
export const noUnit = 0
export const anyUnit = 1
export const firstUnit = 2

/** Throws when a literal cannot be found. First digits of numbers, and signs that may begin an escape, are waited for as well. */
export function createLiteralTriggers(detectors: readonly Detector[]): LiteralTriggers {
  const byTriple: (readonly Literal[] | undefined)[] = Array.from({ length: places ** 3 })
  const firsts = new Int32Array(places ** 3)
  const ends = new Uint8Array(places ** 3)
  for (const literal of literalsOf(detectors)) {
    for (const four of foursOf(literal)) {
      const triple = four & 0x7fff
      firsts[triple] = (firsts[triple] as number) | (1 << (four >>> 15))
      const ended = ends[triple] as number
      ends[triple] = ended === noUnit || ended === endOf(literal) ? endOf(literal) : anyUnit
      if (byTriple[triple]?.includes(literal) !== true)
        byTriple[triple] = [...(byTriple[triple] ?? []), literal]
    }
  }
  for (let triple = 0; triple < firsts.length; triple++) {
    const last = lastOf(triple)
    if (last !== escapePlace && (last !== digitPlace || lastOf(triple >>> 5) === digitPlace)) continue
    firsts[triple] = -1
    if (ends[triple] !== noUnit) ends[triple] = anyUnit
  }
  return {
    firsts,
    ends,
    wakeAt: (text, index, triple, wake) => {
      const waiting = byTriple[triple] ?? []
      const end = lowBits(text.charCodeAt(index))
      for (let at = 0; at < waiting.length; at++) {
        const literal = waiting[at] as Literal
        if (literal.end === end) wakeLiteral(text, index, literal, wake)
      }
    },
  }
}

function endOf({ text, anchorAt, isAnyCase }: Literal): number {
  const code = text.charCodeAt(anchorAt)
  return isAnyCase && isLetter(code) ? anyUnit : code
}

/** The same for both cases of a letter; signs that share a place differ in them. */
const lowBits = (code: number): number => code & 31

/** The four before, one place further. */
export const nextFour = (four: number, place: number): number => ((four << 5) | place) & 0xfffff

/** Of longer ones it is asked first whether they may begin there. */
const longestCompared = 12

function wakeLiteral(text: string, index: number, literal: Literal, wake: Wake): void {
  const start = index - literal.anchorAt
  const end = start + literal.text.length
  if (start < 0 || end > text.length) return
  // In rows of one letter a long literal of such would be compared everywhere.
  if (literal.text.length > longestCompared && literal.isWordStart && isAfterAlphanumeric(text, start)) return
  for (let offset = 0; offset < literal.text.length; offset++)
    if (!fits(text.charCodeAt(start + offset), literal, offset)) return
  if (literal.isWordStart && isAfterAlphanumeric(text, start)) return
  wake(literal.detector, start, end)
}

function fits(code: number, { text, isAnyCase }: Literal, offset: number): boolean {
  const wanted = text.charCodeAt(offset)
  return code === wanted || (isAnyCase && isLetter(code) && (code | 0x20) === wanted)
}

/** Signs that are frequent in text or in literals have a place of their own, or share one with few. */
const signPlaces: readonly (readonly [signs: string, place: number])[] = [
  [' ', 0],
  ['@$%&=\\', 28],
  ['-/+_', 29],
  ['.', 30],
]

/** One of 32 places for a unit: both cases of a letter are one, all digits are, and nearly all signs. */
export function placeOf(code: number): number {
  if (isLetter(code)) return code & 31
  if (isDigit(code)) return digitPlace
  const sign = String.fromCharCode(code)
  return signPlaces.find(([signs]) => signs.includes(sign))?.[1] ?? 31
}

/** The last of the places in a four or a mark. */
export const lastOf = (four: number): number => four & (places - 1)

/** Places of digits, and of the signs of escapes with some others. */
export const digitPlace = 27
export const escapePlace = 28

const anyPlace = Array.from({ length: places }, (_, place) => place)

/** Places that may stand so far before the anchor of a literal: all of them before its first character. */
const placesAt = ({ text, anchorAt }: Literal, back: number): readonly number[] =>
  anchorAt < back ? anyPlace : [placeOf(text.charCodeAt(anchorAt - back))]

/** All fours that may end with the anchor of a literal. */
function foursOf(literal: Literal): readonly number[] {
  const { anchorAt, isWordStart } = literal
  const fours = placesAt(literal, 3).flatMap((one) =>
    placesAt(literal, 2).flatMap((two) =>
      placesAt(literal, 1).flatMap((three) =>
        placesAt(literal, 0).map((four) => nextFour(nextFour(nextFour(one, two), three), four)),
      ),
    ),
  )
  if (!isWordStart || anchorAt > 2) return fours
  const placeBack = (four: number, back: number): number => (four >>> (5 * (anchorAt + back))) & 31
  return fours.filter((four) =>
    mayStandBefore(placeBack(four, 1), anchorAt === 2 ? undefined : placeBack(four, 2)),
  )
}

const backslash = placeOf(92)
const isApart = (place: number): boolean => place === 0 || place > digitPlace
const isHexadecimalPlace = (place: number): boolean => (place > 0 && place < 7) || place === digitPlace
const afterBackslash = new Set([...'abefnrtv'].map((letter) => placeOf(letter.charCodeAt(0))))
const colourEnd = placeOf(109)

/** Before the start of a word stands what is no letter or digit, or the last of an escape (boundary.ts); `further` before that. */
function mayStandBefore(place: number, further: number | undefined): boolean {
  if (isApart(place)) return true
  if (afterBackslash.has(place) && (further ?? backslash) === backslash) return true
  if (isHexadecimalPlace(place) && isHexadecimalPlace(further ?? place)) return true
  return place === colourEnd && (further === undefined || further === digitPlace || isApart(further))
}

const literalsOf = (detectors: readonly Detector[]): readonly Literal[] =>
  detectors.flatMap((detector) => {
    if (!('literals' in detector.trigger)) return []
    const { literals, isAnyCase = false, isWordStart = false } = detector.trigger
    return literals.map((text) => {
      const anchorAt = anchorOf(text, isAnyCase)
      return {
        text,
        isAnyCase,
        isWordStart: isWordStart && isAlphanumeric(text.charCodeAt(0)),
        anchorAt,
        end: lowBits(text.charCodeAt(anchorAt)),
        detector,
      }
    })
  })

/** Letters of English prose and code, most frequent first; what is not listed is rarer than all of them. */
const frequentFirst = ' etaoinsrhldcumfpgwybvkxjqz-._/:=)("\''

/** Fours of many words, though their letters are not the most frequent. */
const usualFours = new Set(
  'form word code ever ting cces char comp tory ion_ acce publ king lass cifi work est_ ific plai lati alid olog vali ckin cial _app atin soci ativ heck rmin ssio tabl city scie proc able tive ure_ mark ---- lity tack ving curi .com disc _cod auth vari bili key_ colo tify logi lice stic ccou ward mult link alys coun last acco pro cha pla lic ompt acc cod val idad col com/ t.co aut abil mul sci ging book prot olic cord medi mmun meri cove nali key ret_ key= api_ ove_ nked witc post mpli clim forc ndly fini deep clar stab ind: swor cryp labl ount unt# unt_ bank rout pati t_id hart cart cess diag pros vere park lymp chem rali cien ommu rchi comu ndic ver. orks rica onal cion zion alit itch ampl decl sfor sswo rypt nt_i hist with cont nten over stan word pres vers sign grou rece gura scor nsur very conf conn veri alin comm muni dica iona tion lite assw gram ical ent_ ella tral omun nati atio pass ypto mill fica'.split(
    ' ',
  ),
)

/** Of fewer than four what stands before them may be anything. */
const isUsual = (four: string): boolean => four.length < 4 || usualFours.has(four.toLowerCase())

const rarityOf = (character: string): number => {
  const rank = frequentFirst.indexOf(character.toLowerCase())
  return rank === -1 ? frequentFirst.length : rank
}

/**
 * Where the rarest four characters of a literal end. A digit may not end them: it belongs to a number, as may a
 * separator after one. Every character but the first of a longer literal is a candidate.
 */
function anchorOf(text: string, isAnyCase: boolean): number {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(text)) throw new Error(`a trigger is printable ASCII: ${text}`)
  if (isAnyCase && text !== text.toLowerCase())
    throw new Error(`a trigger of any case is lower case: ${text}`)
  if (text.length === 1) return 0
  let best = -1
  let bestRarity = -1
  for (let index = 1; index < text.length; index++) {
    if (isInNumber(text, index)) continue
    const four = text.slice(Math.max(0, index - 3), index + 1)
    const rarity =
      [...four].reduce((sum, character) => sum + rarityOf(character), 0) / (isUsual(four) ? 3 : 1)
    if (rarity > bestRarity) {
      best = index
      bestRarity = rarity
    }
  }
  if (best === -1) throw new Error(`a trigger needs a character that follows no digit: ${text}`)
  return best
}

/** A digit belongs to a number, and what follows one may: all but a sign that never does, behind two letters and a digit. */
const isInNumber = (text: string, index: number): boolean =>
  isDigit(text.charCodeAt(index)) ||
  (isDigit(text.charCodeAt(index - 1)) && !/[a-z]{2}\d_$/i.test(text.slice(0, index + 1)))
