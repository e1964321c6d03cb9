import type { KeyRecord } from './record.ts'

/** A key, the key it was made with, and so on: no longer than this. */
export const longestLine = 5

export interface KeyEnd {
  readonly why: 'revoked' | 'expired'
  readonly at: number
}

/**
 * All keys in memory, by hash and by id. An exchange costs one SHA-256 and one look-up. Comparing in constant time is
 * not needed: what an attacker could time is the look-up of a hash, and nobody can aim a hash.
 */
export class KeyBook {
  readonly #byHash = new Map<string, KeyRecord>()
  readonly #byId = new Map<string, KeyRecord>()
  readonly #children = new Map<string, Set<string>>()
  #any: KeyRecord | undefined

  /** Adds, or replaces the one of the same id. */
  put(key: KeyRecord): void {
    const before = this.#byId.get(key.id)
    if (before?.parentId !== undefined) this.#children.get(before.parentId)?.delete(key.id)
    this.#byHash.set(key.hash, key)
    this.#byId.set(key.id, key)
    this.#any = key
    if (key.parentId === undefined) return
    const siblings = this.#children.get(key.parentId) ?? new Set()
    this.#children.set(key.parentId, siblings.add(key.id))
  }

  remove({ id, hash, parentId }: KeyRecord): void {
    this.#byHash.delete(hash)
    this.#byId.delete(id)
    this.#children.delete(id)
    if (parentId !== undefined) this.#children.get(parentId)?.delete(id)
  }

  findByHash(hash: string): KeyRecord | undefined {
    return this.#byHash.get(hash)
  }

  /** A key of somebody, whichever: what is looked up for it is looked up where there is no key, too. */
  any(): KeyRecord | undefined {
    return this.#any
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
