import { writeDurably } from '#/core/durable-file.ts'
import type { CheckpointCopies } from './checkpoint-copies.ts'
import type { KnownCheckpoint } from './checkpoint-file.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath } from './layout.ts'
import { signCheckpoint } from './note.ts'
import { type TileKeeper, TilesLate, type TreeHead } from './tiles/tile-keeper.ts'

/** A checkpoint is signed at most this often, and only when entries were added. */
const checkpointEveryMs = 1_000

/** Proofs asked for before their checkpoint is out; more than this at once are told to come again. */
const waitingMax = 1_000

export interface CheckpointsOptions {
  readonly folder: string
  readonly keys: LogKeys
  readonly known: KnownCheckpoint | undefined
  readonly state: () => TreeHead
  readonly tiles: TileKeeper
  readonly copies: CheckpointCopies
  /** Resolves once everything `state` counts is durable where a start looks for it. */
  readonly settle: () => Promise<void>
  /** Otherwise a second; for tests, which would wait for it. */
  readonly everyMs?: number | undefined
  readonly onFailed: (error: Error) => void
  /** The tiles cannot be written, so no checkpoint comes; undefined when it works again. */
  readonly onLate: (error: Error | undefined) => void
}

interface Waiting {
  readonly index: number
  readonly resolve: (known: KnownCheckpoint | undefined) => void
  readonly timer: NodeJS.Timeout
}

/** Signs what the log has come to, once its tiles are on disk: beside the log, beside the keys, and for the copies. */
export class Checkpoints {
  readonly #options: CheckpointsOptions
  #latest: KnownCheckpoint | undefined
  #timer: NodeJS.Timeout | undefined
  #work: Promise<unknown> = Promise.resolve()
  #waiting = new Set<Waiting>()
  #isClosing = false
  isLate = false

  constructor(options: CheckpointsOptions) {
    this.#options = options
    this.#latest = options.known
  }

  get latest(): KnownCheckpoint | undefined {
    return this.#latest
  }

  /** Called after each commit. Costs nothing while a checkpoint is already due. */
  isDue(): void {
    if (this.#timer !== undefined || this.#isClosing) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.inTurn(() => this.#write()).catch(this.#options.onFailed)
    }, this.#options.everyMs ?? checkpointEveryMs)
    this.#timer.unref()
  }

  /** The first checkpoint that covers an entry; undefined when none does within `limitMs`. */
  covering(index: number, limitMs: number): Promise<KnownCheckpoint | undefined> {
    const latest = this.#latest
    if (latest !== undefined && index < latest.checkpoint.size) return Promise.resolve(latest)
    if (this.#isClosing || this.#waiting.size >= waitingMax) return Promise.resolve(undefined)
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#waiting.delete(waiting)
        resolve(undefined)
      }, limitMs)
      const waiting = { index, resolve, timer }
      this.#waiting.add(waiting)
    })
  }

  /** Signs what there is now. False when that is not possible yet. */
  signNow(): Promise<boolean> {
    return this.inTurn(async () => {
      const { size } = this.#options.state()
      await this.#write()
      return (this.#latest?.checkpoint.size ?? 0) >= size
    })
  }

  rebuildTiles(): Promise<number> {
    return this.inTurn(() => this.#options.tiles.rebuild())
  }

  /** Writes the last one when `isSigning`, and stops. */
  async close(isSigning: boolean): Promise<void> {
    this.#isClosing = true
    clearTimeout(this.#timer)
    this.#timer = undefined
    const { tiles, copies, state } = this.#options
    // A log whose tiles are far behind is being rebuilt, which the next start goes on with.
    if (!isSigning || state().size - (this.#latest?.checkpoint.size ?? 0) > behindMaxEntries) tiles.stopSoon()
    try {
      await this.#work
      if (isSigning) await this.#write()
    } finally {
      for (const waiting of this.#waiting) this.#tell(waiting, undefined)
      await copies.close()
      await tiles.close()
    }
  }

  /** One thing after the other; what fails does not stop what comes after it. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#work.then(work)
    this.#work = done.catch(() => undefined)
    return done
  }

  async #write(): Promise<void> {
    const { folder, keys, tiles, copies, settle, onLate } = this.#options
    const head = this.#options.state()
    if (head.size === this.#latest?.checkpoint.size) return
    try {
      if (!(await tiles.cover(head))) return
      await settle()
      const note = signCheckpoint({ origin: keys.origin, ...head }, keys.signingKey)
      const path = checkpointPath(folder)
      await writeDurably(path, note)
      await writeDurably(keys.checkpointPath, note)
      this.#latest = { note, path, checkpoint: { origin: keys.origin, ...head } }
      copies.offer(this.#latest)
      for (const waiting of this.#waiting) if (waiting.index < head.size) this.#tell(waiting, this.#latest)
      await tiles.published(head)
      if (this.isLate) onLate(undefined)
      this.isLate = false
    } catch (error) {
      if (!(error instanceof TilesLate)) throw error
      if (!this.isLate) onLate(error)
      this.isLate = true
      this.isDue()
    }
  }

  #tell(waiting: Waiting, known: KnownCheckpoint | undefined): void {
    clearTimeout(waiting.timer)
    this.#waiting.delete(waiting)
    waiting.resolve(known)
  }
}

/** Tiles for this many entries are made in about a second, which a stop can wait for. */
const behindMaxEntries = 100_000
