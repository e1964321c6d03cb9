/** The data keys: made, found, wrapped under the key-encryption key, and forgotten. */
import { type KeyObject, randomBytes } from 'node:crypto'
import type { DamagedKey, Destroyed, DestroyOptions, DestroyScope, SealingKey } from './api.ts'
import { KeyDamaged, type KeyRing, toKey } from './key-ring.ts'
import { commitTo } from './seal.ts'
import type { DataKeyRow, KeyStore, NewKeyRows } from './store.ts'

// NIST SP 800-38D, 8.3: at most 2^32 records under one key with random nonces. Half of that, to stay clear.
export const recordsPerKey = 2 ** 31
// Records are counted ahead in blocks, so that the count survives a crash and costs a write once per block.
const reservedAtOnce = 2 ** 20
// Bounds memory, about 300 bytes each. Whoever falls out is read again from the store.
const cachedPeople = 20_000
const cachedOpeningKeys = 2_000

interface Current extends SealingKey {
  readonly month: string
  readonly number: number
  left: number
  reserved: number
}

export class DataKeys {
  readonly #store: KeyStore
  readonly #ring: KeyRing
  readonly #recordsPerKey: number
  readonly #current = new Map<string, Current>()
  readonly #opened = new Map<string, KeyObject>()

  constructor(store: KeyStore, ring: KeyRing, recordsPerKey: number) {
    this.#store = store
    this.#ring = ring
    this.#recordsPerKey = recordsPerKey
    ring.onClosed(() => {
      this.#current.clear()
      this.#opened.clear()
    })
  }

