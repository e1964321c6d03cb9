/** What is found after a word of a text by a classifier that takes everything for a secret: what rules leave of it. */
import { namedSecret } from '../detectors/secret/named-secret.ts'
import { password } from '../detectors/secret/password.ts'
import { withClassifier } from './judged.ts'

const [ofKeys, ofPasswords] = withClassifier([namedSecret, password], {
  probability: () => 1,
  detectors: [],
} as never)

/** Values after the last place where one of the words stands, `|` between them. */
export function foundAfter(words: string, text: string): readonly string[] {
  const word = [...text.matchAll(new RegExp(words, 'gi'))].at(-1)
  const detector = /^p/.test(words) ? ofPasswords : ofKeys
  if (word === undefined || detector === undefined) throw new Error(`none of ${words} stands in ${text}`)
  return detector
    .examine(text, word.index, word.index + word[0].length)
    .map(({ start, end }) => text.slice(start, end))
}

/** Throws when anything is found in one of the texts. */
export const none = (words: string, ...texts: readonly string[]): void => {
  for (const text of texts) assertFound(words, text, [])
}

/** Throws when something else than this one value is found in one of the texts. */
export const one = (words: string, expected: string, ...texts: readonly string[]): void => {
  for (const text of texts) assertFound(words, text, [expected])
}

function assertFound(words: string, text: string, expected: readonly string[]): void {
  const found = JSON.stringify(foundAfter(words, text))
  if (found !== JSON.stringify(expected)) throw new Error(`found in ${text}: ${found}`)
}
