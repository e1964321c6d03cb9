import type { KeyRecord } from './record.ts'

/** A key, the key it was made with, and so on: no longer than this. */
export const longestLine = 5

export interface KeyEnd {
  readonly why: 'revoked' | 'expired'
  readonly at: number
}

/**
 * All keys in memory, by hash and by id. An exchange costs one SHA-256 and one look-up. Whether a key is there must not
 * show in how long that takes, so they stand in the order of their hashes, and `lookUp` gives the nearest one: the same
 * steps, and no branch that is taken for the one and not for the other.
 */
export class KeyBook {
  /** How the hashes of `#sorted` begin; the rest of it is unused. */
  #prefixes: Uint32Array
  readonly #sorted: KeyRecord[]
  readonly #byId = new Map<string, KeyRecord>()
  readonly #children = new Map<string, Set<string>>()

  constructor(stored: readonly KeyRecord[] = []) {
    const read = stored.map((key) => ({ prefix: prefixOf(key.hash), key }))
    read.sort((one, other) => one.prefix - other.prefix)
    this.#sorted = read.map(({ key }) => key)
    this.#prefixes = new Uint32Array(Math.max(16, 2 * read.length))
    this.#prefixes.set(read.map(({ prefix }) => prefix))
    for (const key of stored) {
      this.#byId.set(key.id, key)
      this.#bringToParent(key)
    }
  }

  /** Adds, or replaces the one of the same id. */
  put(key: KeyRecord): void {
    const before = this.#byId.get(key.id)
    if (before?.parentId !== undefined) this.#children.get(before.parentId)?.delete(key.id)
    this.#byId.set(key.id, key)
    this.#bringToParent(key)
    const prefix = prefixOf(key.hash)
    const at = this.#sorted.length === 0 ? 0 : this.#nearest(prefix)
    const known = before === undefined ? -1 : this.#sorted.indexOf(before, at)
    if (known >= 0) {
      this.#sorted[known] = key
      return
    }
    const place = at + Number(at < this.#sorted.length && (this.#prefixes[at] as number) < prefix)
    if (this.#sorted.length === this.#prefixes.length) {
      const wider = new Uint32Array(2 * this.#prefixes.length)
      wider.set(this.#prefixes)
      this.#prefixes = wider
    }
    this.#prefixes.copyWithin(place + 1, place, this.#sorted.length)
    this.#prefixes[place] = prefix
    this.#sorted.splice(place, 0, key)
  }

  #bringToParent(key: KeyRecord): void {
    if (key.parentId === undefined) return
    const siblings = this.#children.get(key.parentId) ?? new Set()
    this.#children.set(key.parentId, siblings.add(key.id))
  }

  remove(key: KeyRecord): void {
    const { id, parentId } = key
    const known = this.#byId.get(id)
    if (known === undefined) return
    this.#byId.delete(id)
    this.#children.delete(id)
    if (parentId !== undefined) this.#children.get(parentId)?.delete(id)
    const at = this.#sorted.indexOf(known, this.#nearest(prefixOf(known.hash)))
    this.#prefixes.copyWithin(at, at + 1, this.#sorted.length)
    this.#sorted.splice(at, 1)
  }

  /**
   * The key of this hash, and 0; or one that stands in for it, and another number. A number, because a boolean is made
   * by a branch. The key is undefined while there is none at all.
   */
  lookUp(hash: string): { readonly key: KeyRecord | undefined; readonly difference: number } {
    if (this.#sorted.length === 0) return { key: undefined, difference: 1 }
    const prefix = prefixOf(hash)
    let at = this.#nearest(prefix)
    // Two of a hundred thousand keys may begin alike.
    while (at + 1 < this.#sorted.length && this.#prefixes[at + 1] === prefix) {
      if (differenceOf((this.#sorted[at] as KeyRecord).hash, hash) === 0) break
      at++
    }
    const key = this.#sorted[at] as KeyRecord
    return { key, difference: differenceOf(key.hash, hash) }
  }

  /** Index of the first key whose hash begins with this or more, or of the last one. Needs one key. */
  #nearest(prefix: number): number {
    let at = 0
    for (let left = this.#sorted.length; left > 1; ) {
      const half = left >> 1
      at += half * Number((this.#prefixes[at + half - 1] as number) < prefix)
      left -= half
    }
    return at
  }

  findByHash(hash: string): KeyRecord | undefined {
    const { key, difference } = this.lookUp(hash)
    return difference === 0 ? key : undefined
  }

  find(id: string): KeyRecord | undefined {
    return this.#byId.get(id)
  }

  all(): IterableIterator<KeyRecord> {
    return this.#byId.values()
  }

  /** The key and the keys it was made with, nearest first. */
  lineOf(key: KeyRecord): readonly KeyRecord[] {
    if (key.parentId === undefined) return [key]
    const line: KeyRecord[] = []
    for (let each: KeyRecord | undefined = key; each !== undefined && line.length < longestLine; ) {
      line.push(each)
      each = each.parentId === undefined ? undefined : this.#byId.get(each.parentId)
    }
    return line
  }

  /** Keys made with this one. */
  childrenOf(id: string): readonly KeyRecord[] {
    const ids = this.#children.get(id)
    return ids === undefined ? [] : [...ids].flatMap((each) => this.#byId.get(each) ?? [])
  }

  /** Those and theirs, parents before their children. */
  descendantsOf(id: string): readonly KeyRecord[] {
    return this.childrenOf(id).flatMap((child) => [child, ...this.descendantsOf(child.id)])
  }

  /**
   * Those below a key, and those somebody made with its text that stand below what has replaced it by now: whoever
   * stole it may have made them.
   */
  madeWith(id: string): readonly KeyRecord[] {
    const found = new Map<string, KeyRecord>()
    const add = (from: string): void => {
      for (const key of this.#byId.values()) {
        if (found.has(key.id) || (key.parentId !== from && key.createdBy !== from)) continue
        found.set(key.id, key)
        add(key.id)
      }
    }
    add(id)
    return [...found.values()]
  }

  /** When and why a key ended; undefined while it works. It never works longer than the key it was made with. */
  endOf(key: KeyRecord, now: number): KeyEnd | undefined {
    for (const { revokedAt, expiresAt } of this.lineOf(key)) {
      if (revokedAt !== undefined) return { why: 'revoked', at: revokedAt }
      if (expiresAt <= now) return { why: 'expired', at: expiresAt }
    }
    return undefined
  }
}

const prefixOf = (hash: string): number => Number.parseInt(hash.slice(0, 8), 16)

/** 0 for the same text. Looks at every character, wherever the first difference is. */
function differenceOf(one: string, other: string): number {
  let difference = one.length ^ other.length
  for (let index = 0; index < other.length; index++)
    difference |= one.charCodeAt(index) ^ other.charCodeAt(index)
  return difference
}
