/** The data keys: made, found, wrapped under the key-encryption key, and forgotten. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Destroyed, DestroyOptions, DestroyScope, SealingKey } from './api.ts'
import { commitTo } from './seal.ts'
import type { KeyStore } from './store.ts'

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
  readonly #kek: KeyObject
  readonly #recordsPerKey: number
  readonly #current = new Map<string, Current>()
  readonly #opened = new Map<string, KeyObject>()

  constructor(store: KeyStore, kek: KeyObject, recordsPerKey: number) {
    this.#store = store
    this.#kek = kek
    this.#recordsPerKey = recordsPerKey
  }

  sealing(person: string, month: string): SealingKey {
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

  opening(commitment: string): KeyObject | undefined {
    const known = this.#opened.get(commitment)
    if (known !== undefined) return known
    const row = this.#store.findKey(commitment)
    if (row === undefined) return undefined
    const key = this.#unwrap(row.wrapped, row.alias, commitment)
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
    const alias = this.#store.findAlias(person, month)?.alias ?? this.#newAlias(person, month)
    const row = this.#store.latestKey(alias)
    if (row === undefined) return this.#newKey(alias, month, 1)
    const { commitment, number, reserved } = row
    const key = this.#unwrap(row.wrapped, alias, commitment)
    return { alias, month, commitment, key, number, left: 0, reserved }
  }

  #refill(current: Current): Current {
    if (current.reserved >= this.#recordsPerKey) {
      return this.#newKey(current.alias, current.month, current.number + 1)
    }
    const reserved = Math.min(this.#recordsPerKey, current.reserved + reservedAtOnce)
    this.#store.reserve(current.commitment, reserved)
    return { ...current, left: reserved - current.reserved, reserved }
  }

  #newAlias(person: string, month: string): string {
    const alias = randomBytes(16).toString('hex')
    this.#store.addAlias({ alias, person, month })
    return alias
  }

  #newKey(alias: string, month: string, number: number): Current {
    const bytes = randomBytes(32)
    const commitment = commitTo(bytes)
    const reserved = Math.min(this.#recordsPerKey, reservedAtOnce)
    this.#store.addKey({ commitment, alias, number, reserved, wrapped: this.#wrap(bytes, alias, commitment) })
    const key = createSecretKey(bytes)
    bytes.fill(0)
    return { alias, month, commitment, key, number, left: reserved, reserved }
  }

  #wrap(dataKey: Buffer, alias: string, commitment: string): Buffer {
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#kek, nonce).setAAD(wrappedFor(alias, commitment))
    return Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()])
  }

  #unwrap(wrapped: Uint8Array, alias: string, commitment: string): KeyObject {
    const nonce = wrapped.subarray(0, 12)
    const decipher = createDecipheriv('aes-256-gcm', this.#kek, nonce, { authTagLength: 16 })
    decipher.setAAD(wrappedFor(alias, commitment)).setAuthTag(wrapped.subarray(-16))
    const bytes = decipher.update(wrapped.subarray(12, -16))
    try {
      decipher.final()
    } catch (cause) {
      throw new Error('a data key of the log does not open: is keys/kek the one it was wrapped with?', {
        cause,
      })
    }
    if (commitTo(bytes) !== commitment)
      throw new Error('a data key of the log is not the one its name commits to')
    const key = createSecretKey(bytes)
    bytes.fill(0)
    return key
  }
}

/** Months are compared as texts: one in another form would take more with it than was meant. */
function assertMonth(month: string | undefined): void {
  if (month === undefined || /^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return
  throw new Error('a month is written yyyy-mm')
}

const wrappedFor = (alias: string, commitment: string): Buffer =>
  Buffer.from(`sallyport wrapped key v1\n${alias}\n${commitment}`)

/** A map with an end: the entry that came first makes room. */
function remember<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  const first = map.size >= most && !map.has(name) ? map.keys().next().value : undefined
  if (first !== undefined) map.delete(first)
  map.set(name, value)
}
