/**
 * Makes the tiles of a log out of its segments, bundle by bundle, on nobody's path. In memory it keeps the last tile
 * of each level, and the entries of the few bundles it works on.
 */
import { setImmediate as nextTurn } from 'node:timers/promises'
import { leafHash } from '../tree.ts'
import { formatBundle } from './entry-bundle.ts'
import type { LeafReader } from './leaf-reader.ts'
import type { TileFiles } from './tile-files.ts'
import { lastFullTiles, partialTiles, type Tile, tileWidth } from './tile-path.ts'
import { type HashTile, TiledTree } from './tiled-tree.ts'

const leavesAtOnce = 64

/**
 * A bundle is whole or not there: when headers end, the one in which they end goes, too. Source: C2SP tlog-tiles,
 * "Pruning"; the minimum index of our log is the end of that bundle.
 */
export const isBundleKept = ({ number }: Pick<Tile, 'number'>, first: number): boolean =>
  number * tileWidth >= first

export class TileBuilder {
  readonly #files: TileFiles
  readonly #leaves: LeafReader
  readonly #tree: TiledTree
  /** Tiles of which partial states may still be on disk. */
  #outgrown: Tile[] = []
  /**
   * Partial states are those of tiles that were begun before this size: what is begun and filled in one go never had one. All
   * may, until what an earlier process left behind is removed.
   */
  #partialBelow = Number.POSITIVE_INFINITY

  private constructor(files: TileFiles, leaves: LeafReader, tree: TiledTree) {
    this.#files = files
    this.#leaves = leaves
    this.#tree = tree
    this.#outgrown.push(...lastFullTiles(tree.size))
  }

  static empty(files: TileFiles, leaves: LeafReader): TileBuilder {
    return new TileBuilder(files, leaves, TiledTree.empty())
  }

  /** Goes on from tiles that are there for this size; undefined when they are missing or have another root. */
  static async resume(
    files: TileFiles,
    leaves: LeafReader,
    at: { readonly size: number; readonly root: Buffer },
  ): Promise<TileBuilder | undefined> {
    const partials = new Map<number, Buffer>()
    for (const tile of [...partialTiles(at.size), ...lastFullTiles(at.size)]) {
      if (tile.level === 'entries' && !isBundleKept(tile, leaves.first)) continue
      const bytes = await files.readWide(tile)
      if (bytes === undefined) return undefined
      if (tile.level !== 'entries' && tile.width < tileWidth) partials.set(tile.level, bytes)
    }
    const tree = TiledTree.read(at.size, partials)
    return tree?.root().equals(at.root) ? new TileBuilder(files, leaves, tree) : undefined
  }

  get size(): number {
    return this.#tree.size
  }

  root(): Buffer {
    return this.#tree.root()
  }

  /** Brings the tiles to this size, durably. Stops in between, durably too, when `isStopped` says so. */
  async buildTo(size: number, isStopped: () => boolean = () => false): Promise<void> {
    while (this.size < size && !isStopped()) {
      await this.#addBundle(Math.min(size, this.size - (this.size % tileWidth) + tileWidth))
    }
    for (const tile of this.#tree.partials()) await this.#writeHashes(tile)
    if (this.#partialBelow !== Number.POSITIVE_INFINITY) this.#partialBelow = this.size
    await this.#files.settle()
  }

  /** Removes what is no longer needed once a checkpoint of the size built so far is out. */
  async removeOutgrown(): Promise<void> {
    const outgrown = [...this.#outgrown, ...partialTiles(this.size)]
    this.#outgrown = []
    for (const tile of outgrown) await this.#files.removePartials(tile)
    this.#partialBelow = this.size
  }

  async #addBundle(end: number): Promise<void> {
    const first = this.size - (this.size % tileWidth)
    const bundle: Tile = { level: 'entries', number: first / tileWidth, width: end - first }
    if (!isBundleKept(bundle, this.#leaves.first)) {
      for (const hash of await this.#leaves.hashes(this.size, end)) {
        const full = this.#tree.push(hash)
        if (full.length > 0) await this.#writeFull(full)
      }
      await nextTurn()
      return
    }
    const leaves = await this.#leaves.read(first, end)
    await this.#files.write(bundle, formatBundle(leaves))
    if (bundle.width === tileWidth && first < this.#partialBelow) this.#outgrown.push(bundle)
    for (let at = this.size - first; at < leaves.length; at++) {
      // Mostly none is full, and waiting for nothing costs as much as a hash.
      const full = this.#tree.push(leafHash(leaves[at] as Buffer))
      if (full.length > 0) await this.#writeFull(full)
      // So many take a third of a millisecond: commits and open streams go first.
      if (at % leavesAtOnce === leavesAtOnce - 1) await nextTurn()
    }
  }

  async #writeFull(tiles: readonly HashTile[]): Promise<void> {
    for (const tile of tiles) {
      await this.#writeHashes(tile)
      if (tile.number * tileWidth ** (tile.level + 1) < this.#partialBelow) this.#outgrown.push(tile)
    }
  }

  #writeHashes(tile: HashTile): Promise<void> {
    return this.#files.write(tile, Buffer.concat(tile.hashes))
  }
}
