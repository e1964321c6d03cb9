/** What makes a run of digits a telephone number without a word before it, as far as a look at it tells. */
import { isDigit, isLetter } from '../../characters.ts'
import { createMayBegin } from '../../word-beginnings.ts'
import { shapesOfRegions } from './phone-shapes.ts'
import { namedAfter, plainlyNamedAfter } from './phone-words.ts'

const space = 32
const openingBracket = 40
const plus = 43
const hyphen = 45
const slash = 47
const zero = 48
const dash = 0x2013
const longestGroup = 31

/** Without a word a run of more groups is no number, unless it begins with a calling code. */
export const mostAlone = 6

/** False where only a word before it makes a number one to call. */
export function mayBeAlone(text: string, start: number, end: number): boolean {
  if (isPostcode(text, start) || isAmongBytes(text, start, end)) return false
  const before = text.charCodeAt(start - 1)
  if (before === plus || before === openingBracket) return true
  const shape = packedShape(text, start, end)
  const isOneGroup = shape !== undefined && shape <= longestGroup
  if (!isOneGroup) {
    if (text.startsWith('00', start)) return true
    if (shape === undefined) return false
    if (nationalShapes.has(shape)) return true
    if (text.charCodeAt(start) === zero && mayBeWithTrunkZero(shape)) return true
  }
  return lengthOfSplit(text, start) > 0 || mayBeNamedBehind(text, end)
}

/** The lengths of all groups, at most `longestGroup`, in five bits each; undefined for more groups than stand alone. */
function packedShape(text: string, start: number, end: number): number | undefined {
  let shape = 0
  let groups = 0
  let length = 0
  for (let at = start; at <= end; at++) {
    if (at < end && isDigit(text.charCodeAt(at))) length++
    else if (length > 0) {
      if (++groups > mostAlone) return undefined
      shape = (shape << 5) | Math.min(length, longestGroup)
      length = 0
    }
  }
  return shape
}

/** National numbers with a zero before them have so many digits, in groups of so many (`isWithTrunkZero`, phone.ts). */
const fewestWithZero = 9
const mostWithZero = 12
const shortestWithZero = 2
const longestWithZero = 8
const longestFirst = 5

function mayBeWithTrunkZero(shape: number): boolean {
  let digits = 0
  for (let rest = shape; rest > 0; rest >>>= 5) {
    const length = rest & longestGroup
    const longest = rest <= longestGroup ? longestFirst : longestWithZero
    if (length < shortestWithZero || length > longest) return false
    digits += length
  }
  return digits >= fewestWithZero && digits <= mostWithZero
}

/** Those of North America, and those that regions have given out. */
const nationalShapes = new Set(
  ['3-3-4', '1-3-3-4', ...shapesOfRegions].map((shape) =>
    shape.split('-').reduce((packed, length) => (packed << 5) | Number(length), 0),
  ),
)

/** False where no word begins behind a number that says what it is, nor an extension, which it may follow. */
function mayBeNamedBehind(text: string, end: number): boolean {
  let at = end
  while (at - end < longestIntroduction && introducing.includes(text.charCodeAt(at))) at++
  const code = text.charCodeAt(at)
  if (!isLetter(code) || !mayBeginName(text, at)) return false
  if (extensionFirsts.includes(code | 0x20)) return true
  const after = text.slice(end, end + longestNameAfter)
  return namedAfter.test(after) || plainlyNamedAfter.test(after)
}

/** `e` and `x`: `x12`, `ext. 12`. */
const extensionFirsts = [101, 120]
const longestNameAfter = 28

const longestIntroduction = 3
/** Before such a word: a space, a bracket, a dash or a hyphen. */
const introducing = [space, openingBracket, dash, hyphen]
/** All words that stand in the expression, and an extension. */
const mayBeginName = createMayBegin([...(namedAfter.source.match(/\p{L}{3,}/gu) ?? []), 'ext', 'x\\b'])

/** `MA 02110-1301`: behind a state, as in every file that holds the address of the GNU licences. */
const isPostcode = (text: string, start: number): boolean =>
  text.charCodeAt(start + 5) === hyphen &&
  /^\d{5}-\d{4}(?!\d)/.test(text.slice(start, start + 11)) &&
  /(?:^|[^A-Za-z])[A-Z]{2}\s{1,9}$/.test(text.slice(Math.max(0, start - 12), start))

/** `0f 85 aa 01 00 00 44 89 e9`: bytes among others, on both sides. */
const isAmongBytes = (text: string, start: number, end: number): boolean =>
  text.charCodeAt(start + 2) === space &&
  /(?:^|\s)[\da-f]{2} {1,2}$/.test(text.slice(Math.max(0, start - 5), start)) &&
  /^ {1,2}[\da-f]{2}(?:\s|$)/.test(text.slice(end, end + 5))

/**
 * Length of what stands before a sign with blanks around it, which begins another number for the scan: `089 / `,
 * `+49 (0) 221 - `. A calling code or a leading zero begins it.
 */
export function lengthOfSplit(text: string, start: number): number {
  if (text.charCodeAt(start - 1) !== space || !splitting.includes(text.charCodeAt(start - 2))) return 0
  return split.exec(text.slice(Math.max(0, start - longestSplit), start))?.[0].length ?? 0
}

const splitting = [slash, hyphen, dash]
const split =
  /(?<![\p{L}\d.,/#+-])(?:\(?\+\d{1,3}\)?|\(?0\d{1,4}\)?)(?:[ /–-]{1,3}(?:\(0\) ?)?\d{1,4}){0,2}(?: \(0\))? [-/–] $/u
const longestSplit = 28
