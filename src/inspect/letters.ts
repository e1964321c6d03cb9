/** Letters that stand for others: thirteen places on, or digits and signs that look like them. */

/** Digits and signs, and the letter each stands for in words written with them. `1` may also be an `l`. */
export const leetLetters: ReadonlyMap<string, string> = new Map([
  ...[
    ['0', 'o'],
    ['1', 'i'],
    ['3', 'e'],
    ['4', 'a'],
    ['5', 's'],
    ['7', 't'],
    ['8', 'b'],
    ['9', 'g'],
  ],
  ...[
    ['@', 'a'],
    ['$', 's'],
    ['!', 'i'],
    ['|', 'l'],
    ['+', 't'],
    ['€', 'e'],
  ],
] as const)

/** The letter thirteen places on; anything else as it is. */
export function rot13Of(text: string): string {
  let turned = ''
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    const lower = code | 0x20
    turned += String.fromCharCode(
      lower < 97 || lower > 122 || code > 127 ? code : lower < 110 ? code + 13 : code - 13,
    )
  }
  return turned
}

export const mirrorOf = (text: string): string => [...text].reverse().join('')

/** A word in lower case with digits as letters, and `l` as `i`: what it is compared by. */
export function leetSkeleton(word: string): string {
  let skeleton = ''
  for (const character of word) {
    const letter = leetLetters.get(character) ?? character
    skeleton += letter === 'l' ? 'i' : letter
  }
  return skeleton
}
