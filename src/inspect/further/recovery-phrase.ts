import { type Detector, nothing } from '../detector.ts'
import { caselessExpression } from '../fold-case.ts'
import { isWithinWord } from '../named-value.ts'
import { recoveryPhraseKind } from './kinds.ts'

const label = caselessExpression(
  '^(?:(?:secret |backup |seed |mnemonic )?(?:recovery|seed|secret|backup|mnemonic)[ _-]?(?:phrases?|words|seed)|seed(?=\\s?[:=])|mnemonic|bip-?39|wiederherstellungs-?(?:phrase|w[öo]rter)|phrase (?:de (?:récupération|recuperation|sauvegarde)|secrète|secrete|mnémonique|mnemonique)|frase (?:de (?:recuperación|recuperacion|recuperação|recuperacao)|semilla|mnemotécnica|mnemónica|mnemónica|di recupero|seed|mnemonica|mnemônica)|frase-semente|palabras semilla|palavras de recuperação|herstel(?:zin|woorden))(?![\\p{L}])',
)
/** Units of the longest label, and what tells that it is over. */
const longestLabel = 40
const mostLabelWords = 3
/** What may stand between the label and the words; some of it are words of the lists as well. */
const isFiller =
  /^(?:words?|w[öo]rter|mots?|palabras|parole|palavras|woorden|phrase|seed|is|are|was|of|for|to|the|my|our|his|her|your|this|these|wallet|metamask|ledger|trezor|coinbase|phantom|as|follows|following|in|order|lautet|lauten|ist|meine|meiner|sind|est|sont|ma|mon|mi|mia|es|son|la|el|le|é|è|minha|de|mijn|zijn|van)$/iu
const mostFillers = 8

