/**
 * Inclusion and consistency proofs: which hashes stand in one, and what a given one proves.
 * Source: RFC 6962 sections 2.1.1 and 2.1.2 for making, RFC 9162 sections 2.1.3.2 and 2.1.4.2 for checking.
 */
import { CompactTree, nodeHash } from '../tree.ts'

/** Leaves `start` to `end`, the latter not included: a subtree as RFC 6962 splits the tree. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** The subtrees whose hashes prove that leaf `index` is in a tree of `size`, the leaf's neighbour first. */
export function inclusionRanges(index: number, size: number): readonly Range[] {
  const ranges: Range[] = []
  let range: Range = { start: 0, end: size }
  while (range.end - range.start > 1) {
    const middle = range.start + splitOf(range.end - range.start)
    const left = { start: range.start, end: middle }
    const right = { start: middle, end: range.end }
    ranges.push(index < middle ? right : left)
    range = index < middle ? left : right
  }
  return ranges.reverse()
}

/** The subtrees whose hashes prove that a tree of `size` goes on from one of `older` leaves; none when that is empty. */
export function consistencyRanges(older: number, size: number): readonly Range[] {
  if (older === 0 || older === size) return []
  const ranges: Range[] = []
  let range: Range = { start: 0, end: size }
  while (range.end !== older) {
    const middle = range.start + splitOf(range.end - range.start)
    const left = { start: range.start, end: middle }
    const right = { start: middle, end: range.end }
    ranges.push(older <= middle ? right : left)
    range = older <= middle ? left : right
  }
  // What is left is all of the older tree when that is a power of two: its root is known, so it is left out.
  if (range.start > 0) ranges.push(range)
  return ranges.reverse()
}

/** The largest power of two below `count`, which is at least 2. No bit operations: they end at 32 bits. */
export function splitOf(count: number): number {
  let split = 1
  while (split * 2 < count) split *= 2
  return split
}

const half = (value: number): number => Math.floor(value / 2)
const isOdd = (value: number): boolean => value % 2 === 1

export interface InclusionClaim {
  readonly index: number
  readonly leaf: Buffer
  readonly size: number
  readonly root: Buffer
}

export function provesInclusion(
  { index, leaf, size, root }: InclusionClaim,
  proof: readonly Buffer[],
): boolean {
  if (index < 0 || index >= size) return false
  let node = index
  let last = size - 1
  let hash = leaf
  for (const other of proof) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      hash = nodeHash(other, hash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else hash = nodeHash(hash, other)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && hash.equals(root)
}

interface Head {
  readonly size: number
  readonly root: Buffer
}

/** Whether `newer` holds everything `older` holds, in the same places. */
export function provesConsistency(older: Head, newer: Head, proof: readonly Buffer[]): boolean {
  if (older.size > newer.size) return false
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root)
  if (older.size === 0) return proof.length === 0 && older.root.equals(new CompactTree().root())
  let node = older.size - 1
  let last = newer.size - 1
  while (isOdd(node)) [node, last] = [half(node), half(last)]
  // A power of two: the older root itself is where the proof begins.
  const path = node === 0 ? [older.root, ...proof] : proof
  const [first, ...rest] = path
  if (first === undefined) return false
  let [olderHash, newerHash] = [first, first]
  for (const other of rest) {
    if (last === 0) return false
    if (isOdd(node) || node === last) {
      olderHash = nodeHash(other, olderHash)
      newerHash = nodeHash(other, newerHash)
      while (!isOdd(node) && node !== 0) [node, last] = [half(node), half(last)]
    } else newerHash = nodeHash(newerHash, other)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && olderHash.equals(older.root) && newerHash.equals(newer.root)
}
