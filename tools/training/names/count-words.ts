/** The word list: which words stand in names of people, places and organisations, and which in ordinary text. */
import { hashWord, kinds, makeTokens, readTokens } from '#/inspect/names/tokens.ts'
import { bits, germanNoun, pairHash } from '#/inspect/names/word-list.ts'
import { type Labelled, readWikiAnn, wikiLanguages } from './corpora.ts'
import type { NameLists } from './name-lists.ts'

interface Counts {
  given: number
  surname: number
  PER: number
  LOC: number
  ORG: number
  ordinary: number
}

const none: Counts = { given: 0, surname: 0, PER: 0, LOC: 0, ORG: 0, ordinary: 0 }

export interface CountedWords {
  readonly hashes: readonly number[]
  readonly bits: readonly number[]
}

/** `ordinary` are texts of which what stands outside spans counts as ordinary. Sorted by hash as unsigned numbers. */
export function countWords(folder: string, ordinary: readonly Labelled[], lists: NameLists): CountedWords {
  const words = new Map<number, Counts>()
  const pairs = new Map<number, Counts>()
  const of = (map: Map<number, Counts>, hash: number): Counts => {
    let counts = map.get(hash)
    if (counts === undefined) {
      counts = { ...none }
      map.set(hash, counts)
    }
    return counts
  }
  const tokens = makeTokens(1 << 14)
  const hashesOf = (text: string): readonly number[] => {
    readTokens(text, 0, tokens)
    return Array.from(tokens.word.subarray(0, tokens.count)).filter(
      (_, at) => tokens.kind[at]! <= kinds.oneCapital,
    )
  }
  const addName = (name: string, type: 'PER' | 'LOC' | 'ORG') => {
    const hashes = hashesOf(name)
    if (type === 'PER' && hashes.length > 1) {
      of(words, hashes[0]!).given++
      of(words, hashes.at(-1)!).surname++
    }
    hashes.forEach((hash, index) => {
      of(words, hash)[type]++
      const next = hashes[index + 1]
      if (next !== undefined) of(pairs, pairHash(hash, next))[type]++
    })
  }
  for (const language of wikiLanguages) {
    let name = ''
    let type = ''
    for (const { word, tag } of readWikiAnn(folder, language)) {
      if (name !== '' && !tag.startsWith('I-')) {
        // Redirects and list pages: words of a type once are chance, so more than one is asked for below.
        addName(name.replace(/\(.*\)|^['"]+|['"]+$/g, ''), type as 'PER')
        name = ''
      }
      if (tag === 'O') {
        if (/^\p{L}+$/u.test(word) && !/^(REDIRECT|WEITERLEITUNG|REDIRECIONAMENTO|REDIRECTION)/i.test(word))
          of(words, hashWord(word)).ordinary++
      } else {
        name = name === '' ? word : `${name} ${word}`
        type = tag.slice(2)
      }
    }
  }
  for (const { text, spans } of ordinary) {
    readTokens(text, 0, tokens)
    for (let at = 0; at < tokens.count; at++) {
      const kind = tokens.kind[at]!
      if (kind !== kinds.lower) continue
      const start = tokens.start[at]!
      if (spans.some((span) => span.start <= start && span.end > start)) continue
      of(words, tokens.word[at]!).ordinary++
    }
  }
  const listed = new Map<number, number>()
  const mark = (hash: number, bit: number) => listed.set(hash, (listed.get(hash) ?? 0) | bit)
  for (const name of lists.given) for (const hash of hashesOf(name)) mark(hash, bits.given)
  for (const name of lists.surnames) for (const hash of hashesOf(name).slice(-1)) mark(hash, bits.surname)
  for (const name of [...lists.cities, ...lists.countries]) {
    const hashes = hashesOf(name)
    if (hashes.length === 1) mark(hashes[0]!, bits.place)
    else if (hashes.length > 1) {
      hashes.forEach((hash, index) => {
        if (index > 0) mark(pairHash(hashes[index - 1]!, hash), bits.place)
      })
    }
  }
  for (const noun of lists.germanNouns) {
    const hash = hashWord(noun)
    const own = bitsOfWord(words.get(hash) ?? none) | (listed.get(hash) ?? 0)
    // 'Becker' and 'Essen' are names as well: for these the list says nothing.
    if ((own & (bits.given | bits.surname | bits.place | germanNoun)) === 0) mark(hash, germanNoun)
  }
  const found = new Map<number, number>()
  for (const [hash, counts] of words) {
    const own = bitsOfWord(counts) | (listed.get(hash) ?? 0)
    if (own !== 0) found.set(hash, own)
  }
  for (const [hash, counts] of pairs) {
    const own = bitsOfPair(counts) | (listed.get(hash) ?? 0)
    if (own !== 0) found.set(hash, own)
  }
  for (const [hash, own] of listed) if (!found.has(hash)) found.set(hash, own)
  const hashes = [...found.keys()].sort((one, other) => (one >>> 0) - (other >>> 0))
  return { hashes, bits: hashes.map((hash) => found.get(hash)!) }
}

/** Once in a million words of Wikipedia is chance. */
const least = 2

function bitsOfWord({ given, surname, PER, LOC, ORG, ordinary }: Counts): number {
  const named = PER + LOC + ORG
  let own = 0
  if (given >= least) own |= bits.given
  if (surname >= least) own |= bits.surname
  if (LOC >= least) own |= bits.place
  if (ORG >= least) own |= bits.organisation
  if (ordinary >= 2 && ordinary >= named * 0.7) own |= bits.ordinary
  if (PER >= 3 && PER >= named * 0.7) own |= bits.mostlyPerson
  if (LOC >= 3 && LOC >= named * 0.7) own |= bits.mostlyPlace
  if (ORG >= 3 && ORG >= named * 0.7) own |= bits.mostlyOrganisation
  return own
}

function bitsOfPair({ PER, LOC, ORG }: Counts): number {
  if (PER + LOC + ORG < 3) return 0
  return (
    (PER >= least ? bits.mostlyPerson : 0) |
    (LOC >= least ? bits.mostlyPlace : 0) |
    (ORG >= least ? bits.mostlyOrganisation : 0)
  )
}
