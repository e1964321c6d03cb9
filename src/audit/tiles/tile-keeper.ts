import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type LeafPlaces, LeafReader } from './leaf-reader.ts'
import { isBundleKept, TileBuilder } from './tile-builder.ts'
import { removeTiles, TileFiles } from './tile-files.ts'
import { type Tile, tileWidth, widthIn } from './tile-path.ts'

export interface TreeHead {
  readonly size: number
  readonly root: Buffer
}

/** The tiles could not be written now. Nothing of the log is lost: they are derived, and it is tried again. */
export class TilesLate extends Error {
  override readonly name = 'TilesLate'
}

/**
 * Keeps the tiles of a log that is open. Its calls come one after the other, from where checkpoints are signed;
 * only reading goes on beside them.
 */
export class TileKeeper {
  readonly #folder: string
  readonly #places: LeafPlaces
  readonly #leaves: LeafReader
  readonly #files: TileFiles
  /** Of the newest checkpoint that is out: tiles up to it are there, whole. */
  #published: TreeHead | undefined
  #builder: TileBuilder | undefined
  #isStopping = false

  constructor(options: {
    readonly folder: string
    readonly places: LeafPlaces
    readonly published: TreeHead | undefined
  }) {
    this.#folder = options.folder
    this.#places = options.places
    this.#leaves = new LeafReader(options.folder, options.places)
    this.#files = new TileFiles(options.folder)
    this.#published = options.published
  }

  /**
   * Brings the tiles to this head, durably. False when it was stopped before. Throws `TilesLate` when it may work
   * later, and any other error when what lies on disk is not what was acknowledged.
   */
  async cover(head: TreeHead): Promise<boolean> {
    const builder = await this.#build(head.size)
    if (builder.size < head.size) return false
    assertRoot(builder, head)
    return true
  }

  /** Makes sure that the tiles of the newest checkpoint are there. */
  async prepare(): Promise<void> {
    if (this.#builder === undefined && this.#published !== undefined) await this.#build(this.#published.size)
  }

  /** A checkpoint of this head is out: what only older ones needed can go. */
  async published(head: TreeHead): Promise<void> {
    this.#published = head
    await late(this.#builder?.removeOutgrown())
  }

  /** A tile of the newest checkpoint, perhaps with more in it than asked; undefined when it is not part of that. */
  async read(tile: Tile): Promise<Buffer | undefined> {
    if (tile.level === 'entries' && !isBundleKept(tile, this.#places.first)) return undefined
    return widthIn(this.#published?.size ?? 0, tile) < tile.width ? undefined : this.#files.readWide(tile)
  }

  /** Makes all tiles anew, beside those there are, and puts them in their place. Gives the entries they hold. */
  async rebuild(): Promise<number> {
    const head = this.#published
    if (head === undefined) return 0
    const beside = join(this.#folder, 'tile.new')
    const leaves = new LeafReader(this.#folder, this.#places)
    try {
      await removeTiles(beside)
      const builder = TileBuilder.empty(new TileFiles(beside), leaves)
      await builder.buildTo(head.size)
      assertRoot(builder, head)
    } finally {
      await leaves.close()
    }
    await rename(join(this.#folder, 'tile'), join(this.#folder, 'tile.old')).catch(notThere)
    await rename(join(beside, 'tile'), join(this.#folder, 'tile'))
    await this.#removeLeftovers()
    this.#builder = undefined
    return head.size
  }

  /** Removes the bundles that hold an entry from `from` on whose header has ended. Hashes stay. */
  async removeBundles(from: number): Promise<void> {
    const first = this.#places.first
    for (let number = Math.floor(from / tileWidth); !isBundleKept({ number }, first); number++) {
      const bundle: Tile = { level: 'entries', number, width: tileWidth }
      await this.#files.removePartials(bundle)
      await this.#files.remove(bundle)
    }
  }

  /** What is being built stops soon; the next start goes on with it. */
  stopSoon(): void {
    this.#isStopping = true
  }

  async close(): Promise<void> {
    await this.#leaves.close()
  }

  async #build(size: number): Promise<TileBuilder> {
    try {
      this.#builder ??= await this.#begin()
      await this.#builder.buildTo(size, () => this.#isStopping)
      return this.#builder
    } catch (error) {
      // What it wrote may not be on disk, so it starts again from the last checkpoint.
      this.#builder = undefined
      throw new TilesLate((error as Error).message, { cause: error })
    }
  }

  async #begin(): Promise<TileBuilder> {
    await this.#removeLeftovers()
    const resumed = this.#published && (await TileBuilder.resume(this.#files, this.#leaves, this.#published))
    if (resumed !== undefined) return resumed
    await removeTiles(this.#folder)
    return TileBuilder.empty(this.#files, this.#leaves)
  }

  async #removeLeftovers(): Promise<void> {
    for (const name of ['tile.new', 'tile.old']) {
      await rm(join(this.#folder, name), { recursive: true, force: true })
    }
  }
}

function assertRoot(builder: TileBuilder, head: TreeHead): void {
  if (builder.root().equals(head.root)) return
  throw new Error(
    `the segments do not hold the ${head.size} entries that were acknowledged: keep the folder, run audit verify`,
  )
}

async function late(work: Promise<void> | undefined): Promise<void> {
  try {
    await work
  } catch (error) {
    throw new TilesLate((error as Error).message, { cause: error })
  }
}

function notThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
