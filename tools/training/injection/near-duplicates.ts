/**
 * Texts that are mostly the same words. Attack corpora are a few templates filled with many tasks: counted one by one,
 * ten templates would outweigh everything else. A sketch keeps the smallest hashes of a text's runs of words; texts
 * with most of them in common are near-duplicates.
 */
import type { PlainWords } from '#/inspect/injection/plain-words.ts'

/** Words in a run, and hashes in a sketch: two texts that share half their runs share about half of the sketch. */
const runWords = 5
const sketchSize = 12
const enough = 5

export function sketchOf({ hashes }: PlainWords): readonly number[] {
  const runs = new Set<number>()
  const last = Math.max(1, hashes.length - runWords + 1)
  for (let start = 0; start < last; start++) {
    let hash = 0
    for (let at = start; at < Math.min(hashes.length, start + runWords); at++) {
      hash = Math.imul(hash ^ (hashes[at] as number), 0x5bd1e995)
      hash ^= hash >>> 13
    }
    runs.add(hash >>> 0)
  }
  return [...runs].sort((one, other) => one - other).slice(0, sketchSize)
}

/** For each text, which group of near-duplicates it is in: groups are numbered in order of their first text. */
export function groupsOf(sketches: readonly (readonly number[])[]): Int32Array {
  const groups = new Int32Array(sketches.length)
  const byHash = new Map<number, number[]>()
  let count = 0
  for (const [index, sketch] of sketches.entries()) {
    const shared = new Map<number, number>()
    let group = -1
    for (const hash of sketch) {
      for (const other of byHash.get(hash) ?? []) {
        const times = (shared.get(other) ?? 0) + 1
        shared.set(other, times)
        if (times >= Math.min(enough, sketch.length)) group = groups[other] as number
      }
      if (group >= 0) break
    }
    if (group < 0) group = count++
    groups[index] = group
    for (const hash of sketch) {
      const known = byHash.get(hash)
      // A few of each are enough to find the next: groups have thousands of members.
      if (known === undefined) byHash.set(hash, [index])
      else if (known.length < 8) known.push(index)
    }
  }
  return groups
}
