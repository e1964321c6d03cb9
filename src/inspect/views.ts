/**
 * All readings of a text that are worth looking at: as a reader sees it, and what is written in it in another way
 * (Base64, percent-encoding, mirror writing and others), decoded, to a bounded depth and size.
 */
import { type Clues, Signs } from './clues.ts'
import { patchEntities, patchEscapes, patchPercent, patchQuoted } from './decode-escapes.ts'
import { patchLeet, patchMirrored, patchMirroredWords, patchRot13, patchSpaced } from './decode-letters.ts'
import { patchBase64, patchHex, patchOctets, patchPairs } from './decode-runs.ts'
import { readingsOf } from './disguise.ts'
import { patchHidden } from './hidden-text.ts'
import { PatchWriter } from './patches.ts'
import type { Span } from './position-map.ts'
import { createTriggerScan, hasDisguise, placesIn } from './trigger-scan.ts'

export interface Reading {
  readonly text: string
  /** How this is written in the original, outermost first: `['percent-encoding', 'Base64']`. Empty for the text itself. */
  readonly encodings: readonly string[]
  /** Where a part of `text` that is not empty stands in the original; of what was encoded as a whole, all of it. */
  readonly spanOf: (start: number, end: number) => Span
  /** True when a part of `text` holds something that was decoded; what stands around it is only shown with it. */
  readonly isDecoded: (start: number, end: number) => boolean
  /** Words are read right here, and values are not: digits became letters. */
  readonly isOfWords: boolean
}

/** What was seen of how a text is written: finding that out again takes as long as to look for everything in it. */
export interface SeenReadings {
  /** Of a text in which something is disguised, as it may be read; empty for others. */
  readonly shown: readonly Reading[]
  /** Of its first reading. */
  readonly clues: Clues | undefined
}

export interface ReadingsOptions {
  /** Encoded parts come with more of what stands around them: a phrase is longer than a value and its name. */
  readonly forInjection?: boolean
  /** Of this text. */
  readonly seen?: SeenReadings | undefined
}

/** Encodings inside encodings that are undone. */
const deepest = 3
/** Decoded texts of one text; each holds all parts of one encoding. */
const mostViews = 40
/** Units decoded altogether: twice the text, and what a short one may unfold to. */
const mostDecoded = (length: number): number => 2 * length + 65_536

const aroundValue = 120
const aroundPhrase = 600

/**
 * The first reading is the text as a reader sees it, disguises undone; what follows are other readings of all of it
 * (`encodings` empty) and of its encoded parts with what stands around them. Nearly all texts have one reading, and
 * finding that out costs one pass. Linear in the length of the text; never throws.
 */
export function readings(
  text: string,
  { forInjection = false, seen }: ReadingsOptions = {},
): readonly Reading[] {
  const shown = seen?.shown ?? (hasDisguise(text) ? shownReadings(text) : [])
  const look: Look = (reading, isDecoded) => {
    if (!isDecoded) return undefined
    return seen !== undefined && reading.encodings.length === 0 ? seen.clues : cluesIn(reading.text)
  }
  return lookThrough(text, shown, look, forInjection ? aroundPhrase : aroundValue)
}

/** A text in which something is disguised, as it may be read: one or two readings. */
export const shownReadings = (text: string): readonly Reading[] =>
  disguisedReadings(itself(text), placesIn(text))

/** Sees a reading; gives the clues in it where it is to be decoded. */
export type Look = (reading: Reading, isDecoded: boolean) => Clues | undefined

/**
 * Looks at each reading of a text in turn, decodes what is written in it in another way, and gives all of them. `shown`
 * is empty when nothing is disguised in it: then the first reading is the text itself.
 */
export function lookThrough(
  text: string,
  shown: readonly Reading[],
  look: Look,
  around = aroundValue,
): readonly Reading[] {
  const first = shown.length === 0 ? [itself(text)] : shown
  const work: Work = { found: [...first], around, left: mostDecoded((first[0] ?? itself(text)).text.length) }
  // Something may be written in the disguises themselves; what shows nothing makes a second reading.
  if (shown.length > 1) add(work, itself(text), 'invisible characters', patchHidden)
  for (let at = 0; at < work.found.length; at++) {
    const reading = work.found[at] as Reading
    // Of the second reading of a disguised text only values are of interest, not what it may be decoded to.
    const isDecoded =
      (at === 0 || at >= first.length) &&
      work.left > 0 &&
      reading.encodings.length < deepest &&
      !reading.isOfWords
    const clues = look(reading, isDecoded)
    if (isDecoded && clues !== undefined) decode(work, reading, clues)
  }
  return work.found
}

const scan = createTriggerScan([])

/** The clues of a text that is not scanned for anything else. */
export function cluesIn(text: string): Clues | undefined {
  const signs = new Signs(text)
  scan(text, () => undefined, true, signs)
  return signs.clues()
}

const itself = (text: string): Reading => ({
  text,
  encodings: [],
  spanOf: (start, end) => ({ start, end }),
  isDecoded: () => true,
  isOfWords: false,
})

