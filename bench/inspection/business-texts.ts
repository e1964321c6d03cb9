/**
 * Whole documents, by topic or ordinary, in six languages: mails, chats, papers of boards, questions to an assistant;
 * and news, lessons, private questions, work, what is public, and stories, which speak of the same things. Written
 * before anything was tuned, without the sentences of training, and never trained on. Nothing is tuned on them either:
 * what is wrong with them is looked at when the weights are done, so that the figure is worth something.
 */
import { readFileSync } from 'node:fs'
import { type TopicName, topicNames } from '#/inspect/topics/kinds.ts'

export interface BusinessText {
  /** Undefined for an ordinary text. */
  readonly topic: TopicName | undefined
  /** The file it stands in. */
  readonly file: string
  readonly text: string
}

const ordinaryFiles = ['news', 'lessons', 'private', 'work', 'public', 'story'].map(
  (name) => `ordinary-${name}`,
)

export function readBusinessTexts(): readonly BusinessText[] {
  return [
    ...topicNames.flatMap((topic) => read(topic, topic)),
    ...ordinaryFiles.flatMap((file) => read(undefined, file)),
  ]
}

const read = (topic: TopicName | undefined, file: string): readonly BusinessText[] =>
  readFileSync(new URL(`./business-texts/${file}.txt`, import.meta.url), 'utf8')
    .split('\n---\n')
    .map((text) => ({ topic, file, text: text.trim() }))
