import { CompactTree } from '../tree.ts'
import { partialTiles, type Tile, tileWidth } from './tile-path.ts'

const hashBytes = 32

/** A tile of hashes with what is in it, one after the other. */
export interface HashTile extends Tile {
  readonly level: number
  readonly hashes: readonly Buffer[]
}

const none: readonly HashTile[] = []

/** The tree of RFC 6962, kept as the last tile of each level: 8 KB a level, and a level per eight bits of the size. */
export class TiledTree {
  /** Hashes of the tile being filled, by level. */
  readonly #levels: Buffer[][]
  /** Where these lie, by level. In the pool of Node, a hash that stays would keep what lies around it from being collected. */
  readonly #spaces: Buffer[] = []
  #size: number

  private constructor(size: number, levels: Buffer[][]) {
    this.#size = size
    this.#levels = levels
  }

  static empty(): TiledTree {
    return new TiledTree(0, [])
  }

  /** From the partial tiles of a log of this size; undefined when one is missing or too short. */
  static read(size: number, partials: ReadonlyMap<number, Buffer>): TiledTree | undefined {
    const levels: Buffer[][] = []
    for (let hashes = size; hashes > 0; hashes = Math.floor(hashes / tileWidth)) levels.push([])
    for (const { level, width } of partialTiles(size)) {
      if (level === 'entries') continue
      const bytes = partials.get(level)
      if (bytes === undefined || bytes.length < width * hashBytes) return undefined
      levels[level] = cut(bytes, width)
    }
    return new TiledTree(size, levels)
  }

  get size(): number {
    return this.#size
  }

  /** Adds a leaf. Gives the tiles that became full with it. */
  push(leaf: Buffer): readonly HashTile[] {
    const number = Math.floor(this.#size / tileWidth)
    this.#size++
    return this.#add(0, leaf) < tileWidth ? none : this.#fill(number)
  }

  /** What stands in the last tile of each level that is not full. */
  partials(): readonly HashTile[] {
    return partialTiles(this.#size)
      .filter((tile): tile is Tile & { level: number } => tile.level !== 'entries')
      .map((tile) => ({ ...tile, hashes: this.#level(tile.level) }))
  }

  root(): Buffer {
    let rest: Buffer | undefined
    for (const hashes of this.#levels) {
      // Full subtrees of one size, and behind them the smaller rest: RFC 6962 splits them as it splits leaves.
      const parts = rest === undefined ? hashes : [...hashes, rest]
      rest = parts.length === 0 ? undefined : rootOf(parts)
    }
    return rest ?? new CompactTree().root()
  }

  #level(level: number): Buffer[] {
    const there = this.#levels[level]
    if (there !== undefined) return there
    const made: Buffer[] = []
    this.#levels[level] = made
    return made
  }

  /** Gives how many hashes the tile being filled has now. */
  #add(level: number, hash: Buffer): number {
    const hashes = this.#level(level)
    const at = hashes.length * hashBytes
    const known = this.#spaces[level]
    const space = at > 0 && known !== undefined ? known : Buffer.allocUnsafeSlow(tileWidth * hashBytes)
    this.#spaces[level] = space
    space.set(hash, at)
    return hashes.push(space.subarray(at, at + hashBytes))
  }

  #fill(first: number): readonly HashTile[] {
    const full: HashTile[] = []
    let number = first
    for (let level = 0; this.#level(level).length === tileWidth; level++) {
      const hashes = this.#level(level)
      full.push({ level, number, width: tileWidth, hashes })
      this.#levels[level] = []
      this.#add(level + 1, rootOf(hashes))
      number = Math.floor(number / tileWidth)
    }
    return full
  }
}

export function rootOf(hashes: readonly Buffer[]): Buffer {
  const tree = new CompactTree()
  for (const hash of hashes) tree.push(hash)
  return tree.root()
}

function cut(bytes: Buffer, width: number): Buffer[] {
  const hashes: Buffer[] = []
  for (let at = 0; at < width; at++)
    hashes.push(Buffer.from(bytes.subarray(at * hashBytes, (at + 1) * hashBytes)))
  return hashes
}
