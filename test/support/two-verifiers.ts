import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { pathToFileURL } from 'node:url'
import { seededRandom } from '#/audit/log-for-tests.ts'
import {
  consistencyRanges,
  inclusionRanges,
  provesConsistency,
  provesInclusion,
} from '#/audit/tiles/proof.ts'
import { CompactTree } from '#/audit/tree.ts'
import { standaloneFile } from './standalone-verifier.ts'

interface Head {
  readonly size: number
  readonly root: Buffer
}

interface Standalone {
  readonly treeHash: (hashes: readonly Buffer[]) => Buffer
  readonly leafHash: (entry: Buffer) => Buffer
  readonly isIncluded: (
    index: number,
    size: number,
    leaf: Buffer,
    root: Buffer,
    proof: readonly Buffer[],
  ) => boolean
  readonly isConsistent: (older: Head, newer: Head, proof: readonly Buffer[]) => boolean
  readonly consistencyParts: (older: number, newer: number) => readonly (readonly [number, number])[]
  readonly verifyLog: (
    dir: string,
    asked?: { key?: string },
  ) => { ok: boolean; entries: number; problems: string[] }
  readonly verifyProof: (text: string, key: string) => { receipt: string; header: string }
  readonly run: (argv: readonly string[], write: (text: string) => void) => number
  readonly verifyConsistency: (older: string, newer: string, dir: string, key: string) => unknown
}

/** The single file that auditors are given. */
export const standalone = (await import(pathToFileURL(standaloneFile).href)) as Standalone

export const rootOf = (hashes: readonly Buffer[]): Buffer => {
  const tree = new CompactTree()
  for (const hash of hashes) tree.push(hash)
  return tree.root()
}

/** One bit of one hash, one hash too few or too many, or two in the other order. */
function mutate(proof: readonly Buffer[], random: (below: number) => number): readonly Buffer[] {
  const changed = proof.map((hash) => Buffer.from(hash))
  const kind = random(4)
  if (kind === 0 || changed.length === 0) return [...changed, Buffer.alloc(32, random(256))]
  if (kind === 1) return changed.slice(1)
  if (kind === 2 && changed.length > 1) return [...changed.slice(1), changed[0] as Buffer]
  const hash = changed[random(changed.length)] as Buffer
  const bit = random(256)
  hash[bit >> 3] = (hash[bit >> 3] as number) ^ (1 << (bit & 7))
  return changed
}

/** Of so many random trees both verifiers say the same, accept what the other proves, and refuse what was changed. */
export function compareTrees(rounds: number): void {
  const random = seededRandom(34)
  for (let round = 0; round < rounds; round++) {
    const size = 1 + random(round % 20 === 0 ? 600 : 60)
    const leaves = Array.from({ length: size }, (_, at) =>
      createHash('sha256').update(`${round}/${at}`).digest(),
    )
    const root = rootOf(leaves)
    assert.ok(standalone.treeHash(leaves).equals(root), `root of ${size}`)

    const index = random(size)
    const leaf = leaves[index] as Buffer
    const proof = inclusionRanges(index, size).map(({ start, end }) => rootOf(leaves.slice(start, end)))
    assert.ok(standalone.isIncluded(index, size, leaf, root, proof), `${index} of ${size}`)
    assert.ok(provesInclusion({ index, leaf, size, root }, proof))
    const changed = mutate(proof, random)
    assert.ok(!standalone.isIncluded(index, size, leaf, root, changed), `changed: ${index} of ${size}`)
    assert.ok(!provesInclusion({ index, leaf, size, root }, changed))

    const had = 1 + random(size)
    const older = { size: had, root: rootOf(leaves.slice(0, had)) }
    const newer = { size, root }
    const parts = standalone.consistencyParts(older.size, size)
    assert.deepEqual(
      parts,
      consistencyRanges(older.size, size).map(({ start, end }) => [start, end]),
    )
    const going = parts.map(([start, end]) => standalone.treeHash(leaves.slice(start, end)))
    assert.ok(standalone.isConsistent(older, newer, going), `${older.size} to ${size}`)
    assert.ok(provesConsistency(older, newer, going))
    const wrong = mutate(going, random)
    assert.ok(!standalone.isConsistent(older, newer, wrong), `changed: ${older.size} to ${size}`)
    assert.ok(!provesConsistency(older, newer, wrong))
  }
}