/** A word behind what parts it from the one before and its place in a numbered list. */
const word =
  /[\s,;:=|"'“„«`*_[\]{}()<>-]{1,8}(?:(?:0?[1-9]|1\d|2[0-4])(?:[.):-]|(?=\s))["'`*_\s]{0,4})?([\p{L}\p{M}]{1,12})(?![\p{L}\p{M}\p{N}])/uy
const fewestLetters = 3
const mostLetters = 10
/** Frequent words that are in no list of BIP-39 in Latin letters. */
const isOther =
  /^(?:the|and|for|are|with|from|not|but|was|were|has|had|his|her|its|our|your|them|their|these|those|which|whose|while|would|shall|should|could|may|might|does|did|been|being|some|each|both|here|well|even|down|anyone|using|der|die|das|und|ist|mit|den|dem|von|für|nicht|auf|ein|eine|sich|auch|wird|sind|wenn|oder|les|des|une|est|que|pour|dans|qui|pas|vous|nous|avec|los|las|una|por|con|para|del|como|más|esta|sus|per|che|non|della|questo|uma|não|com|seu|sua|het|een|dat|niet|voor|zijn|met|naar|ook)$/iu
/** The phrase is all there is to its line, sentence or quotation. */
const ends = /^["'`*_]{0,3}[ \t]*(?:$|[\n.;:!?)\]}<"'`|]|,\s*$)/

/** Words with spaces between them alone end where a comma stands, or where the sentence goes on. */
const onlySpaces = /^[\p{L}\p{M} ]+$/u
const goesOn = /^(?:, | (?:and|but|und|aber|et|mais|pero|maar|does|which)(?!\p{L}))/iu

const fewest = 12
const counts = [fewest, 15, 18, 21, 24]
const most = 24
/** From the label to the end of the last word, in a list with a number before each. */
const reach = 480
/** The phrases of manuals and test networks repeat a word. */
const leastDistinct = 0.5
const fewestDistinct = fewest * leastDistinct

/** Where it stands in the text, and what it may be. */
interface Word {
  readonly written: string
  readonly start: number
  readonly end: number
  readonly isFiller: boolean
  readonly isOfPhrase: boolean
}

const nowhere = { start: 0, end: 0 }
/**
 * The words read of late, by the position before what parts them from the one before; undefined where none follows. No phrase
 * stands behind a label that begins in `few`.
 */
const read = { text: '', words: new Map<number, Word | undefined>(), few: nowhere }
/** Labels stand close together where words are asked for again. */
const mostRead = 1_000
const mostRepeating = 500

/** Each is read once, however many labels stand before it; the last text is held. */
function wordBehind(text: string, position: number): Word | undefined {
  if (text !== read.text) read.few = nowhere
  if (text !== read.text || read.words.size >= mostRead) read.words.clear()
  // Also when it reads the same: the next time it is the same, which is seen at once.
  read.text = text
  if (!read.words.has(position)) read.words.set(position, readWord(text, position))
  return read.words.get(position)
}

function readWord(text: string, position: number): Word | undefined {
  word.lastIndex = position
  const written = word.exec(text)?.[1]
  if (written === undefined) return undefined
  const end = word.lastIndex
  return {
    written,
    start: end - written.length,
    end,
    isFiller: isFiller.test(written),
    isOfPhrase: isOfPhrase(written),
  }
}

/** Notes how far words go on behind a position that are too few different ones for a phrase, whichever it begins with. */
function noteFew(text: string, position: number): void {
  const starts: number[] = []
  const seen = new Set<string>()
  let next = wordBehind(text, position)
  while (
    next !== undefined &&
    starts.length < mostRepeating &&
    seen.add(next.written).size < fewestDistinct
  ) {
    starts.push(next.start)
    next = wordBehind(text, next.end)
  }
  // A label reads on where the words end: at a number, say.
  const behind = next === undefined ? 0 : mostFillers + most
  read.few = { start: position, end: starts.at(-mostLabelWords - behind) ?? position }
}

const isInFew = (text: string, start: number): boolean =>
  start >= read.few.start && start < read.few.end && text === read.text

/** Those that follow a position, fillers among them; none where nothing but fillers follows. */
function wordsFrom(text: string, position: number, until: number): readonly Word[] {
  const words: Word[] = []
  let at = position
  while (words.length < mostFillers + most) {
    const next = wordBehind(text, at)
    if (next === undefined || next.end > until) break
    words.push(next)
    at = next.end
    if (words.length > mostFillers && !next.isOfPhrase) break
    if (words.length === mostFillers + 1 && words.every((each) => each.isFiller)) break
  }
  return words
}

const isOfPhrase = (written: string): boolean =>
  written.length >= fewestLetters && written.length <= mostLetters && !isOther.test(written)

function isWhole(text: string, phrase: readonly Word[], until: number): boolean {
  const end = phrase.at(-1)?.end ?? 0
  const rest = text.slice(end, until)
  return ends.test(rest) || (goesOn.test(rest) && onlySpaces.test(text.slice(phrase[0]?.start, end)))
}

/** Whether so many of some words are different. */
function areDistinct(words: readonly Word[], count: number): boolean {
  const seen = new Set<string>()
  for (const { written } of words) if (seen.add(written).size >= count) return true
  return false
}

/** The longest phrase that begins with the first of some words. */
function phraseIn(text: string, words: readonly Word[], until: number): readonly Word[] | undefined {
  const stop = words.findIndex((each) => !each.isOfPhrase)
  const longest = stop === -1 ? words.length : stop
  return counts
    .filter((count) => count <= longest)
    .map((count) => words.slice(0, count))
    .findLast((phrase) => isWhole(text, phrase, until) && areDistinct(phrase, phrase.length * leastDistinct))
}

/** The words that open a wallet, behind what such are called. */
export const recoveryPhrase: Detector = {
  ...recoveryPhraseKind,
  isNamedOnly: true,
  trigger: {
    literals: [
      ...['seed phrase', 'seed-phrase', 'seed_phrase', 'seedphrase', 'seed:', 'seed ='],
      ...['recovery phrase', 'recovery-phrase', 'recovery_phrase', 'recoveryphrase'],
      ...['recovery seed', 'secret phrase', 'backup phrase', 'mnemonic', 'bip39', 'bip-39'],
      ...['wiederherstellungsp', 'wiederherstellungs-p', 'wiederherstellungsw'],
      ...['phrase de r', 'phrase de sauv', 'phrase secr', 'phrase mn'],
      ...['frase de rec', 'frase semilla', 'frase mnem', 'frase di rec', 'frase seed', 'frase-semente'],
      ...['palabras semilla', 'palavras de recup', 'herstelzin', 'herstelwoorden'],
    ],
    isAnyCase: true,
  },
  examine: (text, start) => {
    if (isWithinWord(text, start) || isInFew(text, start)) return nothing
    const called = label.exec(text.slice(start, start + longestLabel))
    if (called === null) return nothing
    const until = start + reach
    const labelEnd = start + called[0].length
    const words = wordsFrom(text, labelEnd, until)
    if (!areDistinct(words, fewestDistinct)) {
      noteFew(text, labelEnd)
      return nothing
    }
    const first = words.findIndex(({ isFiller }) => !isFiller)
    // The first word may look like a filler.
    for (let at = Math.min(first, mostFillers); at >= 0; at--) {
      const phrase = phraseIn(text, words.slice(at), until)
      if (phrase === undefined) continue
      const [{ start: from } = { start: 0 }] = phrase
      const end = phrase.at(-1)?.end ?? 0
      const why = 'as many words as recovery phrases have, behind a name for them'
      return [{ start: from, end, score: 0.9, why }]
    }
    return nothing
  },
  finds: [
    'Seed phrase: «legal winner thank year wave sausage worth useful legal winner thank yellow»',
    'My recovery phrase is «crop cash unable insane eight faith inflict route frame loud box vibrant».',
    'my seed phrase is «crop cash unable insane eight faith inflict route frame loud box vibrant» and it does not work',
    'My seed phrase: «crop cash unable insane eight faith inflict route frame loud box vibrant», please restore it',
    'the 12 words of my MetaMask wallet, secret recovery phrase:\n«crop cash unable insane eight faith\ninflict route frame loud box vibrant»\nThanks',
    'mnemonic = "«crop cash unable insane eight faith inflict route frame loud box vibrant»"',
    '{"mnemonic":["«crop","cash","unable","insane","eight","faith","inflict","route","frame","loud","box","vibrant»"]}',
    'seed phrase:\n1. «crop\n2. cash\n3. unable\n4. insane\n5. eight\n6. faith\n7. inflict\n8. route\n9. frame\n10. loud\n11. box\n12. vibrant»\n',
    'BIP39 «order cash unable insane eight faith inflict route frame loud box vibrant phrase actress young»',
    'Meine Wiederherstellungsphrase lautet «crop cash unable insane eight faith inflict route frame loud box vibrant»',
    'phrase de récupération : «abaisser audible carreau déclarer ennemi fontaine imposer malheur octupler pouce sabre tension»',
    'frase semilla: «ábaco astro captar decir faltar harina lima mueble panal queja seis todo»',
    'frase di recupero: «abaco attrito cespo dondolo fonia insetto minerale ossa proposta salivare solido zircone»',
    'Mijn herstelzin is «crop cash unable insane eight faith inflict route frame loud box vibrant»',
  ],
  ignores: [
    'legal winner thank year wave sausage worth useful legal winner thank yellow',
    'Seed phrase: test test test test test test test test test test test junk',
    'Seed phrase: legal winner thank year wave sausage worth useful legal winner thank',
    'Your recovery phrase should never be shared with anyone, because whoever has these words owns your wallet.',
    'Recovery phrase: write down these words and keep them where nobody else can ever find them again',
    'seed words: red shoes, running shoes, leather boots, hiking boots, black boots, sneakers, sandals and socks',
    'A mnemonic: my very educated mother just served us nine pizzas',
    'seed: 42',
    'mnemonic devices help students remember long lists',
  ],
}
