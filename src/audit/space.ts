import type { Ballast } from './ballast.ts'
import type { Disk } from './disk.ts'

const mebibyte = 1_024 * 1_024

/** Room for the outcomes of what is open: some 500 exchanges of 100 KB, and a step of zeros for each of the two files. */
export const leastFloorBytes = 64 * mebibyte
/**
 * On a large disk a twentieth would be weeks of entries; two gibibytes are fifteen minutes at 2.4 MB/s, which is some
 * 500 exchanges a second. Above that rate the runway says stop earlier.
 */
const mostFloorBytes = 2_048 * mebibyte

/** Below this much free space nothing new is begun: a twentieth of the disk, within bounds. */
export const floorOf = (totalBytes: number): number =>
  Math.min(mostFloorBytes, Math.max(leastFloorBytes, Math.floor(totalBytes / 20)))

/** Nothing new is begun either when the log, at the rate of the last minutes, would fill the disk sooner than this. */
const runwayMs = 15 * 60_000
/** Room must be a third more than what stops, before it goes on: else it would stop and go on by turns. */
const resumeFactor = 4 / 3
/** A rate is told from at least and at most this long a time: a burst of seconds says nothing about the next hour. */
const leastRateMs = 60_000
const mostRateMs = 300_000
const sampleEveryMs = 10_000

const checkEveryMs = 2_000
/** A start shall be quick, and what lives for seconds needs no ballast. */
const ballastAfterMs = 10_000

export interface SpaceOptions {
  readonly disk: Disk
  readonly folder: string
  /** Instead of what follows from the size of the disk. */
  readonly floorBytes: number | undefined
  readonly ballast: Ballast
  /** Looked at as often as the space: somebody may have moved the folder. Rejects with what is wrong. */
  readonly assertInPlace: () => Promise<void>
  /** Bytes the log has written since it was opened. */
  readonly writtenBytes: () => number
  /** Monotonic milliseconds. */
  readonly monotonic: () => number
  /** Nothing new is begun from now on, and why. */
  readonly onLow: (reason: string) => void
  /** There is no ballast, and why. Called once. */
  readonly onNoBallast: (reason: string) => void
  readonly onFailed: (error: Error) => void
}

interface Sample {
  readonly atMs: number
  readonly writtenBytes: number
}

/** Watches the free space, so that the log refuses before the disk is full, and goes on once there is room. */
export class SpaceWatch {
  readonly #options: SpaceOptions
  readonly #startedAtMs: number
  readonly #timer: NodeJS.Timeout
  readonly #samples: Sample[] = []
  #checking: Promise<void> | undefined
  #isBallastRefused = false
  #isClosed = false
  isLow = false
  /** Of the last look. */
  freeBytes = Number.POSITIVE_INFINITY

  constructor(options: SpaceOptions) {
    this.#options = options
    this.#startedAtMs = options.monotonic()
    this.#timer = setInterval(() => void this.check(), checkEveryMs)
    this.#timer.unref()
  }

  /** Resolves when the look is done, also one that was under way. */
  check(): Promise<void> {
    if (this.#isClosed) return Promise.resolve()
    this.#checking ??= this.#look().finally(() => {
      this.#checking = undefined
    })
    return this.#checking
  }

  /** Gives up the ballast for a write that found no room. False when there is nothing to give up. */
  rescue(): boolean {
    if (!this.#options.ballast.giveUp()) return false
    this.stop('the disk was full: the ballast was given up')
    return true
  }

  /** Resolves when no look is under way: one that came after the files are gone would take that for damage. */
  close(): Promise<void> {
    this.#isClosed = true
    clearInterval(this.#timer)
    return this.#checking ?? Promise.resolve()
  }

  stop(reason: string): void {
    if (this.isLow) return
    this.isLow = true
    this.#options.onLow(reason)
  }

  async #look(): Promise<void> {
    try {
      const { freeBytes, totalBytes } = await this.#options.disk.space(this.#options.folder)
      this.freeBytes = freeBytes
      const floorBytes = this.#options.floorBytes ?? floorOf(totalBytes)
      const reason = this.#reasonToStop(freeBytes, floorBytes)
      if (reason !== undefined) this.stop(reason)
      else this.isLow = false
      if (freeBytes < floorBytes / 4) this.#options.ballast.giveUp()
      else if (!this.isLow) this.#makeBallast(freeBytes, floorBytes, totalBytes)
      await this.#options.assertInPlace()
    } catch (error) {
      this.#options.onFailed(error as Error)
    }
  }

  #reasonToStop(freeBytes: number, floorBytes: number): string | undefined {
    const more = this.isLow ? resumeFactor : 1
    const bytesPerMs = this.#rate()
    if (freeBytes < floorBytes * more) return `${mib(freeBytes)} MiB are free, ${mib(floorBytes)} must be`
    if (freeBytes < bytesPerMs * runwayMs * more) {
      return `${mib(freeBytes)} MiB are free, which last ${Math.floor(freeBytes / bytesPerMs / 60_000)} minutes`
    }
    return undefined
  }

  /** Bytes a millisecond over the last minutes; 0 until enough time has passed to tell. */
  #rate(): number {
    const atMs = this.#options.monotonic()
    const writtenBytes = this.#options.writtenBytes()
    const newest = this.#samples.at(-1)
    if (newest === undefined || atMs - newest.atMs >= sampleEveryMs)
      this.#samples.push({ atMs, writtenBytes })
    while (atMs - (this.#samples[0]?.atMs ?? atMs) > mostRateMs) this.#samples.shift()
    const oldest = this.#samples[0]
    const spanMs = atMs - (oldest?.atMs ?? atMs)
    return spanMs < leastRateMs ? 0 : (writtenBytes - (oldest?.writtenBytes ?? 0)) / spanMs
  }

  #makeBallast(freeBytes: number, floorBytes: number, totalBytes: number): void {
    const { ballast, monotonic } = this.#options
    if (ballast.isThere || ballast.bytes === 0 || this.#isBallastRefused) return
    if (monotonic() - this.#startedAtMs < ballastAfterMs) return
    if (ballast.bytes + floorBytes > totalBytes / 2) {
      this.#doWithoutBallast(
        `a disk of ${mib(totalBytes)} MiB is too small for a ballast of ${mib(ballast.bytes)} MiB: ` +
          'set audit.ballastMiB lower, or to 0',
      )
      return
    }
    if (freeBytes - ballast.bytes < floorBytes * resumeFactor) return
    // Not waited for: meanwhile the space is watched on.
    ballast
      .make()
      .catch((error: Error) => this.#doWithoutBallast(`the ballast cannot be made: ${error.message}`))
  }

  #doWithoutBallast(reason: string): void {
    this.#isBallastRefused = true
    this.#options.onNoBallast(reason)
  }
}

const mib = (bytes: number): number => Math.floor(bytes / mebibyte)
