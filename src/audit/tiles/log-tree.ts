import { Refusal } from '#/core/refusal.ts'
import type { LogTree, ProvingCheckpoint, TreeHealth } from '../api.ts'
import type { KnownCheckpoint } from '../checkpoint-file.ts'
import { readHeader } from '../header.ts'
import { leafHash } from '../tree.ts'
import { bundleBytes } from './entry-bundle.ts'
import { type LeafPlaces, LeafReader } from './leaf-reader.ts'
import { inclusionRanges, provesInclusion, type Range } from './proof.ts'
import { formatProof } from './proof-file.ts'
import { TileHashes } from './tile-hashes.ts'
import type { TileKeeper } from './tile-keeper.ts'
import { readTilePath, type Tile } from './tile-path.ts'

/** A checkpoint comes a second after an entry; one that takes longer is not waited for. */
const proofWaitMs = 3_000

export interface LogTreeOptions {
  readonly folder: string
  readonly places: LeafPlaces
  readonly tiles: TileKeeper
  readonly personOf: (alias: string) => string | undefined
  /** The first checkpoint that covers an entry; undefined when none does in time. */
  readonly covering: (index: number, limitMs: number) => Promise<KnownCheckpoint | undefined>
  readonly rebuild: () => Promise<number>
  readonly health: () => TreeHealth
}

/** What a log shows of its tree to those who check it. */
export function openLogTree(options: LogTreeOptions): LogTree {
  const { tiles, places } = options
  return {
    health: options.health,
    rebuildTiles: options.rebuild,
    tile: async (path) => {
      const tile = readTilePath(path)
      const bytes = tile && (await tiles.read(tile))
      return tile && bytes && cutTo(tile, bytes)
    },
    firstKept: () => places.first,
    rootOf: (size) => rootOf(options, size),
    headOf: async (index) => {
      if (places.place(index) === undefined) return undefined
      const header = readHeader((await readLeaf(options, index)).subarray(1))
      if (header === undefined) throw new Error(`entry ${index} of the log cannot be read: run audit verify`)
      const { kind, facts, subject } = header
      return { kind, facts, subject: subject === undefined ? undefined : options.personOf(subject) }
    },
    header: async (index) =>
      places.place(index) !== undefined ? (await readLeaf(options, index)).subarray(1) : undefined,
    against: async (index) => {
      const covering = await options.covering(index, proofWaitMs)
      return covering && provingAgainst(covering, options)
    },
    prove: async (index) => {
      const covering = await options.covering(index, proofWaitMs)
      if (covering === undefined) throw new Refusal('proof-pending')
      const { checkpoint, note } = covering
      const leaf = await readLeaf(options, index)
      const hashes = await hashesOf(options, checkpoint.size, inclusionRanges(index, checkpoint.size))
      if (!provesInclusion({ index, leaf: leafHash(leaf), ...checkpoint }, hashes)) throw tilesDamaged()
      return formatProof({ index, hashes, checkpoint: note, extra: leaf.subarray(1) })
    },
  }
}

/** Tiles read for so many proofs are kept: neighbours share them. */
const provedTogether = 500

function provingAgainst({ note, checkpoint }: KnownCheckpoint, options: LogTreeOptions): ProvingCheckpoint {
  const { size, root } = checkpoint
  const read = (tile: Tile): Promise<Buffer | undefined> => options.tiles.read(tile)
  let hashes = new TileHashes(size, read)
  let proved = 0
  return {
    note,
    size,
    prove: async (index) => {
      if (++proved % provedTogether === 0) hashes = new TileHashes(size, read)
      const proof = await hashes.all(inclusionRanges(index, size))
      const leaf = leafHash(await readLeaf(options, index))
      if (!provesInclusion({ index, leaf, size, root }, proof)) throw tilesDamaged()
      return formatProof({ index, hashes: proof, checkpoint: note, extra: undefined })
    },
  }
}

async function readLeaf({ folder, places }: LogTreeOptions, index: number): Promise<Buffer> {
  const reader = new LeafReader(folder, places)
  try {
    return (await reader.read(index, index + 1))[0] as Buffer
  } finally {
    await reader.close()
  }
}

const hashesOf = (
  { tiles }: LogTreeOptions,
  size: number,
  ranges: readonly Range[],
): Promise<readonly Buffer[]> => new TileHashes(size, (tile) => tiles.read(tile)).all(ranges)

async function rootOf(options: LogTreeOptions, size: number): Promise<Buffer> {
  const covering = await options.covering(size - 1, proofWaitMs)
  if (covering === undefined) throw new Refusal('proof-pending')
  const [root] = await hashesOf(options, covering.checkpoint.size, [{ start: 0, end: size }])
  return root as Buffer
}

/** A proof that does not hold is never given out. */
const tilesDamaged = (): Error =>
  new Error('the tiles of the log do not lead to its checkpoint: run audit rebuild-tiles')

/** Every partial state of a tile is the beginning of a later one. */
function cutTo(tile: Tile, bytes: Buffer): Buffer | undefined {
  if (tile.level !== 'entries')
    return bytes.length < tile.width * 32 ? undefined : bytes.subarray(0, tile.width * 32)
  const length = bundleBytes(bytes, tile.width)
  return length === undefined ? undefined : bytes.subarray(0, length)
}
