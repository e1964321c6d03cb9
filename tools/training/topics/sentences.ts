/**
 * The sentences topics are trained on, one a line, in a folder a language: what is written on each topic, what companies
 * say of any (`inside`), what everybody may (`outside`), texts in which nothing is to be found (`ordinary-*`, in
 * paragraphs that go together), and what stands in all of them (`fillers`). `[a|b]` is a choice, `{x}` a part of
 * `parts.ts`, `{term}` one of `terms.txt`. All are written for this project.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TopicName, topicNames } from '#/inspect/topics/kinds.ts'

const folder = join(import.meta.dirname, 'sentences')
const languages = ['english', 'german', 'french', 'spanish', 'dutch', 'portuguese'] as const

export type Language = (typeof languages)[number]

/** Sentences that are told by one topic, or that are ordinary together. */
export interface Group {
  readonly topic: TopicName | undefined
  readonly language: Language
  readonly sentences: readonly string[]
  /** What `{term}` stands for in them. */
  readonly terms: readonly string[]
}

const linesOf = (language: Language, name: string): readonly string[] =>
  readFileSync(join(folder, language, `${name}.txt`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')

export const fillersOf = (language: Language): readonly string[] => linesOf(language, 'fillers')

export const groups: readonly Group[] = languages.flatMap((language) => {
  const terms = termsOf(language)
  const inside = linesOf(language, 'inside')
  const outside = linesOf(language, 'outside')
  const ordinary = readdirSync(join(folder, language)).filter((file) => file.startsWith('ordinary-'))
  return [
    ...topicNames.flatMap((topic): Group[] => {
      const own = terms.get(topic) as readonly string[]
      return [
        { topic, language, sentences: [...linesOf(language, topic), ...inside], terms: own },
        { topic: undefined, language, sentences: outside, terms: own },
      ]
    }),
    ...ordinary.toSorted().map((file): Group => {
      const sentences = linesOf(language, file.slice(0, -'.txt'.length))
      return { topic: undefined, language, sentences, terms: [] }
    }),
  ]
})

/** `topic: a|b`, one topic a line. */
function termsOf(language: Language): ReadonlyMap<string, readonly string[]> {
  return new Map(
    linesOf(language, 'terms').map((line) => {
      const [topic, terms] = line.split(': ') as [string, string]
      return [topic, terms.split('|')]
    }),
  )
}
