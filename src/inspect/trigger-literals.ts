/**
 * Triggers that are texts. Three characters of each literal, the rarest of it, are looked up in a table of all triples
 * at every place of a text: hundreds of literals cost what one does, and few places of prose are looked at twice.
 */
import { isDigit, isLetter } from './characters.ts'
import type { Detector, Wake } from './detector.ts'

interface Literal {
  readonly text: string
  readonly isAnyCase: boolean
  /** Index in `text` of the character that wakes it: the last of its triple. */
  readonly anchorAt: number
  readonly detector: Detector
}

export interface LiteralTriggers {
  /** For each pair of places, as bits, those after which a literal waits for the triple; see `placeOf`. */
  readonly after: Uint32Array
  /** For each triple, as bits, the places before it that a literal which waits for it may have. */
  readonly before: Uint32Array
  /** Wakes the literals that wait for a triple which ends at a position. */
  readonly wakeAt: (text: string, index: number, triple: number, wake: Wake) => void
}

/** Throws when a literal cannot be found. */
export function createLiteralTriggers(detectors: readonly Detector[]): LiteralTriggers {
  const byTriple: (readonly Literal[] | undefined)[] = Array.from({ length: 1 << 15 })
  const before = new Uint32Array(byTriple.length)
  for (const literal of literalsOf(detectors)) {
    const places = placesBefore(literal)
    for (const triple of triplesOf(literal)) {
      byTriple[triple] = [...(byTriple[triple] ?? []), literal]
      before[triple] = (before[triple] as number) | places
    }
  }
  const after = new Uint32Array(byTriple.length >> 5)
  for (const [triple, waiting] of byTriple.entries())
    if (waiting !== undefined) after[triple >> 5] = (after[triple >> 5] as number) | (1 << (triple & 31))
  return {
    after,
    before,
    wakeAt: (text, index, triple, wake) => {
      const waiting = byTriple[triple] ?? []
      for (let place = 0; place < waiting.length; place++)
        wakeLiteral(text, index, waiting[place] as Literal, wake)
    },
  }
}

/** The triple before, one place further. */
export const nextTriple = (triple: number, place: number): number => ((triple << 5) | place) & 0x7fff

/** As a bit: the place before the triple of a literal, or all of them when the literal begins with its triple. */
const placesBefore = ({ text, anchorAt }: Literal): number =>
  anchorAt < 3 ? -1 : 1 << placeOf(text.charCodeAt(anchorAt - 3))

function wakeLiteral(text: string, index: number, literal: Literal, wake: Wake): void {
  const start = index - literal.anchorAt
  const end = start + literal.text.length
  if (start < 0 || end > text.length) return
  for (let offset = 0; offset < literal.text.length; offset++) {
    const code = text.charCodeAt(start + offset)
    const wanted = literal.text.charCodeAt(offset)
    if (code !== wanted && !(literal.isAnyCase && isLetter(code) && (code | 0x20) === wanted)) return
  }
  wake(literal.detector, start, end)
}

/**
 * One of 32 places for a unit: both cases of a letter are one, signs that are frequent in text or in literals have one
 * of their own.
 */
export function placeOf(code: number): number {
  if (isLetter(code)) return code & 31
  if (isDigit(code)) return 27
  const sign = [32, 64, 45, 46].indexOf(code)
  return sign === -1 ? 31 : ([0, 28, 29, 30][sign] as number)
}

/** A literal of one or two characters waits whatever stands before it. */
function triplesOf({ text, anchorAt }: Literal): readonly number[] {
  const placesAt = (index: number): readonly number[] =>
    index < 0 ? Array.from({ length: 32 }, (_, any) => any) : [placeOf(text.charCodeAt(index))]
  return placesAt(anchorAt - 2).flatMap((one) =>
    placesAt(anchorAt - 1).map((two) => nextTriple(nextTriple(one, two), placeOf(text.charCodeAt(anchorAt)))),
  )
}

const literalsOf = (detectors: readonly Detector[]): readonly Literal[] =>
  detectors.flatMap((detector) => {
    if (!('literals' in detector.trigger)) return []
    const isAnyCase = detector.trigger.isAnyCase === true
    return detector.trigger.literals.map((text) => ({
      text,
      isAnyCase,
      anchorAt: anchorOf(text, isAnyCase),
      detector,
    }))
  })

/** Letters of English prose and code, most frequent first; what is not listed is rarer than all of them. */
const frequentFirst = ' etaoinsrhldcumfpgwybvkxjqz-._/:=)("\''

/** Triples of many words, though their letters are not the most frequent. */
const usualTriples = new Set(
  'ing for con ver pro can nal ity tiv ter ion ent ate sta rou the and her ere tha was inc rom com col lat key val exp cha cou cod pat unc str ral whi lab uni per men ces all our out not man han int nce abl res est pri tri'.split(
    ' ',
  ),
)

const rarityOf = (character: string): number => {
  const rank = frequentFirst.indexOf(character.toLowerCase())
  return rank === -1 ? frequentFirst.length : rank
}

/**
 * Where the rarest triple of a literal ends. A digit may not end it: it belongs to a number, as may a separator after
 * one. Every character but the first of a longer literal is a candidate.
 */
function anchorOf(text: string, isAnyCase: boolean): number {
  if (!/^[\x21-\x7e][\x20-\x7e]*$/.test(text)) throw new Error(`a trigger is printable ASCII: ${text}`)
  if (isAnyCase && text !== text.toLowerCase())
    throw new Error(`a trigger of any case is lower case: ${text}`)
  if (text.length === 1) return 0
  let best = -1
  let bestRarity = -1
  for (let index = 1; index < text.length; index++) {
    if (isDigit(text.charCodeAt(index)) || isDigit(text.charCodeAt(index - 1))) continue
    // Fewer than three characters are rarer never: each of their triples is looked at.
    const triple = index < 2 ? '' : text.slice(index - 2, index + 1)
    const rarity = usualTriples.has(triple.toLowerCase())
      ? 0
      : [...triple].reduce((sum, character) => sum + rarityOf(character), 0)
    if (rarity > bestRarity) {
      best = index
      bestRarity = rarity
    }
  }
  if (best === -1) throw new Error(`a trigger needs a character that follows no digit: ${text}`)
  return best
}
