import { type Deadline, deadlines } from '#/core/deadlines.ts'
import type { AnswerRecord } from './answer-record.ts'
import type { GatewayServices } from './services.ts'
import type { Intended } from './stages/intend.ts'

/**
 * What of an answer is not in the log yet is at most this long, in characters, and at most this old: a `kill -9` loses no
 * more. An entry costs some 30 µs and 700 bytes; with these bounds that is nothing beside the answer itself.
 */
const progressEveryLength = 256 * 1_024
const progressEveryMs = 5_000

/** Writes a long answer down while it comes, in `progress` entries; one is under way at a time. */
export class AnswerProgress {
  readonly #record: AnswerRecord
  readonly #intended: Intended
  readonly #services: GatewayServices
  readonly #onFailed: (error: unknown) => void
  #deadline: Deadline | undefined
  #writing: Promise<void> | undefined
  #newest: number | undefined
  #isOver = false

  constructor(
    record: AnswerRecord,
    intended: Intended,
    services: GatewayServices,
    onFailed: (error: unknown) => void,
  ) {
    this.#record = record
    this.#intended = intended
    this.#services = services
    this.#onFailed = onFailed
  }

  /** To be called when something was added to the record. */
  added(): void {
    if (this.#isOver || this.#writing !== undefined || this.#record.untakenLength === 0) return
    if (this.#record.untakenLength >= progressEveryLength) this.#write()
    else this.#deadline ??= deadlines.add(progressEveryMs, () => this.#write())
  }

  /** Writes nothing more. Gives the newest progress once it is on disk; undefined when there is none. */
  async end(): Promise<number | undefined> {
    this.#isOver = true
    if (this.#deadline !== undefined) deadlines.met(this.#deadline)
    await this.#writing
    return this.#newest
  }

  #write(): void {
    if (this.#deadline !== undefined) deadlines.met(this.#deadline)
    this.#deadline = undefined
    const { received, caller } = this.#intended.transformed.decided.inspected.read.admitted.identified
    const taken = this.#record.take()
    this.#writing = this.#services.audit
      .append({
        kind: 'progress',
        subject: caller.person.id,
        facts: {
          requestId: received.requestId,
          intent: this.#intended.appended.index,
          progress: this.#newest,
          answerBytes: taken.answerBytes,
          digest: taken.digest,
        },
        payload: JSON.stringify(taken.sealed),
      })
      .then(
        ({ index }) => {
          this.#newest = index
          this.#writing = undefined
          this.added()
        },
        (error: unknown) => {
          this.#writing = undefined
          this.#isOver = true
          this.#record.putBack(taken)
          this.#onFailed(error)
        },
      )
  }
}
