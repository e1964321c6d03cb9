/**
 * How much a text looks like an attempt to take over a model. A grammar and a few structural signs, no model: it
 * knows plain English attempts and is silent on what is put cleverly. It flags; it only blocks when two phrases and
 * a structural sign come together.
 */
import { isLetter } from './characters.ts'
import { type Phrase, phrases } from './injection-grammar.ts'
import { hiddenText, signs } from './injection-structure.ts'
import { readings } from './views.ts'

export interface InjectionScore {
  /** From 0 to 1. */
  readonly score: number
  readonly verdict: 'none' | 'flag' | 'block'
  /** A sentence for each thing that was found. Never repeats the text. */
  readonly why: readonly string[]
}

/** One strong sign or two weak ones. */
const flagFrom = 0.5

const clean: InjectionScore = { score: 0, verdict: 'none', why: [] }

/** Linear in the length of the text; never throws. */
export function scoreInjection(text: string): InjectionScore {
  const hidden = hiddenText(text)
  const read = `${readings(text, { forInjection: true })
    .map((reading) => reading.text)
    .join('\n')}\n${hidden}`
  const found = findPhrases(plainWords(read))
  const structural = signs.filter(({ pattern }) => pattern.test(read))
  const hiddenWeight = hidden === '' ? 0 : 0.7
  if (found.length + structural.length === 0 && hiddenWeight === 0) return clean
  const weights = [...found, ...structural].map(({ weight }) => weight)
  const score = 1 - [...weights, hiddenWeight].reduce((rest, weight) => rest * (1 - weight), 1)
  const isStructural = structural.length > 0 || hiddenWeight > 0
  const isBlocked = found.length >= 2 && isStructural && score >= 0.75
  return {
    score: Math.round(score * 1_000) / 1_000,
    verdict: isBlocked ? 'block' : score >= flagFrom ? 'flag' : 'none',
    why: [
      ...found.map(({ why }) => why),
      ...structural.map(({ why }) => why),
      ...(hiddenWeight > 0 ? ['hides text in invisible characters'] : []),
    ],
  }
}

const byWord = new Map<string, Phrase[]>()
for (const phrase of phrases) {
  for (const word of phrase.begins) byWord.set(word, [...(byWord.get(word) ?? []), phrase])
}

const firstWords = new RegExp(`(?:${[...byWord.keys()].join('|')}) `, 'g')

/** Each phrase at most once. */
function findPhrases(text: string): readonly Phrase[] {
  const found = new Set<Phrase>()
  for (const { 0: hit, index } of text.matchAll(firstWords)) {
    if (index > 0 && isLetter(text.charCodeAt(index - 1))) continue
    for (const phrase of byWord.get(hit.slice(0, -1)) ?? []) {
      phrase.pattern.lastIndex = index
      if (!found.has(phrase) && phrase.pattern.test(text)) found.add(phrase)
    }
  }
  return [...found]
}

/** Lower case; whitespace, quotes, emphasis and commas as one space. */
const plainWords = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .replace(/[\s"“”*_,]{2,}|[^\S ]|["“”*_,]/g, ' ')
