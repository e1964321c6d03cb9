import { hash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { open } from 'node:fs/promises'
import type { PayloadPlace } from './header.ts'
import { payloadPath } from './layout.ts'
import { couldBeUnwritten } from './tail.ts'

export type PayloadState = 'sound' | 'missing' | 'torn' | 'damaged'

const readAheadBytes = 512 * 1_024

/**
 * Compares payloads with what their headers say of them, file after file. `missing`: the whole file is gone.
 * `torn`: what a power cut leaves of a commit under way.
 */
export class PayloadCheck {
  readonly #folder: string
  #open: { readonly name: string; readonly file: number; size: number } | undefined
  /** Payloads lie in the order of their headers, so what comes next is mostly read already. */
  readonly #ahead = Buffer.allocUnsafe(readAheadBytes)
  #aheadAt = 0
  #aheadLength = 0

  constructor(folder: string) {
    this.#folder = folder
  }

  check(place: PayloadPlace): PayloadState {
    const file = this.#file(place.file)
    if (file === undefined) return 'missing'
    if (this.#isSoundAhead(file, place)) return 'sound'
    if (!this.#holds(place)) return 'torn'
    const bytes = Buffer.allocUnsafe(place.length)
    const got = readSync(file, bytes, 0, place.length, place.offset)
    if (got === place.length && hash('sha256', bytes, 'hex') === place.sha256) return 'sound'
    return couldBeUnwritten(bytes.subarray(0, got), place.offset) ? 'torn' : 'damaged'
  }

  close(): void {
    if (this.#open !== undefined) closeSync(this.#open.file)
    this.#open = undefined
    this.#aheadLength = 0
  }

  /** What was read ahead may be older than what is there now, so only a match counts. */
  #isSoundAhead(file: number, { offset, length, sha256 }: PayloadPlace): boolean {
    if (length > readAheadBytes) return false
    const isThere = offset >= this.#aheadAt && offset + length <= this.#aheadAt + this.#aheadLength
    if (!isThere) {
      this.#aheadAt = offset
      this.#aheadLength = readSync(file, this.#ahead, 0, readAheadBytes, offset)
      if (this.#aheadLength < length) return false
    }
    const start = offset - this.#aheadAt
    return hash('sha256', this.#ahead.subarray(start, start + length), 'hex') === sha256
  }

  /** The size is asked for again only when it is too small: the log may be growing while it is checked. */
  #holds(place: PayloadPlace): boolean {
    const open = this.#open
    if (open === undefined) return false
    if (place.offset + place.length > open.size) open.size = fstatSync(open.file).size
    return place.offset + place.length <= open.size
  }

  #file(name: string): number | undefined {
    if (this.#open?.name === name) return this.#open.file
    this.close()
    try {
      this.#open = { name, file: openSync(payloadPath(this.#folder, name), 'r'), size: 0 }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    }
    return this.#open?.file
  }
}

/** The sealed bytes of one payload. Throws when they are not those the header commits to, or gone. */
export async function readPayload(folder: string, place: PayloadPlace): Promise<Buffer> {
  const file = await open(payloadPath(folder, place.file))
  try {
    const { size } = await file.stat()
    if (place.offset + place.length > size) throw changed(place)
    const bytes = Buffer.alloc(place.length)
    await file.read(bytes, 0, place.length, place.offset)
    if (hash('sha256', bytes, 'hex') !== place.sha256) throw changed(place)
    return bytes
  } finally {
    await file.close()
  }
}

const changed = (place: PayloadPlace): Error =>
  new Error(
    `payload ${place.file} at byte ${place.offset} is not what its header commits to: run audit verify`,
  )
