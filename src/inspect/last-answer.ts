/** Keeps the last answer to a question about a piece of text: where a text repeats itself, the same is asked again and again. */
export function keepingLast(ask: (piece: string) => boolean): (piece: string) => boolean {
  let last: string | undefined
  let answer = false
  return (piece) => {
    if (piece !== last) {
      answer = ask(piece)
      last = piece
    }
    return answer
  }
}
