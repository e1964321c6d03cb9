/**
 * Names of the resources of a tiled log, `/` between their parts.
 * Source: C2SP tlog-tiles v0.1.0, "Merkle Tree", "Partial Tiles" and "Log entries".
 */

/** Hashes in a full tile, and entries in a full bundle. */
export const tileWidth = 256

export interface Tile {
  /** A level of hashes, 0 the one of the leaves; or the entries themselves. */
  readonly level: number | 'entries'
  readonly number: number
  /** 1 to 256; below 256 the tile is partial. */
  readonly width: number
}

/** `tile/0/x001/x234/067`, with `.p/12` behind it when partial. */
export function tilePath({ level, number, width }: Tile): string {
  const partial = width === tileWidth ? '' : `.p/${width}`
  return `${partialFolder({ level, number }).slice(0, -2)}${partial}`
}

/** Where the partial states of a tile lie: `tile/0/067.p`. */
export function partialFolder({ level, number }: Omit<Tile, 'width'>): string {
  const parts = [threeDigits(number % 1_000)]
  for (let rest = Math.floor(number / 1_000); rest > 0; rest = Math.floor(rest / 1_000)) {
    parts.unshift(`x${threeDigits(rest % 1_000)}`)
  }
  return `tile/${level}/${parts.join('/')}.p`
}

const threeDigits = (value: number): string => String(value).padStart(3, '0')

const pathShape = /^tile\/(entries|0|[1-9][0-9]?)\/((?:x[0-9]{3}\/){0,4}[0-9]{3})(?:\.p\/([1-9][0-9]{0,2}))?$/

/** Undefined for anything that is not exactly how a tile is named. */
export function readTilePath(path: string): Tile | undefined {
  const found = pathShape.exec(path)
  if (found === null) return undefined
  const tile: Tile = {
    level: found[1] === 'entries' ? 'entries' : Number(found[1]),
    number: Number((found[2] as string).replace(/[x/]/g, '')),
    width: found[3] === undefined ? tileWidth : Number(found[3]),
  }
  // Another spelling of the same tile, such as `x000/001` or `.p/256`, is another name and does not exist.
  return tilePath(tile) === path ? tile : undefined
}

/** Hashes (or entries) a tile has in a log of this size: 0 when it does not exist yet. */
export function widthIn(size: number, { level, number }: Omit<Tile, 'width'>): number {
  const hashes = Math.floor(size / tileWidth ** (level === 'entries' ? 0 : level))
  return Math.max(0, Math.min(tileWidth, hashes - number * tileWidth))
}

/** The last tile of every level with anything in it, for a log of this size; partial ones only. */
export function partialTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (let level = 0, hashes = size; hashes > 0; level++, hashes = Math.floor(hashes / tileWidth)) {
    const width = hashes % tileWidth
    const number = Math.floor(hashes / tileWidth)
    if (width === 0) continue
    tiles.push({ level, number, width })
    if (level === 0) tiles.push({ level: 'entries', number, width })
  }
  return tiles
}

/** The last full tile of every level that has one, for a log of this size. */
export function lastFullTiles(size: number): readonly Tile[] {
  const tiles: Tile[] = []
  for (
    let level = 0, full = Math.floor(size / tileWidth);
    full > 0;
    level++, full = Math.floor(full / tileWidth)
  ) {
    const tile = { level, number: full - 1, width: tileWidth }
    tiles.push(tile, ...(level === 0 ? [{ ...tile, level: 'entries' } as const] : []))
  }
  return tiles
}
