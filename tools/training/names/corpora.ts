/** The labelled texts as plain text with spans. Corpora that come as tokens are joined as people write. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface Span {
  readonly start: number
  readonly end: number
  /** 'PER', 'LOC', 'ORG', 'ADR', or a tag of the clinical texts. */
  readonly type: string
}

export interface Labelled {
  readonly text: string
  readonly spans: readonly Span[]
}

/** Undefined when the folder is not there. */
export const corporaFolder = (root: string): string | undefined => {
  const folder = process.env['SALLYPORT_CORPORA'] ?? join(root, '..', 'shared', 'corpora')
  return existsSync(folder) ? folder : undefined
}

const read = (folder: string, name: string): string =>
  gunzipSync(readFileSync(join(folder, name))).toString('utf8')

interface Token {
  readonly word: string
  readonly tag: string
}

const typeNames: Readonly<Record<string, string>> = {
  PER: 'PER',
  person: 'PER',
  LOC: 'LOC',
  location: 'LOC',
  ORG: 'ORG',
  corporation: 'ORG',
  group: 'ORG',
}

/** Tagged tokens, a sentence each. `word` and `tag` say in which column they stand. */
function sentencesOf(
  text: string,
  word: number,
  tag: number,
  separator: RegExp,
): readonly (readonly Token[])[] {
  const sentences: Token[][] = []
  let sentence: Token[] = []
  for (const line of text.split('\n')) {
    if (line.startsWith('-DOCSTART-') || line.startsWith('# ') || line.startsWith('#\t')) continue
    if (line.trim() === '') {
      if (sentence.length > 0) sentences.push(sentence)
      sentence = []
      continue
    }
    const columns = line.split(separator)
    sentence.push({ word: columns[word] ?? '', tag: columns[tag] ?? 'O' })
  }
  if (sentence.length > 0) sentences.push(sentence)
  return sentences
}

