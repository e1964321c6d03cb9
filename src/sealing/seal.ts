import { createCipheriv, createDecipheriv, hash, type KeyObject } from 'node:crypto'
import { withBytes } from '#/core/with-bytes.ts'
import { createNonces, nonceBytes } from './nonces.ts'

/**
 * A sealed payload: nonce (12 bytes) | AES-256-GCM ciphertext | tag (16 bytes).
 *
 * GCM alone does not bind a ciphertext to one key: somebody with both keys can make one that opens as two
 * different texts. So the header also names the data key by a hash of it (`commitTo`), and the reader uses no
 * other key: with the ciphertext's hash and the key's hash fixed in the tree, only one text can be shown.
 */
const tagBytes = 16
export const sealOverheadBytes = nonceBytes + tagBytes

/** Text or bytes, whole or in pieces. */
export type SealedText = string | Uint8Array | readonly (string | Uint8Array)[]

/** What a sealed text belongs to; it opens nowhere else. */
export interface SealedFor {
  readonly origin: string
  readonly alias: string
  readonly kind: string
  readonly requestId: string | undefined
}

const boundTo = (place: SealedFor): Buffer =>
  Buffer.from(
    `sallyport payload v1\n${place.origin}\n${place.alias}\n${place.kind}\n${place.requestId ?? ''}`,
  )

export interface Sealed {
  readonly nonce: Buffer
  readonly ciphertext: Buffer
  readonly tag: Buffer
}

const nextNonce = createNonces()

/** `key` is a `KeyObject`: with raw bytes each call costs five times as much. */
export function seal(key: KeyObject, place: SealedFor, payload: SealedText): Sealed {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(boundTo(place))
  const ciphertext = bytesOf(payload, (bytes) => cipher.update(bytes))
  cipher.final()
  return { nonce, ciphertext, tag: cipher.getAuthTag() }
}

/** One space serves every payload that fits: sealing is synchronous, and bytes made for each would be garbage. */
const scratch = Buffer.alloc(256 * 1_024)

function bytesOf<T>(payload: SealedText, use: (bytes: Uint8Array) => T): T {
  if (payload instanceof Uint8Array) return use(payload)
  const pieces = typeof payload === 'string' ? [payload] : payload
  const [first] = pieces
  return pieces.length === 1 && first instanceof Uint8Array ? use(first) : withBytes(pieces, scratch, use)
}

/** Undefined when these bytes were not sealed under this key for this place. */
export function unseal(key: KeyObject, place: SealedFor, sealed: Buffer): Buffer | undefined {
  if (sealed.length < sealOverheadBytes) return undefined
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  })
  decipher.setAAD(boundTo(place))
  decipher.setAuthTag(sealed.subarray(-tagBytes))
  const text = decipher.update(sealed.subarray(nonceBytes, -tagBytes))
  try {
    decipher.final()
  } catch {
    return undefined
  }
  return text
}

/** The name of a data key: a hash of it, which gives nothing away because the key is 256 random bits. */
export const commitTo = (dataKey: Buffer): string =>
  hash('sha256', Buffer.concat([Buffer.from('sallyport data key v1\0'), dataKey]), 'hex')
