/**
 * All readings of a text that are worth looking at: as a reader sees it, and what is written in it in another way
 * (Base64, percent-encoding, mirror writing and others), decoded, to a bounded depth and size.
 */
import { type Clues, Signs } from './clues.ts'
import { entityPatches, escapePatches, percentPatches, quotedPatches } from './decode-escapes.ts'
import {
  leetPatches,
  mirrorPatches,
  mirrorWordPatches,
  rot13Patches,
  spacedPatches,
} from './decode-letters.ts'
import { base64Patches, hexPatches, octetPatches, pairPatches } from './decode-runs.ts'
import { hasDisguise, readingsOf } from './disguise.ts'
import { hiddenPatches } from './hidden-text.ts'
import { type Patch, patchText } from './patches.ts'
import type { Span } from './position-map.ts'
import { createTriggerScan, placesIn } from './trigger-scan.ts'

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

export interface ReadingsOptions {
  /** Encoded parts come with more of what stands around them: a phrase is longer than a value and its name. */
  readonly forInjection?: boolean
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
export function readings(text: string, { forInjection = false }: ReadingsOptions = {}): readonly Reading[] {
  const shown = hasDisguise(text) ? shownReadings(text) : []
  const look: Look = (reading, isDecoded) => (isDecoded ? cluesIn(reading.text) : undefined)
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
  if (shown.length > 1) add(work, itself(text), 'invisible characters', hiddenPatches(text))
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

/** What there is to look into, what of it is left to find, and how much may still be decoded. */
interface Work {
  readonly found: Reading[]
  readonly around: number
  left: number
}

function decode(work: Work, reading: Reading, clues: Clues): void {
  const last = reading.encodings.at(-1)
  for (const { name, patches, isOnce } of decoders) {
    if (work.left <= 0 || (isOnce === true && name === last)) continue
    add(work, reading, name, patches(reading.text, clues))
  }
}

interface Decoder {
  /** For people, after `inside`. */
  readonly name: string
  readonly patches: (text: string, clues: Clues) => readonly Patch[]
  /** Not undone once more in what it gave: twice it gives what was there before, or nothing new. */
  readonly isOnce?: boolean
}

const leet = 'digits for letters'

const nothing: readonly Patch[] = []

const decoders: readonly Decoder[] = [
  { name: 'Base64', patches: (text, { runs }) => base64Patches(text, runs) },
  { name: 'hexadecimal', patches: (text, { runs }) => hexPatches(text, runs) },
  { name: 'hexadecimal bytes', patches: (text, { pairs }) => pairPatches(text, pairs) },
  { name: 'binary digits', patches: (text, { octets }) => octetPatches(text, octets) },
  {
    name: 'percent-encoding',
    patches: (text, { hasPercent }) => (hasPercent ? percentPatches(text) : nothing),
  },
  {
    name: 'HTML entities',
    patches: (text, { hasAmpersand }) => (hasAmpersand ? entityPatches(text) : nothing),
  },
  { name: 'escapes', patches: (text, { hasBackslash }) => (hasBackslash ? escapePatches(text) : nothing) },
  { name: 'quoted-printable', patches: (text, { hasEquals }) => (hasEquals ? quotedPatches(text) : nothing) },
  { name: 'letters set apart', isOnce: true, patches: (text, { spaced }) => spacedPatches(text, spaced) },
  {
    name: 'ROT13',
    isOnce: true,
    patches: (text, { rot13 }) => (rot13 === undefined ? nothing : rot13Patches(text, rot13)),
  },
  {
    name: 'mirror writing',
    isOnce: true,
    patches: (text, { mirror }) => (mirror === undefined ? nothing : mirrorPatches(text, mirror)),
  },
  {
    name: 'mirrored words',
    isOnce: true,
    patches: (text, { mirror }) => (mirror === undefined ? nothing : mirrorWordPatches(text, mirror)),
  },
  {
    name: leet,
    patches: (text, clues) => (clues.leet === undefined ? nothing : leetPatches(text, clues.leet)),
  },
]

/** One more reading, and its disguised parts plain, when there is anything and room for it. */
function add(work: Work, reading: Reading, name: string, patches: readonly Patch[]): void {
  if (patches.length === 0 || work.found.length >= mostViews) return
  const patched = patchText(reading.text, patches, { around: work.around, most: work.left })
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
  else for (const plain of disguisedReadings(decoded)) work.found.push(plain)
}
