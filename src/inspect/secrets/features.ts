/**
 * What the classifier looks at, as numbers of weights: pieces of the value, its make-up, its name, what stands before
 * and after. A feature is hashed into one of `weightCount` places; two that share one are rare enough not to matter.
 */
import { isDigit, isLower, isUpper } from '../characters.ts'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretCandidate } from './candidates.ts'
import { wordLikeness } from './letters.ts'

export const weightCount = 1 << 16

/** Of a longer value only so much is looked at: it says enough. */
const readUnits = 96
/** What is read before the name, on its line. */
const contextUnits = 24

/** Places of the weights that count for a candidate; some may stand twice. */
export function featuresOf(text: string, candidate: SecretCandidate, letters: Int8Array): readonly number[] {
  const value = text.slice(candidate.start, Math.min(candidate.end, candidate.start + readUnits))
  const name = text.slice(candidate.nameStart, candidate.nameEnd)
  const found: number[] = []
  const add = (feature: string): void => {
    found.push(placeOf(feature))
  }
  addValue(value, candidate.end - candidate.start, letters, add)
  addName(name, value, candidate, add)
  addSurroundings(text, candidate, add)
  return found
}

type Add = (feature: string) => void

function addValue(value: string, length: number, letters: Int8Array, add: Add): void {
  const lower = value.toLowerCase()
  const shape = shapeOf(value)
  const bound = `^${lower}$`
  for (let index = 0; index + 3 <= bound.length; index++) add(`v3${bound.slice(index, index + 3)}`)
  for (let index = 0; index + 5 <= bound.length; index++) add(`v5${bound.slice(index, index + 5)}`)
  const boundShape = `^${shape}$`
  for (let index = 0; index + 4 <= boundShape.length; index++) add(`s4${boundShape.slice(index, index + 4)}`)
  add(`sr${runsOf(shape).slice(0, 12)}`)
  add(`sk${[...new Set(shape)].toSorted().join('')}`)
  const size = Math.min(12, Math.floor(Math.log2(length) * 2))
  add(`ln${size}`)
  if (length < 24) add(`le${length}`)
  const variety = Math.floor((new Set(lower).size / Math.min(length, readUnits)) * 8)
  add(`va${variety},${size}`)
  const likeness = wordLikeness(lower, letters)
  add(`wl${likeness}`)
  add(`ws${likeness},${size}`)
  add(`wk${likeness},${[...new Set(shape)].toSorted().join('')}`)
  for (const word of lower.split(/[^a-z]+/)) if (word.length > 2) add(`vw${word}`)
  if (isPlaceholder(value)) add('placeholder')
  if (/\w\.\w/.test(value)) add('dotted')
  if (/^[A-Za-z_$][\w$]*(?:(?:\.|::|->|\?\.)[A-Za-z_$][\w$]*)+$/.test(value)) add('path of names')
  if (/^[a-z]+(?:[A-Z][a-z]+)+$/.test(value)) add('camel case')
  if (/^[A-Za-z]+(?:[_-][A-Za-z]+)+$/.test(value)) add('words tied')
  if (/\s/.test(value)) add('spaced')
  if (/[([{]/.test(value)) add('opens a bracket')
  if (/[$%]\{|\{\{|<[\w-]+>|%[sd]|#\{/.test(value)) add('template')
  if (/^(.)\1+$|0123|1234|abcd|qwer|xxx/i.test(value)) add('in a row')
  if (/^[0-9a-f]+$/i.test(value)) add(`hexadecimal${size}`)
  if (/^[A-Za-z0-9+/]+={1,2}$/.test(value)) add('padded')
  if (/^\d+$/.test(value)) add(`number${size}`)
}

function addName(name: string, value: string, { tie, quote }: SecretCandidate, add: Add): void {
  const words = wordsOf(name)
  for (const word of words) add(`nw${word}`)
  const last = words.at(-1) ?? ''
  add(`nl${last}`)
  add(`np${words.at(-2) ?? ''} ${last}`)
  const lower = name.toLowerCase()
  for (let index = 0; index + 4 <= lower.length; index++) add(`n4${lower.slice(index, index + 4)}`)
  const mark = quote === '' ? 'none' : quote.slice(-1)
  add(`ti${tie}`)
  add(`tq${tie}${mark}`)
  add(`tl${tie}${last}`)
  add(`ns${shapeOf(name).replace(/(.)\1+/g, '$1')}`)
  if (name === name.toUpperCase()) add('name in capitals')
  const lowerValue = value.toLowerCase()
  if (words.some((word) => word.length > 3 && lowerValue.includes(word))) add('value repeats the name')
}

function addSurroundings(text: string, candidate: SecretCandidate, add: Add): void {
  const { start, end, nameStart, nameEnd, quote, tie } = candidate
  const window = text.slice(Math.max(0, nameStart - contextUnits), nameStart)
  const before = window.slice(window.lastIndexOf('\n') + 1).toLowerCase()
  for (const word of before.match(/[a-z]+/g)?.slice(-2) ?? []) add(`bw${word}`)
  add(`bc${before.slice(-1)}`)
  add(`b2${before.slice(-2)}`)
  const between = text.slice(nameEnd, Math.min(start, nameEnd + 24)).replace(/\s+/g, ' ')
  add(`be${between}`)
  add(`bt${between.replace(/[\w ]+/g, '')}`)
  const after = text.slice(end + quote.length, end + quote.length + 2)
  add(`ac${after.slice(0, 1)}`)
  add(`a2${after}`)
  add(`ta${tie}${quote.slice(-1)}${after.slice(0, 1)}`)
}

const wordsOf = (name: string): readonly string[] =>
  name
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')

/** `a` for a lower-case letter, `A`, `0`, a sign as it is, `?` for the rest. */
function shapeOf(value: string): string {
  let shape = ''
  for (let index = 0; index < value.length; index++) {
    const code = value.charCodeAt(index)
    if (isLower(code)) shape += 'a'
    else if (isUpper(code)) shape += 'A'
    else if (isDigit(code)) shape += '0'
    else shape += code < 127 ? value.charAt(index) : '?'
  }
  return shape
}

const runsOf = (shape: string): string =>
  shape.replace(/(.)\1*/g, (run, unit: string) => unit + Math.min(9, run.length))

/** FNV-1a over UTF-16 units, folded to the number of places. */
function placeOf(feature: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < feature.length; index++) {
    hash = Math.imul(hash ^ feature.charCodeAt(index), 0x01000193)
  }
  return (hash ^ (hash >>> 16)) & (weightCount - 1)
}
