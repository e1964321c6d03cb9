/** How far before a value its context is looked for, in UTF-16 units: a short sentence or a column name. */
const usualReach = 64

/**
 * Tells whether one of `words` stands shortly before a position, as a whole word. `cardNumber` and
 * `card_number` hold the word `card`. Words are lower case.
 */
export function contextBefore(
  words: readonly string[],
  reach = usualReach,
): (text: string, start: number) => boolean {
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'iu')
  return (text, start) => pattern.test(partCamelCase(text.slice(Math.max(0, start - reach), start)))
}

/** The answer for one position, looked for when it is first asked for. */
export function askedOnce(
  test: (text: string, start: number) => boolean,
  text: string,
  start: number,
): () => boolean {
  let known: boolean | undefined
  return (): boolean => {
    known ??= test(text, start)
    return known
  }
}

const partCamelCase = (text: string): string => text.replace(/([a-z])([A-Z])/g, '$1 $2')
