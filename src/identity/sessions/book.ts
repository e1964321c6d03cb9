import type { Held } from './held.ts'
import type { SessionRecord } from './record.ts'

/** Sessions by id, by person and by each token that leads to them, in the order they were last seen. */
export class SessionBook {
  readonly #byId = new Map<string, Held>()
  readonly #idByHash = new Map<string, string>()
  readonly #idsByPerson = new Map<string, Set<string>>()

  get size(): number {
    return this.#byId.size
  }

  find(id: string): Held | undefined {
    return this.#byId.get(id)
  }

  byHash(hash: string): Held | undefined {
    const id = this.#idByHash.get(hash)
    return id === undefined ? undefined : this.#byId.get(id)
  }

  /** Those of a person, the one not seen for longest first. */
  of(personId: string): readonly Held[] {
    return [...(this.#idsByPerson.get(personId) ?? [])].flatMap((id) => this.#byId.get(id) ?? [])
  }

  all(): readonly Held[] {
    return [...this.#byId.values()]
  }

  oldest(): Held | undefined {
    return this.#byId.values().next().value
  }

  /** Keeps it as the one seen last. */
  keep(held: Held): Held {
    this.#byId.delete(held.record.id)
    this.#idsByPerson.get(held.record.personId)?.delete(held.record.id)
    return this.replace(held)
  }

  /** Keeps it where it stands. */
  replace(held: Held): Held {
    const { id, personId } = held.record
    const before = this.#byId.get(id)
    if (before?.record !== held.record) {
      if (before !== undefined) this.#forgetHashes(before.record)
      for (const hash of hashesOf(held.record)) this.#idByHash.set(hash, id)
    }
    this.#byId.set(id, held)
    const own = this.#idsByPerson.get(personId) ?? new Set()
    this.#idsByPerson.set(personId, own.add(id))
    return held
  }

  remove(id: string): boolean {
    const held = this.#byId.get(id)
    if (held === undefined) return false
    this.#byId.delete(id)
    this.#forgetHashes(held.record)
    const own = this.#idsByPerson.get(held.record.personId)
    own?.delete(id)
    if (own?.size === 0) this.#idsByPerson.delete(held.record.personId)
    return true
  }

  #forgetHashes(record: SessionRecord): void {
    for (const hash of hashesOf(record)) this.#idByHash.delete(hash)
  }
}

const hashesOf = ({ hash, nextHash, previousHash }: SessionRecord): readonly string[] =>
  [hash, nextHash, previousHash].filter((each) => each !== undefined)
