/** Where a name can stand. The tagger looks nowhere else: most of a text is read once and left. */
import { gaps, hashWord, kindOfSign, kinds, type Tokens } from './tokens.ts'
import { bits, bitsAt, type WordList } from './word-list.ts'

/** After these a name follows even in chat without capitals. */
const cues = new Set(
  (
    'name names named am im call called calling dear hi hello hey mr mrs ms miss dr prof sir madam from by with ask ' +
    'tell told met contact colleague manager boss wife husband brother sister friend regards thanks cheers in at near to ' +
    'herr frau heisse heisst name liebe lieber hallo gruss von aus nach bei mit kollege kollegin ' +
    'monsieur madame mme bonjour appelle cher chere avec chez depuis nom senor senora sr sra llamo llama nombre hola ' +
    'querido querida con desde mevrouw meneer dhr mevr heet naam beste hoi van uit met bij chamo nome ola caro cara'
  )
    .split(' ')
    .map(hashWord),
)

const namesBits = bits.given | bits.surname | bits.place

/** Marks candidates; true when there is one. */
export function markCandidates(tokens: Tokens, words: WordList): boolean {
  const { count, word, kind, known, german, isCandidate } = tokens
  isCandidate.fill(0, 0, count)
  let any = false
  for (let at = 0; at < count; at++) {
    const written = kind[at] as number
    const isWord = written <= kinds.oneCapital || written === kinds.letterAndDigit
    const listed = isWord ? bitsAt(words.bitsOf(word[at] as number), german[at] !== 0) : 0
    known[at] = listed
    if (!isWord || !isNameLike(tokens, at, written, listed)) continue
    any = true
    isCandidate[at] = 1
    if (at > 0 && canBelong(tokens, at - 1)) isCandidate[at - 1] = 1
    if (at + 1 < count) markNext(tokens, at, words)
  }
  return any
}

function isNameLike(tokens: Tokens, at: number, written: number, listed: number): boolean {
  if (written !== kinds.lower && written !== kinds.letterAndDigit) return true
  if (written === kinds.letterAndDigit) return false
  if ((listed & bits.ordinary) !== 0 || isAssigned(tokens, at)) return false
  const { word } = tokens
  if ((listed & namesBits) !== 0) return true
  return (
    (at > 0 && cues.has(word[at - 1] as number)) ||
    (at > 1 && listed !== 0 && cues.has(word[at - 2] as number))
  )
}

/** What something is called in code and markup: `w:val="best"`. */
const isAssigned = ({ count, kind, gap }: Tokens, at: number): boolean =>
  at + 1 < count && kind[at + 1] === equals && gap[at + 1] === gaps.none

const equals = kindOfSign('=')

/** What may stand beside a name and be part of it: 'de', 'of', the number of a house, the stop of an initial. */
function canBelong({ kind, start, end }: Tokens, at: number): boolean {
  const written = kind[at] as number
  if (written === kinds.lower) return (end[at] as number) - (start[at] as number) <= longestLink
  return written < kinds.sign || written === stop
}

const longestLink = 4
const stop = kindOfSign('.')

/** After a name: what can belong to it, and a sign or a word when a name goes on behind it ('Müller-Lüdenscheidt'). */
function markNext(tokens: Tokens, at: number, words: WordList): void {
  const { count, word, kind, german, isCandidate } = tokens
  if (canBelong(tokens, at + 1)) isCandidate[at + 1] = 1
  if (kind[at] === kinds.lower) isCandidate[at + 1] = 1
  if (isCandidate[at + 1] === 1 || at + 2 >= count) return
  const written = kind[at + 2] as number
  const stored = written === kinds.lower ? words.bitsOf(word[at + 2] as number) : 0
  const listed = bitsAt(stored, german[at + 2] !== 0)
  if (written >= kinds.number1 && written < kinds.sign) isCandidate[at + 1] = 1
  else if (written < kinds.number1 && isNameLike(tokens, at + 2, written, listed)) isCandidate[at + 1] = 1
}
