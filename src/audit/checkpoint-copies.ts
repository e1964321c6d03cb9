/**
 * Copies of the checkpoint in folders on other machines. They are what shows that a log was made anew or put back
 * by somebody who has its key. A copy that cannot be written never holds up anything: it raises an alarm.
 */
import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { writeDurably } from '#/core/durable-file.ts'
import { type KnownCheckpoint, readCheckpointFile } from './checkpoint-file.ts'
import type { LogKeys } from './keys.ts'
import { originFolder } from './note.ts'

/** A mount that does not answer for this long is taken for gone. */
const silenceLimitMs = 10_000
/** After a failure without a newer checkpoint. */
const againAfterMs = 10_000
/** At a stop, a copy is waited for this long. */
const lastCopyMs = 5_000

type CopyKeys = Pick<LogKeys, 'origin' | 'verifierKey'>

export interface CopyTrouble {
  readonly folder: string
  /** Undefined when it works again. */
  readonly problem: string | undefined
}

export const copyPath = (folder: string, origin: string): string =>
  join(folder, `${originFolder(origin)}.checkpoint`)

/**
 * The checkpoints in these folders. Throws when a folder cannot be used: then a rollback could not be noticed.
 * `onMissing` hears of folders that hold none: new ones, or those something removed the copy from.
 */
export async function readCopies(
  folders: readonly string[],
  keys: CopyKeys,
  onMissing: (folder: string) => void,
): Promise<KnownCheckpoint[]> {
  const found: KnownCheckpoint[] = []
  for (const folder of folders) {
    const read = access(folder, constants.R_OK | constants.W_OK)
      .then(() => readCheckpointFile(copyPath(folder, keys.origin), keys.verifierKey))
      .catch((cause: NodeJS.ErrnoException) => {
        if (cause.code === undefined) throw cause
        throw unusable(folder, cause.message, cause)
      })
    const copy = await Promise.race([read, silence(folder)])
    if (copy === undefined) onMissing(folder)
    else found.push(copy)
  }
  return found
}

async function silence(folder: string): Promise<never> {
  await pause(silenceLimitMs, undefined, { ref: false })
  throw unusable(folder, `it did not answer within ${silenceLimitMs / 1_000} seconds`)
}

const unusable = (folder: string, problem: string, cause?: Error): Error =>
  new Error(
    `audit.checkpointCopies: the folder ${folder} cannot be used: ${problem}. Mount it, make it writable, ` +
      'or take it out of the settings.',
    { cause },
  )

/** Keeps the copies of a log that is open up to date. */
export class CheckpointCopies {
  readonly #copies: readonly Copy[]

  constructor(
    folders: readonly string[],
    keys: CopyKeys,
    onTrouble: (trouble: CopyTrouble) => void,
    limits: { readonly silenceLimitMs?: number; readonly againAfterMs?: number } = {},
  ) {
    this.#copies = folders.map(
      (folder) => new Copy(folder, keys, onTrouble, { silenceLimitMs, againAfterMs, ...limits }),
    )
  }

  get state(): 'none' | 'current' | 'failing' {
    if (this.#copies.length === 0) return 'none'
    return this.#copies.some((copy) => copy.isFailing) ? 'failing' : 'current'
  }

  /** The newest wins: what a slow folder missed in between is not made up for. */
  offer(known: KnownCheckpoint): void {
    for (const copy of this.#copies) copy.offer(known)
  }

  async close(): Promise<void> {
    const closed = Promise.all(this.#copies.map((copy) => copy.close()))
    await Promise.race([closed, pause(lastCopyMs, undefined, { ref: false })])
  }
}

class Copy {
  isFailing = false
  readonly #folder: string
  readonly #keys: CopyKeys
  readonly #onTrouble: (trouble: CopyTrouble) => void
  readonly #limits: { readonly silenceLimitMs: number; readonly againAfterMs: number }
  readonly #closing = new AbortController()
  #wanted: KnownCheckpoint | undefined
  #work: Promise<void> | undefined

  constructor(
    folder: string,
    keys: CopyKeys,
    onTrouble: (trouble: CopyTrouble) => void,
    limits: { readonly silenceLimitMs: number; readonly againAfterMs: number },
  ) {
    this.#folder = folder
    this.#keys = keys
    this.#onTrouble = onTrouble
    this.#limits = limits
  }

  offer(known: KnownCheckpoint): void {
    this.#wanted = known
    this.#work ??= this.#writeWanted().finally(() => {
      this.#work = undefined
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#work
  }

  async #writeWanted(): Promise<void> {
    while (this.#wanted !== undefined) {
      const known = this.#wanted
      this.#wanted = undefined
      if (await this.#tryWrite(known)) continue
      if (this.#closing.signal.aborted) return
      await pause(this.#limits.againAfterMs, undefined, { ref: false, signal: this.#closing.signal }).catch(
        () => undefined,
      )
      this.#wanted ??= known
    }
  }

  /** One write at a time: a mount that hangs holds one of the few threads files are written with, and not more. */
  async #tryWrite(known: KnownCheckpoint): Promise<boolean> {
    const slow = setTimeout(
      () => this.#report(`it does not answer for ${this.#limits.silenceLimitMs / 1_000} seconds`),
      this.#limits.silenceLimitMs,
    )
    slow.unref()
    try {
      await this.#write(known)
      this.#report(undefined)
      return true
    } catch (error) {
      this.#report((error as Error).message)
      return false
    } finally {
      clearTimeout(slow)
    }
  }

  /** Somebody with the same key may have written a longer one there: that is never covered up. */
  async #write(known: KnownCheckpoint): Promise<void> {
    const path = copyPath(this.#folder, this.#keys.origin)
    const there = await readCheckpointFile(path, this.#keys.verifierKey)
    if (there !== undefined && there.checkpoint.size > known.checkpoint.size) {
      throw new Error(
        `${path} covers ${there.checkpoint.size} entries and this log has ${known.checkpoint.size}: ` +
          'another Sallyport writes with the same key',
      )
    }
    await writeDurably(path, known.note)
  }

  #report(problem: string | undefined): void {
    const wasFailing = this.isFailing
    this.isFailing = problem !== undefined
    if (this.isFailing !== wasFailing) this.#onTrouble({ folder: this.#folder, problem })
  }
}
