import { hash } from 'node:crypto'

/**
 * The hash tree over the headers, as RFC 6962 section 2.1 defines it: a leaf is SHA-256(0x00 || header), a node
 * SHA-256(0x01 || left || right). Only the roots of the complete subtrees are kept: at most one per bit of `size`.
 */
export class CompactTree {
  #size = 0
  /** Largest subtree first. */
  readonly #peaks: Buffer[] = []

  /** A tree of `size` leaves with these peaks; undefined when it has another number of them. */
  static read(size: number, peaks: readonly string[]): CompactTree | undefined {
    let bits = 0
    for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) bits += rest % 2
    if (peaks.length !== bits) return undefined
    const tree = new CompactTree()
    tree.#size = size
    for (const peak of peaks) tree.#peaks.push(Buffer.from(peak, 'hex'))
    return tree
  }

  get size(): number {
    return this.#size
  }

  /** Roots of the complete subtrees in hex, the largest first. */
  peaks(): string[] {
    return this.#peaks.map((peak) => peak.toString('hex'))
  }

  push(leaf: Buffer): void {
    let node = leaf
    for (let rest = this.#size; rest % 2 === 1; rest = (rest - 1) / 2) {
      node = nodeHash(this.#peaks.pop() as Buffer, node)
    }
    this.#peaks.push(node)
    this.#size++
  }

  root(): Buffer {
    const last = this.#peaks.at(-1)
    if (last === undefined) return sha256('')
    let root = last
    for (let peak = this.#peaks.length - 2; peak >= 0; peak--)
      root = nodeHash(this.#peaks[peak] as Buffer, root)
    return root
  }
}

// One scratch space serves every node: hashing is synchronous, and an allocation per node is not.
const scratch = Buffer.alloc(65, 1)

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  scratch.set(left, 1)
  scratch.set(right, 33)
  return sha256(scratch)
}

/** By way of a string, whose bytes come from a pool: asked for a buffer, Node allocates one for each hash, at twice the cost. */
const sha256 = (bytes: string | Uint8Array): Buffer => Buffer.from(hash('sha256', bytes, 'binary'), 'binary')

/** `prefixed` is the header with the 0x00 before it, as a frame holds it. */
export const leafHash = (prefixed: Uint8Array): Buffer => sha256(prefixed)
