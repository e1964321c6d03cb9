/** The key-encryption key, opened: its versions, and for how long they may be used. */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { Refusal } from '#/core/refusal.ts'

interface Version {
  readonly version: number
  readonly key: KeyObject
}

/** A data key, wrapped: nonce (12) | ciphertext (32) | tag (16). */
export interface Wrapped {
  readonly kek: number
  readonly bytes: Buffer
}

const wrappedBytes = 12 + 32 + 16

export class KeyDamaged extends Error {
  override readonly name = 'KeyDamaged'

  constructor(options?: ErrorOptions) {
    super('a data key does not open: is keys/kek the one it was wrapped with?', options)
  }
}

/** Throws `Refusal('log-unavailable')` from every use while the guard has not opened it lately enough. */
export class KeyRing {
  readonly #monotonic: () => number
  #versions: Version[]
  /** On the monotonic clock; undefined when it stays open. */
  #openUntilMs: number | undefined
  #onClosed: () => void = () => undefined

  constructor(versions: readonly Version[], monotonic: () => number, openUntilMs: number | undefined) {
    this.#versions = [...versions]
    this.#monotonic = monotonic
    this.#openUntilMs = openUntilMs
  }

  /** Called when the keys are given up, so that nothing opened with them outlives them. */
  onClosed(forget: () => void): void {
    this.#onClosed = forget
  }

  get isOpen(): boolean {
    if (this.#openUntilMs !== undefined && this.#monotonic() >= this.#openUntilMs) this.#close()
    return this.#versions.length > 0
  }

  /** Before every use of a key, also of one that was unwrapped earlier. */
  assertOpen(): void {
    if (!this.isOpen) throw new Refusal('log-unavailable', { why: 'keys' })
  }

  get current(): number {
    this.assertOpen()
    return (this.#versions.at(-1) as Version).version
  }

  has(version: number): boolean {
    return this.#versions.some((each) => each.version === version)
  }

  /** The guard opened them all again, or a version was added or taken out. Ascending; the last one wraps. */
  replace(versions: readonly Version[], openUntilMs: number | undefined): void {
    this.#versions = [...versions]
    this.#openUntilMs = openUntilMs
  }

  add(version: Version): void {
    this.#versions.push(version)
  }

  keepOnly(version: number): void {
    this.#versions = this.#versions.filter((each) => each.version === version)
  }

  #close(): void {
    if (this.#versions.length === 0) return
    this.#versions = []
    this.#onClosed()
  }

  wrap(dataKey: Buffer, context: Buffer): Wrapped {
    const kek = this.current
    const nonce = randomBytes(12)
    const cipher = createCipheriv('aes-256-gcm', this.#keyOf(kek), nonce).setAAD(context)
    return { kek, bytes: Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]) }
  }

  /** The data key's bytes; the caller overwrites them. Throws `KeyDamaged` when they are not as they were wrapped. */
  unwrap(kek: number, wrapped: Uint8Array, context: Buffer): Buffer {
    this.assertOpen()
    // One bit of a record in SQLite makes a text of bytes.
    if (!(wrapped instanceof Uint8Array) || wrapped.length !== wrappedBytes) throw new KeyDamaged()
    const decipher = createDecipheriv('aes-256-gcm', this.#keyOf(kek), wrapped.subarray(0, 12), {
      authTagLength: 16,
    })
    decipher.setAAD(context).setAuthTag(wrapped.subarray(-16))
    const bytes = decipher.update(wrapped.subarray(12, -16))
    try {
      decipher.final()
    } catch (cause) {
      throw new KeyDamaged({ cause })
    }
    return bytes
  }

  #keyOf(version: number): KeyObject {
    const found = this.#versions.find((each) => each.version === version)
    if (found !== undefined) return found.key
    throw new Error(
      `a data key is wrapped under version ${version} of keys/kek, which is not there: data-keys.db is older than a rotation, or keys/kek is. If a rotation happened just now, try again.`,
    )
  }
}

export function toKey(bytes: Buffer): KeyObject {
  const key = createSecretKey(bytes)
  bytes.fill(0)
  return key
}