const noSpaceBefore = /^([.,!?;:)\]}%’]|'s|n't|'(re|ve|ll|d|m)|''|\.\.\.)$/i
const noSpaceAfter = /^([([{$#]|``)$/

/** Sentences as text; `isIo` for tags that mark no beginnings. */
export function joinTokens(tokens: readonly Token[], isIo = false): Labelled {
  let text = ''
  const spans: { start: number; end: number; type: string }[] = []
  let isGlued = true
  let last = 'O'
  let lastWord = ''
  let quotes = 0
  for (const { word, tag } of tokens) {
    const isQuote = word === '"'
    const glue = isGlued || noSpaceBefore.test(word) || (isQuote && quotes % 2 === 1)
    if (!glue) text += ' '
    const start = text.length
    text += word
    isGlued = noSpaceAfter.test(word) || (isQuote && quotes % 2 === 0)
    if (isQuote) quotes++
    // A handle is an account, not a name; the contracts mark roles as people.
    const isNoName =
      /^[@#]/.test(word) ||
      lastWord === '@' ||
      /^(the |)(lender|borrower|bank|agent|company|tenant|landlord|executive)s?$/i.test(word)
    const name = isNoName ? undefined : typeNames[tag.slice(2)]
    lastWord = word
    const begins = isIo ? last !== tag : tag.startsWith('B-') || last.slice(2) !== tag.slice(2)
    const open = spans.at(-1)
    if (name !== undefined && !begins && open !== undefined) open.end = text.length
    else if (name !== undefined) spans.push({ start, end: text.length, type: name })
    last = name === undefined ? 'O' : tag
  }
  return { text, spans }
}

export function readEwt(folder: string): readonly Labelled[] {
  // The original text stands in a comment: it keeps the spaces as they were.
  return read(folder, 'ner/ewt-en-dev.iob2.gz')
    .split('\n\n')
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const text = /^# text = (.*)$/m.exec(block)?.[1] ?? ''
      const [tokens = []] = sentencesOf(block, 1, 2, /\t/)
      return alignTokens(text, tokens)
    })
}

function alignTokens(text: string, tokens: readonly Token[]): Labelled {
  const spans: { start: number; end: number; type: string }[] = []
  let from = 0
  for (const { word, tag } of tokens) {
    const start = text.indexOf(word, from)
    if (start === -1) return joinTokens(tokens)
    from = start + word.length
    const name = typeNames[tag.slice(2)]
    const open = spans.at(-1)
    if (name === undefined) continue
    if (tag.startsWith('I-') && open !== undefined) open.end = from
    else spans.push({ start, end: from, type: name })
  }
  return { text, spans }
}

export const readGermEval = (folder: string): readonly Labelled[] =>
  sentencesOf(read(folder, 'ner/germeval14-de-dev.tsv.gz'), 1, 2, /\t/).map((tokens) => joinTokens(tokens))

const readConll = (folder: string, name: string): readonly Labelled[] =>
  sentencesOf(read(folder, `ner/${name}`), 0, 1, /\t/).map((tokens) => joinTokens(tokens))

export const readWnut = (folder: string): readonly Labelled[] =>
  ['wnut17-en-train.conll.gz', 'wnut17-en-dev.conll.gz'].flatMap((name) => readConll(folder, name))

export const readTweets = (folder: string): readonly Labelled[] =>
  ['a', 'b', 'e', 'f', 'g', 'h'].flatMap((part) => readConll(folder, `btc-en-${part}.conll.gz`))

export const readWikiGold = (folder: string): readonly Labelled[] =>
  sentencesOf(read(folder, 'ner/wikigold-en.conll.gz'), 0, 1, / /).map((tokens) => joinTokens(tokens, true))

export const readContracts = (folder: string): readonly Labelled[] =>
  sentencesOf(read(folder, 'ner/sec-en-fin5.conll.gz'), 0, 3, / /).map((tokens) => joinTokens(tokens, true))

export const wikiLanguages = ['en', 'de', 'fr', 'nl', 'pt'] as const

/** Silver tags of Wikipedia: all of it for counting words in names. */
export function* readWikiAnn(folder: string, language: string): Generator<Token> {
  for (const line of read(folder, `ner/wikiann-${language}-train.conll.gz`).split('\n')) {
    const tab = line.lastIndexOf('\t')
    if (tab === -1) yield { word: '', tag: 'O' }
    else yield { word: line.slice(3, tab), tag: line.slice(tab + 1) }
  }
}

/**
 * Whole sentences of Wikipedia in which no capital stands outside a name: elsewhere names are left unmarked. Of German this
 * cannot be told.
 */
export function readWikiSentences(folder: string, language: string): readonly Labelled[] {
  const sentences: Labelled[] = []
  let tokens: Token[] = []
  for (const token of [...readWikiAnn(folder, language), { word: '', tag: 'O' }]) {
    if (token.word !== '') tokens.push(token)
    else {
      if (isWholeSentence(tokens))
        sentences.push(joinTokens(tokens.filter(({ word }) => !/^['`]+$/.test(word))))
      tokens = []
    }
  }
  return sentences
}

const leastWords = 5

function isWholeSentence(tokens: readonly Token[]): boolean {
  const outside = tokens.filter(({ tag }) => tag === 'O')
  return (
    tokens.at(-1)?.word === '.' &&
    outside.filter(({ word }) => /^\p{Ll}/u.test(word)).length >= leastWords &&
    outside.every((token) => token === tokens[0] || !/^\p{Lu}/u.test(token.word))
  )
}

/** Spanish clinical notes with their marks. */
export function readClinical(folder: string, part: 'train' | 'dev'): readonly Labelled[] {
  return read(folder, `pii/meddocan-es-${part}.jsonl.gz`)
    .trim()
    .split('\n')
    .map((line) => {
      const { text, spans } = JSON.parse(line)
      return { text, spans: spans.map(readClinicalSpan) }
    })
}

const readClinicalSpan = ([start, end, type]: readonly [number, number, string]): Span => ({
  start,
  end,
  type,
})
