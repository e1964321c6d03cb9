import { randomBytes } from 'node:crypto'
import { unlinkSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Written at once; between two of these others get their turn. */
const stepBytes = 1_024 * 1_024

/**
 * A file that only takes up space beside the log. It is given up when the disk is full after all, so that what is under
 * way can still be written down.
 */
export class Ballast {
  readonly bytes: number
  readonly #path: string
  #isThere = false
  #making: Promise<void> | undefined
  #isWanted = true

  constructor(auditFolder: string, bytes: number) {
    this.bytes = bytes
    this.#path = join(auditFolder, 'ballast')
  }

  get isThere(): boolean {
    return this.#isThere
  }

  /** Takes over one that a run before left. */
  async find(): Promise<void> {
    const found = await stat(this.#path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined
      throw error
    })
    if (found === undefined) return
    if (found.size === this.bytes && this.bytes > 0) this.#isThere = true
    // Of another size, or one that was never finished: it is made anew once there is room.
    else unlinkSync(this.#path)
  }

  /** Makes it, unless it is there or being made. Where the disk has no room for it after all, there is none. */
  make(): Promise<void> {
    if (this.#isThere || this.bytes === 0) return Promise.resolve()
    this.#making ??= this.#write().finally(() => {
      this.#making = undefined
    })
    return this.#making
  }

  /** Synchronous, because whoever is in the middle of a write needs the space now. False when there was none. */
  giveUp(): boolean {
    this.#isWanted = false
    const wasThere = this.#isThere || this.#making !== undefined
    this.#isThere = false
    if (wasThere) this.#remove()
    return wasThere
  }

  /** What is half made goes; what is whole stays for the next run. */
  async close(): Promise<void> {
    this.#isWanted = false
    await this.#making
  }

  async #write(): Promise<void> {
    this.#isWanted = true
    // Not zeros: some file systems would store nothing for them.
    const filler = randomBytes(Math.min(stepBytes, this.bytes))
    let writtenBytes = 0
    try {
      const file = await open(this.#path, 'w', 0o600)
      try {
        while (writtenBytes < this.bytes && this.#isWanted) {
          const step = Math.min(filler.length, this.bytes - writtenBytes)
          const { bytesWritten } = await file.write(filler, 0, step, writtenBytes)
          writtenBytes += bytesWritten
          if (bytesWritten !== step) break
        }
        await file.datasync()
      } finally {
        await file.close()
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    }
    this.#isThere = writtenBytes === this.bytes && this.#isWanted
    if (!this.#isThere) this.#remove()
  }

  #remove(): void {
    try {
      unlinkSync(this.#path)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
  }
}
