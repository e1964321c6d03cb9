/** Entries as tlog-tiles bundles them: the length in 16 bits, big-endian, before each. A header always fits. */

/** `leaves` are 0x00 and the header; the mark of a leaf stays out of the bundle. */
export function formatBundle(leaves: readonly Buffer[]): Buffer {
  const bundle = Buffer.allocUnsafe(leaves.reduce((sum, leaf) => sum + leaf.length + 1, 0))
  let at = 0
  for (const leaf of leaves) {
    at = bundle.writeUInt16BE(leaf.length - 1, at)
    at += leaf.copy(bundle, at, 1)
  }
  return bundle
}

/** The first `count` entries of a bundle; undefined when it does not hold that many whole ones. */
export function readBundle(bundle: Buffer, count: number): readonly Buffer[] | undefined {
  const entries: Buffer[] = []
  let at = 0
  while (entries.length < count) {
    if (at + 2 > bundle.length) return undefined
    const end = at + 2 + bundle.readUInt16BE(at)
    if (end > bundle.length) return undefined
    entries.push(bundle.subarray(at + 2, end))
    at = end
  }
  return entries
}

/** Bytes the first `count` entries take; undefined when there are fewer. */
export function bundleBytes(bundle: Buffer, count: number): number | undefined {
  const entries = readBundle(bundle, count)
  return entries?.reduce((sum, entry) => sum + 2 + entry.length, 0)
}