  sealing(person: string, month: string): SealingKey {
    this.#ring.assertOpen()
    let current = this.#current.get(person)
    if (current === undefined || current.month !== month) {
      current = this.#load(person, month)
      remember(this.#current, person, current, cachedPeople)
    }
    if (current.left === 0) {
      current = this.#refill(current)
      this.#current.set(person, current)
    }
    current.left--
    return current
  }

  hasKey(person: string, month: string): boolean {
    return this.#current.get(person)?.month === month || this.#store.findAlias(person, month) !== undefined
  }

  prepare(people: ReadonlySet<string>, month: string): void {
    this.#ring.assertOpen()
    const made: { readonly person: string; readonly key: Current; readonly rows: NewKeyRows }[] = []
    for (const person of people) {
      if (this.hasKey(person, month)) continue
      made.push({ person, ...this.#make(newAlias(), month, 1, person) })
    }
    if (made.length === 0) return
    this.#store.addKeys(made.map(({ rows }) => rows))
    for (const { person, key } of made) remember(this.#current, person, key, cachedPeople)
  }

  opening(commitment: string): KeyObject | undefined {
    this.#ring.assertOpen()
    const known = this.#opened.get(commitment)
    if (known !== undefined) return known
    const row = this.#store.findKey(commitment)
    if (row === undefined) return undefined
    const key = toKey(this.#unwrap(row))
    remember(this.#opened, commitment, key, cachedOpeningKeys)
    return key
  }

  /** Deleted, forgotten and out of the file before anything else can run. */
  destroy(scope: DestroyScope, options: DestroyOptions): Destroyed {
    assertMonth('month' in scope ? scope.month : 'beforeMonth' in scope ? scope.beforeMonth : undefined)
    const destroyed = this.#store.destroy(scope, options)
    const gone = new Set([...destroyed.commitments, ...destroyed.aliases])
    for (const commitment of destroyed.commitments) this.#opened.delete(commitment)
    for (const [person, { commitment, alias }] of this.#current) {
      if (gone.has(commitment) || gone.has(alias)) this.#current.delete(person)
    }
    this.#store.vacuum()
    return destroyed
  }

  #load(person: string, month: string): Current {
    const known = this.#store.findAlias(person, month)?.alias
    if (known === undefined) return this.#newKey(newAlias(), month, 1, person)
    const row = this.#store.latestKey(known)
    if (row === undefined) return this.#newKey(known, month, 1)
    const { alias, commitment, number, reserved } = row
    return { alias, month, commitment, key: toKey(this.#unwrap(row)), number, left: 0, reserved }
  }

  #refill(current: Current): Current {
    if (current.reserved >= this.#recordsPerKey) {
      return this.#newKey(current.alias, current.month, current.number + 1)
    }
    const reserved = Math.min(this.#recordsPerKey, current.reserved + reservedAtOnce)
    this.#store.reserve(current.commitment, reserved)
    return { ...current, left: reserved - current.reserved, reserved }
  }

  #newKey(alias: string, month: string, number: number, person?: string): Current {
    const { key, rows } = this.#make(alias, month, number, person)
    this.#store.addKeys([rows])
    return key
  }

  /** A key that is nowhere yet, and the rows that keep it. */
  #make(
    alias: string,
    month: string,
    number: number,
    person: string | undefined,
  ): { readonly key: Current; readonly rows: NewKeyRows } {
    const bytes = randomBytes(32)
    const commitment = commitTo(bytes)
    const reserved = Math.min(this.#recordsPerKey, reservedAtOnce)
    const { kek, bytes: wrapped } = this.#ring.wrap(bytes, wrappedFor(alias, commitment))
    return {
      key: { alias, month, commitment, key: toKey(bytes), number, left: reserved, reserved },
      rows: {
        key: { commitment, alias, number, reserved, wrapped, kek },
        alias: person === undefined ? undefined : { alias, person, month },
      },
    }
  }

  /**
   * Wraps up to `most` living keys whose name comes after `after` under the newest key-encryption key. Gives the name to go on
   * after, undefined at the end, and those that are damaged, here and in `copy`, which stay as they are.
   */
  rewrap(
    most: number,
    after: string,
    copy?: Pick<KeyStore, 'findKey'>,
  ): { readonly next: string | undefined; readonly damaged: readonly DamagedKey[] } {
    const damaged: DamagedKey[] = []
    const names = this.#store.rewrap(this.#ring.current, most, after, (row) => {
      const bytes = this.#unwrapSound(row) ?? this.#unwrapSound(copy?.findKey(row.commitment))
      if (bytes === undefined) {
        damaged.push({ commitment: row.commitment, month: this.#store.monthOf(row.alias) })
        return undefined
      }
      const wrapped = this.#ring.wrap(bytes, wrappedFor(row.alias, row.commitment))
      bytes.fill(0)
      return wrapped.bytes
    })
    return { next: names.length < most ? undefined : names.at(-1), damaged }
  }

  /** What was sealed with them opens never again. */
  forget(damaged: readonly DamagedKey[]): void {
    if (damaged.length > 0) this.#store.forget(damaged.map(({ commitment }) => commitment))
  }

  #unwrapSound(row: DataKeyRow | undefined): Buffer | undefined {
    this.#ring.assertOpen()
    if (row === undefined || !this.#ring.has(row.kek)) return undefined
    try {
      return this.#unwrap(row)
    } catch (error) {
      if (error instanceof KeyDamaged) return undefined
      throw error
    }
  }

  #unwrap({ kek, wrapped, alias, commitment }: DataKeyRow): Buffer {
    const bytes = this.#ring.unwrap(kek, wrapped, wrappedFor(alias, commitment))
    if (commitTo(bytes) !== commitment) throw new KeyDamaged()
    return bytes
  }
}

/** Months are compared as texts: one in another form would take more with it than was meant. */
function assertMonth(month: string | undefined): void {
  if (month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return
  throw new Error('a month is written yyyy-mm')
}

const newAlias = (): string => randomBytes(16).toString('hex')

const wrappedFor = (alias: string, commitment: string): Buffer =>
  Buffer.from(`sallyport wrapped key v1\n${alias}\n${commitment}`)

/** A map with an end: the entry that came first makes room. */
function remember<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  const first = map.size >= most && !map.has(name) ? map.keys().next().value : undefined
  if (first !== undefined) map.delete(first)
  map.set(name, value)
}
