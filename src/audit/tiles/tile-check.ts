/** Compares the tiles of a log with its segments, entry by entry, in the order of the log. Reads synchronously. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { partialFolder, type Tile, tilePath, tileWidth } from './tile-path.ts'
import { type HashTile, TiledTree } from './tiled-tree.ts'

export class TileCheck {
  readonly tree = TiledTree.empty()
  readonly #folder: string
  /** Entries the tiles must hold. */
  readonly #size: number
  readonly #onProblem: (problem: string) => void
  /** The bundle being compared, and up to where it was. */
  #bundle: Buffer | undefined
  #at = 0
  #isBundleSound = true

  constructor(folder: string, size: number, onProblem: (problem: string) => void) {
    this.#folder = folder
    this.#size = hasTiles(folder) ? size : 0
    this.#onProblem = onProblem
  }

  /** The next leaf, of which only the hash is left: its bundle is no longer kept. */
  takeEnded(leaf: Buffer): void {
    this.#compareTiles(this.tree.push(leaf))
  }

  /** The next entry: 0x00 and its header, and the hash of that. */
  take(bytes: Buffer, leaf: Buffer): void {
    const index = this.tree.size
    const full = this.tree.push(leaf)
    if (index >= this.#size) return
    if (index % tileWidth === 0) this.#beginBundle(index / tileWidth)
    this.#compareEntry(bytes)
    const isLast = index + 1 === this.#size
    if (full.length > 0) this.#endBundle(Math.floor(index / tileWidth), tileWidth)
    else if (isLast) this.#endBundle(Math.floor(index / tileWidth), (index % tileWidth) + 1)
    this.#compareTiles(full)
  }

  #compareTiles(full: readonly HashTile[]): void {
    if (this.tree.size > this.#size) return
    for (const tile of full) this.#compareHashes(tile)
    if (this.tree.size === this.#size) for (const tile of this.tree.partials()) this.#compareHashes(tile)
  }

  #beginBundle(number: number): void {
    const width = Math.min(tileWidth, this.#size - number * tileWidth)
    this.#bundle = this.#read({ level: 'entries', number, width })
    this.#at = 0
    this.#isBundleSound = true
  }

  #compareEntry(bytes: Buffer): void {
    const bundle = this.#bundle
    if (bundle === undefined || !this.#isBundleSound) return
    const start = this.#at + 2
    const end = start + bytes.length - 1
    this.#isBundleSound =
      end <= bundle.length &&
      bundle.readUInt16BE(this.#at) === bytes.length - 1 &&
      bundle.compare(bytes, 1, bytes.length, start, end) === 0
    this.#at = end
  }

  #endBundle(number: number, width: number): void {
    const bundle = this.#bundle
    if (bundle === undefined) return
    // A partial bundle may have been outgrown by the log while it is checked, a full one not.
    const isLong = width === tileWidth && bundle.length > this.#at
    if (!this.#isBundleSound || isLong) this.#differs({ level: 'entries', number, width })
  }

  #compareHashes({ level, number, width, hashes }: HashTile): void {
    const bytes = this.#read({ level, number, width })
    if (bytes === undefined) return
    const isSound =
      bytes.length >= width * 32 &&
      (width < tileWidth || bytes.length === width * 32) &&
      hashes.every((hash, at) => bytes.compare(hash, 0, 32, at * 32, at * 32 + 32) === 0)
    if (!isSound) this.#differs({ level, number, width })
  }

  #differs(tile: Tile): void {
    this.#onProblem(`${tilePath(tile)} does not hold what the segments hold: run audit rebuild-tiles`)
  }

  #read(tile: Tile): Buffer | undefined {
    // The log may grow meanwhile, and a partial state goes when a wider one is there.
    for (let attempt = 0; attempt < 3; attempt++) {
      const bytes = this.#readWide(tile)
      if (bytes !== undefined) return bytes
    }
    this.#onProblem(`${tilePath(tile)} is missing: run audit rebuild-tiles`)
    return undefined
  }

  #readWide(tile: Tile): Buffer | undefined {
    const exact = this.#readFile(tile)
    if (exact !== undefined || tile.width === tileWidth) return exact
    const names = existsSync(join(this.#folder, partialFolder(tile)))
      ? readdirSync(join(this.#folder, partialFolder(tile)))
      : []
    const wider = names.filter((name) => /^[1-9][0-9]{0,2}$/.test(name)).map(Number)
    const width = wider.find((each) => each > tile.width)
    return this.#readFile({ ...tile, width: width ?? tileWidth })
  }

  #readFile(tile: Tile): Buffer | undefined {
    try {
      return readFileSync(join(this.#folder, tilePath(tile)))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
      throw error
    }
  }
}

/** Tiles are derived: a log without any is whole, and its next start makes them. */
export const hasTiles = (folder: string): boolean => existsSync(join(folder, 'tile'))
