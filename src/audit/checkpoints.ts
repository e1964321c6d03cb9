import { readFile } from 'node:fs/promises'
import { writeDurably } from '#/core/durable-file.ts'
import type { LogKeys } from './keys.ts'
import { checkpointPath, verifierKeyPath } from './layout.ts'
import { type Checkpoint, openCheckpoint, readVerifierKey, signCheckpoint } from './note.ts'

/** A checkpoint is signed at most this often, and only when entries were added. */
const checkpointEveryMs = 1_000

/** Signs what the log has come to, beside the log and once more beside the keys. */
export class Checkpoints {
  readonly #folder: string
  readonly #keys: LogKeys
  readonly #state: () => { readonly size: number; readonly root: Buffer }
  readonly #onFailed: (error: Error) => void
  #latest: string | undefined
  #signedSize: number
  #timer: NodeJS.Timeout | undefined
  #writing: Promise<void> = Promise.resolve()

  constructor(options: {
    readonly folder: string
    readonly keys: LogKeys
    readonly known: KnownCheckpoint | undefined
    readonly state: () => { readonly size: number; readonly root: Buffer }
    readonly onFailed: (error: Error) => void
  }) {
    this.#folder = options.folder
    this.#keys = options.keys
    this.#state = options.state
    this.#onFailed = options.onFailed
    this.#latest = options.known?.note
    this.#signedSize = options.known?.checkpoint.size ?? -1
  }

  get latest(): string | undefined {
    return this.#latest
  }

  /** Called after each commit. Costs nothing while a checkpoint is already due. */
  isDue(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => {
      this.#timer = undefined
      this.#writing = this.#writing.then(() => this.#write()).catch(this.#onFailed)
    }, checkpointEveryMs)
    this.#timer.unref()
  }

  /** Writes the last one when `isSigning`, and stops. */
  async close(isSigning: boolean): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    await this.#writing
    if (isSigning) await this.#write()
  }

  async #write(): Promise<void> {
    const { size, root } = this.#state()
    if (size === this.#signedSize) return
    const note = signCheckpoint({ origin: this.#keys.origin, size, root }, this.#keys.signingKey)
    await writeDurably(checkpointPath(this.#folder), note)
    await writeDurably(this.#keys.checkpointPath, note)
    this.#latest = note
    this.#signedSize = size
  }
}

export interface KnownCheckpoint {
  readonly note: string
  readonly checkpoint: Checkpoint
}

/** The checkpoint in a file; undefined when there is no file. Throws when the log's key did not sign it. */
export async function readCheckpointFile(
  path: string,
  verifierKey: string,
): Promise<KnownCheckpoint | undefined> {
  const note = await readIfThere(path)
  if (note === undefined) return undefined
  const key = readVerifierKey(verifierKey)
  const checkpoint = key && openCheckpoint(note, key)
  if (checkpoint === undefined) throw new Error(`${path} is not a checkpoint signed by the key of this log`)
  return { note, checkpoint }
}

export const readVerifierKeyFile = (folder: string): Promise<string | undefined> =>
  readIfThere(verifierKeyPath(folder))

async function readIfThere(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
