/**
 * Sealing for rooms that keep texts one by one: conversations, files, the index of a search, answers that are held.
 * What they keep is one piece of bytes that says itself which key opens it:
 *
 *     1 (form) | alias (16) | name of the data key (32) | nonce (12) | ciphertext | tag (16)
 *
 * The log does not use it: its headers hold alias and key name, and it seals into a buffer of its own.
 */
import type { SealingKeys } from './api.ts'
import { type SealedText, seal, sealOverheadBytes, unseal } from './seal.ts'

/** What a text is; it opens as nothing else. */
export interface Place {
  /** The person's id. */
  readonly person: string
  /** What keeps it: `conversation`, `file`. */
  readonly purpose: string
  /** Of the text among those of its purpose: a version belongs to it, or an older one could be put back. */
  readonly id: string
}

export interface Sealer {
  /** Under the person's key of the month, `yyyy-mm`. Throws `Refusal('log-unavailable')` while the keys are closed. */
  readonly seal: (place: Place & { readonly month: string }, text: SealedText) => Buffer
  /**
   * Undefined when its key was destroyed. Throws when these bytes are another text than the one of this place, or
   * were changed, and `Refusal('log-unavailable')` while the keys are closed.
   */
  readonly open: (place: Place, sealed: Uint8Array) => Buffer | undefined
}

const form = 1
const aliasBytes = 16
const nameBytes = 32
const nameAt = 1 + aliasBytes
const textAt = nameAt + nameBytes
export const sealerOverheadBytes = textAt + sealOverheadBytes

/** `origin` is the installation's: what is sealed here opens in no other. */
export function createSealer(
  keys: Pick<SealingKeys, 'sealing' | 'opening' | 'personOf'>,
  origin: string,
): Sealer {
  const boundTo = (alias: string, { purpose, id }: Place) => {
    if (!/^[a-z][a-z-]{0,40}$/.test(purpose)) throw new Error('a purpose is a word in small letters')
    // Apart from the kinds of entries, which are bound in the same way.
    return { origin, alias, kind: `kept ${purpose}`, requestId: id }
  }
  return {
    seal: (place, text) => {
      const { alias, commitment, key } = keys.sealing(place.person, place.month)
      const { nonce, ciphertext, tag } = seal(key, boundTo(alias, place), text)
      const head = Buffer.alloc(textAt)
      head[0] = form
      head.write(alias, 1, 'hex')
      head.write(commitment, nameAt, 'hex')
      return Buffer.concat([head, nonce, ciphertext, tag])
    },
    open: (place, sealed) => {
      const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength)
      if (bytes.length < sealerOverheadBytes || bytes[0] !== form) throw changed(place)
      const alias = bytes.toString('hex', 1, nameAt)
      const key = keys.opening(bytes.toString('hex', nameAt, textAt))
      if (key === undefined) return undefined
      if (keys.personOf(alias) !== place.person) throw changed(place)
      const text = unseal(key, boundTo(alias, place), bytes.subarray(textAt))
      if (text === undefined) throw changed(place)
      return text
    },
  }
}

const changed = ({ purpose, id }: Place): Error =>
  new Error(`what is kept as ${purpose} ${id} was sealed as another text, or was changed`)
