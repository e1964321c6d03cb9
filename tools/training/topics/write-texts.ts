/** Texts in several registers, put together from sentences. The same seed gives the same texts. */
import type { TopicName } from '#/inspect/topics/kinds.ts'
import { seeded } from '../names/random.ts'
import { parts } from './parts.ts'
import { fillersOf, groups, type Language } from './sentences.ts'

export interface WrittenText {
  /** Undefined for an ordinary text. */
  readonly topic: TopicName | undefined
  readonly text: string
}

interface TextInLanguage extends WrittenText {
  readonly language: Language
}

export const foldCount = 5

/** `perSentence` texts for each sentence of a group. `fold` undefined: all sentences. Else those of the fold, or all others, so that no sentence is on both sides. */
export function writeTexts(
  perSentence: number,
  seed: number,
  fold?: number,
  side: 'held' | 'rest' = 'rest',
): readonly TextInLanguage[] {
  const random = seeded(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const isMeant = (_: string, index: number): boolean =>
    fold === undefined || (index % foldCount === fold) === (side === 'held')
  const fill = (sentence: string, own: readonly string[] = []): string =>
    sentence
      .replace(/\{term\}/g, () => pick(own))
      .replace(/\[([^\]]*)\]/g, (_, choices: string) => pick(choices.split('|')))
      .replace(/\{(\w+)\}/g, (_, part: string) => pick(parts[part] as readonly string[]))
  return groups.flatMap(({ topic, language, sentences, terms: all }) => {
    const own = sentences.filter(isMeant)
    const ofTerms = all.filter(isMeant)
    const shared = fillersOf(language).filter(isMeant)
    return Array.from({ length: perSentence * sentences.length }, () => {
      const rest = [...own]
      const lines = Array.from({ length: Math.min(own.length, 3 + Math.floor(random() * 4)) }, () =>
        fill(rest.splice(Math.floor(random() * rest.length), 1)[0] as string, ofTerms),
      )
      for (let more = Math.floor(random() * 4); more > 0; more--)
        lines.splice(Math.floor(random() * (lines.length + 1)), 0, fill(pick(shared)))
      return { topic, language, text: pick(registers)(lines, () => fill('{person}')) }
    })
  })
}

type Register = (lines: readonly string[], name: () => string) => string

/** E-mail, memo, chat, minutes, slide, clause, plain. */
const registers: readonly Register[] = [
  (lines, name) => `Hi ${name()},\n\n${lines.join(' ')}\n\nBest,\n${name()}`,
  (lines, name) => `Hallo ${name()},\n\n${lines.join(' ')}\n\nViele Grüße\n${name()}`,
  (lines, name) => `MEMO\nTo: ${name()}\nFrom: ${name()}\nSubject: for information\n\n${lines.join('\n')}`,
  (lines, name) => lines.map((line) => `${name()}: ${line.toLowerCase().replace(/\.$/, '')}`).join('\n'),
  (lines, name) => `Minutes, present: ${name()}, ${name()}\n${lines.map((line) => `- ${line}`).join('\n')}`,
  (lines) => lines.map((line) => `* ${line.replace(/\.$/, '')}`).join('\n'),
  (lines) => lines.map((line, at) => `${at + 1}. ${line}`).join('\n'),
  (lines) => lines.join(' '),
]
