import { CompactTree, nodeHash } from '../tree.ts'
import { type Range, splitOf } from './proof.ts'
import { type Tile, tilePath, tileWidth, widthIn } from './tile-path.ts'

const hashBytes = 32
/** Levels of the tree one tile spans. */
const tileHeight = 8

/** Hashes of subtrees, read out of tiles. For a few proofs: tiles read once are kept. */
export class TileHashes {
  readonly #size: number
  readonly #read: (tile: Tile) => Promise<Buffer | undefined>
  readonly #tiles = new Map<string, Buffer>()

  /** `size` is that of the checkpoint the tiles are read for; `read` gives at least as many hashes as asked. */
  constructor(size: number, read: (tile: Tile) => Promise<Buffer | undefined>) {
    this.#size = size
    this.#read = read
  }

  all(ranges: readonly Range[]): Promise<readonly Buffer[]> {
    return Promise.all(ranges.map((range) => this.of(range)))
  }

  /** The hash of a subtree as RFC 6962 splits the tree. Throws when a tile is missing. */
  async of({ start, end }: Range): Promise<Buffer> {
    const count = end - start
    const isComplete = 2 ** Math.round(Math.log2(count)) === count && start % count === 0
    if (isComplete) return this.#complete(start, count)
    const middle = start + splitOf(count)
    return nodeHash(await this.of({ start, end: middle }), await this.of({ start: middle, end }))
  }

  /** A complete subtree lies in one tile: as one hash, or as up to 128 that are put together. */
  async #complete(start: number, count: number): Promise<Buffer> {
    const level = Math.floor(Math.log2(count) / tileHeight)
    const span = tileWidth ** level
    const first = start / span
    const number = Math.floor(first / tileWidth)
    const bytes = await this.#tile(level, number)
    const tree = new CompactTree()
    const at = first - number * tileWidth
    for (let hash = at; hash < at + count / span; hash++) {
      tree.push(bytes.subarray(hash * hashBytes, (hash + 1) * hashBytes))
    }
    return Buffer.from(tree.root())
  }

  async #tile(level: number, number: number): Promise<Buffer> {
    const tile = { level, number, width: widthIn(this.#size, { level, number }) }
    const path = tilePath(tile)
    const kept = this.#tiles.get(path)
    if (kept !== undefined) return kept
    const bytes = await this.#read(tile)
    if (bytes === undefined || bytes.length < tile.width * hashBytes) throw new TileMissing(path)
    this.#tiles.set(path, bytes)
    return bytes
  }
}

export class TileMissing extends Error {
  override readonly name = 'TileMissing'

  constructor(path: string) {
    super(`${path} is missing or too short: run audit rebuild-tiles`)
  }
}
