import { foldedUnit, isUnspacedUnit, isWordUnit } from '../characters.ts'

/** Words of a text by position: runs of letters and digits; in scripts without spaces every letter is one. */
export interface Words {
  readonly text: string
  readonly count: number
  readonly starts: Int32Array
  readonly ends: Int32Array
}

/** Linear; a text of n units has at most n words. */
export function wordsOf(text: string): Words {
  const starts: number[] = []
  const ends: number[] = []
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (isUnspacedUnit(unit)) {
      starts.push(index)
      ends.push(index + 1)
    } else if (isWordUnit(unit)) {
      starts.push(index)
      while (index + 1 < text.length && isWordUnit(text.charCodeAt(index + 1))) index++
      ends.push(index + 1)
    }
  }
  return { text, count: starts.length, starts: Int32Array.from(starts), ends: Int32Array.from(ends) }
}

/** Words from `first` to `last` in lower case, joined: `DE89 3704` and `de893704` are the same. */
export function joined({ text, starts, ends }: Words, first: number, last: number): string {
  let value = ''
  for (let word = first; word <= last; word++) {
    for (let index = starts[word] as number; index < (ends[word] as number); index++)
      value += String.fromCharCode(foldedUnit(text.charCodeAt(index)))
  }
  return value
}

/** A whole value as it is compared. */
export function normalised(value: string): string {
  const words = wordsOf(value)
  return joined(words, 0, words.count - 1)
}
