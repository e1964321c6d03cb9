import { hash } from 'node:crypto'
import { letGo } from '#/core/let-go.ts'
import type { Sealed } from '#/sealing/seal.ts'
import { sealOverheadBytes } from '#/sealing/seal.ts'
import type { Appended, DurableEntry, NewEntry } from './api.ts'
import { frameBytes, headerMaxBytes, leafAt, sealFrame } from './frame.ts'
import type { KnownProgress } from './progress.ts'
import { leafHash } from './tree.ts'

/** Where a commit goes. */
export interface CommitPlace {
  readonly segment: number
  readonly segmentStart: number
  readonly payloadFile: string
  readonly payloadStart: number
  readonly month: string
}

/** An entry as it was handed over. It gets its index, its header and its seal when its commit is laid out. */
export interface WaitingEntry {
  readonly entry: NewEntry
  readonly atMs: number
  readonly monoMs: number
  /** Of an outcome: the last progress of its exchange. */
  readonly progress: KnownProgress | undefined
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

/** An entry whose bytes lie in a commit. */
export interface LaidEntry extends DurableEntry {
  readonly leaf: Buffer
  readonly resolve: (appended: Appended) => void
  readonly reject: (error: Error) => void
}

const headersStartBytes = 64 * 1_024
const payloadsStartBytes = 256 * 1_024
/** A buffer that grew past this for one large commit is let go again. */
const keptMaxBytes = 4 * 1_024 * 1_024

/** The entries of one commit: the bytes of both files, ready to be written as they are. */
export class Batch {
  readonly entries: LaidEntry[] = []
  place: CommitPlace
  #headers: Buffer = Buffer.allocUnsafe(headersStartBytes)
  #headersLength = 0
  #payloads: Buffer = Buffer.allocUnsafe(payloadsStartBytes)
  #payloadsLength = 0

  constructor(place: CommitPlace) {
    this.place = place
  }

  get bytes(): number {
    return this.#headersLength + this.#payloadsLength
  }

  get headers(): Buffer {
    return this.#headers.subarray(0, this.#headersLength)
  }

  get payloads(): Buffer {
    return this.#payloads.subarray(0, this.#payloadsLength)
  }

  begin(place: CommitPlace): void {
    this.place = place
    this.entries.length = 0
    this.#headersLength = 0
    this.#payloadsLength = 0
    if (this.#headers.length > keptMaxBytes) this.#headers = Buffer.allocUnsafe(headersStartBytes)
    if (this.#payloads.length > keptMaxBytes) this.#payloads = Buffer.allocUnsafe(payloadsStartBytes)
  }

  /**
   * Puts a sealed payload in its place, lets it go, and gives its hash. It belongs to the batch only once `add` is called.
   */
  lay(sealed: Sealed): { readonly offset: number; readonly length: number; readonly sha256: string } {
    const start = this.#payloadsLength
    const length = sealed.ciphertext.length + sealOverheadBytes
    this.#payloads = withRoom(this.#payloads, start, length)
    const textAt = start + sealed.nonce.length
    this.#payloads.set(sealed.nonce, start)
    this.#payloads.set(sealed.ciphertext, textAt)
    this.#payloads.set(sealed.tag, textAt + sealed.ciphertext.length)
    letGo(sealed.ciphertext)
    letGo(sealed.tag)
    const sha256 = hash('sha256', this.#payloads.subarray(start, start + length), 'hex')
    return { offset: this.place.payloadStart + start, length, sha256 }
  }

  /** Frames the header, and takes the entry with the payload laid before it. Throws when the header is too long. */
  add(header: string, payloadLength: number, entry: Omit<LaidEntry, 'offset' | 'leaf'>): void {
    const at = this.#headersLength
    // A UTF-16 unit becomes at most three bytes.
    this.#headers = withRoom(this.#headers, at, frameBytes + header.length * 3)
    const headerLength = this.#headers.write(header, at + frameBytes, 'utf8')
    if (headerLength > headerMaxBytes)
      throw new Error(`the header of a ${entry.kind} takes ${headerLength} bytes`)
    sealFrame(this.#headers, at, { headerLength, commitStart: this.place.segmentStart, kind: entry.kind })
    const end = at + frameBytes + headerLength
    const { index, kind, atMs, alias, facts, resolve, reject } = entry
    const offset = this.place.segmentStart + at
    const leaf = leafHash(this.#headers.subarray(at + leafAt, end))
    this.entries.push({ index, kind, atMs, alias, facts, offset, leaf, resolve, reject })
    this.#headersLength = end
    this.#payloadsLength += payloadLength
  }
}

function withRoom(buffer: Buffer, used: number, needed: number): Buffer {
  if (used + needed <= buffer.length) return buffer
  const larger = Buffer.allocUnsafe(Math.max(buffer.length * 2, used + needed))
  buffer.copy(larger, 0, 0, used)
  return larger
}
