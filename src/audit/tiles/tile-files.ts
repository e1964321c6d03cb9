import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, readFile, rm, rmdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder, syncFolder } from '#/core/durable-file.ts'
import { letGo } from '#/core/let-go.ts'
import { partialFolder, type Tile, tilePath, tileWidth } from './tile-path.ts'

/** Files written at once: at most this many bundles in memory, and threads are left for the commits of the log. */
const writesAtOnce = 2
/** Files that are open until they are synced. */
const unsyncedMost = 64

/** The tiles below one folder. What is written becomes durable with `settle`. */
export class TileFiles {
  readonly #folder: string
  readonly #unsettled = new Set<string>()
  readonly #made = new Set<string>()
  readonly #writing = new Set<Promise<void>>()
  readonly #unsynced: FileHandle[] = []

  /** The folder `tile/` lies in. */
  constructor(folder: string) {
    this.#folder = folder
  }

  /**
   * Begins to write a tile, whose bytes are let go afterwards. Waits only when too much is being written already; `settle`
   * throws what failed.
   */
  async write(tile: Tile, bytes: Uint8Array): Promise<void> {
    while (this.#writing.size >= writesAtOnce) await Promise.race(this.#writing)
    if (this.#unsynced.length >= unsyncedMost) await this.#sync()
    const writing = this.#write(tile, bytes)
    this.#writing.add(writing)
    writing.then(
      () => this.#writing.delete(writing),
      // Stays among those being written, so that whoever waits next is told.
      () => undefined,
    )
  }

  /** Resolves once everything written so far is on the device. */
  async settle(): Promise<void> {
    const written = await Promise.allSettled(this.#writing)
    this.#writing.clear()
    await this.#sync()
    for (const each of written) if (each.status === 'rejected') throw each.reason
    for (const folder of this.#unsettled) await syncFolder(folder)
    this.#unsettled.clear()
    // Only what is being filled is remembered.
    this.#made.clear()
  }

  /** Undefined when there is no file of this name. */
  read(tile: Tile): Promise<Buffer | undefined> {
    return readIfThere(join(this.#folder, tilePath(tile)))
  }

  /** At least the first `width` hashes (or entries) of a tile: the full one or any partial one that holds them. */
  async readWide(tile: Tile): Promise<Buffer | undefined> {
    const exact = await this.read(tile)
    if (exact !== undefined || tile.width === tileWidth) return exact
    const full = await this.read({ ...tile, width: tileWidth })
    if (full !== undefined) return full
    const wider = (await this.#partialWidths(tile)).find((width) => width > tile.width)
    return wider === undefined ? undefined : this.read({ ...tile, width: wider })
  }

  async remove(tile: Tile): Promise<void> {
    await rm(join(this.#folder, tilePath(tile)), { force: true })
  }

  /** Removes the partial states of a tile, but for one of this width. */
  async removePartials(tile: Tile): Promise<void> {
    const widths = await this.#partialWidths(tile)
    for (const width of widths) {
      if (width !== tile.width) await rm(join(this.#folder, tilePath({ ...tile, width })), { force: true })
    }
    if (tile.width < tileWidth || widths.length === 0) return
    await rmdir(join(this.#folder, partialFolder(tile))).catch((error: NodeJS.ErrnoException) => {
      // Somebody else put a file there: it is theirs, and does no harm.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error
    })
  }

  async #partialWidths(tile: Tile): Promise<readonly number[]> {
    const names = await readdir(join(this.#folder, partialFolder(tile))).catch(
      (error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return []
        throw error
      },
    )
    return names
      .filter((name) => /^[1-9][0-9]{0,2}$/.test(name))
      .map(Number)
      .sort((one, other) => one - other)
  }

  /**
   * One after the other, when all are written: synced four at a time, as many as there are threads for it, the thirty
   * files of a busy second kept the log's own syncs waiting.
   */
  async #sync(): Promise<void> {
    const files = this.#unsynced.splice(0)
    try {
      for (const file of files) await file.datasync()
    } finally {
      for (const file of files) await file.close()
    }
  }

  async #write(tile: Tile, bytes: Uint8Array): Promise<void> {
    const path = join(this.#folder, tilePath(tile))
    const folder = dirname(path)
    if (!this.#made.has(folder)) await makeFolder(folder)
    this.#made.add(folder)
    this.#unsettled.add(folder)
    // Under its final name at once: nobody reads a tile no checkpoint covers, and what a crash cuts is written anew.
    const file = await open(path, constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC, 0o600)
    try {
      const { length } = bytes
      const { bytesWritten } = await file.write(bytes)
      letGo(bytes)
      if (bytesWritten !== length)
        throw new Error(`the disk took ${bytesWritten} of ${length} bytes for ${path}`)
    } catch (error) {
      await file.close()
      throw error
    }
    this.#unsynced.push(file)
  }
}

/** Makes room for tiles that are built from the beginning. */
export async function removeTiles(folder: string): Promise<void> {
  await rm(join(folder, 'tile'), { recursive: true, force: true })
  await mkdir(folder, { recursive: true, mode: 0o700 })
}

async function readIfThere(path: string): Promise<Buffer | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}
