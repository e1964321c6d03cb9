/** A prompt in its pieces: words of the template, and the places of inputs. */
export type Piece = { readonly text: string } | { readonly input: string }

export const inputName = /^[a-z][a-zA-Z0-9]{0,39}$/
const place = /\{\{ ?([a-z][a-zA-Z0-9]{0,39}) ?\}\}/g

/**
 * Splits a prompt at `{{name}}`. Space alone between two pieces is left out: each becomes a part of its own, and
 * providers refuse parts without a word.
 */
export function piecesOf(prompt: string): readonly Piece[] {
  const pieces: Piece[] = []
  let end = 0
  const addText = (text: string) => {
    if (text.trim() !== '') pieces.push({ text })
  }
  for (const match of prompt.matchAll(place)) {
    addText(prompt.slice(end, match.index))
    pieces.push({ input: match[1] as string })
    end = match.index + match[0].length
  }
  addText(prompt.slice(end))
  return pieces
}
