/** Answers that are written down while they come: what a `progress` entry seals, and how the pieces fit together. */
import { createHash } from 'node:crypto'

/** A stretch of one text of an answer. An answer may have several: content blocks, choices, tool calls. */
export interface AnswerPiece {
  /** Texts of an answer are numbered from 0, in the order in which they began. */
  readonly slot: number
  readonly text: string
}

/** What a `progress` entry seals, as JSON. */
export interface ProgressText {
  /** In hex; the same in every entry of an exchange. */
  readonly salt: string
  /** What came since the entry before, in the order of `slot`. */
  readonly pieces: readonly AnswerPiece[]
}

/** The newest `progress` entry of an exchange that is open, and how much of the answer it and those before it hold. */
export interface KnownProgress {
  readonly index: number
  readonly answerBytes: number
}

/**
 * SHA-256 of a salt and of all the pieces sealed so far, in their order. The salt is sealed, too: without it nobody can
 * try out which answer a digest in a header belongs to, nor after its key was destroyed.
 */
export class RunningDigest {
  readonly #hash

  constructor(salt: string) {
    this.#hash = createHash('sha256').update(salt, 'hex')
  }

  add(pieces: readonly AnswerPiece[]): string {
    for (const { text } of pieces) this.#hash.update(text, 'utf8')
    return this.#hash.copy().digest('hex')
  }
}

/** The whole answer out of its pieces, text after text. */
export function joinAnswer(pieces: readonly AnswerPiece[]): string {
  const texts: string[] = []
  for (const { slot, text } of pieces) texts[slot] = (texts[slot] ?? '') + text
  return texts.join('\n')
}
