/**
 * JSON as text with its escapes undone in place: keys stay before their values, repeated keys and broken ends stay
 * visible, which a parser would drop.
 */
export const decodeJsonText = (text: string): string =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/g, (_, code: string | undefined, letter: string) =>
    code === undefined ? (short[letter] ?? letter) : String.fromCharCode(Number.parseInt(code, 16)),
  )

const short: Readonly<Record<string, string>> = { b: ' ', f: ' ', n: '\n', r: '\n', t: '\t' }
