import type { Disk } from './disk.ts'

/**
 * Below this nothing new is begun. It leaves room for the outcomes of what is already open: some 500 exchanges
 * of 100 KB, and a step of zeros for each of the two files.
 */
export const freeFloorBytes = 64 * 1_024 * 1_024

const checkEveryMs = 2_000

/** Watches the free space, so that the log refuses before the disk is full, and goes on once there is room. */
export class SpaceWatch {
  readonly #disk: Disk
  readonly #folder: string
  readonly #floorBytes: number
  readonly #onFailed: (error: Error) => void
  readonly #timer: NodeJS.Timeout
  #isChecking = false
  isLow = false

  constructor(options: {
    readonly disk: Disk
    readonly folder: string
    readonly floorBytes: number
    readonly onFailed: (error: Error) => void
  }) {
    this.#disk = options.disk
    this.#folder = options.folder
    this.#floorBytes = options.floorBytes
    this.#onFailed = options.onFailed
    this.#timer = setInterval(() => void this.check(), checkEveryMs)
    this.#timer.unref()
  }

  async check(): Promise<void> {
    if (this.#isChecking) return
    this.#isChecking = true
    try {
      this.isLow = (await this.#disk.freeBytes(this.#folder)) < this.#floorBytes
    } catch (error) {
      this.#onFailed(error as Error)
    } finally {
      this.#isChecking = false
    }
  }

  close(): void {
    clearInterval(this.#timer)
  }
}
