import { type SealedFor, unseal } from '#/sealing/seal.ts'
import type { LostPart } from './api.ts'
import type { Header } from './header.ts'
import type { LogKeys } from './keys.ts'
import { readPayload } from './payload-files.ts'
import { readParts } from './pieces/parts.ts'
import { type NewText, restore } from './pieces/restore.ts'

export interface OpenedPayload {
  readonly bytes: Buffer
  /** What of it cannot be had any more; a mark stands in `bytes` instead. */
  readonly lostParts: readonly LostPart[]
}

/** Gives the header of an entry, or undefined when there is none that can be read. */
export type HeaderOf = (index: number) => Promise<Header | undefined>

/** Text kept for entries that refer to it: those of one conversation are mostly opened one after the other. */
const keptMaxBytes = 16 * 1_024 * 1_024

interface KeptText {
  readonly alias: string | undefined
  readonly key: string
  readonly text: Buffer
}

/** Opens payloads of one log. Whoever opens many should do it with one of these. */
export class PayloadOpener {
  readonly #folder: string
  readonly #keys: Pick<LogKeys, 'origin' | 'opening'>
  readonly #headerOf: HeaderOf
  readonly #kept = new Map<number, KeptText>()
  #keptBytes = 0

  constructor(folder: string, keys: Pick<LogKeys, 'origin' | 'opening'>, headerOf: HeaderOf) {
    this.#folder = folder
    this.#keys = keys
    this.#headerOf = headerOf
  }

  /** Undefined when there is no payload, it was erased, or its key was destroyed. Throws when it was changed or is gone. */
  async open(header: Header): Promise<OpenedPayload | undefined> {
    const text = await this.#unseal(header)
    if (text === undefined) return undefined
    if (header.payload?.format === undefined) return { bytes: text, lostParts: [] }
    const restored = await restore(text, header.index, (entry) => this.#newTextOf(entry, header))
    if (restored === undefined)
      throw new Error(`the payload of entry ${header.index} has no sound list of parts`)
    return restored
  }

  /** Earlier entries that hold parts of this one's text. Empty when there are none, or the text cannot be opened. */
  async sourcesOf(header: Header): Promise<readonly number[]> {
    if (header.payload?.format === undefined) return []
    const parts = (await this.#unseal(header).then((text) => text && readParts(text)))?.parts ?? []
    return [...new Set(parts.flatMap(({ back }) => (back === 0 ? [] : [header.index - back])))]
  }

  async #unseal(header: Header): Promise<Buffer | undefined> {
    if (header.payload === undefined) return undefined
    const key = this.#keys.opening(header.payload.key)
    if (key === undefined) return undefined
    const sealed = await readPayload(this.#folder, header.payload)
    if (sealed === undefined) return undefined
    const text = unseal(key, sealedFor(this.#keys.origin, header), sealed)
    if (text === undefined) {
      throw new Error(`the payload of entry ${header.index} was sealed for another entry`)
    }
    return text
  }

  /** Only what lies under the same alias and the same key may be referred to: nobody's text stands in another's. */
  async #newTextOf(entry: number, by: Header): Promise<NewText> {
    const kept = this.#kept.get(entry) ?? (await this.#readNewText(entry))
    if (typeof kept === 'string') return kept
    return kept.alias === by.subject && kept.key === by.payload?.key ? kept.text : 'damaged'
  }

  async #readNewText(entry: number): Promise<KeptText | LostPart['why']> {
    const header = await this.#headerOf(entry)
    if (header?.payload === undefined) return 'damaged'
    let sealed: Buffer | undefined
    try {
      sealed = await this.#unseal(header)
    } catch (error) {
      // The entry itself says what is wrong with it when it is opened; here the rest must still be shown.
      return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'damaged'
    }
    if (sealed === undefined) return 'erased'
    const text = header.payload.format === undefined ? sealed : readParts(sealed)?.newText
    if (text === undefined) return 'damaged'
    const kept = { alias: header.subject, key: header.payload.key, text }
    this.#keep(entry, kept)
    return kept
  }

  #keep(entry: number, kept: KeptText): void {
    if (this.#keptBytes + kept.text.length > keptMaxBytes) {
      this.#kept.clear()
      this.#keptBytes = 0
    }
    this.#kept.set(entry, kept)
    this.#keptBytes += kept.text.length
  }
}

const sealedFor = (origin: string, header: Header): SealedFor => ({
  origin,
  alias: header.subject ?? '',
  kind: header.kind,
  requestId: header.facts.requestId,
})
