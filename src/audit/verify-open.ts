import { open } from 'node:fs/promises'
import type { Header } from './header.ts'
import type { LogKeys } from './keys.ts'
import { segmentPath } from './layout.ts'
import { PayloadOpener } from './payload-opener.ts'
import { headerAt } from './read.ts'
import type { WalkedEntry } from './walk.ts'

/** A segment ends far below this many bytes, so one number holds segment and offset exactly. */
const segmentSpan = 2 ** 32

/** Opens the payloads of a log that is walked from its start, and says what does not open. */
export class Opening {
  readonly #folder: string
  readonly #opener: PayloadOpener
  readonly #problem: (text: string) => void
  /** Of every entry so far, 8 bytes each: any of them may be referred to. */
  readonly #places: number[] = []

  constructor(folder: string, keys: Pick<LogKeys, 'origin' | 'opening'>, problem: (text: string) => void) {
    this.#folder = folder
    this.#problem = problem
    this.#opener = new PayloadOpener(folder, keys, (index) => this.#headerOf(index))
  }

  /** Undefined when there is nothing to open, or nothing to open it with, or it does not open. */
  async open({ segment, offset, header }: WalkedEntry): Promise<Buffer | undefined> {
    this.#places[header.index] = segment * segmentSpan + offset
    if (header.payload === undefined) return undefined
    try {
      const opened = await this.#opener.open(header)
      for (const { entry, length, why } of opened?.lostParts ?? []) {
        if (why === 'damaged') {
          this.#problem(
            `entry ${header.index}: ${length} bytes of it, which entry ${entry} holds, are damaged`,
          )
        }
      }
      return opened?.bytes
    } catch (error) {
      this.#problem(`entry ${header.index}: ${(error as Error).message}`)
      return undefined
    }
  }

  async #headerOf(index: number): Promise<Header | undefined> {
    const place = this.#places[index]
    if (place === undefined) return undefined
    const file = await open(segmentPath(this.#folder, Math.floor(place / segmentSpan)))
    try {
      return await headerAt(file, place % segmentSpan, index)
    } finally {
      await file.close()
    }
  }
}
