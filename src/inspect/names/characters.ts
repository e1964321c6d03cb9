/** What a UTF-16 code unit is to the tagger, and the letter it counts as: without case, without accents. */

export const characterClasses = {
  other: 0,
  space: 1,
  newline: 2,
  digit: 3,
  lower: 4,
  upper: 5,
  mark: 6,
} as const

/** Latin, Greek, Cyrillic, Armenian, Hebrew lie below; what lies above has no capital letters. */
const tableSize = 0x600

const classes = new Uint8Array(tableSize)
const folded = new Uint16Array(tableSize)

for (let code = 0; code < tableSize; code++) {
  const character = String.fromCharCode(code)
  classes[code] = classify(character)
  // 'É' counts as 'e': people leave accents out, and lists are written with them.
  const plain = character.toLowerCase().normalize('NFD')
  folded[code] = plain.charCodeAt(0)
}
// These have no decomposition, and are typed without their stroke as often as with it.
for (const [from, to] of ['øo', 'Øo', 'łl', 'Łl', 'đd', 'Đd', 'ıi'].map(([from, to]) => [from, to])) {
  folded[from?.charCodeAt(0) ?? 0] = to?.charCodeAt(0) ?? 0
}

function classify(character: string): number {
  if (character === '\n' || character === '\r') return characterClasses.newline
  if (/\s/.test(character)) return characterClasses.space
  if (/\p{Nd}/u.test(character)) return characterClasses.digit
  if (/\p{Lu}|\p{Lt}/u.test(character)) return characterClasses.upper
  if (/\p{L}/u.test(character)) return characterClasses.lower
  if (/\p{M}/u.test(character)) return characterClasses.mark
  return characterClasses.other
}

export function classOfCode(code: number): number {
  if (code < tableSize) return classes[code] as number
  if (code >= 0x1e00 && code < 0x2000) return classOfLetter(code)
  if (code === 0x2028 || code === 0x2029) return characterClasses.newline
  if (code === 0x202f || code === 0x3000 || (code >= 0x2000 && code <= 0x200a)) return characterClasses.space
  if (code < 0x2c00 || (code >= 0x3001 && code < 0x3040) || code >= 0xfe00) return characterClasses.other
  return characterClasses.lower
}

/** Vietnamese and old Greek letters: rare, so no table. */
function classOfLetter(code: number): number {
  const character = String.fromCharCode(code)
  return character.toLowerCase() === character ? characterClasses.lower : characterClasses.upper
}

export function foldCode(code: number): number {
  if (code < tableSize) return folded[code] as number
  if (code >= 0x1e00 && code < 0x2000)
    return String.fromCharCode(code).toLowerCase().normalize('NFD').charCodeAt(0)
  return code
}
