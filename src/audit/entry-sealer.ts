import { Refusal } from '#/core/refusal.ts'
import { type SealedFor, type SealedText, seal } from '#/sealing/seal.ts'
import type { NewEntry } from './api.ts'
import type { Batch } from './batch.ts'
import type { PayloadPlace } from './header.ts'
import type { LogKeys } from './keys.ts'
import { joined, unitsOf } from './payload-text.ts'
import { type Composed, compose, composedFromUnits } from './pieces/compose.ts'
import { KnownPieces } from './pieces/known-pieces.ts'
import { partsFormat } from './pieces/parts.ts'

/** How an entry was sealed, and the pieces of its text that later ones may refer to. */
export interface SealedEntry {
  readonly alias: string | undefined
  readonly payload: PayloadPlace | undefined
  readonly added?: Composed['added'] | undefined
}

/** Seals what an entry holds into the commit it goes out with. */
export class EntrySealer {
  readonly #origin: string
  readonly #keys: LogKeys
  readonly #pieces = new KnownPieces()

  constructor(origin: string, keys: LogKeys) {
    this.#origin = origin
    this.#keys = keys
  }

  /** Throws `Refusal('log-unavailable')` when there is no key for it. */
  seal(batch: Batch, { kind, facts, subject, payload }: NewEntry, index: number): SealedEntry {
    if (subject === undefined && payload === undefined) return { alias: undefined, payload: undefined }
    let key: ReturnType<LogKeys['sealing']>
    try {
      key = this.#keys.sealing(subject ?? '', batch.place.month)
    } catch (cause) {
      throw new Refusal('log-unavailable', { why: 'keys' }, { cause })
    }
    const { alias, commitment } = key
    if (payload === undefined) return { alias, payload: undefined }
    const place = { origin: this.#origin, alias, kind, requestId: facts.requestId }
    if (unitsOf(payload) < composedFromUnits) return sealAs(batch, key, place, payload, undefined)
    return joined(payload, (text) => {
      const composed = compose(text, index, commitment, this.#pieces)
      return sealAs(batch, key, place, composed.sealed, composed)
    })
  }

  /** Later entries may refer to its pieces only once the entry has its place: one that was rejected would leave a hole. */
  keepPieces({ payload, added }: SealedEntry): void {
    if (payload === undefined || added === undefined) return
    for (const [sum, place] of added) this.#pieces.add(payload.key, sum, place)
  }

  /** For an entry whose payload is erased: nothing new may refer to it. */
  forgetEntry(index: number): void {
    this.#pieces.forgetEntry(index)
  }
}

function sealAs(
  batch: Batch,
  { alias, commitment, key }: ReturnType<LogKeys['sealing']>,
  place: SealedFor,
  text: SealedText,
  composed: Composed | undefined,
): SealedEntry {
  const { offset, length, sha256 } = batch.lay(seal(key, place, text))
  const format = composed?.isInParts ? partsFormat : undefined
  return {
    alias,
    payload: { file: batch.place.payloadFile, offset, length, sha256, key: commitment, format },
    added: composed?.added,
  }
}
