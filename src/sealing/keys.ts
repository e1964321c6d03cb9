/**
 * The keys texts are sealed with, in `keys/` of the data folder:
 *
 *     kek            the key that wraps all others, 0600
 *     data-keys.db   aliases and wrapped data keys, one per person and month
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { makeFolder } from '#/core/durable-file.ts'
import { readSecretFile } from '#/core/secret-file.ts'
import type { SealingKey, SealingKeys } from './api.ts'
import { commitTo } from './seal.ts'
import { KeyStore } from './store.ts'

export interface SealingKeysOptions {
  /** `keys/` of the data folder. */
  readonly folder: string
  readonly isReadOnly?: boolean
  /** For tests: records one data key may seal. */
  readonly recordsPerKey?: number
}

/** Opens the keys, and makes those that are missing unless `isReadOnly`. */
export async function openSealingKeys(options: SealingKeysOptions): Promise<SealingKeys> {
  const { folder, isReadOnly = false } = options
  if (!isReadOnly) await makeFolder(folder)
  const kek = await readSecretFile(
    join(folder, 'kek'),
    isReadOnly ? undefined : () => `${randomBytes(32).toString('base64')}\n`,
  )
  const store = new KeyStore(join(folder, 'data-keys.db'), { isReadOnly })
  const dataKeys = new DataKeys(store, readKek(kek, folder), options.recordsPerKey ?? recordsPerKey)
  return {
    sealing: (person, month) => dataKeys.sealing(person, month),
    opening: (commitment) => dataKeys.opening(commitment),
    personOf: (alias) => store.personOf(alias),
    aliasesOf: (person) => store.aliasesOf(person),
    close: () => store.close(),
  }
}

function readKek(text: string, folder: string): KeyObject {
  const bytes = Buffer.from(text.trim(), 'base64')
  if (bytes.length !== 32) throw new Error(`${join(folder, 'kek')} must hold 32 bytes in base64`)
  return createSecretKey(bytes)
}

// NIST SP 800-38D, 8.3: at most 2^32 records under one key with random nonces. Half of that, to stay clear.
const recordsPerKey = 2 ** 31
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

class DataKeys {
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

const wrappedFor = (alias: string, commitment: string): Buffer =>
  Buffer.from(`sallyport wrapped key v1\n${alias}\n${commitment}`)

/** A map with an end: the entry that came first makes room. */
function remember<T>(map: Map<string, T>, name: string, value: T, most: number): void {
  const first = map.size >= most && !map.has(name) ? map.keys().next().value : undefined
  if (first !== undefined) map.delete(first)
  map.set(name, value)
}
