import { seededRandom } from '../log-for-tests.ts'

/** Text of made-up words, so that no two stretches of it are alike. */
export function wordsOf(bytes: number, seed: number): string {
  const random = seededRandom(seed)
  let text = ''
  while (text.length < bytes) text += `${random(2_000_000_000).toString(36)} `
  return text.slice(0, bytes)
}
