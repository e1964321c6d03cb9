import { randomBytes } from 'node:crypto'
import { type AnswerPiece, joinAnswer, type ProgressText, RunningDigest } from '#/audit/progress.ts'

/** A stretch of an answer on its way into the log. */
export interface TakenPart {
  readonly sealed: ProgressText
  /** Of the salt and of everything taken so far. */
  readonly digest: string
  /** Bytes taken so far, in UTF-8. */
  readonly answerBytes: number
}

/** Everything a provider sent for one answer, as it was before anything was put back: what the log must hold. */
export class AnswerRecord {
  /** By name, in the order in which they began. */
  readonly #slots = new Map<string, { readonly slot: number; text: string }>()
  #salt: string | undefined
  #digest: RunningDigest | undefined
  #takenBytes = 0
  #length = 0
  #untakenLength = 0

  /** Characters so far. */
  get length(): number {
    return this.#length
  }

  /** Characters that no entry of the log holds yet. */
  get untakenLength(): number {
    return this.#untakenLength
  }

  push(name: string, text: string): void {
    const known = this.#slots.get(name)
    if (known === undefined) this.#slots.set(name, { slot: this.#slots.size, text })
    else known.text += text
    this.#length += text.length
    this.#untakenLength += text.length
  }

  /** What came since the last time, which is forgotten here: a long answer does not lie in memory twice. */
  take(): TakenPart {
    this.#salt ??= randomBytes(16).toString('hex')
    this.#digest ??= new RunningDigest(this.#salt)
    const pieces = this.rest()
    for (const { text } of pieces) this.#takenBytes += Buffer.byteLength(text)
    for (const slot of this.#slots.values()) slot.text = ''
    this.#untakenLength = 0
    return {
      sealed: { salt: this.#salt, pieces },
      digest: this.#digest.add(pieces),
      answerBytes: this.#takenBytes,
    }
  }

  /** For a part that no entry could be written of. Nothing can be taken after this: the digest has gone on. */
  putBack({ sealed }: TakenPart): void {
    for (const known of this.#slots.values()) {
      for (const { slot, text } of sealed.pieces) if (slot === known.slot) known.text = text + known.text
    }
  }

  /** What no entry of the log holds yet. */
  rest(): AnswerPiece[] {
    return [...this.#slots.values()]
      .filter(({ text }) => text !== '')
      .map(({ slot, text }) => ({ slot, text }))
  }

  /** The whole answer; only where nothing was taken. */
  whole(): string {
    return joinAnswer(this.rest())
  }
}