function disguisedReadings(reading: Reading, places?: readonly number[]): readonly Reading[] {
  return readingsOf(reading.text, places).map((view) => {
    const spanBefore = (start: number, end: number): Span => view.spanOf(start, end)
    return {
      text: view.text,
      encodings: reading.encodings,
      isOfWords: reading.isOfWords,
      spanOf: (start, end) => {
        const span = spanBefore(start, end)
        return reading.spanOf(span.start, span.end)
      },
      isDecoded: (start, end) => {
        const span = spanBefore(start, end)
        return reading.isDecoded(span.start, span.end)
      },
    }
  })
}

/** A value and its name, or a phrase, have room in so many times what is shown around a decoded part. */
const roomAround = 4

/**
 * What was decoded, as it may be read: the second reading is only what stands around what may be disguised, for elsewhere
 * the first one tells. What is found in it stands in the middle of what is shown, with all that tells of it.
 */
function decodedReadings(reading: Reading, around: number): readonly Reading[] {
  const { text } = reading
  const shown = disguisedReadings(reading)
  if (shown.length === 1) return shown
  const near = roomAround * around
  const patches = new PatchWriter(text, { around: 2 * near, most: Number.MAX_SAFE_INTEGER })
  for (const place of placesIn(text)) patches.unit(text.charCodeAt(place), place, place + 1)
  const patched = patches.finish()
  if (patched === undefined) return shown
  const shownAround: Reading = {
    ...reading,
    text: patched.text,
    spanOf: (start, end) => {
      const span = patched.spanOf(start, end)
      return reading.spanOf(span.start, span.end)
    },
    isDecoded: (start, end) => {
      const span = patched.spanOf(start, end)
      const isNear = patched.touches({ start: span.start - near, end: span.end + near })
      return isNear && reading.isDecoded(span.start, span.end)
    },
  }
  return [...shown.slice(0, 1), ...disguisedReadings(shownAround).slice(1)]
}

/** What there is to look into, what of it is left to find, and how much may still be decoded. */
interface Work {
  readonly found: Reading[]
  readonly around: number
  left: number
}

function decode(work: Work, reading: Reading, clues: Clues): void {
  const last = reading.encodings.at(-1)
  for (const { name, clue, patch, isOnce } of decoders) {
    if (work.left <= 0 || isNone(clues[clue]) || (isOnce === true && name === last)) continue
    add(work, reading, name, (patches, text) => patch(patches, text, clues))
  }
}

interface Decoder {
  /** For people, after `inside`. */
  readonly name: string
  /** Without one of these it writes nothing. */
  readonly clue: keyof Clues
  readonly patch: (patches: PatchWriter, text: string, clues: Clues) => void
  /** Not undone once more in what it gave: twice it gives what was there before, or nothing new. */
  readonly isOnce?: boolean
}

const leet = 'digits for letters'

const decoders: readonly Decoder[] = [
  { name: 'Base64', clue: 'runs', patch: patchBase64 },
  { name: 'hexadecimal', clue: 'runs', patch: patchHex },
  { name: 'hexadecimal bytes', clue: 'pairs', patch: patchPairs },
  { name: 'binary digits', clue: 'octets', patch: patchOctets },
  { name: 'percent-encoding', clue: 'hasPercent', patch: patchPercent },
  { name: 'HTML entities', clue: 'hasAmpersand', patch: patchEntities },
  { name: 'escapes', clue: 'hasBackslash', patch: patchEscapes },
  { name: 'quoted-printable', clue: 'hasEquals', patch: patchQuoted },
  { name: 'letters set apart', clue: 'spaced', isOnce: true, patch: patchSpaced },
  { name: 'ROT13', clue: 'rot13', isOnce: true, patch: patchRot13 },
  { name: 'mirror writing', clue: 'mirror', isOnce: true, patch: patchMirrored },
  { name: 'mirrored words', clue: 'mirror', isOnce: true, patch: patchMirroredWords },
  { name: leet, clue: 'leet', patch: patchLeet },
]

/** Then a decoder that needs such a clue writes nothing. */
const isNone = (clue: Clues[keyof Clues]): boolean =>
  Array.isArray(clue) ? clue.length === 0 : clue === undefined || clue === false

/** One more reading, and its disguised parts plain, when there is anything and room for it. */
function add(
  work: Work,
  reading: Reading,
  name: string,
  patch: (patches: PatchWriter, text: string) => void,
): void {
  if (work.found.length >= mostViews) return
  const patches = new PatchWriter(reading.text, { around: work.around, most: work.left })
  patch(patches, reading.text)
  const patched = patches.finish()
  if (patched === undefined) return
  work.left -= patched.text.length
  const decoded: Reading = {
    text: patched.text,
    encodings: [...reading.encodings, name],
    isOfWords: name === leet,
    spanOf: (start, end) => {
      const span = patched.spanOf(start, end)
      return reading.spanOf(span.start, span.end)
    },
    isDecoded: (start, end) => {
      const span = patched.spanOf(start, end)
      return patched.touches(span) && reading.isDecoded(span.start, span.end)
    },
  }
  if (!hasDisguise(decoded.text)) work.found.push(decoded)
  else for (const plain of decodedReadings(decoded, work.around)) work.found.push(plain)
}
