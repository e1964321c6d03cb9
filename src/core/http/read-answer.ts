import { Pieces } from './body.ts'

/** Somebody else's answer is longer than anything expected of it. */
export class AnswerTooLong extends Error {
  constructor(mostBytes: number) {
    super(`answered with more than ${mostBytes} bytes`)
  }
}

/**
 * The whole of an answer as it comes, of at most so many bytes; however short its pieces are, it takes little more than its length.
 * Rejects with `AnswerTooLong`, after which nothing more of it is read, and with what reading it rejects with.
 */
export async function readAnswer(answer: AsyncIterable<Uint8Array>, mostBytes: number): Promise<Buffer> {
  const pieces = new Pieces()
  for await (const piece of answer) {
    if (pieces.bytes + piece.length > mostBytes) throw new AnswerTooLong(mostBytes)
    pieces.add(Buffer.from(piece.buffer, piece.byteOffset, piece.length))
  }
  return pieces.joined()
}
